"""Reports that were asked for, and the logo that an organisation's reports carry."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, delete, select, update
from sqlalchemy.orm import Mapped, Session, deferred, mapped_column

from survey.storage.accounts import OF_ACCOUNT
from survey.storage.model import Model, rows_changed

FORMATS: Final = ("pdf", "pptx", "xlsx", "docx")
STATES: Final = ("waiting", "ready", "failed")


class Report(Model):
    """A report that an account asked for: what it sees is what the account may see.

    `unit` and `part` say of what it is, as in addresses. `done` parts `of` so many are made; `of`
    is 0 until a worker has begun. `content` is there when it is ready, `fault` when it failed.
    """

    __tablename__ = "report"
    __table_args__ = (
        CheckConstraint(f"format IN {FORMATS}", name="format"),
        CheckConstraint(f"state IN {STATES}", name="state"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    wave_id: Mapped[int] = mapped_column(ForeignKey("wave.id", ondelete="CASCADE"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey(OF_ACCOUNT, ondelete="CASCADE"), index=True)
    unit: Mapped[str | None] = mapped_column(String(80))
    part: Mapped[dict[str, Any]]
    format: Mapped[str] = mapped_column(String(4))
    language: Mapped[str] = mapped_column(String(8))
    state: Mapped[str] = mapped_column(String(7), default="waiting")
    done: Mapped[int] = mapped_column(default=0)
    of: Mapped[int] = mapped_column(default=0)
    attempts: Mapped[int] = mapped_column(default=0)
    name: Mapped[str] = mapped_column(String(200))
    content: Mapped[bytes | None] = deferred(mapped_column(LargeBinary))
    size: Mapped[int] = mapped_column(default=0)
    fault: Mapped[str] = mapped_column(String(300), default="")
    at: Mapped[datetime]


class Logo(Model):
    """The logo of an organisation: a PNG that we made of what was handed in."""

    __tablename__ = "logo"

    organisation_id: Mapped[int] = mapped_column(
        ForeignKey("organisation.id", ondelete="CASCADE"), primary_key=True
    )
    content: Mapped[bytes]
    at: Mapped[datetime]


def of_account(session: Session, account_id: int, wave_id: int) -> list[Report]:
    """What an account asked for of a wave, the newest first, without the files themselves."""
    mine = select(Report).where(Report.account_id == account_id, Report.wave_id == wave_id)
    newest = mine.order_by(Report.at.desc(), Report.id)
    return list(session.scalars(newest.execution_options(populate_existing=True)))


def next_waiting(session: Session, most_attempts: int) -> Report | None:
    """The report that has waited longest for a worker, unless it was tried so often."""
    waiting = select(Report).where(Report.state == "waiting", Report.attempts < most_attempts)
    return session.scalar(waiting.order_by(Report.at, Report.id).limit(1))


def number_waiting(session: Session, account_id: int) -> int:
    """How many reports an account waits for."""
    waiting = select(Report.id).where(Report.account_id == account_id, Report.state == "waiting")
    return len(session.scalars(waiting).all())


def note(session: Session, report_id: UUID, **values: Any) -> bool:
    """Note how far a report is, or what came of it; whether it is still wanted."""
    mine = update(Report).where(Report.id == report_id, Report.state == "waiting")
    return rows_changed(session, mine.values(**values)) == 1


def give_up(session: Session, most_attempts: int, fault: str) -> int:
    """Let what was tried so often fail; how many that was."""
    tried = update(Report).where(Report.state == "waiting", Report.attempts >= most_attempts)
    return rows_changed(session, tried.values(state="failed", fault=fault))


def forget_before(session: Session, moment: datetime) -> int:
    """Delete what was asked for before; how many that was."""
    return rows_changed(session, delete(Report).where(Report.at < moment))
