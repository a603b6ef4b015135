"""Files of units and people: their columns, and what an import says of itself."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy.orm import Session

from survey.operations.csv_rows import CsvRows
from survey.operations.sheets import Sheet, guess_columns, mapped, read_sheet
from survey.storage.organisations import Organisation, Unit, units_now

COLUMNS: Final[Mapping[str, Sequence[str]]] = {
    "units": ("name", "slug", "parent", "was"),
    "people": ("email", "staff_number", "unit"),
}
BETWEEN_REPORTS: Final = 2_000
"""Rows between two reports of progress."""

Progress = Callable[[int, int], None]
"""Told how many rows are done, of how many."""


def silent(_done: int, _all: int) -> None:
    """Progress that nobody is told."""


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What a file changed. Of people, `moved`: now in another unit, `left`: no longer active; both
    count as changed, too. Of units, `left`: have ended, `moved`: people who went along."""

    added: int
    changed: int
    unchanged: int
    moved: int = 0
    left: int = 0


def needed_columns(kind: str, present: Collection[str]) -> tuple[str, ...]:
    """The columns without which a file of this kind cannot be taken. People are known by an
    e-mail address, or by a staff number where that column is `present`."""
    if kind == "units":
        return ("name",)
    return ("unit",) if "staff_number" in present else ("email", "unit")


def rows_of(file: bytes, kind: str, columns: Mapping[str, str] | None) -> CsvRows:
    """The rows by our names of columns; None guesses which is which. Raises InvalidRows."""
    sheet = read_sheet(file)
    chosen = likely_columns(sheet, kind) if columns is None else columns
    return mapped(sheet, chosen, needed_columns(kind, chosen))


def likely_columns(sheet: Sheet, kind: str) -> dict[str, str]:
    """Our names of columns to the sheet's. Staff numbers are left alone where every row has an
    e-mail address: what is not needed is not kept."""
    found = guess_columns(sheet, COLUMNS[kind])
    if "staff_number" in found and "email" in found:
        place = sheet.header.index(found["email"])
        if all(len(cells) > place and cells[place] for _, cells in sheet.rows):
            del found["staff_number"]
    return found


def locked_units(session: Session, organisation: Organisation) -> list[Unit]:
    """The units as they are now. Another import waits until this one ends."""
    session.refresh(organisation, with_for_update=True)
    return units_now(session, organisation.id)


def set_paths(live: Mapping[str, Unit]) -> None:
    """Set the path of each of an organisation's units from its parent."""
    by_id = {unit.id: unit for unit in live.values()}
    for unit in live.values():
        ids, above = [unit.id], unit.parent_id
        while above is not None:
            ids.append(above)
            above = by_id[above].parent_id
        unit.path = "".join(f"{id_}/" for id_ in reversed(ids))
