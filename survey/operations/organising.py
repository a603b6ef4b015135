"""Who is measured: organisations, and their units and people as CSV files bring them."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from survey.operations import auditing
from survey.operations.accounts import email_address
from survey.operations.csv_rows import CsvRow, CsvRows, InvalidRows, RowProblem, read_rows
from survey.operations.errors import Conflict, NotFound, Refused
from survey.operations.slugs import check_slug
from survey.operations.unit_rows import UnitRow, check_units
from survey.storage.organisations import Organisation, Person, Unit, in_tree_order

__all__ = [
    "ImportResult",
    "InvalidRows",
    "RowProblem",
    "create_organisation",
    "import_people",
    "import_units",
    "number_of_people",
    "organisation",
    "organisations",
    "people",
    "unit",
    "units",
]


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What a file changed."""

    added: int
    changed: int
    unchanged: int


def create_organisation(session: Session, slug: str, name: str) -> Organisation:
    """An organisation with its root unit. Raises Refused, Conflict (the slug is another's)."""
    check_slug(slug)
    if not 1 <= len(name.strip()) <= 200:
        raise Refused("An organisation needs a name of at most 200 characters.", "Give it one.")
    if session.scalar(select(Organisation.id).where(Organisation.slug == slug)) is not None:
        raise Conflict(
            f"There is an organisation “{slug}” already.", "Give this one another short name."
        )
    made = Organisation(slug=slug, name=name.strip())
    session.add(made)
    session.flush()
    root = Unit(organisation_id=made.id, parent_id=None, slug=slug, name=made.name, path="")
    session.add(root)
    session.flush()
    root.path = f"{root.id}/"
    session.flush()
    auditing.note(session, "organisation.create", f"organisation:{slug}", made.id)
    return made


def organisation(session: Session, slug: str) -> Organisation:
    """The organisation with this short name. Raises NotFound."""
    found = session.scalar(select(Organisation).where(Organisation.slug == slug))
    if found is None:
        raise NotFound(f"There is no organisation “{slug[:80]}”.", "Check its short name.")
    return found


def organisations(session: Session) -> list[Organisation]:
    """All organisations of the installation, by name."""
    return list(session.scalars(select(Organisation).order_by(Organisation.name)))


def units(session: Session, organisation_id: int) -> list[Unit]:
    """The units in the order of the tree: each followed by those below it, by name."""
    return in_tree_order(
        session.scalars(select(Unit).where(Unit.organisation_id == organisation_id)).all()
    )


def unit(session: Session, organisation_id: int, slug: str) -> Unit:
    """The unit with this short name. Raises NotFound."""
    found = session.scalar(
        select(Unit).where(Unit.organisation_id == organisation_id, Unit.slug == slug)
    )
    if found is None:
        raise NotFound(f"There is no unit “{slug[:80]}”.", "Check its short name.")
    return found


def people(
    session: Session, organisation_id: int, *, first: int = 0, at_most: int = 100
) -> list[Person]:
    """Some of the people on the staff list, by e-mail address, from the `first` (0) on."""
    return list(
        session.scalars(
            select(Person)
            .where(Person.organisation_id == organisation_id)
            .order_by(Person.email)
            .offset(first)
            .limit(at_most)
        )
    )


def number_of_people(session: Session, organisation_id: int) -> int:
    """How many people are on the staff list."""
    mine = select(func.count()).where(Person.organisation_id == organisation_id)
    return session.scalar(mine) or 0


def import_units(session: Session, organisation: Organisation, file: bytes) -> ImportResult:
    """Add and change units by a CSV file with the columns slug, name, parent (a slug, or empty
    for a unit directly below the organisation). Units that it does not name stay as they are.

    All or nothing. Raises InvalidRows.
    """
    known = {unit.slug: unit for unit in _locked_units(session, organisation)}
    read = read_rows(file, ("slug", "name", "parent"))
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


def import_people(session: Session, organisation: Organisation, file: bytes) -> ImportResult:
    """Add people, and move them between units, by a CSV file with the columns email, unit (a
    slug). People that it does not name stay as they are.

    All or nothing. Raises InvalidRows.
    """
    unit_ids = {unit.slug: unit.id for unit in _locked_units(session, organisation)}
    read = read_rows(file, ("email", "unit"))
    wanted = _check_people(read, unit_ids)
    if read.problems:
        raise InvalidRows(read.problems)
    mine = select(Person.id, Person.email, Person.unit_id).where(
        Person.organisation_id == organisation.id
    )
    known = {email: (id_, unit_id) for id_, email, unit_id in session.execute(mine)}
    new = [
        {"organisation_id": organisation.id, "email": email, "unit_id": unit_id, "active": True}
        for email, unit_id in wanted.items()
        if email not in known
    ]
    moved = [
        {"id": known[email][0], "unit_id": unit_id}
        for email, unit_id in wanted.items()
        if email in known and known[email][1] != unit_id
    ]
    if new:
        session.execute(insert(Person), new)
    if moved:
        session.execute(update(Person), moved)
    result = ImportResult(len(new), len(moved), len(wanted) - len(new) - len(moved))
    auditing.note(session, "people.import", "people", organisation.id, **asdict(result))
    return result


def _check_people(read: CsvRows, unit_ids: dict[str, int]) -> dict[str, int]:
    """The unit's id of each address, noting every problem."""
    wanted: dict[str, int] = {}
    first_lines: dict[str, int] = {}
    for row in read.rows:
        address = _address(read, row)
        if address in first_lines:
            read.refuse(
                row,
                "email",
                f"{address} is also in row {first_lines[address]}.",
                "Keep one of the two.",
                "repeated-email",
            )
            continue
        unit_id = unit_ids.get(row.cells["unit"])
        if unit_id is None:
            read.refuse(
                row,
                "unit",
                f"There is no unit “{row.cells['unit'][:80]}”.",
                "Write the short name of a unit, or import that unit first.",
                "unknown-unit",
            )
        if address:
            first_lines[address] = row.line
        if address and unit_id is not None:
            wanted[address] = unit_id
    return wanted


def _address(read: CsvRows, row: CsvRow) -> str | None:
    try:
        return email_address(row.cells["email"])
    except Refused as refusal:
        read.refuse(row, "email", refusal.message, refusal.what_to_do, "bad-email")
        return None
