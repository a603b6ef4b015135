"""How far a figure could be off by chance."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from typing import Final

Z_95: Final = 1.959963984540054
Z_90: Final = 1.6448536269514722

PRIOR_PEOPLE: Final = 2.5
PRIOR_SUM: Final = 7.5
PRIOR_SUM_OF_SQUARES: Final = 27.5
"""Half a person at each of the five steps: 5/2, (1+2+3+4+5)/2, (1+4+9+16+25)/2."""


def mean_interval(n: int, total: float, squares: float) -> tuple[float, float]:
    """95 % interval of the mean rating.

    n: people; total, squares: sums of their ratings and of the squares, in steps.
    Returns limits within 1 to 5; never of no width, always around the mean.
    Source: moments of a Dirichlet posterior with 1/2 before each step (Jeffreys), normal
        approximation E +- z sqrt(V); for fractional ratings by the same sums (methods, 3).
    """
    weight = n + PRIOR_PEOPLE
    expected = (total + PRIOR_SUM) / weight
    variance = ((squares + PRIOR_SUM_OF_SQUARES) / weight - expected**2) / (weight + 1)
    half = Z_95 * sqrt(max(0.0, variance))
    return max(1.0, expected - half), min(5.0, expected + half)


def wilson(hits: int, n: int, z: float = Z_95) -> tuple[float, float]:
    """Interval of a share: hits of n.

    Raises ValueError unless 0 <= hits <= n and n > 0.
    Source: Wilson (1927), Probable inference, the law of succession, and statistical inference.
    """
    if n <= 0 or not 0 <= hits <= n:
        raise ValueError(f"{hits} of {n} is no share")
    share, square = hits / n, z * z
    middle = (share + square / (2 * n)) / (1 + square / n)
    half = z / (1 + square / n) * sqrt(share * (1 - share) / n + square / (4 * n * n))
    return max(0.0, middle - half), min(1.0, middle + half)


def step_range(counts: Sequence[int]) -> tuple[int, int]:
    """The lowest and highest step that the majority rule could give, by 90 % Wilson limits.

    A step is reached where more than half say it or higher (methods, section 3).
    Raises ValueError without people.
    """
    n = sum(counts)
    limits = [wilson(sum(counts[step - 1 :]), n, Z_90) for step in range(1, len(counts) + 1)]
    lowest = max((step for step, (low, _) in enumerate(limits, 1) if low > 0.5), default=1)
    highest = max((step for step, (_, high) in enumerate(limits, 1) if high > 0.5), default=1)
    return lowest, highest
