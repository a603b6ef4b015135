"""What is sent to people: the wording of a wave's messages, each mailing, and what waits to go."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    String,
    Text,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from survey.storage.model import UNORDERED, Model, rows_changed, table_of
from survey.storage.waves import Wave

STATES = ("waiting", "handing-over", "unsure", "failed")


class Message(Model):
    """The wording of a wave's messages of one kind in one language, where it is not the usual."""

    __tablename__ = "message"
    __table_args__ = (
        CheckConstraint("kind IN ('invitation', 'reminder', 'letter', 'poster')", name="kind"),
    )

    wave_id: Mapped[int] = mapped_column(ForeignKey("wave.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    language: Mapped[str] = mapped_column(String(10), primary_key=True)
    subject: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)


class Mailing(Model):
    """One sending to many people. Planned until it is queued; done when nothing of it waits.

    Counts alone: who was sent a reminder would tell who had not answered. `fault` is what the
    mail server said last, without an address.
    """

    __tablename__ = "mailing"
    __table_args__ = (CheckConstraint("kind IN ('invitation', 'reminder')", name="kind"),)

    wave_id: Mapped[int] = mapped_column(ForeignKey("wave.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(20))
    due_at: Mapped[datetime]
    queued_at: Mapped[datetime | None]
    people: Mapped[int] = mapped_column(default=0)
    sent: Mapped[int] = mapped_column(default=0)
    bounced: Mapped[int] = mapped_column(default=0)
    fault: Mapped[str] = mapped_column(String(300), default="")


class Outgoing(Model):
    """A message that waits to go; gone once it went. To whom is sealed: `sealed` is the
    invitation's id, for whoever has the secret."""

    __tablename__ = "outgoing"
    __table_args__ = (
        CheckConstraint(f"state IN {STATES}", name="state"),
        Index("ix_outgoing_wave_id_state_due_at", "wave_id", "state", "due_at"),
        UNORDERED,
    )

    wave_id: Mapped[int] = mapped_column(ForeignKey("wave.id"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    mailing: Mapped[int]
    sealed: Mapped[int] = mapped_column(BigInteger)
    state: Mapped[str] = mapped_column(String(20), default="waiting")
    attempts: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime]
    claimed_at: Mapped[datetime | None]


def add_outgoing(session: Session, rows: Sequence[dict[str, Any]]) -> None:
    """Store messages that wait: rows of wave_id, id, mailing, sealed, due_at."""
    usual = {"state": "waiting", "attempts": 0, "claimed_at": None}
    if rows:
        session.connection().execute(insert(table_of(Outgoing)), [usual | row for row in rows])


LONGEST_WAIT: Final = timedelta(days=1)
"""No message waits for longer: one that is due later was put off by a clock that went ahead."""


def _is_due(now: datetime) -> ColumnElement[bool]:
    in_time = (Outgoing.due_at <= now) | (Outgoing.due_at > now + LONGEST_WAIT)
    return (Outgoing.state == "waiting") & in_time


def claim(session: Session, wave_id: int, now: datetime) -> Outgoing | None:
    """A message that is due, now being handed over; None where none is. Nobody else gets it."""
    due = (
        select(Outgoing)
        .where(Outgoing.wave_id == wave_id, _is_due(now))
        .limit(1)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    )
    found = session.scalars(due).one_or_none()
    if found is not None:
        found.state, found.claimed_at, found.attempts = "handing-over", now, found.attempts + 1
        session.flush()
    return found


def leave_unsure(session: Session, now: datetime, dead_after: timedelta) -> int:
    """Mark what has been handed over for so long that its worker has died, or by a clock that was
    so far ahead; how many."""
    claimed = Outgoing.claimed_at
    dead = (claimed < now - dead_after) | (claimed > now + dead_after)
    stuck = update(Outgoing).where(Outgoing.state == "handing-over", dead).values(state="unsure")
    return rows_changed(session, stuck)


def count_result(session: Session, message: Outgoing, column: str) -> None:
    """Take a message out and count it as `sent` or `bounced`."""
    session.delete(message)
    session.flush()
    mine = (Mailing.wave_id == message.wave_id) & (Mailing.number == message.mailing)
    session.execute(
        update(Mailing).where(mine).values({column: getattr(Mailing, column) + 1, "fault": ""})
    )


def left(session: Session, wave_id: int) -> dict[tuple[int, str], int]:
    """How many messages of each mailing are in each state."""
    found = select(Outgoing.mailing, Outgoing.state, func.count())
    found = found.where(Outgoing.wave_id == wave_id).group_by(Outgoing.mailing, Outgoing.state)
    return {(mailing, state): number for mailing, state, number in session.execute(found)}


def waves_with_mail(session: Session, now: datetime) -> list[int]:
    """The waves that have messages due, or a mailing that is to be queued."""
    due = select(Outgoing.wave_id).where(_is_due(now))
    planned = select(Mailing.wave_id).where(Mailing.queued_at.is_(None), Mailing.due_at <= now)
    open_ones = select(Wave.id).where(Wave.state == "open")
    return list(
        session.scalars(open_ones.where(Wave.id.in_(due) | Wave.id.in_(planned)).order_by(Wave.id))
    )


def forget_outgoing(session: Session, wave_id: int) -> None:
    """Take out all that waits: the wave has closed."""
    session.execute(delete(Outgoing).where(Outgoing.wave_id == wave_id))
