"""The staff list as it is, in which the rows of a file are looked up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from survey.operations.csv_rows import CsvRows
from survey.operations.people_rows import PersonRow
from survey.storage.model import AnyRow


class StaffList:
    """Rows of `person` (id, email, staff_number, unit_id, active), by number and by address."""

    def __init__(self, rows: Sequence[AnyRow]) -> None:
        self._rows = rows
        self._by_number = {row.staff_number: row for row in rows if row.staff_number}
        self._by_email = {row.email: row for row in rows if row.email}
        self._found_in: dict[int, int] = {}

    def find(self, read: CsvRows, person: PersonRow) -> AnyRow | None:
        """Who it is; None for somebody new. Notes in `read` where it may be two people, and where
        two rows are about one."""
        numbered = self._by_number.get(person.staff_number)
        addressed = self._by_email.get(person.email)
        found = numbered or addressed
        if found is None:
            return None
        if numbered and addressed and numbered.id != addressed.id:
            message = f"{person.staff_number} and {person.email} are two people on the staff list."
            mend = "Correct the row, or erase one of the two first."
            read.refuse(person.row, "staff_number", message, mend, "two-people")
        first = self._found_in.setdefault(found.id, person.row.line)
        if first != person.row.line:
            message = f"This is the person of row {first}, by what the staff list knows."
            read.refuse(person.row, "", message, "Keep one of the two rows.", "repeated-person")
        return found

    def not_found(self) -> Iterator[AnyRow]:
        """Whom no row was about."""
        return (row for row in self._rows if row.id not in self._found_in)


def change_of(row: AnyRow, person: PersonRow) -> dict[str, Any]:
    """What the staff list says of somebody after the file; what the file leaves out stays."""
    return {
        "id": row.id,
        "email": person.email or row.email,
        "staff_number": person.staff_number or row.staff_number,
        "unit_id": person.unit_id,
        "active": True,
    }
