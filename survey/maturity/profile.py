"""What a group of people can say about a capability: figures, or that they are withheld."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from survey.maturity.agreement import agreement, agreement_words, has_two_camps
from survey.maturity.intervals import mean_interval, step_range, wilson
from survey.maturity.tally import (
    DONT_KNOW,
    NOT_APPLICABLE,
    STEPS,
    SUM,
    SUM_OF_SQUARES,
    UNIT,
    Counts,
)

Reason = Literal["too-few", "protects-another"]

SHARE_OF_MEMBERS: Final = 0.5
"""A group of capabilities is shown where at least this share of its members is."""


@dataclass(frozen=True, slots=True)
class Withheld:
    """A figure that must not be seen. It has no number to leak."""

    reason: Reason


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure that may be seen. Nothing is rounded.

    n: people with a rating; counts: at each step. mean, median: in steps. step: the highest that
    more than half say is reached. agreement: -1 to 1 (see `agreement`), in words from 20 people.
    interval: 95 % of the mean. step_range: steps the majority rule could give. shares: of people
    at each step or higher, with their 95 % intervals.
    """

    n: int
    counts: tuple[int, int, int, int, int]
    dont_know: int
    not_applicable: int
    mean: float
    median: float
    step: int
    agreement: float
    agreement_words: str | None
    two_camps: bool
    interval: tuple[float, float]
    step_range: tuple[int, int]
    shares: tuple[float, float, float, float, float]
    share_intervals: tuple[tuple[float, float], ...]


Measure = Shown | Withheld


def measure(row: Counts | Sequence[int]) -> Measure:
    """The figures of one row of a tally; withheld where nobody has a rating.

    Whether the row may be seen is for `disclosure` to say, before this is called.
    """
    one, two, three, four, five = (int(count) for count in row[: len(STEPS)])
    counts = (one, two, three, four, five)
    n = sum(counts)
    if n == 0:
        return Withheld("too-few")
    total, squares = int(row[SUM]) / UNIT, int(row[SUM_OF_SQUARES]) / UNIT**2
    at_least = _at_least(counts)
    index = agreement(counts)
    return Shown(
        n=n,
        counts=counts,
        dont_know=int(row[DONT_KNOW]),
        not_applicable=int(row[NOT_APPLICABLE]),
        mean=total / n,
        median=interpolated_median(counts),
        step=majority_step(counts),
        agreement=0.0 if index is None else index,
        agreement_words=agreement_words(counts),
        two_camps=has_two_camps(counts),
        interval=mean_interval(n, total, squares),
        step_range=step_range(counts),
        shares=(1.0, at_least[1] / n, at_least[2] / n, at_least[3] / n, at_least[4] / n),
        share_intervals=tuple(wilson(people, n) for people in at_least),
    )


def _at_least(counts: Sequence[int]) -> list[int]:
    return [sum(counts[place:]) for place in range(len(counts))]


def majority_step(counts: Sequence[int]) -> int:
    """The highest step that more than half say is reached: the lower median, ties down.

    Raises ValueError without people.
    """
    n = sum(counts)
    if not n:
        raise ValueError("nobody has a rating")
    return max(step for step, people in enumerate(_at_least(counts), start=1) if 2 * people > n)


def interpolated_median(counts: Sequence[int]) -> float:
    """The median with people spread evenly within their step, m - 1/2 to m + 1/2.

    (m - 1/2) + (n/2 - F(m - 1)) / c_m, F cumulative; where F reaches n/2 exactly at the end of
    a class, midway from there to the next class that has people (methods, section 1).
    Raises ValueError without people.
    """
    n = sum(counts)
    if not n:
        raise ValueError("nobody has a rating")
    reached = 0
    for step, people in enumerate(counts, start=1):
        if 2 * (reached + people) > n:
            return step - 0.5 + (n / 2 - reached) / people
        reached += people
        if 2 * reached == n:
            following = next(s for s in range(step + 1, len(counts) + 1) if counts[s - 1])
            return (step + 0.5 + following - 0.5) / 2
    raise AssertionError("half of the people are always reached")


@dataclass(frozen=True, slots=True)
class GroupShown:
    """A group of capabilities: the mean of its members' means, each counting the same, how many
    members stand at each step, and how many of them are shown."""

    mean: float
    steps: tuple[int, int, int, int, int]
    shown: int
    members: int


GroupMeasure = GroupShown | Withheld


def group_figure(members: Sequence[Measure]) -> GroupMeasure:
    """A group's figure from its members, shown only if at least half of them are."""
    seen = [member for member in members if isinstance(member, Shown)]
    if not seen or len(seen) < SHARE_OF_MEMBERS * len(members):
        return Withheld("too-few")
    mean = sum(member.mean for member in seen) / len(seen)
    return GroupShown(mean, overall(seen), len(seen), len(members))


def overall(members: Sequence[Measure]) -> tuple[int, int, int, int, int]:
    """How many capabilities stand at each step, of those that are shown."""
    steps = [member.step for member in members if isinstance(member, Shown)]
    one, two, three, four, five = (steps.count(step) for step in STEPS)
    return one, two, three, four, five
