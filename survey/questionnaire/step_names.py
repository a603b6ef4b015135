"""The usual names of the five steps, in the languages that have them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from survey.questionnaire.model import STEP_NAMES

USUAL: Final[Mapping[str, tuple[str, ...]]] = {
    "en": STEP_NAMES,
    "cy": ("Archwiliwr", "Galluogwr", "Gwreiddiedig", "Arbenigwr", "Esiampl"),
}


def usual_names(language: str) -> tuple[str, ...]:
    """The usual names in a language (or a variety of it, such as en-GB); none where it has none."""
    return USUAL.get(language.partition("-")[0], ())


def are_usual(scale: Sequence[str]) -> bool:
    """Whether a questionnaire calls its steps by the usual names, in whatever language."""
    return tuple(scale) in USUAL.values()
