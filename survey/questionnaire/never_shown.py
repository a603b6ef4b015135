"""Questions that no answers can bring up: their conditions contradict themselves, or others.

Found by trying. Answers on which all tests agree count as one, so few need to be tried; where
they would still be too many, the question is taken to be shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise, product
from math import prod
from typing import Final

from survey.questionnaire.asked import Asked, Asking
from survey.questionnaire.check_conditions import SCALES, opt_outs_of, tests_in
from survey.questionnaire.conditions import holds
from survey.questionnaire.faults import Fault, below
from survey.questionnaire.lenient import Entry, number, table, text
from survey.questionnaire.model import STEPS, Answer, Json

MOST_COMBINATIONS: Final = 4096
MOST_TRIALS: Final = 50_000
"""For a whole file: what trying may cost."""
MOST_TESTS: Final = 200
MOST_TICKS: Final = 8

Tests = Mapping[str, Sequence[Entry]]
"""Question id to the tests that name it."""


def never_shown(asking: Asking) -> Iterator[Fault]:
    """A fault for each condition that no answers make true.

    Only conditions without another fault are tried.
    """
    trials = iter(range(MOST_TRIALS))
    done: set[str] = set()
    for question in asking.questions:
        pointer = below(question.pointer, "show_if")
        if "show_if" in question.entry and pointer not in done:
            done.add(pointer)
            if not _can_be_shown(question, asking, trials):
                yield Fault("never-shown", pointer)


def _can_be_shown(question: Asked, asking: Asking, trials: Iterator[int]) -> bool:
    for named in (_before(question, asking), _named(question, asking)):
        if any(_is_unsure(one, asking) for one in (question, *named)):
            continue
        tests = _tests([question, *named])
        if sum(map(len, tests.values())) > MOST_TESTS:
            continue
        values = [_values(one, tests.get(one.id, ()), asking) for one in named]
        if prod(map(len, values)) <= MOST_COMBINATIONS:
            return _try(question, named, product(*values), asking, trials)
    return True


def _try(
    question: Asked,
    named: Sequence[Asked],
    combinations: Iterator[tuple[Answer | None, ...]],
    asking: Asking,
    trials: Iterator[int],
) -> bool:
    """Whether any combination brings the question up, or trials have run out."""
    per_person = number(table(asking.document, "modules"), "per_person")
    chosen = {one.id for one in named}
    for combination in combinations:
        if next(trials, None) is None:
            return True
        answers: dict[str, Answer] = {}
        modules = {question.module} - {None}
        for one, answer in zip(named, combination, strict=True):
            if answer is not None and _is_visible(one, answers, chosen):
                answers[one.id] = answer
                modules |= {one.module} - {None}
        is_dealt = per_person is None or len(modules) <= per_person
        if is_dealt and holds(question.entry["show_if"], answers):
            return True
    return False


def _is_visible(question: Asked, answers: Mapping[str, Answer], chosen: set[str]) -> bool:
    """Whether a question is shown; one that asks about others than those tried is."""
    condition = question.entry.get("show_if")
    names = {text(test, "question") for _, test in tests_in(condition, "")}
    return not names <= chosen or holds(condition, answers)


def _named(question: Asked, asking: Asking) -> list[Asked]:
    """The questions that a question's condition names, in the order in which they are asked."""
    tests = tests_in(question.entry.get("show_if"), "")
    names = {text(test, "question") or "" for _, test in tests}
    places = sorted(asking.places[name] for name in names if name in asking.places)
    return [asking.questions[place] for place in places]


def _before(question: Asked, asking: Asking) -> list[Asked]:
    """The questions on which it depends whether a question is shown, near and far."""
    found: dict[int, Asked] = {}
    waiting = [question]
    while waiting:
        for one in _named(waiting.pop(), asking):
            place = asking.places[one.id]
            if place not in found:
                found[place] = one
                waiting.append(one)
    return [found[place] for place in sorted(found)]


def _is_unsure(question: Asked, asking: Asking) -> bool:
    """Whether a fault leaves open what can be answered, or when the question is shown."""
    name = text(question.entry, "options")
    of_set = name is not None and asking.is_faulty(below("/answer_sets", name))
    return of_set or asking.is_faulty(question.pointer)


def _tests(questions: Sequence[Asked]) -> Tests:
    tests: dict[str, list[Entry]] = {}
    for question in questions:
        for _, test in tests_in(question.entry.get("show_if"), ""):
            tests.setdefault(test["question"], []).append(test)
    return tests


def _values(question: Asked, tests: Sequence[Entry], asking: Asking) -> list[Answer | None]:
    """Answers, and none, of which any two differ in some test."""
    told_apart: dict[tuple[bool, ...], Answer | None] = {}
    for answer in (*_answers(question, tests, asking), None):
        answers = {} if answer is None else {question.id: answer}
        told_apart.setdefault(tuple(holds(test, answers) for test in tests), answer)
    return list(told_apart.values())


def _answers(question: Asked, tests: Sequence[Entry], asking: Asking) -> list[Answer]:
    """Enough of a question's answers for every outcome of the tests."""
    if question.kind in SCALES:
        found: list[Answer] = list(STEPS)
    elif question.kind == "number":
        found = list(_numbers(question, tests))
    elif question.kind == "checklist":
        found = list(_ticked(tests))
    elif question.kind == "choice":
        found = [text(option, "id") or "" for _, option in asking.options(question)]
    else:
        found = ["any text"]
    return [*found, *opt_outs_of(question)]


def _numbers(question: Asked, tests: Sequence[Entry]) -> Iterator[Answer]:
    """The numbers that tests name, and one between, below and above them, within bounds."""
    low, high = number(question.entry, "minimum"), number(question.entry, "maximum")
    named = {value for test in tests for value in _compared(test)}
    points = sorted({*named, *(bound for bound in (low, high) if bound is not None)})
    between = [(one + other) / 2 for one, other in pairwise(points)]
    ends = [points[0] - 1, points[-1] + 1] if points else [0]
    for value in (*points, *between, *ends):
        if (low is None or value >= low) and (high is None or value <= high):
            yield value


def _compared(test: Entry) -> Iterator[int | float]:
    for value in (test.get("is"), test.get("at_least"), test.get("at_most"), *test.get("in", ())):
        if isinstance(value, int | float):
            yield value


def _ticked(tests: Sequence[Entry]) -> Iterator[Answer]:
    """Every choice among the options that tests name, as far as they are few."""
    named: list[Json] = list(dict.fromkeys(t["includes"] for t in tests if "includes" in t))
    for ticks in product((False, True), repeat=min(len(named), MOST_TICKS)):
        yield [id_ for id_, is_ticked in zip(named, ticks, strict=False) if is_ticked]
    yield named
