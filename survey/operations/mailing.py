"""Mailings: invitations to whoever has none yet, reminders to whoever has not answered. Each is
planned, queued when it is due, and sent in the background (see `delivering`)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import uuid4

from sqlalchemy import Select, func, select, update
from sqlalchemy.orm import Session

from survey.operations import auditing
from survey.operations.drafting import closed
from survey.operations.errors import Conflict, NotFound, Refused
from survey.operations.inviting import check_secret, unanswered
from survey.operations.message_texts import MailedKind
from survey.operations.tokens import seal_number
from survey.storage import messages, waves
from survey.storage.messages import Mailing, Outgoing
from survey.storage.model import rows_changed
from survey.storage.organisations import Person
from survey.storage.waves import Invitation, Wave

BETWEEN_MAILINGS: Final = timedelta(hours=24)
BATCH: Final = 10_000


@dataclass(frozen=True, slots=True)
class MailingState:
    """How far a mailing has come. `waiting`: still to go; `unsure`: may or may not have arrived,
    since the program stopped while handing them over; `failed`: given up after many attempts."""

    number: int
    kind: str
    due_at: datetime
    queued_at: datetime | None
    people: int
    sent: int
    bounced: int
    waiting: int
    unsure: int
    failed: int
    fault: str

    @property
    def is_done(self) -> bool:
        """Whether nothing of it waits."""
        return self.queued_at is not None and not self.waiting


def plan(session: Session, wave: Wave, kind: MailedKind, *, due_at: datetime) -> Mailing:
    """Plan a mailing. Who gets it is found out when it is due.

    Raises Closed; Conflict where a reminder is planned within a day of another mailing, so that
    pressing twice reminds nobody twice.
    """
    waves.lock_wave(session, wave.id, waves.MAILING)
    session.refresh(wave)
    if wave.state not in ("prepared", "open"):
        raise closed(wave.state)
    others = list(session.scalars(select(Mailing).where(Mailing.wave_id == wave.id)))
    if kind == "reminder":
        _keep_apart(others, due_at)
    made = Mailing(
        wave_id=wave.id,
        number=max((one.number for one in others), default=0) + 1,
        kind=kind,
        due_at=due_at,
        queued_at=None,
    )
    session.add(made)
    session.flush()
    auditing.note(
        session,
        "mailing.plan",
        f"wave:{wave.slug}",
        wave.organisation_id,
        kind=kind,
        due=due_at.isoformat(timespec="minutes"),
    )
    return made


def _keep_apart(others: Iterable[Mailing], due_at: datetime) -> None:
    for other in others:
        if abs(other.due_at - due_at) < BETWEEN_MAILINGS:
            what = "A reminder is" if other.kind == "reminder" else "Invitations are"
            raise Conflict(
                f"{what} set for {other.due_at:%-d %B, %H:%M} (UTC).",
                "Leave a day between it and a reminder.",
            )


def cancel(session: Session, wave: Wave, number: int) -> None:
    """Take back a mailing that has not been queued. Raises NotFound, Refused."""
    mailing = session.get(Mailing, (wave.id, number), with_for_update=True)
    if mailing is None:
        raise NotFound("There is no such mailing.")
    if mailing.queued_at is not None:
        raise Refused("This mailing has begun.", "It can no longer be taken back.")
    kind = mailing.kind
    session.delete(mailing)
    auditing.note(session, "mailing.cancel", f"wave:{wave.slug}", wave.organisation_id, kind=kind)


def queue_due(session: Session, wave: Wave, *, secret: str | bytes, now: datetime) -> int:
    """Queue the messages of every mailing of this wave that is due; how many messages.

    Raises Refused where another secret made the invitations: their links could not be written.
    """
    waves.lock_wave(session, wave.id, waves.MAILING)
    due = select(Mailing).where(
        Mailing.wave_id == wave.id, Mailing.queued_at.is_(None), Mailing.due_at <= now
    )
    queued = 0
    for mailing in session.scalars(due.order_by(Mailing.number)):
        check_secret(session, wave, secret)
        if mailing.kind == "invitation":
            to = _to_invite(session, wave)
        else:
            to = _to_remind(session, wave, secret)
        _queue(session, mailing, to, secret, now)
        mailing.queued_at, mailing.people = now, len(to)
        queued += len(to)
    session.flush()
    return queued


def _to_invite(session: Session, wave: Wave) -> Sequence[int]:
    """Invitations that were not mailed before, now marked as mailed."""
    mine = (
        Invitation.wave_id == wave.id,
        Invitation.delivery == "none",
        Invitation.person_id.in_(_with_address(wave)),
    )
    fresh = session.scalars(select(Invitation.id).where(*mine)).all()
    rows_changed(session, update(Invitation).where(*mine).values(delivery="mailed"))
    return fresh


def _with_address(wave: Wave) -> Select[int]:
    return select(Person.id).where(
        Person.organisation_id == wave.organisation_id, Person.email.is_not(None)
    )


def _to_remind(session: Session, wave: Wave, secret: str | bytes) -> Sequence[int]:
    """Invitations whose answers have not come, and whose address takes mail."""
    reached = select(Invitation.id).where(
        Invitation.wave_id == wave.id,
        Invitation.delivery != "bounced",
        Invitation.person_id.in_(_with_address(wave)),
    )
    able = set(session.scalars(reached))
    return [id_ for id_, _ in unanswered(session, wave, secret=secret) if id_ in able]


def _queue(
    session: Session, mailing: Mailing, to: Sequence[int], secret: str | bytes, now: datetime
) -> None:
    for start in range(0, len(to), BATCH):
        rows = []
        for invitation_id in to[start : start + BATCH]:
            id_ = uuid4()
            sealed = seal_number(secret, id_.bytes, invitation_id)
            rows.append(
                {
                    "wave_id": mailing.wave_id,
                    "id": id_,
                    "mailing": mailing.number,
                    "sealed": sealed,
                    "due_at": now,
                }
            )
        messages.add_outgoing(session, rows)


def mailings(session: Session, wave_id: int) -> list[MailingState]:
    """Every mailing of a wave, the latest first."""
    left = messages.left(session, wave_id)
    found = select(Mailing).where(Mailing.wave_id == wave_id)
    return [
        MailingState(
            number=one.number,
            kind=one.kind,
            due_at=one.due_at,
            queued_at=one.queued_at,
            people=one.people,
            sent=one.sent,
            bounced=one.bounced,
            waiting=left.get((one.number, "waiting"), 0)
            + left.get((one.number, "handing-over"), 0),
            unsure=left.get((one.number, "unsure"), 0),
            failed=left.get((one.number, "failed"), 0),
            fault=one.fault,
        )
        for one in session.scalars(found.order_by(Mailing.due_at.desc(), Mailing.number.desc()))
    ]


def send_again(session: Session, wave: Wave, number: int, *, now: datetime) -> int:
    """Let what failed or is unsure go once more, now that somebody said so; how many messages."""
    stuck = (
        update(Outgoing)
        .where(
            Outgoing.wave_id == wave.id,
            Outgoing.mailing == number,
            Outgoing.state.in_(("unsure", "failed")),
        )
        .values(state="waiting", attempts=0, due_at=now, claimed_at=None)
    )
    again = rows_changed(session, stuck)
    auditing.note(
        session, "mailing.again", f"wave:{wave.slug}", wave.organisation_id, messages=again
    )
    return again


def bounce(session: Session, organisation_id: int, address: str, reason: str) -> int:
    """Note that mail to this address does not arrive, for every open wave; how many invitations.

    reason: a status code such as 5.1.1, never a text, which may name the person.
    """
    person = select(Person.id).where(
        Person.organisation_id == organisation_id, func.lower(Person.email) == address.lower()
    )
    open_waves = select(Wave.id).where(Wave.state == "open")
    marked = (
        update(Invitation)
        .where(Invitation.person_id.in_(person), Invitation.wave_id.in_(open_waves))
        .values(delivery="bounced", bounce=reason[:20])
    )
    return rows_changed(session, marked)
