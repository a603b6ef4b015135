"""The rows of a file of people: each needs somebody whom it can be about, and a unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from survey.operations.accounts import email_address
from survey.operations.csv_rows import CsvRow, CsvRows
from survey.operations.errors import Refused
from survey.operations.importing import BETWEEN_REPORTS, Progress
from survey.operations.unit_names import UnitNames
from survey.storage.organisations import Unit

LONGEST_NUMBER: Final = 40


@dataclass(slots=True)
class PersonRow:
    """A person as a file has them; what it does not say is None, and so is what was refused."""

    row: CsvRow
    email: str | None
    staff_number: str | None
    unit_id: int | None = None


def check_people(read: CsvRows, progress: Progress) -> list[PersonRow]:
    """Whom each row is about, noting addresses and numbers that are none, or are there twice."""
    people: list[PersonRow] = []
    first_lines: dict[tuple[str, str], int] = {}
    for done, row in enumerate(read.rows):
        if done % BETWEEN_REPORTS == 0:
            progress(done, len(read.rows))
        person = PersonRow(row, _address(read, row), _number(read, row))
        _refuse_repeated(read, person, first_lines)
        if not (row.cells.get("email") or row.cells.get("staff_number")):
            message = "This row has neither an e-mail address nor a staff number."
            read.refuse(row, _known_by(read), message, "Write one of the two.", "nobody")
        people.append(person)
    return people


def _known_by(read: CsvRows) -> str:
    return "email" if "email" in read.columns else "staff_number"


def _address(read: CsvRows, row: CsvRow) -> str | None:
    try:
        return email_address(row.cells["email"]) if row.cells.get("email") else None
    except Refused as refusal:
        read.refuse(row, "email", refusal.message, refusal.what_to_do, "bad-email")
        return None


def _number(read: CsvRows, row: CsvRow) -> str | None:
    number = row.cells.get("staff_number", "")
    if len(number) <= LONGEST_NUMBER and number.isprintable():
        return number or None
    message = f"“{number[:LONGEST_NUMBER]}” is no staff number."
    mend = f"Write at most {LONGEST_NUMBER} letters, digits and signs."
    read.refuse(row, "staff_number", message, mend, "bad-number")
    return None


def _refuse_repeated(
    read: CsvRows, person: PersonRow, first_lines: dict[tuple[str, str], int]
) -> None:
    for column in ("email", "staff_number"):
        value = getattr(person, column)
        first = first_lines.setdefault((column, value), person.row.line) if value else 0
        if first not in (0, person.row.line):
            message = f"{value} is also in row {first}."
            read.refuse(person.row, column, message, "Keep one of the two.", f"repeated-{column}")


def check_units(read: CsvRows, people: Sequence[PersonRow], names: UnitNames) -> None:
    """Give each person their unit, noting units that are not known."""
    found_units: dict[str, Unit | None] = {}
    for person in people:
        cell = person.row.cells["unit"]
        if cell not in found_units:
            found_units[cell] = names.find(cell)
        unit = found_units[cell]
        if unit is None:
            read.refuse(person.row, "unit", *_unknown(cell, names), "unknown-unit")
        else:
            person.unit_id = unit.id


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
