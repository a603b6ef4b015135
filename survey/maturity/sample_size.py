"""How many people to ask, where not everybody is."""

from __future__ import annotations

from math import ceil, inf, sqrt

from survey.maturity.intervals import Z95

USUAL_SPREAD = 1.1
"""Standard deviation of ratings on the five steps that is expected before anybody has answered
(ours: what our simulations and published five-point items usually show; 2 is the most there
can be)."""


def answers_needed(people: int, half_width: float, spread: float = USUAL_SPREAD) -> int:
    """How many of `people` must answer for a mean that is this sure: 95 %, in steps.

    n0 = (z spread / half_width)², then n0 / (1 + (n0 - 1) / N), rounded up.
    Raises ValueError unless half_width > 0. Source: Cochran (1977), Sampling Techniques, 4.4-4.6.
    """
    if half_width <= 0:
        raise ValueError("a half-width is more than 0")
    first = (Z95 * spread / half_width) ** 2
    return min(people, ceil(first / (1 + (first - 1) / people))) if people else 0


def people_to_ask(
    people: int,
    half_width: float,
    response_rate: float,
    at_least: int,
    spread: float = USUAL_SPREAD,
) -> int:
    """How many to ask so that enough answer: the answers needed, and never fewer than `at_least`,
    over the share (0 to 1) who are expected to."""
    needed = max(answers_needed(people, half_width, spread), min(at_least, people))
    return min(people, ceil(needed / response_rate))


def expected_half_width(answers: float, spread: float = USUAL_SPREAD) -> float:
    """How sure a mean of that many answers would be: 95 %, in steps; infinite for none."""
    return Z95 * spread / sqrt(answers) if answers else inf
