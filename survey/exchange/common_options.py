"""Options that other tools add by themselves, in the languages that are likely to come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from survey.exchange.foreign import ForeignOption

_WORDS: Final[Mapping[str, tuple[str, str, str]]] = {
    "en": ("Yes", "No", "Other"),
    "cy": ("Ie", "Na", "Arall"),
    "cs": ("Ano", "Ne", "Jiné"),
    "da": ("Ja", "Nej", "Andet"),
    "de": ("Ja", "Nein", "Sonstiges"),
    "el": ("Ναι", "Όχι", "Άλλο"),
    "es": ("Sí", "No", "Otro"),
    "fi": ("Kyllä", "Ei", "Muu"),
    "fr": ("Oui", "Non", "Autre"),
    "hu": ("Igen", "Nem", "Egyéb"),
    "it": ("Sì", "No", "Altro"),
    "nl": ("Ja", "Nee", "Anders"),
    "no": ("Ja", "Nei", "Annet"),
    "pl": ("Tak", "Nie", "Inne"),
    "pt": ("Sim", "Não", "Outro"),
    "ro": ("Da", "Nu", "Altele"),
    "sv": ("Ja", "Nej", "Annat"),
    "uk": ("Так", "Ні", "Інше"),
}
"""Language to its words; others are given those of English."""


def yes_and_no(
    languages: Sequence[str], names: tuple[str, str] = ("yes", "no")
) -> tuple[ForeignOption, ForeignOption]:
    """Yes and no. names: what the other tool stores for the two."""
    yes, no = (ForeignOption(name, _in_each(languages, place)) for place, name in enumerate(names))
    return yes, no


def something_else(languages: Sequence[str], name: str) -> ForeignOption:
    """The option beside which people write what they mean. name: what the other tool stores."""
    return ForeignOption(name, _in_each(languages, 2))


def _in_each(languages: Sequence[str], place: int) -> dict[str, str]:
    return {code: _WORDS.get(code.partition("-")[0], _WORDS["en"])[place] for code in languages}
