"""The ways that people took: how many minutes each takes, what makes them long, who saw what."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Final

from survey.operations.preflight import LONG, TOO_LONG
from survey.operations.rehearsal_figures import ConditionMet, ModulesDealt, Reached, Spread
from survey.questionnaire.minutes import minutes_of
from survey.questionnaire.model import Question, Questionnaire
from survey.questionnaire.walking import Walk
from survey.questionnaire.way_minutes import WayMinutes

ROWS: Final = 10
"""Of each kind of way, the longest."""


@dataclass(frozen=True, slots=True)
class Ways:
    """The ways through one questionnaire, and the minutes that each takes."""

    questionnaire: Questionnaire
    walks: Sequence[Walk]
    minutes: Sequence[float]


def ways(questionnaire: Questionnaire, walks: Sequence[Walk]) -> Ways:
    """The ways with their minutes."""
    measure = WayMinutes(questionnaire)
    return Ways(questionnaire, walks, [measure.of(walk.pages) for walk in walks])


def spread(found: Ways) -> Spread:
    """How the minutes are spread over the people."""
    return Spread(
        shortest=min(found.minutes),
        quarter=not_exceeded(found.minutes, 1 / 4),
        median=not_exceeded(found.minutes, 1 / 2),
        three_quarters=not_exceeded(found.minutes, 3 / 4),
        longest=max(found.minutes),
        over_long=sum(minutes > LONG for minutes in found.minutes),
        over_too_long=sum(minutes > TOO_LONG for minutes in found.minutes),
    )


def not_exceeded(minutes: Sequence[float], share: float) -> float:
    """The least of these that so large a share of them does not exceed."""
    return sorted(minutes)[max(0, ceil(share * len(minutes)) - 1)]


def modules_dealt(found: Ways) -> list[ModulesDealt]:
    """Every set of modules that people were dealt, the longest first; none where all are alike."""
    titles = {section.id: section.title for section in found.questionnaire.modules}
    minutes_of_set: dict[tuple[str, ...], list[float]] = defaultdict(list)
    for walk, minutes in zip(found.walks, found.minutes, strict=True):
        minutes_of_set[walk.modules].append(minutes)
    if len(minutes_of_set) == 1:
        return []
    rows = [
        ModulesDealt(
            modules=tuple(titles[id_] for id_ in modules),
            people=len(minutes),
            shortest=min(minutes),
            median=not_exceeded(minutes, 1 / 2),
            longest=max(minutes),
        )
        for modules, minutes in minutes_of_set.items()
    ]
    return sorted(rows, key=lambda row: (-row.median, row.modules))


def conditions_met(found: Ways) -> list[ConditionMet]:
    """Every condition, first the one that takes most of the people's time altogether."""
    named = {
        question.id: json.dumps(question.condition, sort_keys=True)
        for question in found.questionnaire.questions
        if question.condition is not None
    }
    asked: dict[str, list[Question]] = defaultdict(list)
    for question in found.questionnaire.questions:
        if question.id in named:
            asked[named[question.id]].append(question)
    met = [{named[q.id] for q in walk.questions if q.id in named} for walk in found.walks]
    people = Counter(name for names in met for name in names)
    came_to = {one.id: one.people for one in reached(found)}
    rows = []
    for name, questions in asked.items():
        together = sum(minutes_of([question]) * came_to[question.id] for question in questions)
        rows.append((together, questions, people[name]))
    return [
        ConditionMet(questions[0].condition, len(questions), those, together / max(those, 1))
        for together, questions, those in sorted(rows, key=lambda row: -row[0])
    ]


def reached(found: Ways) -> list[Reached]:
    """Every question with how many came to it, in the questionnaire's order."""
    people = Counter(question.id for walk in found.walks for question in walk.questions)
    return [Reached(q.id, q.text, people[q.id]) for q in found.questionnaire.questions]
