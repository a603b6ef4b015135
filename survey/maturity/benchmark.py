"""Where an organisation stands among others: quartiles of organisations, never a league table.

What leads may learn of another organisation (methods, section 6, attack 15). The quartiles are
those of the others alone: the own organisation is in none of them, so nothing is learnt by holding
figures with it against figures without it. Each quartile is a mix of the means: none is the mean of
one organisation, and three mixes of ten or more leave every one of them open, even to somebody who
knows in which order the organisations stand. One more file moves all three. That does not tell its
mean either; but somebody who saw the page before and after, and knows about where it stands, may
come near it, so files are best taken in several at a time. Whoever takes them in has read them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from survey.maturity.incomplete_beta import incomplete_beta

FEWEST_ORGANISATIONS = 10
LARGEST_SHARE = 0.25
"""Of the people behind all organisations, the most that one may give."""


@dataclass(frozen=True, slots=True)
class Quartiles:
    """Of the means of other organisations, so many of them: a quarter is below `lower`, half below
    `median`, three quarters below `upper`, in steps."""

    organisations: int
    lower: float
    median: float
    upper: float

    def quarter_of(self, value: float) -> int:
        """The quarter that a value falls into, 1 the lowest to 4; a quartile belongs to the one
        below it."""
        return 1 + sum(value > limit for limit in (self.lower, self.median, self.upper))


@dataclass(frozen=True, slots=True)
class NoQuartiles:
    """Why others are not shown: too few organisations are in, or one gives too many people."""

    organisations: int
    reason: Literal["too-few", "one-gives-too-many"]


def quartiles(others: Sequence[tuple[float, int]]) -> Quartiles | NoQuartiles:
    """The quartiles of organisations, as far as they may be seen.

    others: the mean of each, in steps, and how many people stand behind it.
    """
    number = len(others)
    if number < FEWEST_ORGANISATIONS:
        return NoQuartiles(number, "too-few")
    means, people = zip(*others, strict=True)
    if max(people) > LARGEST_SHARE * sum(people):
        return NoQuartiles(number, "one-gives-too-many")
    lower, median, upper = (quantile(means, share) for share in (0.25, 0.5, 0.75))
    return Quartiles(number, lower, median, upper)


def quantile(values: Sequence[float], share: float) -> float:
    """The value below which that share of a population lies, estimated from all the values.

    sum of w_i x_(i): each value in order, weighted by how likely it is the quantile, that is
    w_i = I_{i/n}(a, b) - I_{(i-1)/n}(a, b), a = share (n + 1), b = (1 - share)(n + 1). Used rather
    than a quantile that is one value, or lies between two, since those would be, or lead to, what
    one organisation reported.
    share: between 0 and 1. Raises ValueError without values.
    Source: Harrell & Davis (1982), Biometrika 69(3), 635-640.
    """
    weights = quantile_weights(len(values), share)
    return sum(weight * value for weight, value in zip(weights, sorted(values), strict=True))


@lru_cache(maxsize=256)
def quantile_weights(number: int, share: float) -> tuple[float, ...]:
    """How much each of so many values in order counts; together 1."""
    if number < 1:
        raise ValueError("there is nobody to stand among")
    a, b = share * (number + 1), (1 - share) * (number + 1)
    up_to = [incomplete_beta(place / number, a, b) for place in range(number + 1)]
    return tuple(after - before for before, after in pairwise(up_to))
