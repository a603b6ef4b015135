"""A table that is given away as a file: columns that say what they hold, and rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

Cell = str | int | float | None
"""None is a cell of which nothing is known: empty in every format."""

Row = Sequence[Cell]

Kind = Literal["text", "whole", "number"]
Level = Literal["nominal", "ordinal", "scale"]

Label = tuple[int, str]
"""A number in a cell, and what it stands for."""

NOT_ANSWERED: Final = -9
DONT_KNOW: Final = -8
NOT_APPLICABLE: Final = -7
NOT_ASKED: Final = -6
NOT_SAID: Final = -5
"""The codes of what is no answer, the same in every file: below nought, as is the custom of UK
surveys, so that they are no step, no option and no usual count. `NOT_SAID`: it cannot be told, or
may not."""

BESIDE_NEGATIVES: Final = -(10**15)
"""Added to the codes in a column that may hold numbers below nought itself: no answer is as low
(see `answers.parse`), and a file still holds it exactly."""


@dataclass(frozen=True, slots=True)
class Column:
    """What stands in a column. `label` says it in words; `values` are numbers with a meaning of
    their own, `missing` those that are no answer. `longest` is the most bytes (UTF-8) that a text
    in it has. `about`: what else a codebook says of it, each under a heading.
    """

    name: str
    label: str
    kind: Kind = "text"
    values: tuple[Label, ...] = ()
    missing: tuple[Label, ...] = ()
    level: Level = "nominal"
    longest: int = 0
    about: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """`rows` are read once, each as long as `columns`. `method`: how to read it, in plain words:
    headings with a paragraph each. `day`: on which its figures were settled.
    """

    title: str
    name: str
    columns: tuple[Column, ...]
    rows: Iterable[Row]
    method: tuple[tuple[str, str], ...] = ()
    day: date | None = None


def longest(texts: Iterable[Cell]) -> int:
    """The bytes (UTF-8) of the longest of these texts; 1 at least."""
    return max((len(text.encode()) for text in texts if isinstance(text, str)), default=1) or 1
