"""Units as files bring them: all of a file, or a list of problems and nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from survey.operations import auditing
from survey.operations.csv_rows import CsvRows, InvalidRows
from survey.operations.importing import (
    ImportResult,
    Progress,
    locked_units,
    rows_of,
    set_paths,
    silent,
)
from survey.operations.reorganising import carry_on
from survey.operations.unit_endings import check_endings
from survey.operations.unit_names import UnitNames, slug_from
from survey.operations.unit_rows import UnitRow, check_units
from survey.storage.organisations import Organisation, Unit, units_ended


def import_units(
    session: Session,
    organisation: Organisation,
    file: bytes,
    *,
    columns: Mapping[str, str] | None = None,
    progress: Progress = silent,
    now: datetime | None = None,
) -> ImportResult:
    """Add and change units by a file with a name, and it may be a short name (else it is made of
    the name), the unit above (else the organisation), and which units it carries on (`was`): they
    end, and their people and units go to it. Units that the file does not name stay.

    columns: our names (`COLUMNS`) to the file's; None guesses. All or nothing. Raises
    InvalidRows.
    """
    read = rows_of(file, "units", columns)
    progress(0, len(read.rows))
    known = {unit.slug: unit for unit in locked_units(session, organisation)}
    ended = {unit.slug: unit for unit in units_ended(session, organisation.id)}
    _complete_units(read, known, ended)
    slugs = {unit.id: unit.slug for unit in known.values()}
    parents = {unit.slug: slugs.get(unit.parent_id or 0, "") for unit in known.values()}
    wanted = check_units(read, parents)
    endings = check_endings(read, known, ended)
    if read.problems:
        raise InvalidRows(read.problems)
    before = {unit.slug: (unit.name, unit.parent_id) for unit in known.values()}
    added = [row for row in wanted if row.slug not in known]
    _add_units(session, organisation, known, added)
    for row in wanted:
        known[row.slug].name = row.name
        known[row.slug].parent_id = known[row.parent].id if row.parent else None
    set_paths(known)
    session.flush()
    moved = _end(session, known, endings, now or datetime.now(UTC))
    changed = sum(
        (row.name, known[row.slug].parent_id) != before[row.slug]
        for row in wanted
        if row.slug in before
    )
    same = len(wanted) - len(added) - changed
    result = ImportResult(len(added), changed, same, moved=moved, left=len(endings))
    auditing.note(session, "units.import", "units", organisation.id, **asdict(result))
    return result


def _end(
    session: Session, known: dict[str, Unit], endings: Sequence[tuple[str, str]], now: datetime
) -> int:
    """End units, each with the one that carries on; how many people went along."""
    people = 0
    for slug, successor in endings:
        people += carry_on(session, known, known[slug], known[successor], now=now).people
        set_paths(known)
    session.flush()
    return people


def _complete_units(read: CsvRows, known: Mapping[str, Unit], ended: Mapping[str, Unit]) -> None:
    """Give each row a short name and a parent's short name, from names where need be."""
    names = UnitNames(known.values())
    taken = set(known) | set(ended) | {row.cells.get("slug", "") for row in read.rows}
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


def _add_units(
    session: Session, organisation: Organisation, known: dict[str, Unit], added: list[UnitRow]
) -> None:
    for row in added:
        known[row.slug] = Unit(
            organisation_id=organisation.id, slug=row.slug, name=row.name, path=""
        )
    session.add_all(known[row.slug] for row in added)
    session.flush()
