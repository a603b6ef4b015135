"""What a slide says, before anything is drawn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Final

from survey.reports.office_text import all_different, lines_of, width_of

LONGEST_LABEL: Final = 80
"""Letters of a name beside a chart; the notes have it whole."""


class Form(Enum):
    """How a chart is drawn."""

    COLUMNS = "columns"
    BARS = "bars"
    SHARES = "shares"


@dataclass(frozen=True, slots=True)
class Series:
    """Numbers of a chart that belong together. `colour`: of the theme, 1 to 5 the steps, 6 the
    target; None colours each column as the step of its place. `pattern`: in which numbers are
    shown."""

    name: str
    values: tuple[float | None, ...]
    colour: int | None = None
    pattern: str = "#,##0"


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart that can be edited: a name and a value of each series for each bar. `ends`: of the
    axis of values, where they are fixed. `alt` says what it shows."""

    form: Form
    names: tuple[str, ...]
    series: tuple[Series, ...]
    alt: str
    ends: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table. `step` colours it as that step."""

    text: str
    step: int | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """Heads and rows. `widths`: parts of the whole for each column; `figures`: places of the
    columns that hold numbers; the first column names its row."""

    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[float, ...]
    alt: str
    figures: frozenset[int] = frozenset()
    size: int = 13


@dataclass(frozen=True, slots=True)
class Part:
    """A heading with sentences under it."""

    heading: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Parts:
    """Texts side by side in so many columns."""

    parts: tuple[Part, ...]
    columns: int


@dataclass(frozen=True, slots=True)
class Page:
    """A slide: the finding, what shows it, what that is measured in, what is withheld, and what a
    speaker says."""

    title: str
    body: Picture | Table | Parts
    source: str = ""
    note: str = ""
    spoken: tuple[str, ...] = ()


WIDTH: Final = 12.33 * 72
"""Points that the body of a slide is wide, and high."""

HEIGHT: Final = 5.05 * 72
ABOVE_AND_BELOW: Final = 8
BESIDE: Final = 13
LEADING: Final = 1.22
BOLD: Final = 1.08
"""How much wider bold letters are."""

SIZES: Final = (16, 15, 14)


def row_height(table: Table, row: Sequence[Cell]) -> float:
    """How many points a row is high."""
    lines = max(
        lines_of(cell.text, width / table.size)
        for cell, width in zip(row, _widths(table), strict=True)
    )
    return lines * table.size * LEADING + ABOVE_AND_BELOW


def head_height(table: Table) -> float:
    """How many points the head is high."""
    return row_height(table, [Cell(one) for one in table.heads]) * BOLD


def _fits(table: Table) -> bool:
    """Whether it stands on one slide, no word of its head broken."""
    height = head_height(table) + sum(row_height(table, row) for row in table.rows)
    return height <= HEIGHT and all(
        width_of(word) * BOLD * table.size <= width
        for head, width in zip(table.heads, _widths(table), strict=True)
        for word in head.split()
    )


def _widths(table: Table) -> list[float]:
    """Points that each column has for text."""
    return [WIDTH * one / sum(table.widths) - BESIDE for one in table.widths]


def split(page: Page) -> Iterator[Page]:
    """A page with a long table as several, each with as many rows as it has room for. A short table
    is set in larger type."""
    table = page.body
    if not isinstance(table, Table):
        yield page
        return
    table = next((large for size in SIZES if _fits(large := replace(table, size=size))), table)
    room = HEIGHT - head_height(table)
    left = room
    rows: list[tuple[Cell, ...]] = []
    for row in table.rows:
        height = row_height(table, row)
        if rows and height > left:
            yield replace(page, body=replace(table, rows=tuple(rows)))
            left, rows = room, []
        rows.append(row)
        left -= height
    yield replace(page, body=replace(table, rows=tuple(rows)))


def with_titles_of_their_own(pages: Iterable[Page]) -> tuple[Page, ...]:
    """The pages, no two with the same title."""
    found = list(pages)
    titles = all_different(page.title for page in found)
    return tuple(replace(page, title=title) for page, title in zip(found, titles, strict=True))


def labels(names: Iterable[str]) -> tuple[str, ...]:
    """Names as they stand beside a chart."""
    return all_different(names, LONGEST_LABEL)
