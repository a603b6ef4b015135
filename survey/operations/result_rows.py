"""Results of an earlier survey as files bring them: people at each step, by capability and unit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

import numpy as np
from numpy.typing import NDArray

from survey.maturity.tally import Integers
from survey.operations.csv_rows import CsvRow, CsvRows, InvalidRows, RowProblem
from survey.operations.sheets import guess_columns, mapped, read_sheet
from survey.operations.unit_names import UnitNames
from survey.operations.unit_tree import UnitTree

STEPS: Final = ("1", "2", "3", "4", "5")
COUNTS: Final = (*STEPS, "dont_know", "not_applicable")
COLUMNS: Final = ("capability", "unit", *COUNTS)
MOST_PEOPLE: Final = 10_000_000


def rows_to_fill_in(capabilities: Iterable[str]) -> list[tuple[str, ...]]:
    """A row for each capability in the whole organisation, its counts empty."""
    return [(id_, *("" for _ in COLUMNS[1:])) for id_ in capabilities]


@dataclass(frozen=True, slots=True, eq=False)
class Counts:
    """What a file says. `people`: (units, capabilities, 7), by `COUNTS`, of each unit with all
    below it; `said`: (units, capabilities), whether the file has a row for it."""

    people: Integers
    said: NDArray[np.bool_]
    lines: dict[tuple[int, int], int]


def read_counts(
    file: bytes, tree: UnitTree, names: UnitNames, capabilities: Mapping[str, str]
) -> Counts:
    """Read a CSV file or a workbook with the columns `COLUMNS`, or what they are called elsewhere.

    A row counts a unit with all below it; an empty unit is the whole organisation. An empty cell
    is nobody. What has no row is the sum of the units directly below it.
    capabilities: their ids, in the order of the result, with their names.
    Raises InvalidRows, with every problem of the file.
    """
    sheet = read_sheet(file)
    read = mapped(sheet, guess_columns(sheet, COLUMNS), ("capability", *STEPS))
    shape = (len(tree.units), len(capabilities))
    found = Counts(np.zeros((*shape, len(COUNTS)), np.int64), np.zeros(shape, np.bool_), {})
    find = _Finder(read, tree, names, capabilities)
    for row in read.rows:
        place, counts = find.place(row), _counts(read, row)
        if place is not None and counts is not None:
            _take(read, row, found, place, counts)
    if not read.rows and not read.problems:
        message, mend = "The file has no rows.", "Add a row for each capability."
        read.problems.append(RowProblem(2, "", message, mend, "empty-file"))
    if not read.problems:
        _sum_upwards(read, found, tree, list(capabilities.values()))
    if read.problems:
        raise InvalidRows(read.problems)
    return found


class _Finder:
    """Which unit and capability a row is about."""

    def __init__(
        self, read: CsvRows, tree: UnitTree, names: UnitNames, capabilities: Mapping[str, str]
    ) -> None:
        self._read, self._tree, self._names = read, tree, names
        self._capabilities = {id_: place for place, id_ in enumerate(capabilities)}
        self._capabilities |= {
            name.casefold(): place for place, name in enumerate(capabilities.values())
        }

    def place(self, row: CsvRow) -> tuple[int, int] | None:
        """The places of its unit and its capability; None where it names none, and says so."""
        unit, capability = self._unit(row), self._capability(row)
        return None if unit is None or capability is None else (unit, capability)

    def _capability(self, row: CsvRow) -> int | None:
        cell = row.cells["capability"]
        found = self._capabilities.get(cell, self._capabilities.get(cell.casefold()))
        if found is None:
            near = get_close_matches(cell.casefold(), self._capabilities, 1)
            mend = f"Do you mean “{near[0]}”?" if near else "Write its id or its name."
            message = f"The questionnaire measures no capability “{cell[:80]}”."
            self._read.refuse(row, "capability", message, mend, "unknown-capability")
        return found

    def _unit(self, row: CsvRow) -> int | None:
        cell = row.cells.get("unit", "")
        if not cell:
            return 0
        found = self._names.find(cell)
        if found is None or found.id not in self._tree.place_of:
            several = self._names.how_many(cell) > 1
            message = (
                f"{'Several units are' if several else 'There is no unit'} called “{cell[:80]}”."
            )
            mend = "Write its short name; for a unit that has ended, the one that carries it on."
            self._read.refuse(row, "unit", message, mend, "unknown-unit")
            return None
        return self._tree.place_of[found.id]


def _counts(read: CsvRows, row: CsvRow) -> list[int] | None:
    counts, before = [], len(read.problems)
    for column in COUNTS:
        cell = row.cells.get(column, "").replace(" ", "")
        if cell and not (cell.isascii() and cell.isdigit() and int(cell) <= MOST_PEOPLE):
            message = f"“{cell[:40]}” is no number of people."
            mend = "Write how many people as a whole number, such as 12; no percentages."
            read.refuse(row, column, message, mend, "bad-count")
            continue
        counts.append(int(cell or 0))
    return counts if len(read.problems) == before else None


def _take(
    read: CsvRows, row: CsvRow, found: Counts, place: tuple[int, int], counts: Sequence[int]
) -> None:
    if found.said[place]:
        message = f"Row {found.lines[place]} is about the same capability and unit."
        read.refuse(row, "capability", message, "Add the two up in one row.", "twice")
        return
    found.people[place], found.said[place], found.lines[place] = counts, True, row.line


def _sum_upwards(read: CsvRows, found: Counts, tree: UnitTree, names: Sequence[str]) -> None:
    """Fill in what has no row, and refuse rows that count fewer people than the units below."""
    below = np.zeros_like(found.people)
    for place in range(len(tree.units) - 1, -1, -1):
        given = found.said[place]
        short = given & (found.people[place] < below[place]).any(axis=-1)
        for capability in np.flatnonzero(short).tolist():
            _refuse_short(read, found, (place, capability), below[place, capability], names)
        found.people[place] = np.where(given[:, None], found.people[place], below[place])
        if place:
            below[tree.units[place].parent] += found.people[place]


def _refuse_short(
    read: CsvRows,
    found: Counts,
    place: tuple[int, int],
    below: Integers,
    names: Sequence[str],
) -> None:
    column = int(np.flatnonzero(found.people[place] < below)[0])
    message = (
        f"{names[place[1]]} has {found.people[place][column]:,} people here, the units below it "
        f"{below[column]:,} together."
    )
    mend = "A row counts a unit with all below it. Correct one of the numbers."
    problem = RowProblem(found.lines[place], COUNTS[column], message, mend, "fewer-than-below")
    read.problems.append(problem)
