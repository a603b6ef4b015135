"""A table as a workbook (.xlsx): the rows, the codebook, and how it is to be read.

Written here, not by a library: those there are take half a minute for 100,000 responses to 60
questions, which is longer than a web server waits. Source: ECMA-376, part 1, SpreadsheetML. Read
back with openpyxl in the tests.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from survey.exchange import xlsx_parts
from survey.exchange.table import Cell, Column, Table
from survey.exchange.table_codebook import codebook
from survey.exchange.xml_text import xml_text

MOST_ROWS: Final = 1_048_575
"""That a sheet has below its header."""

WIDEST: Final = 40
_DIGITS: Final = 11
_LONGEST: Final = 32_767
"""Characters that a cell may have."""

_QUICK: Final = 3
"""How hard to squeeze: nearly as small as usual, in half the time."""

_COULD_BE_CODED: Final = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
"""What a reader would take for the code of a character."""

_PLAIN, _BOLD, _WRAPPED = 0, 1, 2
_METHOD: Final = (Column("about", "About", longest=20), Column("text", "Text", longest=500))


class TooManyRows(ValueError):
    """A sheet cannot hold them."""


def write_xlsx(table: Table, file: Path) -> None:
    """Sheets “Rows”, “Codebook” and “Method”. Every text is a text, also one that begins as a
    formula does; what is not known is an empty cell.

    Rows go to the disk one by one. Raises TooManyRows.
    """
    described = codebook(table)
    with ZipFile(file, "w", ZIP_DEFLATED, compresslevel=_QUICK) as book:
        for name, content in xlsx_parts.parts(table.title, ("Rows", "Codebook", "Method")):
            book.writestr(ZipInfo(name), content, ZIP_DEFLATED)
        _write(book, 1, table.columns, table.rows, _PLAIN)
        _write(book, 2, described.columns, described.rows, _WRAPPED)
        _write(book, 3, _METHOD, table.method, _WRAPPED)


def _write(
    book: ZipFile,
    number: int,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Cell]],
    style: int,
) -> None:
    part = ZipInfo(xlsx_parts.sheet_name(number))
    part.compress_type = ZIP_DEFLATED
    with book.open(part, "w", force_zip64=True) as out:
        for text in _sheet(columns, rows, style):
            out.write(text.encode())


def _sheet(columns: Sequence[Column], rows: Iterable[Sequence[Cell]], style: int) -> Iterator[str]:
    yield xlsx_parts.sheet_start([_width(column) for column in columns])
    yield _row([column.name for column in columns], _BOLD)
    for number, row in enumerate(rows, start=1):
        if number > MOST_ROWS:
            raise TooManyRows(f"a sheet holds {MOST_ROWS:,} rows")
        yield _row(row, style)
    yield xlsx_parts.SHEET_END


def _row(cells: Sequence[Cell], style: int) -> str:
    written = [
        "<c/>"
        if cell is None
        else _text(cell, style)
        if isinstance(cell, str)
        else f"<c><v>{cell!r}</v></c>"
        for cell in cells
    ]
    return f"<row>{''.join(written)}</row>"


def _text(cell: str, style: int) -> str:
    said = _COULD_BE_CODED.sub("_x005F_", xml_text(cell)[:_LONGEST])
    said = escape(said, {"\r": "_x000D_"})
    return f'<c t="inlineStr" s="{style}"><is><t xml:space="preserve">{said}</t></is></c>'


def _width(column: Column) -> int:
    return min(max(len(column.name), column.longest or _DIGITS) + 2, WIDEST)
