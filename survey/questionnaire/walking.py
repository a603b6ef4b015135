"""Going through a questionnaire as a person does: page after page, the way being what the answers
so far make it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from survey.questionnaire.conditions import holds, questions_named
from survey.questionnaire.model import Answer, Answers, Json, Question, Questionnaire
from survey.questionnaire.path import Page, pages

KEPT: Final = 2_000
"""Ways that are known at most, so that memory does not grow with the conditions."""

Answering = Callable[[tuple[Question, ...]], Mapping[str, Answer | None]]
"""What a person answers on a page with these questions; None where they leave one empty."""


@dataclass(frozen=True, slots=True)
class Walk:
    """The way of one person: the modules dealt to them, the pages they saw, what they answered."""

    modules: tuple[str, ...]
    pages: tuple[Page, ...]
    answers: Answers

    @property
    def questions(self) -> tuple[Question, ...]:
        """What they were asked, in order."""
        return tuple(question for page in self.pages for question in page.questions)


class Walker:
    """Goes through one questionnaire, for as many people as there are.

    Answers make the way only by the conditions that they meet. So it is worked out afresh only
    where a page changes one of them, and is known where others met the same before. What changes
    lies ahead, for conditions look back.
    """

    def __init__(self, questionnaire: Questionnaire) -> None:
        self.questionnaire = questionnaire
        self._conditions: list[Json] = []
        self._deciding: dict[str, list[int]] = defaultdict(list)
        for condition in _different(question.condition for question in questionnaire.questions):
            for name in questions_named(condition):
                self._deciding[name].append(len(self._conditions))
            self._conditions.append(condition)
        self._known: dict[tuple[tuple[str, ...], tuple[bool, ...]], tuple[Page, ...]] = {}

    def walk(self, modules: tuple[str, ...], answer: Answering) -> Walk:
        """Go from the first page to the last, giving these answers.

        modules: ids of the modules dealt to this person.
        """
        answers: dict[str, Answer] = {}
        met = [holds(condition, answers) for condition in self._conditions]
        way = self._way(modules, answers, met)
        place = 0
        while place < len(way):
            given = answer(way[place].questions)
            answers |= {name: value for name, value in given.items() if value is not None}
            if self._changes(met, given, answers):
                way = self._way(modules, answers, met)
            place += 1
        return Walk(modules, way, answers)

    def _changes(self, met: list[bool], given: Iterable[str], answers: Answers) -> bool:
        """Note which conditions are met now that these were answered; whether any is another."""
        before = met.copy()
        for name in given:
            for number in self._deciding.get(name, ()):
                met[number] = holds(self._conditions[number], answers)
        return met != before

    def _way(
        self, modules: tuple[str, ...], answers: Answers, met: Sequence[bool]
    ) -> tuple[Page, ...]:
        key = modules, tuple(met)
        way = self._known.get(key)
        if way is None:
            way = pages(self.questionnaire, answers, modules)
            if len(self._known) < KEPT:
                self._known[key] = way
        return way


def _different(conditions: Iterable[Json]) -> list[Json]:
    """Each condition once."""
    named = {json.dumps(one, sort_keys=True): one for one in conditions if one is not None}
    return list(named.values())
