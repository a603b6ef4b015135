"""Translations as a CSV file for spreadsheets: a row a text, joined by its key when it returns."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from io import StringIO
from typing import TYPE_CHECKING, Final

from survey.exchange.imported import NotImportable
from survey.questionnaire.catalogue import Row, Status
from survey.questionnaire.catalogue_joining import Brought, Remark

if TYPE_CHECKING:
    from _csv import Reader

HEADER: Final = ("key", "original", "translation", "status")
NEEDED: Final = ("key", "translation")
SEPARATORS: Final = (",", ";", "\t")
STATUSES: Final[Mapping[Status, str]] = {
    "missing": "missing",
    "translated": "translated",
    "library": "from the library",
    "check": "check again",
}

_FORMULA: Final = re.compile(r"'*[=+\-@\t\r]")
"""What a spreadsheet would take for a formula, with the apostrophes that keep it from doing so."""


def write_csv(rows: Iterable[Row]) -> bytes:
    """The rows as UTF-8 with a byte order mark, by which Excel knows it. No cell is a formula."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADER)
    for row in rows:
        cells = (row.key, row.original, row.translation, STATUSES[row.status])
        writer.writerow([f"'{cell}" if _FORMULA.match(cell) else cell for cell in cells])
    return out.getvalue().encode("utf-8-sig")


def read_csv(text: str) -> tuple[list[Brought], list[Remark]]:
    """What each row brings, and why some bring nothing.

    Any of the usual separators; columns in any order, more of them are passed over. Raises
    NotImportable where the header or the quotes cannot be read.
    """
    lines = StringIO(text, newline="")
    records = _records(csv.reader(lines, delimiter=_separator_of(text), strict=True))
    _, header = next(records, (1, []))
    places = _places(header)
    brought, remarks = [], []
    for line, cells in records:
        if not any(cells):
            continue
        if any(cells[len(header) :]):
            remarks.append(_too_many(line, cells, header))
            continue
        named = {name: cells[at] for name, at in places.items() if at < len(cells)}
        brought.append(_brought(line, named, "original" in places))
    return brought, remarks


def _brought(line: int, cells: Mapping[str, str], has_originals: bool) -> Brought:
    plain = {name: cell[1:] if _is_escaped(cell) else cell for name, cell in cells.items()}
    says_right = plain.get("status", "").strip().lower() == STATUSES["translated"]
    return Brought(
        line=line,
        key=plain.get("key", "").strip(),
        original=plain.get("original", "") if has_originals else None,
        translation=plain.get("translation", ""),
        is_sure=True if says_right else None,
    )


def _is_escaped(cell: str) -> bool:
    return cell.startswith("'") and _FORMULA.match(cell) is not None


def _separator_of(text: str) -> str:
    header = text.partition("\n")[0]
    return max(SEPARATORS, key=header.count)


def _records(reader: Reader) -> Iterator[tuple[int, list[str]]]:
    """Each record with the line that it begins on."""
    line = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as fault:
            raise NotImportable(
                f"Line {line}: the quotes in this row do not match ({fault}).",
                "Put a closing quote, and write a quote inside a cell twice.",
            ) from fault
        yield line, cells
        line = reader.line_num + 1


def _places(header: Sequence[str]) -> dict[str, int]:
    names = [name.strip().lower() for name in header]
    for name in NEEDED:
        if name not in names:
            near = get_close_matches(name, names, 1)
            mend = f"Rename “{near[0]}”." if near else f"Begin with: {','.join(HEADER)}"
            raise NotImportable(f"Line 1: the column “{name}” is missing.", mend)
    twice = [name for name in HEADER if names.count(name) > 1]
    if twice:
        raise NotImportable(f"Line 1: the column “{twice[0]}” is there twice.", "Delete one.")
    return {name: names.index(name) for name in HEADER if name in names}


def _too_many(line: int, cells: Sequence[str], header: Sequence[str]) -> Remark:
    return Remark(
        line,
        f"The row has {len(cells)} cells, the header {len(header)}, so it was passed over.",
        "Put quotes round a cell that holds the separator.",
    )
