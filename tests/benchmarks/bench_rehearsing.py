"""A rehearsal: a thousand people through sixty questions, counted and withheld. Goal: under 5 s."""

import json
from itertools import islice

from ground import seconds, table

from survey.operations.rehearsal_run import figures_from, rehearse
from survey.operations.rehearsed_people import MOST, Answerer, Crowd
from survey.operations.shipped import library
from survey.operations.unit_tree import tree_from
from survey.questionnaire.check import expand

QUESTIONS, A_SECTION, UNITS = 60, 10, 40
GOAL, MINIMUM_GROUP = 5.0, 10


def main():
    rows = [("conditions", "seconds", f"goal {GOAL:.0f} s")]
    for every in (QUESTIONS, 3, 1):
        questionnaire = expand(json.dumps(questionnaire_file(every)), library())
        taken = seconds(lambda asked=questionnaire: rehearsed(asked), times=3)
        conditions = sum(one.condition is not None for one in questionnaire.questions)
        rows.append((str(conditions), f"{taken:.2f}", "met" if taken < GOAL else "missed"))
    table(f"{MOST:,} people through {QUESTIONS} questions, {UNITS} units", rows)


def questionnaire_file(every):
    """A capability a question; of so many each the last depends on the one before it."""
    asked = list(islice(library().capabilities, QUESTIONS))
    questions = [question(asked, place, every) for place in range(QUESTIONS)]
    sections = [
        {"id": f"section-{place}", "title": "Section", "questions": questions[place:][:A_SECTION]}
        for place in range(0, QUESTIONS, A_SECTION)
    ]
    return {"format": 1, "id": "bench", "title": "Bench", "language": "en", "sections": sections}


def question(asked, place, every):
    entry = {"capability": asked[place]}
    if place and place % every == every - 1 and every < QUESTIONS:
        entry["show_if"] = {"question": asked[place - 1], "answered": True}
    return entry


def rehearsed(questionnaire):
    people = crowd()
    walks = list(rehearse(questionnaire, people, seed=1))
    return figures_from(questionnaire, people, walks, MINIMUM_GROUP)


def crowd():
    """A thousand people in units, five below each."""
    units = [
        {
            "id": one,
            "slug": f"unit-{one}",
            "name": "Unit",
            "parent": (one - 1) // 5 if one else None,
            "invited": MOST // UNITS,
        }
        for one in range(UNITS)
    ]
    people = tuple(Answerer(number % UNITS, 0) for number in range(MOST))
    return Crowd(tree_from(units), MOST, people, people, tuple(range(MOST)))


if __name__ == "__main__":
    main()
