"""How far people agree about a capability: an index for ordinal scales, words, and two camps."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from math import comb
from typing import Final

PEOPLE_FOR_WORDS: Final = 20
"""Below this, chance alone moves the index too far for words (methods, section 2)."""

WORDS: Final = (
    (0.70, "people agree"),
    (0.45, "broadly agree"),
    (0.20, "views differ"),
    (float("-inf"), "views are spread"),
)
SHARE_OF_A_CAMP: Final = 0.25
CHANCE_OF_A_VALLEY: Final = 0.10


def agreement(counts: Sequence[int]) -> float | None:
    """Agreement A: 1 where all are at one step, 0 where spread evenly, -1 at two extremes.

    counts: people at each step, lowest first; any number of steps from three.
    Returns None without people.
    Raises ValueError for fewer than three counts or a negative one.
    Source: van der Eijk (2001), Measuring agreement in ordered rating scales, Quality and
        Quantity 35, 325-341. The counts are peeled into layers of equal height; the agreement
        of each layer is averaged by its size.
    """
    if len(counts) < 3 or min(counts) < 0:
        raise ValueError(f"expected three counts or more, none negative, got {counts!r}")
    left, people = list(counts), sum(counts)
    if not people:
        return None
    total = 0.0
    while any(left):
        height = min(count for count in left if count)
        layer = [count > 0 for count in left]
        total += _layer_agreement(layer) * height * sum(layer)
        left = [count - height if count else 0 for count in left]
    return total / people


def _layer_agreement(filled: Sequence[bool]) -> float:
    """U (1 - (S - 1) / (K - 1)), U from triples of categories: 110 and 011 against 101."""
    categories, used = len(filled), sum(filled)
    if used == 1:
        return 1.0
    unimodal = bimodal = 0
    for triple in combinations(filled, 3):
        unimodal += triple in ((True, True, False), (False, True, True))
        bimodal += triple == (True, False, True)
    if not unimodal + bimodal:
        return 0.0
    evidence = (categories - 2) * unimodal - (categories - 1) * bimodal
    return (
        evidence / ((categories - 2) * (unimodal + bimodal)) * (1 - (used - 1) / (categories - 1))
    )


def agreement_words(counts: Sequence[int]) -> str | None:
    """The index in words; None below 20 people. The cuts are ours (methods, section 2)."""
    index = agreement(counts)
    if index is None or sum(counts) < PEOPLE_FOR_WORDS:
        return None
    if has_two_camps(counts):
        return "two camps"
    return next(words for least, words in WORDS if index >= least)


def has_two_camps(counts: Sequence[int]) -> bool:
    """Whether people gather around two steps with few between (methods, section 2).

    There is a valley: a step with a quarter of the people or more on each side, and at most half
    as many as at the smaller of the two peaks, too deep for chance (one-sided binomial, .10).
    """
    people = sum(counts)
    return any(_is_valley(counts, valley, people) for valley in range(1, len(counts) - 1))


def _is_valley(counts: Sequence[int], valley: int, people: int) -> bool:
    below, here, above = counts[:valley], counts[valley], counts[valley + 1 :]
    if not people or min(sum(below), sum(above)) < SHARE_OF_A_CAMP * people:
        return False
    peak = min(max(below), max(above))
    return 2 * here <= peak and _lower_tail(here, here + peak) <= CHANCE_OF_A_VALLEY


def _lower_tail(at_most: int, tries: int) -> float:
    """P(Bin(tries, 1/2) <= at_most)."""
    ways = sum(comb(tries, hits) for hits in range(at_most + 1))
    return float(ways / 2**tries)
