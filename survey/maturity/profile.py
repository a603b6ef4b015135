"""What a tally says: the figures of a question, a capability, a group of them. Exact: whoever
shows a figure rounds it, once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import accumulate
from typing import Literal

from survey.maturity import intervals
from survey.maturity.agreement import AgreementWords, agreement_words, two_camps, van_der_eijk
from survey.maturity.tally import COLUMNS, WHOLE_STEP, Integers

KEPT = 4096
"""Items whose figures are kept: those of a closed wave never change, and leads come back."""

FiveCounts = tuple[int, int, int, int, int]
FiveShares = tuple[float, float, float, float, float]
Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Shown:
    """Figures that may be seen. `n` people rated; `counts` of them are at each step.

    `shares` S_1..S_5: share rating the step or higher, with Wilson intervals. `interval` is that
    of the mean, `step_range` that of the step. `agreement` is van der Eijk's A.
    """

    n: int
    counts: FiveCounts
    dont_know: int
    not_applicable: int
    mean: float
    median: float
    step: int
    agreement: float
    agreement_words: AgreementWords | None
    two_camps: bool
    interval: Interval
    step_range: tuple[int, int]
    shares: FiveShares
    share_intervals: tuple[Interval, Interval, Interval, Interval, Interval]


@dataclass(frozen=True, slots=True)
class Withheld:
    """Figures that may not be seen: too few people, or they would reveal another group's."""

    reason: Literal["too-few", "protects-another"]


Measure = Shown | Withheld


@dataclass(frozen=True, slots=True)
class GroupShown:
    """A group of capabilities: the mean of those published, how many of them are at each step,
    and how many were published of how many there are."""

    mean: float
    counts: FiveCounts
    published: int
    total: int


def measure(row: Integers) -> Measure:
    """The figures of one item of a tally.

    row: the nine columns (see `tally.COLUMNS`). mean = sum s / n. Withheld where nobody rated.
    Whether others may be seen is `disclosure`'s to say, not this function's.
    """
    numbers: tuple[int, ...] = tuple(row.tolist())
    if len(numbers) != COLUMNS:
        raise ValueError(f"an item of a tally has {COLUMNS} numbers, not {len(numbers)}")
    return _measure(numbers)


@lru_cache(maxsize=KEPT)
def _measure(numbers: tuple[int, ...]) -> Measure:
    c1, c2, c3, c4, c5, dont_know, not_applicable, total, squares = numbers
    counts = (c1, c2, c3, c4, c5)
    n = sum(counts)
    if n == 0:
        return Withheld("too-few")
    at_least = at_or_above(counts)
    s1, s2, s3, s4, s5 = (people / n for people in at_least)
    i1, i2, i3, i4, i5 = (intervals.wilson(people, n) for people in at_least)
    return Shown(
        n=n,
        counts=counts,
        dont_know=dont_know,
        not_applicable=not_applicable,
        mean=total / (n * WHOLE_STEP),
        median=median(counts),
        step=step(counts),
        agreement=float(van_der_eijk(counts)),
        agreement_words=agreement_words(counts),
        two_camps=two_camps(counts),
        interval=intervals.mean_interval(n, total / WHOLE_STEP, squares / WHOLE_STEP**2),
        step_range=intervals.step_range(at_least),
        shares=(s1, s2, s3, s4, s5),
        share_intervals=(i1, i2, i3, i4, i5),
    )


def at_or_above(counts: FiveCounts) -> FiveCounts:
    """People who rate each step or higher."""
    c5, c4, c3, c2, c1 = accumulate(reversed(counts))
    return c1, c2, c3, c4, c5


def step(counts: FiveCounts) -> int:
    """The highest step with S > 1/2: more than half say "we are at least here".

    The lower median: ties go down. At least one person. Source: ours (methods, section 1).
    """
    n = sum(counts)
    return max(place for place, people in enumerate(at_or_above(counts), 1) if 2 * people > n)


def median(counts: FiveCounts) -> float:
    """The interpolated median, in steps: (m - 1/2) + (n/2 - F(m - 1)) / c_m.

    F counts people up to a step, m is the step in which F passes n/2. Where F is n/2 exactly at
    the end of a step: midway between its end and the beginning of the next with people in it.
    At least one person.
    """
    n = sum(counts)
    below = 0
    for m, people in enumerate(counts, 1):
        if 2 * (below + people) == n:
            following = next(place for place, c in enumerate(counts[m:], m + 1) if c)
            return (m + following) / 2
        if 2 * (below + people) > n:
            return float(m - Fraction(1, 2) + Fraction(n - 2 * below, 2 * people))
        below += people
    raise ValueError("nobody rated: there is no median")


def group_figure(members: Sequence[Measure]) -> GroupShown | Withheld:
    """A group of capabilities: the unweighted mean of its published members' means.

    Withheld unless at least half of them are published. (methods, section 1)
    """
    published = [member for member in members if isinstance(member, Shown)]
    if not published or 2 * len(published) < len(members):
        return Withheld("too-few")
    return GroupShown(
        mean=sum(member.mean for member in published) / len(published),
        counts=overall(members),
        published=len(published),
        total=len(members),
    )


def overall(members: Sequence[Measure]) -> FiveCounts:
    """How many capabilities are at each step; those withheld are at none."""
    steps = [member.step for member in members if isinstance(member, Shown)]
    one, two, three, four, five = (steps.count(step) for step in range(1, 6))
    return one, two, three, four, five
