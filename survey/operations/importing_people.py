"""People as files bring them: all of a file, or a list of problems and nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from survey.operations import auditing
from survey.operations.csv_rows import InvalidRows
from survey.operations.importing import ImportResult, Progress, locked_units, rows_of, silent
from survey.operations.people_rows import PersonRow, check_people, check_units
from survey.operations.staff_list import StaffList, change_of
from survey.operations.unit_names import UnitNames
from survey.storage.model import AnyRow
from survey.storage.organisations import Organisation, Person


def import_people(
    session: Session,
    organisation: Organisation,
    file: bytes,
    *,
    columns: Mapping[str, str] | None = None,
    others_left: bool = False,
    progress: Progress = silent,
) -> ImportResult:
    """Add people, change them, and move them between units, by a file with a unit (by short name,
    name, or the way to it) and an e-mail address, a staff number, or both. The staff number says
    who it is where the list has it, else the address does.

    columns: our names (`COLUMNS`) to the file's; None guesses. others_left: people whom the file
    does not name are no longer active; else they stay. All or nothing. Raises InvalidRows.
    """
    read = rows_of(file, "people", columns)
    people = check_people(read, progress)  # the slow part, before anybody has to wait
    check_units(read, people, UnitNames(locked_units(session, organisation)))
    staff = _staff_list(session, organisation)
    matched = [(person, staff.find(read, person)) for person in people]
    if read.problems:
        raise InvalidRows(read.problems)
    result = _store(session, organisation, matched, staff.not_found() if others_left else ())
    auditing.note(session, "people.import", "people", organisation.id, **asdict(result))
    return result


def _staff_list(session: Session, organisation: Organisation) -> StaffList:
    columns = (Person.id, Person.email, Person.staff_number, Person.unit_id, Person.active)
    mine = select(*columns).where(Person.organisation_id == organisation.id)
    return StaffList(session.execute(mine).all())


def _store(
    session: Session,
    organisation: Organisation,
    matched: Sequence[tuple[PersonRow, AnyRow | None]],
    left: Iterable[AnyRow],
) -> ImportResult:
    """Add and change whom the file names; note that others have left."""
    new = [
        {
            "organisation_id": organisation.id,
            "email": person.email,
            "staff_number": person.staff_number,
            "unit_id": person.unit_id,
            "active": True,
        }
        for person, row in matched
        if row is None
    ]
    there = [(row, change_of(row, person)) for person, row in matched if row is not None]
    changed = [after for row, after in there if after != row._asdict()]
    gone = [{"id": row.id, "active": False} for row in left if row.active]
    if new:
        session.execute(insert(Person), new)
    for rows in (changed, gone):
        if rows:
            session.execute(update(Person), rows)
    return ImportResult(
        added=len(new),
        changed=len(changed) + len(gone),
        unchanged=len(there) - len(changed),
        moved=sum(row.unit_id != after["unit_id"] for row, after in there),
        left=len(gone),
    )
