"""The rows of a dumb-bell chart and their dots."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from survey.maturity.profile import Shown

LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class Dot:
    """The mean of some people. `clear`: whether it differs by more than chance from what it is
    `compared` with, in words."""

    letter: str
    name: str
    measure: Shown
    clear: bool
    compared: str = ""


@dataclass(frozen=True, slots=True)
class Bell:
    """One capability. `whole`: a mean to hold the dots against, which is that of `whole_name`.
    `band`: where the line goes, if not from the lowest dot to the highest, and what it is.
    `note`: why there are no dots. `withheld`: who has no dot. `in_time`: the dots are waves, the
    last of them last."""

    id: str
    name: str
    dots: tuple[Dot, ...]
    whole: float | None = None
    note: str = ""
    whole_name: str = "Whole organisation"
    band: tuple[float, float] | None = None
    band_name: str = ""
    withheld: tuple[str, ...] = ()
    in_time: bool = False


def letter(place: int) -> str:
    """By which a group is known in the chart: A, B … Z, A2, B2 …"""
    more, at = divmod(place, len(LETTERS))
    return LETTERS[at] + (str(more + 1) if more else "")
