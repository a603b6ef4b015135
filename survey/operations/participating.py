"""Who was asked and how many have answered, never who. Not said of small units."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from sqlalchemy.orm import Session

from survey.maturity.disclosure import publish_set
from survey.operations.unit_tree import UnitNode, UnitTree, tree_of
from survey.storage import responses, tallies, waves
from survey.storage.waves import Wave


@dataclass(frozen=True, slots=True)
class UnitParticipation:
    """Participation in a unit with all below it. `responded` and `rate` (0 to 1) are None where
    they are withheld: fewer invited than the minimum group, or others could be worked out."""

    unit: UnitNode
    invited: int
    responded: int | None
    rate: float | None


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
