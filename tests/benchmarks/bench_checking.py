"""Checking: a file of 300 questions read, checked, expanded and hashed. Goal: under a second."""

import json

from ground import seconds, table

from survey.operations.shipped import library
from survey.questionnaire.canonical import canonical, digest
from survey.questionnaire.check import check, expand

QUESTIONS, SECTIONS = 300, 20
GOAL = 1.0


def questionnaire_file():
    """Ladders, choices and conditions, written out question by question."""
    return {
        "format": 1,
        "id": "large",
        "title": "A large questionnaire",
        "language": "en",
        "sections": [
            {
                "id": f"section-{number}",
                "title": f"Section {number}",
                "questions": [question(one) for one in range(number, QUESTIONS, SECTIONS)],
            }
            for number in range(SECTIONS)
        ],
    }


def question(number):
    """Every third asks for a step, every third depends on the one before it in its section."""
    named = {"id": f"question-{number}", "text": f"How does subject {number} stand here?"}
    if number % 3 == 0:
        steps = [f"Subject {number} is at level {step} here today." for step in range(1, 6)]
        return {**named, "kind": "maturity", "steps": steps}
    asked = {**named, "kind": "choice", "options": options(number)}
    if number % 3 == 1 and number >= SECTIONS:
        asked["show_if"] = {"question": f"question-{number - SECTIONS}", "answered": True}
    return asked


def options(number):
    """Four answers, each with its step."""
    return [
        {"id": f"option-{step}", "text": f"Answer {step} of {number}", "step": step}
        for step in range(1, 5)
    ]


def main():
    file = json.dumps(questionnaire_file(), indent=2).encode()
    shipped = library()
    assert not check(file, shipped).problems
    reading = seconds(lambda: json.loads(file), times=3)
    checking = seconds(lambda: check(file, shipped), times=3)
    whole = seconds(lambda: digest(canonical(expand(file, shipped))), times=3)
    rows = [("", "seconds", "times json.loads", f"goal {GOAL:.0f} s")]
    for name, taken in (("json.loads alone", reading), ("checked", checking)):
        rows.append((name, f"{taken:.3f}", f"{taken / reading:,.0f}", ""))
    met = "met" if whole < GOAL else "missed"
    rows.append(("checked, expanded, hashed", f"{whole:.3f}", f"{whole / reading:,.0f}", met))
    table(f"Checking a file of {QUESTIONS} questions, {len(file) // 1024} KiB", rows)


if __name__ == "__main__":
    main()
