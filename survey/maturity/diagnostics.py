"""Which questions deserve a second look before they are asked again: what their figures say of the
questions, not of the organisation."""

from __future__ import annotations

from typing import Final

from survey.maturity.profile import Shown
from survey.maturity.reliability import Reliability

MOST_AT_AN_END: Final = 0.50
MOST_AT_ANY_STEP: Final = 0.80
"""Terwee et al. (2007), J. Clinical Epidemiology 60, 34-42, look twice at 15 % at an end. Low
maturity is real, so these are higher, and ours."""

MOST_DONT_KNOW: Final = 0.33
MOST_LEFT_OUT: Final = 0.05
"""Both ours."""

LOWEST_ALPHA: Final = 0.70
HIGHEST_ALPHA: Final = 0.95
"""By custom: below, questions may measure several things; above, they repeat one another."""

LOWEST_ITEM_REST: Final = 0.30
"""Nunnally (1978), Psychometric theory."""


def question_flags(shown: Shown, left_out: float | None) -> dict[str, float]:
    """What stands out of a question's figures, each with the share of people that it is about.

    left_out: the share that left it out, None where that is not said.
    """
    lowest, *between, highest = (count / shown.n for count in shown.counts)
    fullest = max(between)
    dont_know = dont_know_share(shown)
    found: dict[str, tuple[float, bool]] = {
        "floor": (lowest, lowest >= MOST_AT_AN_END),
        "ceiling": (highest, highest >= MOST_AT_AN_END),
        "one-step": (fullest, fullest >= MOST_AT_ANY_STEP),
        "dont-know": (dont_know, dont_know > MOST_DONT_KNOW),
        "left-out": (left_out or 0.0, (left_out or 0.0) > MOST_LEFT_OUT),
    }
    return {flag: share for flag, (share, stands_out) in found.items() if stands_out}


def dont_know_share(shown: Shown) -> float:
    """Of those who rated a question or said that they do not know; "doesn't apply" is neither."""
    return shown.dont_know / (shown.n + shown.dont_know)


def capability_flags(found: Reliability) -> dict[str, float]:
    """What stands out of the questions of a capability together, with their alpha."""
    if found.alpha < LOWEST_ALPHA:
        return {"low-alpha": found.alpha}
    return {"high-alpha": found.alpha} if found.alpha > HIGHEST_ALPHA else {}


def set_apart(found: Reliability) -> dict[int, float]:
    """The places of the questions that say something else than the rest of their capability, each
    with its correlation with them."""
    return {
        place: r
        for place, r in enumerate(found.item_rest)
        if r is not None and r < LOWEST_ITEM_REST
    }
