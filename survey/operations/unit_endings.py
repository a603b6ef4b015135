"""The units that a file says are carried on by others: the column `was`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from survey.operations.csv_rows import CsvRow, CsvRows
from survey.operations.unit_names import UnitNames
from survey.storage.organisations import Unit

_BETWEEN: Final = re.compile(r"\s*[;,]\s*")


def check_endings(
    read: CsvRows, known: Mapping[str, Unit], ended: Mapping[str, Unit]
) -> list[tuple[str, str]]:
    """Short names of the units that end, each with that of the row which carries it on, noting
    every problem in `read`. What has ended like this before is left out.

    known: the units as they are now; ended: those that have ended; both by short name.
    """
    names = UnitNames(known.values())
    stay = {row.cells["slug"] for row in read.rows}
    lines: dict[str, int] = {}
    endings: list[tuple[str, str]] = []
    for row in read.rows:
        slug = row.cells["slug"]
        if slug in ended:
            message = f"“{slug}” is the short name of a unit that has ended."
            read.refuse(row, "slug", message, "Choose another, or bring it back.", "ended-unit")
        for cell in filter(None, _BETWEEN.split(row.cells.get("was", ""))):
            if _has_become(cell, known.get(slug), ended):
                continue
            unit = names.find(cell)
            if unit is None:
                message = f"There is no unit “{cell[:80]}” now."
                mend = "Write the short name of a unit, several with ; between them."
                read.refuse(row, "was", message, mend, "unknown-unit")
            elif _may_end(read, row, unit, stay, lines):
                endings.append((unit.slug, slug))
    return endings


def _has_become(cell: str, successor: Unit | None, ended: Mapping[str, Unit]) -> bool:
    return successor is not None and any(
        unit.successor_id == successor.id and cell.casefold() in (unit.slug, unit.name.casefold())
        for unit in ended.values()
    )


def _may_end(read: CsvRows, row: CsvRow, unit: Unit, stay: set[str], lines: dict[str, int]) -> bool:
    if unit.parent_id is None:
        message, mend = "The organisation itself cannot end.", "Take it out."
    elif unit.slug in stay:
        message, mend = f"“{unit.slug}” has a row of its own, so it does not end.", "Keep one."
    elif unit.slug in lines:
        message = f"“{unit.slug}” is carried on by row {lines[unit.slug]}, too."
        mend = "Choose the one that carries on most of it."
    else:
        lines[unit.slug] = row.line
        return True
    read.refuse(row, "was", message, mend, "cannot-end")
    return False
