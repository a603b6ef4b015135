"""A table that somebody hands in, as CSV or as a workbook, and which of its columns means what."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from io import BytesIO
from typing import Any, Final
from zipfile import BadZipFile, ZipFile

from survey.exchange.formula_safe import FORMULA_STARTS
from survey.operations.csv_rows import (
    LARGEST,
    MOST_ROWS,
    CsvRow,
    CsvRows,
    InvalidRows,
    RowProblem,
    columns_twice,
    csv_records,
    missing_column,
    wrong_number_of_cells,
)

WORKBOOK: Final = b"PK\x03\x04"
LARGEST_UNPACKED: Final = 400 * 1024 * 1024
"""Bytes: more than a workbook of so many rows needs, less than one made to fill a memory."""

MOST_COLUMNS: Final = 100
MOST_PARTS: Final = 1_000
"""Files within a workbook."""

LIKELY: Final[Mapping[str, tuple[str, ...]]] = {
    "email": ("email", "email address", "e mail", "mail", "work email", "user principal name"),
    "staff_number": (
        "staff number",
        "employee number",
        "payroll number",
        "personnel number",
        "assignment number",
        "employee id",
        "staff id",
    ),
    "unit": ("unit", "team", "department", "service", "division", "section", "business unit"),
    "name": ("name", "unit name", "title", "team name", "department name"),
    "slug": ("slug", "short name", "code", "unit code", "id", "unit id"),
    "was": (
        "was",
        "formerly",
        "former unit",
        "former units",
        "carries on",
        "replaces",
        "predecessor",
        "predecessors",
    ),
    "capability": ("capability", "capability id", "capability name", "topic"),
    **{
        str(number): (f"{number}", f"step {number}", f"level {number}", name, f"{number} {name}")
        for number, name in enumerate(
            ("explorer", "enabler", "embedded", "expert", "exemplar"), start=1
        )
    },
    "dont_know": ("dont know", "don t know", "i don t know", "dk"),
    "not_applicable": ("not applicable", "doesn t apply", "does not apply", "n a"),
    "parent": ("parent", "part of", "parent unit", "parent code", "above", "belongs to"),
}
"""What columns are called elsewhere, the likeliest first."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: its header, and each row that is not empty with the line it stands on."""

    header: tuple[str, ...]
    rows: tuple[tuple[int, list[str]], ...]


def read_sheet(file: bytes) -> Sheet:
    """Read a CSV file, or the first sheet of a workbook (.xlsx). Raises InvalidRows."""
    if len(file) > LARGEST:
        message = f"The file is larger than {LARGEST // 1024**2} MiB."
        raise _unreadable(message, "Divide it into several files.", "too-large")
    header, rows = _workbook(file) if file.startswith(WORKBOOK) else csv_records(file)
    if not any(header):
        mend = "Begin with a row of column names."
        raise InvalidRows([RowProblem(1, "", "The file is empty.", mend, "empty-file")])
    if len(rows) > MOST_ROWS:
        raise _too_many_rows()
    if twice := columns_twice([name for name in header if name]):
        raise InvalidRows(twice)
    return Sheet(tuple(header), tuple(rows))


def _unreadable(message: str, mend: str, code: str) -> InvalidRows:
    return InvalidRows([RowProblem(0, "", message, mend, code)])


def _too_many_rows() -> InvalidRows:
    message = f"The file has more than {MOST_ROWS:,} rows."
    return _unreadable(message, "Divide it into several files.", "too-large")


