"""How sure a figure is: intervals that are repeatable and never of zero width."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

Z95 = 1.96
Z90 = 1.645


def mean_interval(n: int, total: float, squares: float) -> tuple[float, float]:
    """Where the mean very likely lies, in steps from 1 to 5: 95 %.

    n: people; total: sum of their ratings s; squares: sum of s².
    Moments of a Dirichlet distribution with 1/2 added to each step: A = n + 2.5,
    E = (total + 7.5) / A, V = ((squares + 27.5) / A - E²) / (A + 1); E -+ 1.96 sqrt V, cut at the
    ends of the scale. From two people on it contains the mean.
    Source: Jeffreys' prior for counts; fractional s by the same sums (methods, section 3).
    """
    weight = n + 2.5
    centre = (total + 7.5) / weight
    half = Z95 * sqrt(((squares + 27.5) / weight - centre**2) / (weight + 1))
    return max(1.0, centre - half), min(5.0, centre + half)


def wilson(part: int, n: int, z: float = Z95) -> tuple[float, float]:
    """Where a share of `part` in `n` people very likely lies, from 0 to 1.

    (p + z²/2n -+ z sqrt(p(1 - p)/n + z²/4n²)) / (1 + z²/n).
    Raises ValueError unless 0 <= part <= n and n > 0. Source: Wilson (1927), JASA 22, 209-212.
    """
    if not 0 <= part <= n or n == 0:
        raise ValueError(f"{part} of {n} people is not a share")
    share = part / n
    centre = share + z * z / (2 * n)
    half = z * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    scale = 1 + z * z / n
    return max(0.0, (centre - half) / scale), min(1.0, (centre + half) / scale)


def step_range(at_least: Sequence[int]) -> tuple[int, int]:
    """The steps between which the step very likely lies.

    at_least: people who rate each step or higher, from step 1 (everybody) to 5.
    Lowest: the highest step whose share has a 90 % Wilson lower limit above 1/2, highest: the
    same with the upper limit. Source: ours (methods, section 3).
    """
    limits = [wilson(people, at_least[0], Z90) for people in at_least]
    lowest = max((step for step, limit in enumerate(limits, 1) if limit[0] > 1 / 2), default=1)
    highest = max(step for step, limit in enumerate(limits, 1) if limit[1] > 1 / 2)
    return lowest, highest


def finite_population_factor(n: int, population: int) -> float:
    """What an interval's half-width shrinks by if the n who answered were a random draw from the
    population: sqrt(1 - n/N). They rarely are, so no figure of a profile uses it."""
    return sqrt(1 - n / population)


def worst_case_share(part: int, n: int, population: int) -> tuple[float, float]:
    """Bounds of a share had everybody answered: nobody silent belongs to it, or all do.

    [x/N, (x + N - n)/N]. Source: Manski (1995), Identification problems in the social sciences.
    """
    return part / population, (part + population - n) / population
