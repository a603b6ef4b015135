"""What stands out of a question or a capability in words, and what its author can do about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil
from typing import Final


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that stands out. `code` names its rule."""

    code: str
    said: str
    mend: str


def finding(code: str, figure: float) -> Finding:
    """What stands out, with the share or figure by which it does."""
    said, mend = _TEXTS[code]
    return Finding(code, said.format(share=_percent(figure), figure=_fixed(figure)), mend)


def _percent(share: float) -> str:
    """Halves down, as everywhere."""
    return f"{ceil(100 * share - 0.5)}%"


def _fixed(figure: float) -> str:
    return f"{figure:.2f}".replace("-", "−")


_TEXTS: Final[Mapping[str, tuple[str, str]]] = {
    "floor": (
        "{share} of those who rated it chose the lowest step.",
        "That may be how things are. If not, reword the lowest two steps, so that those who have "
        "begun find themselves above the lowest.",
    ),
    "ceiling": (
        "{share} of those who rated it chose the highest step.",
        "Reword the highest step so that it asks for more, or ask about something that fewer do.",
    ),
    "one-step": (
        "{share} of those who rated it chose one and the same step.",
        "Reword the steps beside it, so that they differ by something that people can see.",
    ),
    "dont-know": (
        "{share} said “I don’t know”.",
        "Use words that people of other teams know, or ask only those who can know: an earlier "
        "question about their work, and “show_if”.",
    ),
    "left-out": (
        "{share} of those who answered left it out.",
        "Let people say that it doesn’t apply (“not_applicable”), or make it easier to answer.",
    ),
    "low-item-rest": (
        "It goes little with the other questions of its capability: their correlation is {figure}.",
        "Reword it, move it to another capability, or see whether it has to be turned round "
        "(“reverse”).",
    ),
    "low-alpha": (
        "Alpha is {figure}: its questions may not measure one thing.",
        "Reword the questions that go little with the rest, or give what they ask a capability of "
        "its own.",
    ),
    "high-alpha": (
        "Alpha is {figure}: its questions repeat one another.",
        "Merge some or leave some out: fewer say as much.",
    ),
}
"""What is said, and what to do, by the rule's code."""
