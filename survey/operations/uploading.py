"""A file is handed in, its columns are said, it is tried without effect, then it is taken. Long
files are tried and taken in the background, with progress."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from survey.operations.auditing import Actor, act_as
from survey.operations.csv_rows import InvalidRows, RowProblem
from survey.operations.errors import Conflict, NotFound
from survey.operations.importing import (
    COLUMNS,
    ImportResult,
    Progress,
    likely_columns,
    needed_columns,
)
from survey.operations.importing_people import import_people
from survey.operations.importing_units import import_units
from survey.operations.sheets import Sheet, read_sheet
from survey.storage import uploads
from survey.storage.model import Opened
from survey.storage.organisations import Organisation
from survey.storage.uploads import Upload

LONG: Final = 5_000
"""Rows: of more, the work is done in the background."""

KEPT: Final = timedelta(days=1)
ROWS_SHOWN: Final = 5
PROBLEMS_KEPT: Final = 1_000


@dataclass(frozen=True, slots=True)
class Seen:
    """What a page shows of a file: its columns, its first rows, and where ours come from."""

    upload: Upload
    header: tuple[str, ...]
    first_rows: tuple[tuple[str, ...], ...]
    rows: int
    wanted: tuple[str, ...]
    problems: tuple[RowProblem, ...]

    def missing(self, columns: Mapping[str, str]) -> list[str]:
        """Which of our columns a file cannot do without, and has not by these."""
        present = [name for name, theirs in columns.items() if theirs]
        return [n for n in needed_columns(self.upload.kind, present) if n not in present]

    @property
    def is_long(self) -> bool:
        """Whether it is worked on in the background."""
        return self.rows > LONG


def hand_in(
    session: Session,
    organisation: Organisation,
    kind: str,
    name: str,
    file: bytes,
    *,
    by: int | None,
    now: datetime,
) -> Upload:
    """Keep a file for a day. Raises InvalidRows where it cannot be read at all."""
    sheet = read_sheet(file)
    made = Upload(
        id=uuid4(),
        organisation_id=organisation.id,
        account_id=by,
        kind=kind,
        name=name[:200],
        content=file,
        columns=likely_columns(sheet, kind),
        state="new",
        at=now,
    )
    session.add(made)
    session.flush()
    return made


def seen(session: Session, organisation_id: int, upload_id: UUID) -> Seen:
    """The file as it stands. Raises NotFound."""
    found = session.get(Upload, upload_id, populate_existing=True)
    if found is None or found.organisation_id != organisation_id:
        raise NotFound("There is no such file.", "Files are kept for a day. Hand it in again.")
    sheet = _sheet(found)
    return Seen(
        upload=found,
        header=sheet.header,
        first_rows=tuple(tuple(cells) for _, cells in sheet.rows[:ROWS_SHOWN]),
        rows=found.rows or len(sheet.rows),
        wanted=tuple(COLUMNS[found.kind]),
        problems=tuple(RowProblem(*problem) for problem in found.problems),
    )


def _sheet(upload: Upload) -> Sheet:
    return read_sheet(upload.content) if upload.content else Sheet((), ())


def choose_columns(
    session: Session, found: Seen, columns: Mapping[str, str], *, others_left: bool
) -> None:
    """Say which column is which; what was found out before is forgotten."""
    upload = found.upload
    if upload.state in ("importing", "done"):
        raise Conflict("This file has been taken already.", "Hand it in again to change more.")
    upload.columns = {name: theirs for name, theirs in columns.items() if theirs in found.header}
    upload.others_left = others_left and upload.kind == "people"
    upload.problems, upload.result, upload.done = [], {}, 0
    upload.state = "checking"
    session.flush()


def confirm(session: Session, found: Seen) -> None:
    """Let a file that was tried be taken. Raises Conflict where it was not, or has problems."""
    upload = found.upload
    session.refresh(upload, with_for_update=True)
    if upload.state != "checked" or upload.problems:
        raise Conflict("This file cannot be taken as it is.", "Look at it again first.")
    upload.state, upload.done = "importing", 0
    session.flush()


def work(opened: Opened, upload_id: UUID, *, now: datetime) -> None:
    """Try or take a file, as its state says; what comes of it stands with it afterwards."""
    with opened() as session:
        upload = session.get(Upload, upload_id)
        if upload is None or upload.state not in ("checking", "importing"):
            return
        trying = upload.state == "checking"
        organisation = session.get_one(Organisation, upload.organisation_id)
        act_as(session, Actor(upload.account_id, "pages"))
        problems: list[Any] = []
        result: dict[str, Any] = {}
        try:
            result = asdict(_run(session, upload, organisation, _reporter(opened, upload_id)))
        except InvalidRows as fault:
            problems = [list(asdict(one).values()) for one in fault.problems[:PROBLEMS_KEPT]]
        if trying or problems:
            session.rollback()
        upload.problems, upload.result = problems, result
        upload.state = "checked" if trying or problems else "done"
        if upload.state == "done":
            upload.content = b""
        session.commit()


def _run(
    session: Session, upload: Upload, organisation: Organisation, progress: Progress
) -> ImportResult:
    columns: dict[str, str] = upload.columns
    if upload.kind == "units":
        return import_units(
            session, organisation, upload.content, columns=columns, progress=progress
        )
    return import_people(
        session,
        organisation,
        upload.content,
        columns=columns,
        others_left=upload.others_left,
        progress=progress,
    )


def _reporter(opened: Opened, upload_id: UUID) -> Progress:
    """Says progress in a transaction of its own, so that others see it."""

    def report(done: int, rows: int) -> None:
        if rows > LONG:
            with opened() as other:
                uploads.say_progress(other, upload_id, done, rows)
                other.commit()

    return report


def work_on_all(opened: Opened, *, now: datetime) -> None:
    """Do what waits, and delete files that are older than a day."""
    with opened() as session:
        uploads.forget_before(session, now - KEPT)
        ids = uploads.waiting(session)
        session.commit()
    for upload_id in ids:
        work(opened, upload_id, now=now)
