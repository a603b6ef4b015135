"""Who was asked and how many have answered, never who. Not said of small units."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
from sqlalchemy.orm import Session

from survey.maturity.disclosure import publish_set
from survey.operations.unit_history import formerly
from survey.operations.unit_tree import UnitNode, UnitTree, tree_of
from survey.storage import organisations, responses, tallies, waves
from survey.storage.waves import Wave


@dataclass(frozen=True, slots=True)
class UnitParticipation:
    """Participation in a unit with all below it. `responded` and `rate` (0 to 1) are None where
    they are withheld: fewer invited than the minimum group, or others could be worked out.
    `rate_before`: in the wave before, of the units that became this one; None where any of them is
    withheld, or there is none."""

    unit: UnitNode
    invited: int
    responded: int | None
    rate: float | None
    rate_before: float | None = None


@dataclass(frozen=True, slots=True)
class Day:
    """Answers that came on a day, and all that had come by its end."""

    day: date
    responses: int
    total: int


@dataclass(frozen=True, slots=True)
class Participation:
    """Participation in a wave: the whole organisation, and each of its units, the root first.

    `rate` is None where nobody was invited, or more answered than were (an open link).
    """

    invited: int
    responded: int | None
    rate: float | None
    by_unit: tuple[UnitParticipation, ...]


def participation(session: Session, wave: Wave, tree: UnitTree | None = None) -> Participation:
    """How many were invited and have answered, by unit (`methods` §6, rule 8).

    tree: the wave's, where it is at hand.
    """
    tree = tree or tree_of(session, wave)
    invited = np.array([unit.invited for unit in tree.units], dtype=np.int64)
    responded = _responded(session, wave, tree)
    # The rule is that of the figures: who was invited is both who was asked and who counts.
    withheld = publish_set(
        tree.parents, invited[:, None], invited[:, None], wave.minimum_group, tree.ids
    )[:, 0]
    by_unit = tuple(
        UnitParticipation(unit, asked, *((None, None) if hidden else (done, _rate(asked, done))))
        for unit, asked, done, hidden in zip(
            tree.units, invited.tolist(), responded.tolist(), withheld.tolist(), strict=True
        )
    )
    whole = by_unit[0]
    return Participation(whole.invited, whole.responded, whole.rate, by_unit)


def with_rates_before(session: Session, wave: Wave, found: Participation) -> Participation:
    """The same with the rates of the wave before, which follow units that carried on others."""
    before = waves.wave_before(session, wave)
    if before is None:
        return found
    tree = tree_of(session, before)
    parts = {part.unit.id: part for part in participation(session, before, tree).by_unit}
    ended = organisations.successors(session, wave.organisation_id)
    former = formerly(tree, UnitTree(tuple(part.unit for part in found.by_unit)), ended)
    by_unit = tuple(
        replace(
            part, rate_before=_joint_rate([parts[unit.id] for unit in former[part.unit.id].units])
        )
        for part in found.by_unit
    )
    return replace(found, by_unit=by_unit)


def _joint_rate(parts: Sequence[UnitParticipation]) -> float | None:
    """The rate of several units together, from what may be said of each."""
    shown = [part.responded for part in parts if part.responded is not None]
    if len(shown) < len(parts):
        return None
    return _rate(sum(part.invited for part in parts), sum(shown))


def by_day(session: Session, wave: Wave) -> list[Day]:
    """Answers by day, from the first to the last on which any came, empty days included; none
    where too few were asked for their number to be said."""
    if participation(session, wave).responded is None:
        return []
    found = dict(waves.days_of(session, wave.id))
    days, total = [], 0
    day, last = min(found, default=date.min), max(found, default=date.min)
    while found and day <= last:
        total += found.get(day, 0)
        days.append(Day(day, found.get(day, 0), total))
        day += timedelta(days=1)
    return days


def _rate(invited: int, responded: int) -> float | None:
    return responded / invited if invited >= responded and invited else None


def _responded(
    session: Session, wave: Wave, tree: UnitTree
) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """How many answered in each unit or below. Few rows, however many answered: the tally's, and
    those of the responses that are not in it yet."""
    counts = np.zeros(len(tree.units), dtype=np.int64)
    for unit_id, number in responses.untallied_by_unit(session, wave.id):
        counts[tree.place_of.get(unit_id, 0)] += number
    tree.sum_upwards(counts)
    for unit_id, number in tallies.responses_by_unit(session, wave.id):
        counts[tree.place_of[unit_id]] += number
    return counts
