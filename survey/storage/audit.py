"""Who did what to which object. Rows are only ever added: triggers of the database refuse the
rest."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import String, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from survey.storage.model import Model, is_postgresql

INSTALLATION = 0
"""In place of an organisation's id: what concerns none, or all."""

_APPENDING = 3
"""The purpose of an advisory lock, beside those of `waves`."""


class AuditEvent(Model):
    """One act. `account_id` is None for a command or for the program itself (`via` says which).

    Accounts and people stand here by their ids alone, so that somebody can be erased elsewhere
    and the log stays whole. `digest` is of this row and of the digest before it.
    """

    __tablename__ = "audit_event"

    organisation_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    account_id: Mapped[int | None]
    via: Mapped[str] = mapped_column(String(20))
    action: Mapped[str] = mapped_column(String(60))
    object: Mapped[str] = mapped_column(String(200))
    details: Mapped[dict[str, Any]]
    digest: Mapped[bytes]


def last_event(session: Session, organisation_id: int) -> AuditEvent | None:
    """The newest event. Nobody else appends to this log until the transaction ends."""
    if is_postgresql(session):
        session.execute(select(func.pg_advisory_xact_lock(_APPENDING, organisation_id)))
    newest = select(AuditEvent).where(AuditEvent.organisation_id == organisation_id)
    newest = newest.order_by(AuditEvent.number.desc()).limit(1)
    return session.scalar(newest if is_postgresql(session) else newest.with_for_update())


def events(session: Session, organisation_id: int) -> Iterator[AuditEvent]:
    """Every event of an organisation, the oldest first, few in memory at once."""
    mine = select(AuditEvent).where(AuditEvent.organisation_id == organisation_id)
    yield from session.scalars(
        mine.order_by(AuditEvent.number), execution_options={"yield_per": 1000}
    )


def logs(session: Session) -> list[int]:
    """The organisations that have a log, whether they still exist or not."""
    found = select(AuditEvent.organisation_id).distinct().order_by(AuditEvent.organisation_id)
    return list(session.scalars(found))
