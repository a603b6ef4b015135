"""Findings in the language that is spoken. Sentences stand in the code in English; a catalogue has
them in other languages."""

from __future__ import annotations

from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path
from typing import Any, Final

from survey.questionnaire.speaking import ENGLISH, spoken

CATALOGUES: Final = Path(__file__).parent / "translations"


def say(text: str, **values: Any) -> str:
    """The text in the language spoken, with its values: "%(name)s is withheld"."""
    said = _catalogue(spoken()).gettext(text)
    return said % values if values else said


def say_many(one: str, many: str, number: int, **values: Any) -> str:
    """The form that goes with a number, which is the value `number`, with thousands apart."""
    said = _catalogue(spoken()).ngettext(one, many, number)
    return said % ({"number": f"{number:,}"} | values)


def noted(text: str) -> str:
    """The text as it is: marks it for the catalogue where it is said only later, by `say`."""
    return text


@cache
def _catalogue(language: str) -> NullTranslations:
    if language == ENGLISH:
        return NullTranslations()
    with (CATALOGUES / language / "LC_MESSAGES" / "findings.mo").open("rb") as file:
        return GNUTranslations(file)
