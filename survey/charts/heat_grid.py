"""Where the cells of a heat map go, in pixels: rows of cells beside their label, or on a narrow
screen beneath it, in as many lines as they need. Pure."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

CELL: Final = 28
LINE: Final = 17
GAP: Final = 3
LABEL: Final = 250
LABEL_LETTERS: Final = 27
WIDE, NARROW = 960, 340
A_LINE: Final = 8
"""So many cells stand beside one another on a narrow screen."""
KEY: Final = 24
"""Where the names of a key begin."""
WIDEST: Final = 110
LYING: Final = 80
"""From this width of a column on, its name is written across it rather than up."""
UPRIGHT_LETTERS: Final = 26


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: of which row and column, the name of the column, and where it is."""

    row: int
    column: int
    name: str
    left: float
    right: float
    top: float


@dataclass(frozen=True, slots=True)
class Words:
    """Something written, from where its first line has its middle."""

    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class Grid:
    """Everything in its place. `upright`: the heads are written upwards. `keys`: what the numbers
    in the heads mean, where there is no room for names."""

    width: int
    bottom: int
    cell_width: float
    upright: bool
    cells: tuple[Cell, ...]
    labels: tuple[Words, ...]
    heads: tuple[Words, ...]
    keys: tuple[Words, ...] = ()


def grid(rows: Sequence[str], columns: Sequence[str], *, narrow: bool) -> Grid:
    """Cells for rows and columns of these names."""
    return _stacked(rows, columns) if narrow else _beside(rows, columns)


def _beside(rows: Sequence[str], columns: Sequence[str]) -> Grid:
    width = min(WIDEST, (WIDE - LABEL) / max(1, len(columns)))
    upright = width < LYING
    names = [_head(name, width) for name in columns]
    deep = max((len(lines) for lines in names), default=1)
    longest = max((len(line) for lines in names for line in lines), default=0)
    above = longest * 7 + 14 if upright else deep * 15 + 12
    heads = tuple(
        _head_at(LABEL + (place + 0.5) * width, above, lines, upright=upright)
        for place, lines in enumerate(names)
    )
    cells: list[Cell] = []
    labels: list[Words] = []
    top = above
    for row, name in enumerate(rows):
        lines = textwrap.wrap(name, LABEL_LETTERS) or [""]
        height = max(CELL, len(lines) * LINE + 2)
        cell_top = top + (height - CELL) / 2
        labels.append(
            Words(0, top + height / 2 - (len(lines) - 1) * LINE / 2 + 1, "\n".join(lines))
        )
        cells += [
            Cell(row, place, column, *_sides(LABEL, place, width), cell_top)
            for place, column in enumerate(columns)
        ]
        top += height + GAP
    return Grid(WIDE, top, width, upright, tuple(cells), tuple(labels), heads)


def _head(name: str, width: float) -> list[str]:
    if width < LYING:
        lines = max(1, int(width // 15))
        return _cut(name, UPRIGHT_LETTERS, min(lines, 3))
    return _cut(name, int(width / 7.6), 4)


def _cut(name: str, letters: int, lines: int) -> list[str]:
    """At most so many lines: what is cut off stands in the table."""
    return textwrap.wrap(name, letters, max_lines=lines, placeholder="…") or [""]


def _head_at(x: float, above: int, lines: Sequence[str], *, upright: bool) -> Words:
    shift = (len(lines) - 1) * 15
    if upright:  # lines follow one another from left to right
        return Words(x - shift / 2, above - 6, "\n".join(lines))
    return Words(x, above - 12 - shift, "\n".join(lines))


def _sides(start: float, place: int, width: float) -> tuple[float, float]:
    return start + place * width + 1, start + (place + 1) * width - 1


def _stacked(rows: Sequence[str], columns: Sequence[str]) -> Grid:
    width = NARROW / A_LINE
    cells: list[Cell] = []
    labels: list[Words] = []
    heads: list[Words] = []
    top = 2
    for row, name in enumerate(rows):
        lines = textwrap.wrap(name, 42) or [""]
        labels.append(Words(0, top + 10, "\n".join(lines)))
        top += len(lines) * LINE + 4
        for place, column in enumerate(columns):
            line, at = divmod(place, A_LINE)
            y = top + line * (CELL + LINE)
            heads.append(Words((at + 0.5) * width, y + 8, _sign(place)))
            cells.append(Cell(row, place, column, *_sides(0, at, width), y + LINE))
        top += -(-len(columns) // A_LINE) * (CELL + LINE) + 10
    keys, bottom = _keys(columns, top + 6)
    return Grid(NARROW, bottom, width, False, tuple(cells), tuple(labels), tuple(heads), keys)


def _sign(place: int) -> str:
    """By what a column is known: the first, which is everybody, by a star."""
    return str(place) if place else "*"


def _keys(columns: Sequence[str], top: int) -> tuple[tuple[Words, ...], int]:
    found: list[Words] = []
    for place, name in enumerate(columns):
        lines = textwrap.wrap(name, 44) or [""]
        found.append(Words(0, top + 8, _sign(place)))
        found.append(Words(KEY, top + 8, "\n".join(lines)))
        top += len(lines) * LINE + 4
    return tuple(found), top
