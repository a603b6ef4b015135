"""Rehearsals of manuscripts: made-up people go through the text as it was. Kept for a day."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, delete, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from survey.storage.model import Model, rows_changed

STATES: Final = ("waiting", "done", "faulty", "failed")
SPREADS: Final = ("staff", "thousand")


class Rehearsal(Model):
    """What is to be rehearsed, how far that is, and what came of it.

    `digest` is the SHA-256 of the text; `source` is the text, until the rehearsal is over. `share`:
    of a hundred people, how many answer. `draw`: 0, or another for other people. `done` people `of`
    so many have gone through. A manuscript that is deleted takes its rehearsal along.
    """

    __tablename__ = "rehearsal"
    __table_args__ = (
        CheckConstraint(f"state IN {STATES}", name="state"),
        CheckConstraint(f"spread IN {SPREADS}", name="spread"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    manuscript_id: Mapped[int] = mapped_column(
        ForeignKey("manuscript.id", ondelete="CASCADE"), unique=True
    )
    digest: Mapped[str] = mapped_column(String(64))
    source: Mapped[str] = mapped_column(Text)
    spread: Mapped[str] = mapped_column(String(10))
    share: Mapped[int]
    minimum_group: Mapped[int]
    draw: Mapped[int]
    state: Mapped[str] = mapped_column(String(10), default="waiting")
    done: Mapped[int] = mapped_column(default=0)
    of: Mapped[int] = mapped_column(default=0)
    result: Mapped[dict[str, Any]] = mapped_column(default=dict)
    at: Mapped[datetime]


def rehearsal_of(session: Session, manuscript_id: int) -> Rehearsal | None:
    """The rehearsal of a manuscript, as the database has it now."""
    mine = select(Rehearsal).where(Rehearsal.manuscript_id == manuscript_id)
    return session.scalar(mine.execution_options(populate_existing=True))


def forget(session: Session, manuscript_id: int) -> None:
    """Delete the rehearsal of a manuscript."""
    session.execute(delete(Rehearsal).where(Rehearsal.manuscript_id == manuscript_id))


def forget_before(session: Session, moment: datetime) -> None:
    """Delete what was asked for before."""
    session.execute(delete(Rehearsal).where(Rehearsal.at < moment))


def next_waiting(session: Session) -> UUID | None:
    """The rehearsal that has waited longest for a worker."""
    waiting = select(Rehearsal.id).where(Rehearsal.state == "waiting")
    return session.scalar(waiting.order_by(Rehearsal.at, Rehearsal.id).limit(1))


def note(session: Session, rehearsal_id: UUID, **values: Any) -> bool:
    """Note how far a rehearsal is, or what came of it; whether it is still wanted."""
    mine = update(Rehearsal).where(Rehearsal.id == rehearsal_id, Rehearsal.state == "waiting")
    return rows_changed(session, mine.values(**values)) == 1
