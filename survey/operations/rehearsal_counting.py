"""From made-up answers to what a wave would show: counted and withheld as real ones are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import prod
from statistics import median

import numpy as np

from survey.maturity.change import smallest_visible_change
from survey.maturity.disclosure import PROTECTS_ANOTHER, SHOWN, TOO_FEW, Statuses
from survey.maturity.intervals import mean_interval
from survey.maturity.tally import (
    SUM,
    SUM_OF_SQUARES,
    WHOLE_STEP,
    Integers,
    Tally,
    rated_and_asked,
    tally_by_group,
)
from survey.operations.rehearsal_figures import CapabilityCounted, Combinations, UnitSeen
from survey.operations.rehearsed_people import Crowd
from survey.operations.tallying import publishable
from survey.operations.versions import measured, plan_of
from survey.questionnaire.model import Answers, Questionnaire
from survey.questionnaire.rating import pack


@dataclass(frozen=True, slots=True, eq=False)
class Counted:
    """The capabilities' figures and what may be shown of them, by unit in the tree's order
    (units, capabilities, 9) and (units, capabilities); how many answered in each unit."""

    crowd: Crowd
    figures: Integers
    statuses: Statuses
    answers: Integers


def counted(
    questionnaire: Questionnaire, crowd: Crowd, kept: Sequence[Answers], minimum_group: int
) -> Counted:
    """Count what everybody who would answer says. kept: the answers of those who rehearse."""
    plan, tree = plan_of(questionnaire), crowd.tree
    packed = [pack(questionnaire, answers) for answers in kept]
    ratings = b"".join(packed[number] for number in crowd.stand_ins)
    places = [one.place for one in crowd.answering]
    figures, answers = tally_by_group(ratings, places, len(tree.units), plan)
    tree.sum_upwards(figures)
    tree.sum_upwards(answers)
    tallies = [Tally(int(people), rows) for people, rows in zip(answers, figures, strict=True)]
    statuses = publishable(tree, tallies, plan, minimum_group)
    return Counted(crowd, figures[:, plan.questions :], statuses[:, plan.questions :], answers)


def capabilities_counted(questionnaire: Questionnaire, found: Counted) -> list[CapabilityCounted]:
    """Each capability over everybody."""
    rated, _ = rated_and_asked(found.figures)
    seen = (found.statuses[1:] == SHOWN).sum(axis=0)
    return [
        CapabilityCounted(
            id=id_,
            name=questionnaire.capabilities[id_].name,
            row=tuple(found.figures[0, item].tolist()),
            status=int(found.statuses[0, item]),
            rated=int(rated[0, item]),
            units=int(seen[item]),
        )
        for item, id_ in enumerate(measured(questionnaire))
    ]


def units_seen(found: Counted) -> list[UnitSeen]:
    """Each unit in which somebody is invited, the organisation first."""
    return [
        _unit_seen(found, place)
        for place, unit in enumerate(found.crowd.tree.units)
        if unit.invited or unit.depth == 0
    ]


def _unit_seen(found: Counted, place: int) -> UnitSeen:
    unit, statuses = found.crowd.tree.units[place], found.statuses[place]
    shown = found.figures[place, statuses == SHOWN]
    people, _ = rated_and_asked(shown)
    widths = [_half_width(int(n), row) for n, row in zip(people, shown, strict=True)]
    changes = [smallest_visible_change(int(n), int(n)) for n in people]
    return UnitSeen(
        name=unit.name,
        depth=unit.depth,
        invited=unit.invited,
        answers=int(found.answers[place]),
        shown=len(shown),
        too_few=int(np.count_nonzero(statuses == TOO_FEW)),
        protects_another=int(np.count_nonzero(statuses == PROTECTS_ANOTHER)),
        half_width=median(widths) if widths else None,
        change=median(changes) if changes else None,
    )


def _half_width(people: int, row: Integers) -> float:
    total, squares = int(row[SUM]) / WHOLE_STEP, int(row[SUM_OF_SQUARES]) / WHOLE_STEP**2
    low, high = mean_interval(people, total, squares)
    return (high - low) / 2


def combinations(
    questionnaire: Questionnaire, crowd: Crowd, kept: Sequence[Answers], minimum_group: int
) -> Combinations | None:
    """How few people share all that they say about themselves; None where nothing is asked."""
    asked = questionnaire.breakdowns
    if not asked:
        return None
    possible = prod(len(question.options) for question in asked)
    known = {question.id: {option.id for option in question.options} for question in asked}
    said = Counter(
        tuple(kept[number].get(question.id) for question in asked) for number in crowd.stand_ins
    )
    held = [
        people
        for chosen, people in said.items()
        if all(one in known[q.id] for one, q in zip(chosen, asked, strict=True))
    ]
    few = [people for people in held if people < minimum_group]
    return Combinations(possible, possible - len(held), len(few), sum(few))
