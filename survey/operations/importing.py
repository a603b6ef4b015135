"""Units and people as files bring them: all of a file, or a list of problems and nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Final

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from survey.operations import auditing
from survey.operations.accounts import email_address
from survey.operations.csv_rows import CsvRow, CsvRows, InvalidRows
from survey.operations.errors import Refused
from survey.operations.sheets import guess_columns, mapped, read_sheet
from survey.operations.unit_names import UnitNames, slug_from
from survey.operations.unit_rows import UnitRow, check_units
from survey.storage.organisations import Organisation, Person, Unit

UNIT_COLUMNS: Final = ("name", "slug", "parent")
PEOPLE_COLUMNS: Final = ("email", "unit")
NEEDED: Final[Mapping[str, Sequence[str]]] = {"units": ("name",), "people": PEOPLE_COLUMNS}
COLUMNS: Final[Mapping[str, Sequence[str]]] = {"units": UNIT_COLUMNS, "people": PEOPLE_COLUMNS}
BETWEEN_REPORTS: Final = 2_000
"""Rows between two reports of progress."""

Progress = Callable[[int, int], None]
"""Told how many rows are done, of how many."""


def _silent(_done: int, _all: int) -> None:
    pass


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What a file changed. `moved`: people now in another unit, `left`: people no longer active;
    both count as changed, too."""

    added: int
    changed: int
    unchanged: int
    moved: int = 0
    left: int = 0


def import_units(
    session: Session,
    organisation: Organisation,
    file: bytes,
    *,
    columns: Mapping[str, str] | None = None,
    progress: Progress = _silent,
) -> ImportResult:
    """Add and change units by a file with a name, and it may be a short name (else it is made of
    the name) and the unit above (else the organisation). Units that it does not name stay.

    columns: our names (`UNIT_COLUMNS`) to the file's; None guesses. All or nothing. Raises
    InvalidRows.
    """
    read = _rows(file, "units", columns)
    progress(0, len(read.rows))
    known = {unit.slug: unit for unit in _locked_units(session, organisation)}
    _complete_units(read, known)
    slugs = {unit.id: unit.slug for unit in known.values()}
    parents = {unit.slug: slugs.get(unit.parent_id or 0, "") for unit in known.values()}
    wanted = check_units(read, parents)
    if read.problems:
        raise InvalidRows(read.problems)
    before = {unit.slug: (unit.name, unit.parent_id) for unit in known.values()}
    added = [row for row in wanted if row.slug not in known]
    _add_units(session, organisation, known, added)
    for row in wanted:
        known[row.slug].name = row.name
        known[row.slug].parent_id = known[row.parent].id if row.parent else None
    _set_paths(known)
    session.flush()
    changed = sum(
        (row.name, known[row.slug].parent_id) != before[row.slug]
        for row in wanted
        if row.slug in before
    )
    result = ImportResult(len(added), changed, len(wanted) - len(added) - changed)
    auditing.note(session, "units.import", "units", organisation.id, **asdict(result))
    return result


def _rows(file: bytes, kind: str, columns: Mapping[str, str] | None) -> CsvRows:
    sheet = read_sheet(file)
    chosen = guess_columns(sheet, COLUMNS[kind]) if columns is None else columns
    return mapped(sheet, chosen, NEEDED[kind])


def _complete_units(read: CsvRows, known: Mapping[str, Unit]) -> None:
    """Give each row a short name and a parent's short name, from names where need be."""
    names = UnitNames(known.values())
    taken = set(known) | {row.cells.get("slug", "") for row in read.rows}
    made: dict[str, list[str]] = {}
    for row in read.rows:
        name = row.cells["name"]
        if not row.cells.get("slug"):
            same = names.find(name)
            row.cells["slug"] = same.slug if same else slug_from(name, taken)
            taken.add(row.cells["slug"])
        made.setdefault(name.casefold(), []).append(row.cells["slug"])
    slugs = {row.cells["slug"] for row in read.rows} | set(known)
    for row in read.rows:
        above = row.cells.setdefault("parent", "")
        if above and above not in slugs:
            found, in_file = names.find(above), made.get(above.casefold(), [])
            if found or len(in_file) == 1:
                row.cells["parent"] = found.slug if found else in_file[0]


def _locked_units(session: Session, organisation: Organisation) -> list[Unit]:
    """The units as they are now. Another import waits until this one ends."""
    session.refresh(organisation, with_for_update=True)
    mine = select(Unit).where(Unit.organisation_id == organisation.id)
    return list(session.scalars(mine.execution_options(populate_existing=True)))


