"""Who answered: the response rate, and how even it is across groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final

UNEVEN_BELOW: Final = 0.80
"""Our cut: below it, units answered so unevenly that the whole may be off."""


@dataclass(frozen=True, slots=True)
class Response:
    """rate: share of those asked who answered. representativeness: R, 1 where every group
    answered alike. bias_ceiling: how far a mean can be off, in its standard deviations."""

    rate: float
    representativeness: float
    spread: float
    bias_ceiling: float

    @property
    def is_uneven(self) -> bool:
        """Whether groups answered too unevenly to speak for the whole."""
        return self.representativeness < UNEVEN_BELOW


def response(asked: Sequence[int], answered: Sequence[int]) -> Response | None:
    """How many answered, and how evenly.

    asked, answered: people in each group, in the same order. None where under two were asked or
    nobody answered.
    Source: R-indicator of Schouten, Cobben & Bethlehem (2009), Survey Methodology 35(1):
        R = 1 - 2 S, S^2 = sum N_h (rho_h - rho)^2 / (N - 1); the bias of a mean is at most
        S / rho standard deviations.
    """
    people, responded = sum(asked), sum(answered)
    if people < 2 or not responded:
        return None
    rate = responded / people
    squares = sum(
        size * (hits / size - rate) ** 2 for size, hits in zip(asked, answered, strict=True) if size
    )
    spread = sqrt(squares / (people - 1))
    return Response(rate, 1 - 2 * spread, spread, spread / rate)
