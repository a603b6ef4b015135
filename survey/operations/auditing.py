"""The audit log: who did what, when, to which object. Append-only, and each event carries the
digest of the one before, so that none can be changed or taken out unnoticed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from hashlib import sha256
from typing import Any, Final

import rfc8785
from sqlalchemy import String, cast, func, literal, select
from sqlalchemy.orm import Session, aliased

from survey.storage import audit
from survey.storage.accounts import Account
from survey.storage.audit import INSTALLATION, AuditEvent

ACTOR: Final = "actor"
EVENTS_A_PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts in a session: an account, or a command or the program itself by its `via`."""

    account_id: int | None
    via: str


@dataclass(frozen=True, slots=True)
class Event:
    """One act, in the words of today: `by` is an e-mail address, where the account still is, and
    `object` one where the object is an account."""

    number: int
    at: datetime
    by: str
    via: str
    action: str
    object: str
    details: dict[str, Any]


COLUMNS: Final = ("number", "at", "by", "via", "action", "object", "details")


def as_row(event: Event) -> tuple[str, ...]:
    """An event as the cells of a file, by `COLUMNS`."""
    return (
        str(event.number),
        event.at.isoformat(),
        event.by,
        event.via,
        event.action,
        event.object,
        json.dumps(event.details),
    )


@dataclass(frozen=True, slots=True)
class Search:
    """Which events are wanted. Empty and None mean all."""

    text: str = ""
    first_day: date | None = None
    last_day: date | None = None


@dataclass(frozen=True, slots=True)
class LogState:
    """Whether a log is whole. `broken_at` is the number of the first event that does not fit.

    `head` is the digest of the last event: noted elsewhere, it shows later that none was cut off.
    """

    organisation_id: int
    events: int
    broken_at: int | None
    head: str


def act_as(session: Session, actor: Actor) -> None:
    """Say who acts in this session: an entrance does, once."""
    session.info[ACTOR] = actor


def note(
    session: Session,
    action: str,
    object_: str,
    organisation_id: int = INSTALLATION,
    *,
    by: int | None = None,
    **details: Any,
) -> None:
    """Add an event in the caller's transaction.

    action: "wave.open"; object_: "wave:autumn-2026"; by: the account, where it is not the one that
    acts in the session; details: what else matters, never an answer, a name or an address.
    """
    actor: Actor = session.info.get(ACTOR) or Actor(None, "program")
    before = audit.last_event(session, organisation_id)
    event = AuditEvent(
        organisation_id=organisation_id,
        number=before.number + 1 if before else 1,
        at=datetime.now(UTC).replace(microsecond=0),
        account_id=by or actor.account_id,
        via=actor.via,
        action=action,
        object=object_[:200],
        details=details,
    )
    event.digest = _digest(event, before.digest if before else b"")
    session.add(event)
    session.flush()


def _digest(event: AuditEvent, before: bytes) -> bytes:
    """SHA-256 of the digest before and of the event in canonical JSON (RFC 8785)."""
    content = rfc8785.dumps(
        {
            "organisation": event.organisation_id,
            "number": event.number,
            "at": event.at.isoformat(),
            "account": event.account_id,
            "via": event.via,
            "action": event.action,
            "object": event.object,
            "details": event.details,
        }
    )
    return sha256(before + content).digest()


def verify(session: Session) -> list[LogState]:
    """Follow the chain of every log."""
    return [_verify(session, organisation_id) for organisation_id in audit.logs(session)]


def _verify(session: Session, organisation_id: int) -> LogState:
    digest, number, broken_at = b"", 0, None
    for number, event in enumerate(audit.events(session, organisation_id), start=1):
        digest = _digest(event, digest)
        if broken_at is None and (event.number != number or event.digest != digest):
            broken_at = number
        digest = event.digest
    return LogState(organisation_id, number, broken_at, digest.hex())


def search(
    session: Session, organisation_id: int, wanted: Search, *, first: int = 0, at_most: int
) -> list[Event]:
    """Events of an organisation, the newest first."""
    meant = aliased(Account)
    about_account = AuditEvent.object == literal("account:") + cast(meant.id, String)
    joined = select(AuditEvent, Account.email, meant.email)
    joined = joined.outerjoin(Account, Account.id == AuditEvent.account_id)
    found = _matching(joined.outerjoin(meant, about_account), organisation_id, wanted)
    rows = session.execute(
        found.order_by(AuditEvent.number.desc()).offset(first).limit(at_most)
    ).all()
    return [
        Event(
            event.number,
            event.at,
            email or ("" if event.account_id is None else f"account {event.account_id}"),
            event.via,
            event.action,
            f"account:{about}" if about else event.object,
            event.details,
        )
        for event, email, about in rows
    ]


def how_many(session: Session, organisation_id: int, wanted: Search) -> int:
    """The number of events that match."""
    counted = select(func.count()).select_from(AuditEvent)
    counted = counted.outerjoin(Account, Account.id == AuditEvent.account_id)
    return session.scalar(_matching(counted, organisation_id, wanted)) or 0


def _matching(statement: Any, organisation_id: int, wanted: Search) -> Any:
    statement = statement.where(AuditEvent.organisation_id == organisation_id)
    if wanted.text:
        columns = (AuditEvent.action, AuditEvent.object, Account.email)
        matches = [column.icontains(wanted.text, autoescape=True) for column in columns]
        statement = statement.where(matches[0] | matches[1] | matches[2])
    if wanted.first_day:
        start = datetime.combine(wanted.first_day, time.min, tzinfo=UTC)
        statement = statement.where(AuditEvent.at >= start)
    if wanted.last_day:
        end = datetime.combine(wanted.last_day, time.max, tzinfo=UTC)
        statement = statement.where(AuditEvent.at <= end)
    return statement
