"""What is deleted, when: unfinished answers and who sent theirs when a wave closes; invitations and
people who have left, some days later; all of it said in a certificate."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session, aliased

from survey.operations import auditing
from survey.operations.errors import NotFound, Refused
from survey.storage.audit import AuditEvent
from survey.storage.messages import Mailing, Message, Outgoing
from survey.storage.model import rows_changed
from survey.storage.organisations import Organisation, Person
from survey.storage.waves import Invitation, Wave

CLOSED, FORGOTTEN = "wave.close", "wave.forget"


@dataclass(frozen=True, slots=True)
class Certificate:
    """What was deleted of a wave, from the audit log: event numbers and digests, so that nobody
    can write it afterwards. Fields of what has not happened yet are None."""

    wave: str
    name: str
    organisation: str
    closed_at: datetime | None
    drafts: int | None
    submissions: int | None
    forgotten_at: datetime | None
    invitations: int | None
    people: int | None
    due_at: datetime | None
    events: tuple[tuple[int, str], ...]


def due_at(wave: Wave) -> datetime | None:
    """When the invitations of a closed wave are to be deleted."""
    return wave.closed_at and wave.closed_at + timedelta(days=wave.keep_people_days)


def due(session: Session, now: datetime) -> list[Wave]:
    """The closed waves whose invitations are to be deleted by now."""
    closed = select(Wave).where(Wave.state == "closed", Wave.forgotten_at.is_(None))
    return [wave for wave in session.scalars(closed) if (due_at(wave) or now) <= now]


def forget_people(session: Session, wave: Wave, *, now: datetime) -> None:
    """Delete who was asked in a closed wave: invitations, mailings, and the people of the
    organisation who have left and whom no other wave needs. The answers stay; they are nobody's.

    Raises Refused before the wave has closed, or the second time.
    """
    session.refresh(wave, with_for_update=True)
    if wave.state != "closed":
        raise Refused("Only of a closed wave can people be deleted.", "Close it first.")
    if wave.forgotten_at is not None:
        raise Refused("This was done before.", "See the certificate of deletion.")
    invitations = _count(session, Invitation, wave.id)
    for table in (Outgoing, Mailing, Message, Invitation):
        session.execute(delete(table).where(table.wave_id == wave.id))
    wave.forgotten_at = now
    session.flush()
    people = _forget_leavers(session, wave.organisation_id)
    auditing.note(
        session,
        "wave.forget",
        f"wave:{wave.slug}",
        wave.organisation_id,
        invitations=invitations,
        people=people,
    )


def _count(session: Session, table: type[Invitation], wave_id: int) -> int:
    found = select(func.count()).select_from(table).where(table.wave_id == wave_id)
    return session.scalar(found) or 0


def _forget_leavers(session: Session, organisation_id: int) -> int:
    left = (Person.organisation_id == organisation_id, ~Person.active)
    # By a list, and not by EXISTS: a distributed database does not look on every machine for each.
    leaver = aliased(Person)
    asked = select(Invitation.person_id).join(leaver, leaver.id == Invitation.person_id)
    still_asked = asked.where(leaver.organisation_id == organisation_id, ~leaver.active)
    return rows_changed(session, delete(Person).where(*left, Person.id.not_in(still_asked)))


def certificate(session: Session, wave: Wave) -> Certificate:
    """What was deleted of this wave. Raises NotFound before it has closed."""
    if wave.state != "closed":
        raise NotFound("Nothing of this wave has been deleted yet.", "Close it first.")
    mine = select(AuditEvent).where(
        AuditEvent.organisation_id == wave.organisation_id,
        AuditEvent.object == f"wave:{wave.slug}",
        AuditEvent.action.in_((CLOSED, FORGOTTEN)),
    )
    events = {event.action: event for event in session.scalars(mine.order_by(AuditEvent.number))}
    closing: dict[str, Any] = events[CLOSED].details if CLOSED in events else {}
    forgetting: dict[str, Any] = events[FORGOTTEN].details if FORGOTTEN in events else {}
    return Certificate(
        wave=wave.slug,
        name=wave.name,
        organisation=session.get_one(Organisation, wave.organisation_id).name,
        closed_at=wave.closed_at,
        drafts=closing.get("drafts"),
        submissions=closing.get("submissions"),
        forgotten_at=wave.forgotten_at,
        invitations=forgetting.get("invitations"),
        people=forgetting.get("people"),
        due_at=due_at(wave),
        events=tuple((event.number, event.digest.hex()) for event in events.values()),
    )
