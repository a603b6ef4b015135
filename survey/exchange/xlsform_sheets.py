"""The sheets of an XLSForm as rows of texts."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final
from zipfile import ZipFile

from survey.exchange.foreign_file import check_size
from survey.exchange.imported import NotImportable
from survey.exchange.plain_text import readable

SHEETS: Final = ("survey", "choices", "settings")
LARGEST_UNPACKED: Final = 16 * 1024 * 1024
"""Bytes: more than a form of so many rows needs, less than one made to fill a memory."""

MOST_ROWS: Final = 5_000
MOST_COLUMNS: Final = 250

WORKBOOK: Final = b"PK\x03\x04"
OLD_WORKBOOK: Final = b"\xd0\xcf\x11\xe0"
_SAVE_AFRESH: Final = "Open it in a spreadsheet program and save it as an Excel workbook (.xlsx)."
_ALIASES: Final[Mapping[str, str]] = {
    "caption": "label",
    "command": "type",
    "tag": "name",
    "value": "name",
    "list name": "list_name",
    "relevance": "relevant",
    "bind::relevant": "relevant",
    "bind::constraint": "constraint",
    "bind::required": "required",
    "bind::calculate": "calculation",
    "calculate": "calculation",
    "guidance hint": "guidance_hint",
}


@dataclass(frozen=True, slots=True)
class Row:
    """A row that is not empty: its number, from 1, and its cells by column, none empty."""

    number: int
    cells: Mapping[str, str]

    def cell(self, column: str) -> str:
        """What stands in a column; nothing if it has no such cell."""
        return self.cells.get(column, "")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: its columns and its rows."""

    columns: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()


def read_sheets(file: bytes) -> Mapping[str, Sheet]:
    """The sheets of a form, by name. Raises NotImportable where it is no workbook."""
    check_size(file)
    if file.startswith(OLD_WORKBOOK):
        raise NotImportable("The file is a workbook of an old kind (.xls).", _SAVE_AFRESH)
    if not file.startswith(WORKBOOK):
        raise NotImportable("The file is not an Excel workbook.", _SAVE_AFRESH)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what a workbook has beside its cells
            return _sheets(file)
    except NotImportable:
        raise
    except Exception as fault:  # a broken workbook makes its reader fail in any way
        raise NotImportable("The workbook cannot be read.", _SAVE_AFRESH) from fault


def _sheets(file: bytes) -> Mapping[str, Sheet]:
    from openpyxl import load_workbook  # takes a moment, which most commands need not spend

    if sum(part.file_size for part in ZipFile(BytesIO(file)).infolist()) > LARGEST_UNPACKED:
        raise NotImportable("The workbook is too large.", "Keep only the sheets of the form.")
    book = load_workbook(BytesIO(file), read_only=True, data_only=True)
    named = {sheet.title.strip().lower(): sheet for sheet in reversed(book.worksheets)}
    return {name: _sheet(name, named[name]) for name in SHEETS if name in named}


def _sheet(name: str, sheet: Any) -> Sheet:
    columns: tuple[str, ...] = ()
    rows: list[Row] = []
    bounds = {"max_row": MOST_ROWS + 2, "max_col": MOST_COLUMNS}
    for number, values in enumerate(sheet.iter_rows(values_only=True, **bounds), start=1):
        cells = [_text(value) for value in values]
        if not any(cells):
            continue
        if not columns:
            columns = tuple(map(_column, cells))
            continue
        if len(rows) == MOST_ROWS:
            message = f"The sheet “{name}” has more than {MOST_ROWS:,} rows."
            raise NotImportable(message, "Divide the form into several.")
        row: dict[str, str] = {}
        for column, cell in zip(columns, cells, strict=False):
            if column and cell:
                row.setdefault(column, cell)
        rows.append(Row(number, row))
    return Sheet(columns, tuple(rows))


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return readable(str(value)).strip()


def _column(header: str) -> str:
    """The name of a column in small letters, its language as it is written."""
    name, double, language = header.partition("::")
    if not double and name.lower().startswith(("label:", "hint:")):
        name, _, language = header.partition(":")
    name = " ".join(name.lower().split())
    whole = f"{name}::{language.strip()}" if language else name
    return _ALIASES.get(
        whole.lower(), f"{_ALIASES[name]}::{language}" if name in _ALIASES else whole
    )
