"""How many answered, and whether as many everywhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Literal

UNEVEN_BELOW = 0.80


@dataclass(frozen=True, slots=True)
class ResponseRate:
    """`rate`: share who answered. `r_indicator`: 1 where all groups answered alike, less where
    not. `bias_ceiling`: standard deviations by which a mean can be off at most for that reason,
    None where nobody answered. `word`: "uneven" below .80 (ours)."""

    rate: float
    r_indicator: float
    spread: float
    bias_ceiling: float | None
    word: Literal["uneven"] | None


def response_rate(invited: Sequence[int], answered: Sequence[int]) -> ResponseRate | None:
    """The response of an organisation whose people fall into groups, none in two.

    R = 1 - 2 S, S² = sum N_h (rho_h - rho)² / (N - 1), rho the rate; ceiling S / rho.
    None where nobody was invited. Raises ValueError where more answered than were invited.
    Source: Schouten, Cobben & Bethlehem (2009), Survey Methodology 35, 101-113.
    """
    groups = list(zip(invited, answered, strict=True))
    if any(not 0 <= people <= asked for asked, people in groups):
        raise ValueError("in a group more people answered than were invited")
    everybody = sum(invited)
    if not everybody:
        return None
    rate = sum(answered) / everybody
    squares = sum(asked * (people / asked - rate) ** 2 for asked, people in groups if asked)
    spread = sqrt(squares / max(everybody - 1, 1))
    r_indicator = 1 - 2 * spread
    return ResponseRate(
        rate=rate,
        r_indicator=r_indicator,
        spread=spread,
        bias_ceiling=spread / rate if rate else None,
        word="uneven" if r_indicator < UNEVEN_BELOW else None,
    )
