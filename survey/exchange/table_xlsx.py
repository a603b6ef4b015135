"""A table as a workbook (.xlsx): the rows, the codebook, and how it is to be read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from survey.exchange.table import Cell, Column, Table
from survey.exchange.table_codebook import codebook
from survey.exchange.xml_text import xml_text

WIDEST: Final = 40
MOST_ROWS: Final = 1_048_575
"""That a sheet has below its header."""

_LONGEST: Final = 32_767
"""Characters that a cell may have."""

_DIGITS: Final = 11
_METHOD: Final = (Column("about", "About", longest=20), Column("text", "Text", longest=500))


class TooManyRows(ValueError):
    """A sheet cannot hold them."""


def write_xlsx(table: Table, file: Path) -> None:
    """Sheets “Rows”, “Codebook” and “Method”. Every text is a text, also one that begins as a
    formula does; what is not known is an empty cell.

    Rows go to the disk one by one. Raises TooManyRows.
    """
    from xlsxwriter import Workbook  # takes memory, which only those need who ask for a file

    with TemporaryDirectory(dir=file.parent) as folder:
        options = {"constant_memory": True, "tmpdir": folder, "strings_to_urls": False}
        with Workbook(file, options) as book:
            book.set_properties({"title": table.title[:255], "created": table.day})
            described = codebook(table)
            _write(book, "Rows", table.columns, table.rows)
            _write(book, "Codebook", described.columns, described.rows, wrapped=True)
            _write(book, "Method", _METHOD, table.method, wrapped=True)


def _write(
    book: Any, name: str, columns: Sequence[Column], rows: Iterable[Sequence[Cell]], **look: bool
) -> None:
    sheet = book.add_worksheet(name)
    style = book.add_format({"valign": "top", "text_wrap": True}) if look else None
    bold = book.add_format({"bold": True})
    sheet.freeze_panes(1, 1)
    for place, column in enumerate(columns):
        sheet.set_column(place, place, _width(column))
        sheet.write_string(0, place, column.name, bold)
    for number, row in enumerate(rows, start=1):
        if number > MOST_ROWS:
            raise TooManyRows(f"a sheet holds {MOST_ROWS:,} rows")
        for place, cell in enumerate(row):
            if isinstance(cell, str):
                sheet.write_string(number, place, xml_text(cell)[:_LONGEST], style)
            elif cell is not None:
                sheet.write_number(number, place, cell)


def _width(column: Column) -> int:
    return min(max(len(column.name), column.longest or _DIGITS) + 2, WIDEST)
