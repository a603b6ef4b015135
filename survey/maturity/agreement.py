"""How far people agree on a step, and whether units differ."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import combinations
from math import comb, log2
from typing import Literal

AgreementWords = Literal[
    "two camps", "people agree", "broadly agree", "views differ", "views are spread"
]

WORDS: tuple[tuple[Fraction, AgreementWords], ...] = (
    (Fraction(70, 100), "people agree"),
    (Fraction(45, 100), "broadly agree"),
    (Fraction(20, 100), "views differ"),
    (Fraction(-1), "views are spread"),
)
FEWEST_FOR_WORDS = 20
"""Below, evenly spread opinion looks like agreement too often."""

CERTAIN = 42
"""People at a valley and its smaller peak from which on no chance explains the valley: with at
most a third of them in it, Hoeffding's bound exp(-people / 18) is below .10."""


def van_der_eijk(counts: Sequence[int]) -> Fraction:
    """Agreement A: 1 all at one step, 0 spread evenly, -1 half at each extreme. Exact.

    counts: people in each of K >= 3 ordered categories, at least one person.
    The counts are peeled into layers of equal height; A is the mean of the layers' A, weighted
    by their size. Raises ValueError without people.
    Source: van der Eijk (2001), Quality & Quantity 35, 325-341; as in the R package agrmt.
    """
    _people(counts)
    return _peeled(tuple(counts))


@lru_cache(maxsize=4096)
def _peeled(counts: tuple[int, ...]) -> Fraction:
    left, total = list(counts), Fraction(0)
    while any(left):
        filled = tuple(count > 0 for count in left)
        height = min(count for count in left if count)
        total += height * sum(filled) * _layer(filled)
        left = [count - height if count else 0 for count in left]
    return total / sum(counts)


@lru_cache(maxsize=256)
def _layer(filled: tuple[bool, ...]) -> Fraction:
    """A of a layer: U (1 - (S - 1)/(K - 1)), with S of K categories filled and
    U = ((K - 2) TU - (K - 1) TDU) / ((K - 2)(TU + TDU)), where TU counts triples of categories
    filled as 110 or 011, TDU those filled as 101."""
    k, s = len(filled), sum(filled)
    if s == 1:
        return Fraction(1)
    triples = list(combinations(filled, 3))
    together = triples.count((True, True, False)) + triples.count((False, True, True))
    apart = triples.count((True, False, True))
    if not together + apart:
        return Fraction(0)
    unimodality = Fraction((k - 2) * together - (k - 1) * apart, (k - 2) * (together + apart))
    return unimodality * (1 - Fraction(s - 1, k - 1))


def two_camps(counts: Sequence[int]) -> bool:
    """Whether people stand at two places of the five steps with a valley between.

    A valley is a step v in 2..4 with at least a quarter of the people on each side, at most half
    the smaller peak at it, and P(Bin(c_v + smaller peak, 1/2) <= c_v) <= .10.
    Source: ours (methods, section 2).
    """
    people = _people(counts)
    return any(_is_valley(counts, v, people) for v in range(1, len(counts) - 1))


def _is_valley(counts: Sequence[int], v: int, people: int) -> bool:
    below, here, above = counts[:v], counts[v], counts[v + 1 :]
    peak = min(max(below), max(above))
    if 4 * min(sum(below), sum(above)) < people or 2 * here > peak:
        return False
    tossed = here + peak
    return tossed >= CERTAIN or 10 * sum(comb(tossed, x) for x in range(here + 1)) <= 2**tossed


def agreement_words(counts: Sequence[int]) -> AgreementWords | None:
    """How far people agree, in words; two camps come before any other.

    None below 20 people. The cuts, at A of .70, .45 and .20, are ours (methods, section 2).
    """
    if _people(counts) < FEWEST_FOR_WORDS:
        return None
    if two_camps(counts):
        return "two camps"
    agreement = van_der_eijk(counts)
    return next(words for least, words in WORDS if agreement >= least)


def tastle_wierman(counts: Sequence[int]) -> float:
    """Consensus: 1 all at one step, 0 half at each extreme. Treats steps as a metric scale.

    1 + sum p_i log2(1 - |i - mean| / 4), for five steps.
    Source: Tastle & Wierman (2007), Int. J. Approximate Reasoning 45, 531-545.
    """
    people, width = _people(counts), len(counts) - 1
    mean = sum(i * count for i, count in enumerate(counts)) / people
    return 1 + sum(
        count / people * log2(1 - abs(i - mean) / width) for i, count in enumerate(counts) if count
    )


def r_wg(counts: Sequence[int]) -> float | None:
    """Agreement within a group, r_wg = 1 - s² / 2: 1 all alike, 0 as by chance, below 0 in camps.

    s² over n - 1; 2 is the variance of five steps taken by chance, (5² - 1)/12. None below two
    people. Source: James, Demaree & Wolf (1984), J. Applied Psychology 69, 85-98.
    """
    people = _people(counts)
    if people < 2:
        return None
    total = sum(i * count for i, count in enumerate(counts))
    squares = sum(i * i * count for i, count in enumerate(counts))
    return float(1 - Fraction(people * squares - total**2, people * (people - 1)) / 2)


def r_wg_j(variances: Sequence[float]) -> float:
    """Agreement within a group on J parallel questions: J(1 - v) / (J(1 - v) + v).

    variances: s² of each question; v is their mean over 2. Source: as `r_wg`.
    """
    j, v = len(variances), sum(variances) / len(variances) / 2
    return j * (1 - v) / (j * (1 - v) + v)


def icc(units: Sequence[tuple[int, int, int]]) -> tuple[float, float] | None:
    """Whether units differ: ICC(1), the share of the variance that lies between units (.01 is
    small, .10 medium, .25 large), and ICC(2), how reliable the units' means are.

    units: people, sum of ratings, sum of squares, of each unit with none in two; any unit of
    rating. ICC(1) = (MSB - MSW) / (MSB + (m - 1) MSW), ICC(2) = (MSB - MSW) / MSB, with m people
    in each unit; where sizes differ m = (N - sum n² / N) / (J - 1). None for fewer than two
    units, nobody beside another in a unit, or no variance between them.
    Source: Bliese (2000); sizes of effects LeBreton & Senter (2008), Organizational Research
    Methods 11, 815-852.
    """
    filled = [unit for unit in units if unit[0] > 0]
    people, total = sum(n for n, _, _ in filled), sum(s for _, s, _ in filled)
    degrees, spare = len(filled) - 1, people - len(filled)
    if degrees < 1 or spare < 1:
        return None
    inside = sum((squares - Fraction(s * s, n) for n, s, squares in filled), Fraction(0)) / spare
    level = sum((Fraction(s * s, n) for n, s, _ in filled), Fraction(0))
    between = (level - Fraction(total * total, people)) / degrees
    m = (people - Fraction(sum(n * n for n, _, _ in filled), people)) / degrees
    if not between:
        return None
    return (
        float((between - inside) / (between + (m - 1) * inside)),
        float((between - inside) / between),
    )


def _people(counts: Sequence[int]) -> int:
    if len(counts) < 3 or min(counts) < 0 or not any(counts):
        raise ValueError(f"expected counts of people, none negative, not all 0: {counts!r}")
    return sum(counts)