def _add_units(
    session: Session, organisation: Organisation, known: dict[str, Unit], added: list[UnitRow]
) -> None:
    for row in added:
        known[row.slug] = Unit(
            organisation_id=organisation.id, slug=row.slug, name=row.name, path=""
        )
    session.add_all(known[row.slug] for row in added)
    session.flush()


def _set_paths(known: dict[str, Unit]) -> None:
    by_id = {unit.id: unit for unit in known.values()}
    for unit in known.values():
        ids, above = [unit.id], unit.parent_id
        while above is not None:
            ids.append(above)
            above = by_id[above].parent_id
        unit.path = "".join(f"{id_}/" for id_ in reversed(ids))


def import_people(
    session: Session,
    organisation: Organisation,
    file: bytes,
    *,
    columns: Mapping[str, str] | None = None,
    others_left: bool = False,
    progress: Progress = _silent,
) -> ImportResult:
    """Add people, and move them between units, by a file with an e-mail address and a unit (by
    short name, name, or the way to it).

    columns: our names (`PEOPLE_COLUMNS`) to the file's; None guesses. others_left: people whom
    the file does not name are no longer active; else they stay. All or nothing. Raises
    InvalidRows.
    """
    read = _rows(file, "people", columns)
    addresses = _check_addresses(read, progress)  # the slow part, before anybody has to wait
    names = UnitNames(_locked_units(session, organisation))
    wanted = _check_units(read, addresses, names)
    if read.problems:
        raise InvalidRows(read.problems)
    result = _store_people(session, organisation, wanted, others_left=others_left)
    auditing.note(session, "people.import", "people", organisation.id, **asdict(result))
    return result


def _store_people(
    session: Session, organisation: Organisation, wanted: Mapping[str, int], *, others_left: bool
) -> ImportResult:
    """Add, move and take back whom the file names: addresses and the ids of their units."""
    mine = select(Person.id, Person.email, Person.unit_id, Person.active).where(
        Person.organisation_id == organisation.id
    )
    known = {row.email: row for row in session.execute(mine)}
    new = [
        {"organisation_id": organisation.id, "email": email, "unit_id": unit_id, "active": True}
        for email, unit_id in wanted.items()
        if email not in known
    ]
    there = [(known[email], unit_id) for email, unit_id in wanted.items() if email in known]
    changed = [
        {"id": row.id, "unit_id": unit_id, "active": True}
        for row, unit_id in there
        if (row.unit_id, row.active) != (unit_id, True)
    ]
    gone = [
        {"id": row.id, "active": False}
        for email, row in known.items()
        if others_left and row.active and email not in wanted
    ]
    if new:
        session.execute(insert(Person), new)
    for rows in (changed, gone):
        if rows:
            session.execute(update(Person), rows)
    return ImportResult(
        added=len(new),
        changed=len(changed) + len(gone),
        unchanged=len(there) - len(changed),
        moved=sum(row.unit_id != unit_id for row, unit_id in there),
        left=len(gone),
    )


def _check_addresses(read: CsvRows, progress: Progress) -> list[str | None]:
    """The address of each row, noting those that are none, or are there twice."""
    addresses: list[str | None] = []
    first_lines: dict[str, int] = {}
    for number, row in enumerate(read.rows):
        if number % BETWEEN_REPORTS == 0:
            progress(number, len(read.rows))
        address = _address(read, row)
        if address in first_lines:
            message = f"{address} is also in row {first_lines[address]}."
            read.refuse(row, "email", message, "Keep one of the two.", "repeated-email")
            address = None
        elif address:
            first_lines[address] = row.line
        addresses.append(address)
    return addresses


def _check_units(
    read: CsvRows, addresses: Sequence[str | None], names: UnitNames
) -> dict[str, int]:
    """The unit's id of each address, noting units that are not known."""
    wanted: dict[str, int] = {}
    found_units: dict[str, Unit | None] = {}
    for row, address in zip(read.rows, addresses, strict=True):
        cell = row.cells["unit"]
        if cell not in found_units:
            found_units[cell] = names.find(cell)
        unit = found_units[cell]
        if unit is None:
            read.refuse(row, "unit", *_unknown(cell, names), "unknown-unit")
        elif address:
            wanted[address] = unit.id
    return wanted


def _unknown(cell: str, names: UnitNames) -> tuple[str, str]:
    if names.how_many(cell) > 1:
        return (
            f"Several units are called “{cell[:80]}”.",
            "Write the short name, or the way to it such as “Places / Parks”.",
        )
    return (
        f"There is no unit “{cell[:80]}”.",
        "Write the short name or the name of a unit, or import that unit first.",
    )


def _address(read: CsvRows, row: CsvRow) -> str | None:
    try:
        return email_address(row.cells["email"])
    except Refused as refusal:
        read.refuse(row, "email", refusal.message, refusal.what_to_do, "bad-email")
        return None
