"""Rows of a CSV file that somebody hands in, with every problem said by row and column."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from io import StringIO
from typing import TYPE_CHECKING, Final

from survey.operations.errors import Refused

if TYPE_CHECKING:
    from _csv import Reader

LARGEST: Final = 20 * 1024 * 1024
"""Bytes that a file may have."""

MOST_ROWS: Final = 200_000

MOST_SHOWN: Final = 1000
"""Problems that are listed; of any more only the number is said."""

"""What a spreadsheet would take for a formula."""

SEPARATORS: Final = (",", ";", "\t")


@dataclass(frozen=True, slots=True)
class RowProblem:
    """What is wrong in one row, counted from 1 with the header, and how to mend it.

    row 0 and an empty column mean the whole file.
    """

    row: int
    column: str
    message: str
    mend: str
    code: str = "bad-value"

    def __str__(self) -> str:
        return f"{self.row}:{self.column or '-'}: {self.code} {self.message} (mend: {self.mend})"


class InvalidRows(Refused):
    """A file with problems, all in `problems`, in file order; nothing of it was taken."""

    title = "The file has problems"

    def __init__(self, problems: Sequence[RowProblem]) -> None:
        super().__init__(
            f"The file has {len(problems)} problem{'s' * (len(problems) != 1)}, "
            "so nothing was changed.",
            "Mend what is listed, then try again.",
        )
        self.problems = _shortened(problems)


def _shortened(problems: Sequence[RowProblem]) -> tuple[RowProblem, ...]:
    listed = tuple(sorted(problems, key=lambda problem: problem.row))
    more = len(listed) - MOST_SHOWN
    if more <= 0:
        return listed
    rest = RowProblem(
        listed[MOST_SHOWN].row, "", f"and {more} more.", "Mend these first.", "more-problems"
    )
    return (*listed[:MOST_SHOWN], rest)


@dataclass(frozen=True, slots=True)
class CsvRow:
    """A row: the line of the file that it begins on, and its cells by column, without spaces
    around them."""

    line: int
    cells: dict[str, str]


@dataclass(slots=True)
class CsvRows:
    """The rows of a file that could be read, and the problems of the others."""

    columns: tuple[str, ...] = ()
    rows: list[CsvRow] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)

    def refuse(self, row: CsvRow, column: str, message: str, mend: str, code: str) -> None:
        """Note a problem in a cell."""
        self.problems.append(RowProblem(row.line, column, message, mend, code))


def read_rows(
    file: bytes, columns: Sequence[str], *, others: Callable[[str], bool] = lambda _: True
) -> CsvRows:
    """Read a file with a header that has these columns, in any order, with any separator.

    others: which further columns are welcome. Raises InvalidRows where nothing can be read:
    encoding, header, quotes.
    """
    header, records, problems = _opened(file)
    found = CsvRows(problems=problems)
    if not problems:
        found.columns = _columns_of(header, columns, others, problems)
    if problems:
        raise InvalidRows(problems)
    for line, cells in records:
        if len(found.rows) == MOST_ROWS:
            message = f"The file has more than {MOST_ROWS:,} rows."
            raise _unreadable(message, "Divide it into several files.", "too-large", line)
        if any(cells):
            _add_row(found, line, cells)
    return found


def csv_records(file: bytes) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """The header of a CSV file with any separator, and each row that is not empty with the line
    it begins on. Raises InvalidRows where it cannot be read."""
    header, records, problems = _opened(file)
    rows = [(line, cells) for line, cells in records if any(cells)]
    if problems:
        raise InvalidRows(problems)
    return header, rows


def _opened(file: bytes) -> tuple[list[str], Iterator[tuple[int, list[str]]], list[RowProblem]]:
    """The header, the records after it, and the problems, which reading on may add to."""
    text = _text_of(file)
    problems: list[RowProblem] = []
    reader = csv.reader(StringIO(text, newline=""), delimiter=_separator_of(text), strict=True)
    records = _records(reader, problems)
    _, header = next(records, (1, []))
    return header, records, problems


def _text_of(file: bytes) -> str:
    if len(file) > LARGEST:
        raise _unreadable(
            f"The file is larger than {LARGEST // 1024**2} MiB.",
            "Divide it into several files.",
            "too-large",
        )
    if file.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _not_utf8("The file is UTF-16.")
    if file.startswith(b"PK\x03\x04"):
        raise _not_utf8("The file is a workbook.")
    if b"\0" in file:
        line = file.count(b"\n", 0, file.index(b"\0")) + 1
        raise _unreadable(
            "The row holds the character NUL, which no text has.",
            "Export the file again as “CSV UTF-8”.",
            "nul-character",
            line,
        )
    try:
        return file.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = file.count(b"\n", 0, fault.start) + 1
        raise _not_utf8(
            f"Byte {file[fault.start]:#x} is not UTF-8; the file may be in Windows-1252.", line
        ) from fault


def _not_utf8(message: str, line: int = 0) -> InvalidRows:
    return _unreadable(message, "In your spreadsheet, save it as “CSV UTF-8”.", "not-utf-8", line)


def _unreadable(message: str, mend: str, code: str, line: int = 0) -> InvalidRows:
    return InvalidRows([RowProblem(line, "", message, mend, code)])


def _separator_of(text: str) -> str:
    header = text.partition("\n")[0]
    return max(SEPARATORS, key=header.count)


def _records(reader: Reader, problems: list[RowProblem]) -> Iterator[tuple[int, list[str]]]:
    """Each record with the line it begins on. A fault in the quotes ends the file."""
    line = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as fault:
            problems.append(
                RowProblem(
                    line,
                    "",
                    f"The quotes in this row do not match ({fault}).",
                    "Put a closing quote, and write a quote inside a cell twice.",
                    "bad-quotes",
                )
            )
            return
        yield line, [cell.strip() for cell in cells]
        line = reader.line_num + 1


def _columns_of(
    header: list[str],
    wanted: Sequence[str],
    others: Callable[[str], bool],
    problems: list[RowProblem],
) -> tuple[str, ...]:
    if not any(header):
        mend = f"Begin with: {','.join(wanted)}"
        problems.append(RowProblem(1, "", "The file is empty.", mend, "empty-file"))
        return ()
    problems.extend(columns_twice(header))
    problems.extend(
        RowProblem(1, name, f"There is no column “{name}”.", "Delete it.", "unknown-column")
        for name in header
        if name not in wanted and not others(name)
    )
    spare = [name for name in header if name not in wanted]
    problems.extend(missing_column(name, spare, wanted) for name in wanted if name not in header)
    return tuple(header)


def columns_twice(header: Sequence[str]) -> list[RowProblem]:
    """A problem for each name that several columns have."""
    return [
        RowProblem(1, name, f"Column “{name}” is there twice.", "Delete one.", "column-twice")
        for name in sorted(set(header))
        if header.count(name) > 1
    ]


def missing_column(name: str, spare: Sequence[str], wanted: Sequence[str]) -> RowProblem:
    """That a column is missing; one of the spare ones may be meant."""
    near = get_close_matches(name, spare, 1)
    mend = f"Rename “{near[0]}”." if near else f"The first row needs: {','.join(wanted)}"
    return RowProblem(1, name, f"The column “{name}” is missing.", mend, "missing-column")


def wrong_number_of_cells(line: int, cells: Sequence[str], header: Sequence[str]) -> RowProblem:
    """That a row has more or fewer cells than the header."""
    return RowProblem(
        line,
        "",
        f"The row has {len(cells)} cells, the header {len(header)}.",
        "Put quotes round a cell that holds the separator.",
        "wrong-number-of-cells",
    )


def _add_row(found: CsvRows, line: int, cells: list[str]) -> None:
    if len(cells) != len(found.columns):
        found.problems.append(wrong_number_of_cells(line, cells, found.columns))
        return
    found.rows.append(CsvRow(line, dict(zip(found.columns, cells, strict=True))))
