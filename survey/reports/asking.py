"""Reports are asked for, and looked at when they are ready. Whoever asked gets what they may see;
nobody else gets it."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final
from uuid import UUID, uuid4

from survey.operations.errors import NotFound, Refused
from survey.operations.narrowing import Part, narrowed
from survey.operations.reporting import organisation_profile
from survey.operations.viewing import view_closed
from survey.questionnaire.speaking import REPORT_LANGUAGES
from survey.reports.contents import Subject
from survey.reports.formats import FORMATS
from survey.storage import reports as stored
from survey.storage.reports import Report

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from survey.storage.accounts import Account

KEPT: Final = timedelta(days=7)
MOST_WAITING: Final = 5
"""Reports that one account can wait for at once."""

LONGEST_NAME: Final = 150


def ask(
    session: Session, account: Account, subject: Subject, format_: str, *, now: datetime
) -> Report:
    """Let a worker build a report.

    Raises NotFound for what there is not or the account may not see; Refused for a format or
    language that is none, or when it waits for too many already.
    """
    if format_ not in FORMATS or subject.language not in REPORT_LANGUAGES:
        raise Refused("There is no such report.", "Choose a format and a language from the lists.")
    seen = view_closed(session, subject.wave, account, subject.unit)
    if subject.part:
        narrowed(
            session,
            organisation_profile(session, subject.wave, account, subject.unit),
            subject.part,
        )
    if stored.number_waiting(session, account.id) >= MOST_WAITING:
        raise Refused(
            f"You wait for {MOST_WAITING} reports already.", "Ask again when one of them is ready."
        )
    whom = seen.unit.slug if subject.unit else seen.organisation.slug
    parts = (whom, subject.part.domain, subject.part.theme, subject.part.map, subject.part.group)
    stem = "-".join(filter(None, (seen.wave.slug, *parts, subject.language)))
    made = Report(
        id=uuid4(),
        wave_id=seen.wave.id,
        account_id=account.id,
        unit=subject.unit,
        part=asdict(subject.part),
        format=format_,
        language=subject.language,
        name=f"{stem[:LONGEST_NAME]}.{format_}",
        at=now,
    )
    session.add(made)
    session.flush()
    return made


def asked_for(session: Session, account: Account, wave: str) -> list[Report]:
    """The reports of a wave for which the account asked, the newest first. Raises NotFound."""
    seen = view_closed(session, wave, account)
    return stored.of_account(session, account.id, seen.wave.id)


def one(session: Session, account: Account, wave: str, report_id: UUID) -> Report:
    """A report of the account's own, which it still may see. Raises NotFound."""
    found = session.get(Report, report_id, populate_existing=True)
    if found is None or found.account_id != account.id:
        raise _no_report()
    seen = view_closed(session, wave, account, found.unit)
    if found.wave_id != seen.wave.id:
        raise _no_report()
    return found


def forget(session: Session, account: Account, wave: str, report_id: UUID) -> None:
    """Delete a report of the account's own. Raises NotFound."""
    session.delete(one(session, account, wave, report_id))
    session.flush()


def subject_of(report: Report, wave: str) -> Subject:
    """Of what a report is."""
    return Subject(wave, report.unit, Part(**report.part), report.language)


def _no_report() -> NotFound:
    return NotFound("There is no such report.", "Reports are kept for a week. Ask for it again.")
