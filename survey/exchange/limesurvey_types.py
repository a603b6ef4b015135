"""LimeSurvey’s types of question, and the answers that some of them have by themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from survey.exchange.common_options import yes_and_no
from survey.exchange.foreign import ForeignOption

ONE_OF_ITS_ANSWERS: Final = ("L", "!", "O")
SEVERAL: Final = ("M", "P")
ROWS_WITH_ITS_ANSWERS: Final = ("F", "H")
OWN_WORDS: Final = ("S", "T", "U", "D")
NUMBER: Final = "N"
ROWS_OF_TEXTS: Final = "Q"
ROWS_OF_NUMBERS: Final = "K"
NOTE: Final = "X"

USUAL_ANSWERS: Final = ("5", "Y", "G")
ROWS_WITH_USUAL_ANSWERS: Final = ("A", "B", "C", "E")

LEFT_OUT: Final[Mapping[str, str]] = {
    "R": "a ranking",
    "|": "a file",
    "*": "a calculated value",
    "I": "a choice of language",
    "1": "a table with two scales",
    ":": "a table of numbers",
    ";": "a table of texts",
}


def usual_answers(kind: str, languages: Sequence[str]) -> tuple[ForeignOption, ...]:
    """The answers that a type has by itself, by its letter."""
    if kind in ("5", "A", "B"):
        highest = 10 if kind == "B" else 5
        return tuple(ForeignOption(str(n), {"en": str(n)}) for n in range(1, highest + 1))
    if kind == "E":
        said = (("I", "Increase"), ("S", "Same"), ("D", "Decrease"))
        return tuple(ForeignOption(name, {"en": text}) for name, text in said)
    if kind == "G":
        return ForeignOption("F", {"en": "Female"}), ForeignOption("M", {"en": "Male"})
    yes, no = yes_and_no(languages, ("Y", "N"))
    return (yes, no) if kind == "Y" else (yes, ForeignOption("U", {"en": "Uncertain"}), no)