def _workbook(file: bytes) -> tuple[list[str], list[tuple[int, list[str]]]]:
    from openpyxl import load_workbook  # takes a moment, which most commands need not spend

    try:
        inside = ZipFile(BytesIO(file)).infolist()
        if len(inside) > MOST_PARTS or sum(one.file_size for one in inside) > LARGEST_UNPACKED:
            raise _unreadable("The workbook is too large.", "Save it as CSV.", "too-large")
        sheet = load_workbook(BytesIO(file), read_only=True, data_only=True).worksheets[0]
        if (sheet.max_row or 0) > MOST_ROWS + 1:
            raise _too_many_rows()
        found = list(_rows_of(sheet))
    except InvalidRows:
        raise
    except (BadZipFile, KeyError, ValueError, IndexError, SyntaxError, OSError) as fault:
        raise _unreadable(
            "The workbook cannot be read.", "Save it afresh as .xlsx or as CSV.", "bad-workbook"
        ) from fault
    header = found[0] if found else []
    if any(header[MOST_COLUMNS:]):
        message = f"The sheet has more than {MOST_COLUMNS} columns."
        raise _unreadable(message, "Delete those that are not needed.", "too-large")
    while header and not header[-1]:
        header.pop()
    width = len(header)
    rows = [
        (line, (cells + [""] * width)[:width])
        for line, cells in enumerate(found[1:], start=2)
        if any(cells)
    ]
    return header, rows


def _rows_of(sheet: Any) -> Iterator[list[str]]:
    """No further than a sheet may go: a small file can speak of 17,000 million cells."""
    bounds = {"max_row": MOST_ROWS + 2, "max_col": MOST_COLUMNS + 1}
    for row in sheet.iter_rows(values_only=True, **bounds):
        cells = [_text(cell) for cell in row]
        while cells and not cells[-1]:
            cells.pop()
        yield cells


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def guess_columns(sheet: Sheet, wanted: Sequence[str]) -> dict[str, str]:
    """For each wanted column the one of the sheet that most likely is meant; those without are
    left out, and none is taken twice."""
    plain = {_plain(name): name for name in sheet.header if name}
    found: dict[str, str] = {}
    for column in wanted:
        names = [name for name in LIKELY.get(column, (column,)) if name in plain]
        near = names or get_close_matches(column, plain, 1, 0.75)
        chosen = next((plain[name] for name in near if plain[name] not in found.values()), None)
        if chosen is None and column == "email":
            chosen = _column_of_addresses(sheet)
        if chosen is not None:
            found[column] = chosen
    return found


def _plain(name: str) -> str:
    return " ".join(re.split(r"[\W_]+", name.lower())).strip()


def _column_of_addresses(sheet: Sheet) -> str | None:
    some = [cells for _, cells in sheet.rows[:50]]
    for place, name in enumerate(sheet.header):
        filled = [cells[place] for cells in some if place < len(cells) and cells[place]]
        if filled and sum("@" in cell for cell in filled) > len(filled) / 2:
            return name
    return None


def mapped(sheet: Sheet, columns: Mapping[str, str], needed: Sequence[str]) -> CsvRows:
    """The rows by our names of columns; those that are not mapped are left out.

    columns: our name to the sheet's. Raises InvalidRows where a needed column is not mapped.
    """
    missing = [name for name in needed if columns.get(name) not in sheet.header]
    if missing:
        spare = [name for name in sheet.header if name and name not in columns.values()]
        raise InvalidRows([missing_column(name, spare, needed) for name in missing])
    places = {
        name: sheet.header.index(theirs)
        for name, theirs in columns.items()
        if theirs in sheet.header
    }
    found = CsvRows(columns=tuple(places))
    for line, cells in sheet.rows:
        if len(cells) != len(sheet.header):
            found.problems.append(wrong_number_of_cells(line, cells, sheet.header))
            continue
        row = CsvRow(line, {name: cells[place] for name, place in places.items()})
        _refuse_formulas(found, row)
        found.rows.append(row)
    return found


def _refuse_formulas(found: CsvRows, row: CsvRow) -> None:
    for column, cell in row.cells.items():
        if cell.startswith(FORMULA_STARTS):
            message = f"“{cell[:40]}” looks like a formula."
            found.refuse(row, column, message, "Write a plain text.", "formula")
