"""How the sheets of a workbook look: formats, heads that stay, print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from survey.charts.palette import LIGHT
from survey.exchange.xml_text import xml_text
from survey.reports.office_text import as_shown, lines_of

LONGEST_NAME: Final = 31
"""UTF-16 units that the name of a sheet may have."""

LONGEST_CELL: Final = 32_767
A4: Final = 9
UNIT: Final = 5.25
"""Points that a unit of width is wide."""

USUAL_SIZE, USUAL_HEIGHT, TALLEST = 11, 15, 405
"""Points: of type, of a row with one line of it, of the tallest row."""

_FORBIDDEN: Final = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
TEXT, PERCENT, TWO_PLACES, WHOLE = "text", "percent", "two", "whole"
_PLACES: Final = {PERCENT: 2, TWO_PLACES: 2, WHOLE: 0}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. `width` in letters; `pattern`: TEXT, or how its numbers look."""

    head: str
    width: float
    pattern: str = TEXT


@dataclass(frozen=True, slots=True)
class Looks:
    """A workbook and its formats by name; those of the five steps."""

    book: Any
    by_name: dict[str, Any]
    steps: tuple[Any, ...]


def looks_of(book: Any) -> Looks:
    """The formats of a new workbook."""
    text = {"align": "left", "valign": "top", "text_wrap": True, "indent": 1}
    patterns = {PERCENT: "0%", TWO_PLACES: "0.00", WHOLE: "#,##0"}
    numbers = {
        name: book.add_format({"valign": "top", "num_format": pattern, "align": "right"})
        for name, pattern in patterns.items()
    }
    head = {"bold": True, "bg_color": LIGHT.ink, "font_color": LIGHT.paper, "border_color": "white"}
    named = {
        "text": book.add_format(text),
        "bold": book.add_format(text | {"bold": True}),
        "quiet": book.add_format(text | {"italic": True, "font_color": LIGHT.quiet}),
        "title": book.add_format(text | {"bold": True, "font_size": 16, "font_color": LIGHT.ink}),
        "link": book.add_format(text | {"font_color": LIGHT.steps[3], "underline": 1}),
        "head": book.add_format(text | head),
        "head of numbers": book.add_format(text | head | {"align": "right"}),
        "in place of a number": book.add_format(text | {"align": "right"}),
    }
    steps = tuple(
        book.add_format(
            {"bg_color": fill, "font_color": ink, "valign": "top", "num_format": "0.00"}
        )
        for fill, ink in zip(LIGHT.steps, LIGHT.on_steps, strict=True)
    )
    return Looks(book, named | numbers, steps)


def sheet_name(name: str) -> str:
    """A name that a sheet may have: no forbidden sign, short enough, also with emoji."""
    words = " ".join(xml_text(name).translate(_FORBIDDEN).split())
    units = words.encode("utf-16-le")[: 2 * LONGEST_NAME]
    return units.decode("utf-16-le", errors="ignore").strip()


def new_sheet(looks: Looks, name: str, columns: Sequence[Column], *, tall: bool = False) -> Any:
    """A sheet with these widths, that prints on A4 as wide as a page."""
    sheet = looks.book.add_worksheet(sheet_name(name))
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width)
    if not tall:
        sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    sheet.set_footer("&L&A&R&P / &N")
    sheet.hide_gridlines(2)
    return sheet


def write_title(looks: Looks, sheet: Any, title: str, columns: Sequence[Column]) -> None:
    """Over all columns in the first row, which is as high as it needs."""
    width = sum(column.width for column in columns)
    lines = lines_of(title, width * UNIT / 16)
    sheet.set_row(0, 22 * lines + 4)
    if len(columns) > 1:
        sheet.merge_range(0, 0, 0, len(columns) - 1, "", looks.by_name["title"])
    write(looks, sheet, 0, 0, title, "title")


def write_heads(
    looks: Looks, sheet: Any, row: int, columns: Sequence[Column], *, stay: bool = True
) -> None:
    """The heads of a table. stay: in sight, and on each printed page."""
    for place, column in enumerate(columns):
        look = "head" if column.pattern == TEXT else "head of numbers"
        write(looks, sheet, row, place, column.head, look)
    sheet.set_row(row, _height([column.head for column in columns], columns))
    if stay:
        sheet.freeze_panes(row + 1, 1)
        sheet.repeat_rows(row)


def write_row(
    looks: Looks,
    sheet: Any,
    row: int,
    cells: Sequence[str | float | None],
    columns: Sequence[Column],
) -> None:
    """A row of a table: texts as texts, numbers exact, in the pattern of their column."""
    for place, (cell, column) in enumerate(zip(cells, columns, strict=False)):
        if isinstance(cell, str):
            look = "text" if column.pattern == TEXT else "in place of a number"
            write(looks, sheet, row, place, cell, look if place else "bold")
        elif cell is not None:
            write_number(looks, sheet, row, place, cell, column.pattern)
    sheet.set_row(row, _height(cells, columns))


def _height(cells: Sequence[str | float | None], columns: Sequence[Column]) -> float:
    """Points that a row needs: programs other than Excel do not make it higher by themselves."""
    lines = [
        lines_of(cell, max(column.width - 2, 1) * UNIT / USUAL_SIZE)
        for cell, column in zip(cells, columns, strict=False)
        if isinstance(cell, str)
    ]
    return min(max(lines, default=1) * USUAL_HEIGHT + 3, TALLEST)


def write(looks: Looks, sheet: Any, row: int, place: int, text: str, look: str = "text") -> None:
    """A text as a text, also one that begins as a formula does."""
    if text:
        sheet.write_string(row, place, xml_text(text)[:LONGEST_CELL], looks.by_name[look])


def write_number(
    looks: Looks, sheet: Any, row: int, place: int, number: float, pattern: str
) -> None:
    """A number, exact; where it lies midway it is shown rounded down, as everywhere else."""
    sheet.write_number(row, place, as_shown(number, _PLACES[pattern]), looks.by_name[pattern])


def write_step(looks: Looks, sheet: Any, row: int, place: int, step: int, text: str) -> None:
    """A step in its colour."""
    sheet.write_string(row, place, xml_text(text), looks.steps[step - 1])


def write_mean(looks: Looks, sheet: Any, row: int, place: int, mean: float, step: int) -> None:
    """A mean in the colour of a step."""
    sheet.write_number(row, place, as_shown(mean), looks.steps[step - 1])


def write_paragraphs(looks: Looks, sheet: Any, row: int, texts: Sequence[str]) -> int:
    """Sentences in the first column, each in a row; the next free row."""
    for text in texts:
        if text:
            write(looks, sheet, row, 0, text)
            row += 1
    return row
