"""A worker builds the reports that were asked for, one after the other."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from importlib import import_module
from time import monotonic
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from survey.operations import webhooks
from survey.operations.errors import SurveyError
from survey.operations.logos import logo_of
from survey.questionnaire.speaking import speaking
from survey.reports.asking import KEPT, subject_of
from survey.reports.contents import Brand, Contents, contents
from survey.reports.formats import FORMATS
from survey.storage import reports as stored
from survey.storage.accounts import Account
from survey.storage.reports import Report
from survey.storage.waves import Wave

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from survey.charts.drawing import Drawings
    from survey.storage.model import Opened

Progress = Callable[[int, int], None]

MOST_ATTEMPTS: Final = 3
"""So often a report is begun: a worker that dies over it is not followed by all others."""

FAILED: Final = "Something went wrong while it was made. Ask for it again."
SAID_EVERY: Final = 0.5
"""Seconds between two words on how far it is."""


class NoLongerWanted(Exception):
    """The report was deleted while it was made."""


def work_on_all(opened: Opened, drawings: Drawings, *, now: datetime) -> None:
    """Build what waits, and delete what was asked for more than a week ago."""
    with opened() as session:
        stored.forget_before(session, now - KEPT)
        stored.give_up(session, MOST_ATTEMPTS, FAILED)
        session.commit()
    while (waiting := _begin_next(opened)) is not None:
        work(opened, waiting, drawings, now=now)


def _begin_next(opened: Opened) -> UUID | None:
    """The next report, which counts as tried once more from now on."""
    with opened() as session:
        found = stored.next_waiting(session, MOST_ATTEMPTS)
        if found is None:
            return None
        found.attempts += 1
        session.commit()
        return found.id


def work(opened: Opened, report_id: UUID, drawings: Drawings, *, now: datetime) -> None:
    """Build one; what comes of it stands with it afterwards, and webhooks are told that it is
    ready. Nothing happens where it was deleted meanwhile."""
    try:
        content = _built(opened, report_id, drawings, now)
    except NoLongerWanted:
        return
    except SurveyError as fault:
        _note(
            opened,
            report_id,
            state="failed",
            fault=f"{fault.message} {fault.what_to_do}".strip()[:300],
        )
        return
    except Exception:
        _note(opened, report_id, state="failed", fault=FAILED)
        raise
    with opened() as session:
        if stored.note(session, report_id, state="ready", content=content, size=len(content)):
            _tell(session, session.get_one(Report, report_id), now)
        session.commit()


def _tell(session: Session, report: Report, now: datetime) -> None:
    wave = session.get_one(Wave, report.wave_id)
    about = {"wave": wave.slug, "format": report.format, "page": f"/profiles/{wave.slug}/reports"}
    webhooks.tell(session, wave.organisation_id, "report.ready", about, now=now)


def _built(opened: Opened, report_id: UUID, drawings: Drawings, now: datetime) -> bytes:
    with opened() as session:
        report = session.get(Report, report_id)
        if report is None:
            raise NoLongerWanted
        account = session.get_one(Account, report.account_id)
        subject = subject_of(report, session.get_one(Wave, report.wave_id).slug)
        gathered = contents(session, account, subject, today=now.date())
        brand = brand_of(session, gathered)
        format_ = report.format
    return made(gathered, brand, format_, drawings, _reporter(opened, report_id))


def brand_of(session: Session, gathered: Contents) -> Brand:
    """Under whose name a report appears."""
    organisation = gathered.profile.organisation
    logo = logo_of(session, organisation)
    return Brand(organisation.name, logo, "image/png" if logo else "")


def made(
    gathered: Contents, brand: Brand, format_: str, drawings: Drawings, progress: Progress
) -> bytes:
    """The file. format_: of FORMATS."""
    chosen = FORMATS[format_]
    maker = import_module(chosen.module)
    pictures = {"drawings": drawings} if chosen.draws else {}
    with speaking(gathered.subject.language):
        content: bytes = maker.make(gathered, brand, progress, **pictures)
    return content


def _reporter(opened: Opened, report_id: UUID) -> Progress:
    """Says how far it is, not too often. Raises NoLongerWanted once the report was deleted."""
    said = -SAID_EVERY

    def report(done: int, of: int) -> None:
        nonlocal said
        if monotonic() - said < SAID_EVERY:
            return
        said = monotonic()
        if not _note(opened, report_id, done=done, of=of):
            raise NoLongerWanted

    return report


def _note(opened: Opened, report_id: UUID, **values: Any) -> bool:
    """In a transaction of its own, so that others see it."""
    with opened() as session:
        is_wanted = stored.note(session, report_id, **values)
        session.commit()
    return is_wanted
