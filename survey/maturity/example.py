"""An example to learn reading a profile by: an invented council, and figures worked out of what its
people said as those of a real one are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

import numpy as np

from survey.maturity.benchmark import NoQuartiles, Quartiles, quartiles
from survey.maturity.change import Difference, differences, smallest_visible_change
from survey.maturity.disclosure import SHOWN, disclosed, publish_set
from survey.maturity.gaps import Gap, gap_to
from survey.maturity.priorities import Priority, priority
from survey.maturity.profile import FiveCounts, Measure, Shown
from survey.maturity.response_rate import response_rate
from survey.maturity.tally import WHOLE_STEP, Integers
from survey.questionnaire.model import STEPS

Seven = tuple[int, int, int, int, int, int, int]
"""People at each of the five steps, those who do not know, those to whom it does not apply."""

UNITS: Final[Mapping[str, tuple[int, Seven]]] = MappingProxyType(
    {
        "Customer services": (180, (2, 15, 48, 23, 7, 10, 2)),
        "Housing": (230, (7, 33, 59, 14, 4, 17, 3)),
        "Planning": (60, (1, 8, 2, 7, 2, 4, 1)),
        "Elections": (20, (1, 3, 6, 2, 0, 1, 0)),
        "Legal services": (12, (1, 2, 3, 1, 0, 2, 0)),
    }
)
GROUPS: Final[Mapping[str, FiveCounts]] = MappingProxyType(
    {"Managers": (0, 6, 30, 18, 7), "Front-line staff": (11, 50, 72, 22, 5)}
)
OTHER_COUNCILS: Final = (
    (2.41, 212),
    (2.55, 180),
    (2.62, 334),
    (2.70, 156),
    (2.78, 290),
    (2.84, 241),
    (2.90, 198),
    (2.97, 267),
    (3.05, 305),
    (3.12, 174),
    (3.20, 226),
    (3.34, 189),
)


@dataclass(frozen=True, slots=True)
class Said:
    """What people said. `units`: how many were invited in each, and what they said; nobody works
    elsewhere. `groups`: some of the same people by what they say of themselves. `later`: the year
    after. `importance`: how much it matters, 1 to 5. `others`: mean and people of other
    organisations. Each group and the rest without it, and `later`, are of two people or more."""

    units: Mapping[str, tuple[int, Seven]] = field(default_factory=lambda: UNITS)
    groups: Mapping[str, FiveCounts] = field(default_factory=lambda: GROUPS)
    later: FiveCounts = (8, 45, 120, 65, 18)
    importance: FiveCounts = (2, 8, 33, 92, 116)
    others: Sequence[tuple[float, int]] = OTHER_COUNCILS
    target: int = 4
    minimum_group: int = 10


@dataclass(frozen=True, slots=True)
class Example:
    """The figures. `units` and `groups` by name, a group with how it differs from all others;
    `smallest_change`: the change of the mean that so many people could tell from chance."""

    said: Said
    invited: int
    answered: int
    rate: float
    whole: Shown
    units: tuple[tuple[str, Measure], ...]
    groups: tuple[tuple[str, Shown, Difference], ...]
    later: Shown
    change: Difference
    smallest_change: float
    gap: Gap
    importance: Shown
    priority: Priority
    others: Quartiles


def worked_out(said: Said) -> Example:
    """The figures of what people said. Raises ValueError where the council as a whole, a group or
    the other organisations could not be shown: that would be no example."""
    invited = [people for people, _ in said.units.values()]
    rows = np.array([row for _, row in said.units.values()], np.int64)
    answered = response_rate(invited, rows.sum(axis=1).tolist())
    units, whole = _units(said, rows)
    later = _shown(said.later)
    importance = _shown(said.importance)
    gap = gap_to(said.target, whole)
    (change,) = _compared([(whole.counts, said.later)])
    return Example(
        said=said,
        invited=sum(invited),
        answered=int(rows.sum()),
        rate=answered.rate if answered else 0.0,
        whole=whole,
        units=units,
        groups=_groups(said, whole),
        later=later,
        change=change,
        smallest_change=smallest_visible_change(whole.n, later.n),
        gap=gap,
        importance=importance,
        priority=priority("example", gap.gap, importance.mean, gap.short),
        others=_quartiles(said),
    )


def _units(said: Said, rows: Integers) -> tuple[tuple[tuple[str, Measure], ...], Shown]:
    """What may be seen of the units and of the whole, which is the parent of each."""
    everything = np.vstack([rows.sum(axis=0), rows])
    parents = [-1, *(0 for _ in said.units)]
    names = ["", *said.units]
    asked = everything.sum(axis=1, keepdims=True)
    rated = everything[:, : len(STEPS)].sum(axis=1, keepdims=True)
    statuses = publish_set(parents, rated, asked, said.minimum_group, names)[:, 0]
    whole, *units = (
        disclosed(_tallied(row), int(status))
        for row, status in zip(everything.tolist(), statuses, strict=True)
    )
    if not isinstance(whole, Shown):
        raise ValueError("too few people for an example")
    return tuple(zip(said.units, units, strict=True)), whole


def _groups(said: Said, whole: Shown) -> tuple[tuple[str, Shown, Difference], ...]:
    pairs = []
    for counts in said.groups.values():
        rest = [all_ - some for all_, some in zip(whole.counts, counts, strict=True)]
        if min(rest) < 0:
            raise ValueError("a group has more people at a step than there are")
        pairs.append((rest, counts))
    return tuple(
        (name, _shown(counts), differs)
        for (name, counts), differs in zip(said.groups.items(), _compared(pairs), strict=True)
    )


def _compared(pairs: Sequence[tuple[Sequence[int], Sequence[int]]]) -> list[Difference]:
    found = [one for one in differences(pairs) if one is not None]
    if len(found) < len(pairs):
        raise ValueError("too few people to compare")
    return found


def _quartiles(said: Said) -> Quartiles:
    found = quartiles(said.others)
    if isinstance(found, NoQuartiles):
        raise ValueError("too few other organisations")
    return found


def _shown(counts: Sequence[int]) -> Shown:
    found = disclosed(_tallied([*counts, 0, 0]), SHOWN)
    if not isinstance(found, Shown):
        raise ValueError("nobody rated")
    return found


def _tallied(seven: Sequence[int]) -> Integers:
    """An item of a tally. Everybody rated a whole step, so the sums follow from the counts."""
    steps = np.array(seven[: len(STEPS)], np.int64)
    whole = np.array(STEPS, np.int64) * WHOLE_STEP
    return np.array([*seven, steps @ whole, steps @ whole**2], np.int64)
