"""Where an organisation stands among others: quartiles of organisations, never a league table."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

FEWEST_ORGANISATIONS = 10
LARGEST_SHARE = 0.25
"""Of the people behind all organisations, the most that one may give."""


def percentile_rank(value: float, others: Sequence[float]) -> float:
    """The share of others below, ties counting half, from 0 to 100: 100 (below + ties / 2) / N.

    Raises ValueError without others.
    """
    if not others:
        raise ValueError("there is nobody to stand among")
    below = sum(other < value for other in others)
    ties = sum(other == value for other in others)
    return 100 * (below + ties / 2) / len(others)


def quarter(value: float, others: Sequence[float]) -> int:
    """The quarter of the others that a value falls into, 1 the lowest to 4; ends go down."""
    return max(1, ceil(percentile_rank(value, others) / 25))
