"""Questions that no answers can bring up: their conditions contradict themselves, or others.

Found by trying. Answers on which all tests agree count as one, so few need to be tried; where
they would still be too many, the question is taken to be shown.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
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


def never_shown(asking: Asking) -> Iterator[Fault]:
    """A fault for each condition that no answers make true.

    Only conditions without another fault are tried.
    """
    search = _Search(asking)
    done: set[str] = set()
    for question in asking.questions:
        pointer = below(question.pointer, "show_if")
        if "show_if" in question.entry and pointer not in done:
            done.add(pointer)
            if not search.can_be_shown(question):
                search.hidden.add(question.pointer)
                yield Fault("never-shown", pointer)


class _Search:
    """Trying answers, within what may be spent on a file.

    `hidden` are the pointers of questions already found to be never shown.
    """

    def __init__(self, asking: Asking) -> None:
        self.asking = asking
        self.hidden: set[str] = set()
        self._trials = iter(range(MOST_TRIALS))
        self._tests: dict[str, list[Entry]] = {}
        self._per_person = number(table(asking.document, "modules"), "per_person")

    def can_be_shown(self, question: Asked) -> bool:
        """Whether any answers bring a question up, as far as that can be found out."""
        near = self._named(question)
        far = self._before(question)
        return all(self._is_possible(question, named) for named in (near, far) if named)

    def _is_possible(self, question: Asked, named: Sequence[Asked]) -> bool:
        """Whether any answers to these questions do, the others being as they must."""
        if any(self._is_unsure(one) for one in (question, *named)):
            return True
        tests: dict[str, list[Entry]] = {}
        for one in (question, *named):
            for test in self._tests_of(one):
                tests.setdefault(test["question"], []).append(test)
        if _size(*tests.values()) > MOST_TESTS:
            return True
        values = [self._values(one, tests.get(one.id, ())) for one in named]
        if prod(map(len, values)) > MOST_COMBINATIONS:
            return True
        return any(self._brings_up(question, named, answers) for answers in product(*values))

    def _brings_up(
        self, question: Asked, named: Sequence[Asked], given: Sequence[Answer | None]
    ) -> bool:
        """Whether these answers do, or there are no more trials to find out."""
        if next(self._trials, None) is None:
            return True
        answers: dict[str, Answer] = {}
        modules = {question.module} - {None}
        among = {one.id for one in named}
        for one, answer in zip(named, given, strict=True):
            if answer is not None and self._is_visible(one, answers, among):
                answers[one.id] = answer
                modules |= {one.module} - {None}
        is_dealt = self._per_person is None or len(modules) <= self._per_person
        return is_dealt and holds(question.entry["show_if"], answers)

    def _is_visible(
        self, question: Asked, answers: Mapping[str, Answer], among: Collection[str]
    ) -> bool:
        """Whether a question is shown; one that asks about others than those tried is."""
        is_told = all(test["question"] in among for test in self._tests_of(question))
        return not is_told or holds(question.entry.get("show_if"), answers)

    def _tests_of(self, question: Asked) -> list[Entry]:
        if question.pointer not in self._tests:
            condition = question.entry.get("show_if")
            self._tests[question.pointer] = [test for _, test in tests_in(condition, "")]
        return self._tests[question.pointer]

    def _named(self, question: Asked) -> list[Asked]:
        """The questions that a condition names, in the order in which they are asked."""
        names = {text(test, "question") or "" for test in self._tests_of(question)}
        places = self.asking.places
        found = sorted(places[name] for name in names if name in places)
        return [self.asking.questions[place] for place in found]

    def _before(self, question: Asked) -> list[Asked]:
        """The questions on which it depends whether a question is shown, near and far.

        Empty where there are too many to be tried.
        """
        found: dict[int, Asked] = {}
        waiting = [question]
        size = 0
        while waiting:
            one = waiting.pop()
            size += _size(self._tests_of(one))
            if size > MOST_TESTS:
                return []
            for named in self._named(one):
                place = self.asking.places[named.id]
                if place not in found:
                    found[place] = named
                    waiting += [named] if named.pointer not in self.hidden else []
        return [found[place] for place in sorted(found)]

    def _is_unsure(self, question: Asked) -> bool:
        """Whether a fault leaves open what can be answered, or when the question is shown."""
        if question.pointer in self.hidden:
            return False
        name = text(question.entry, "options")
        of_set = name is not None and self.asking.is_faulty(below("/answer_sets", name))
        return of_set or self.asking.is_faulty(question.pointer)

    def _values(self, question: Asked, tests: Sequence[Entry]) -> list[Answer | None]:
        """Answers, and none, of which any two differ in some test."""
        if question.pointer in self.hidden:
            return [None]
        told_apart: dict[tuple[bool, ...], Answer | None] = {}
        for answer in (*_answers(question, tests, self.asking), None):
            answers = {} if answer is None else {question.id: answer}
            told_apart.setdefault(tuple(holds(test, answers) for test in tests), answer)
        return list(told_apart.values())


def _size(*tests: Sequence[Entry]) -> int:
    """How many values some tests compare with."""
    lists = (test.get("in") for some in tests for test in some)
    return sum(len(values) if isinstance(values, list) else 1 for values in lists)


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
