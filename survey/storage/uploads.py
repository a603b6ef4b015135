"""Files that admins hand in, until they are taken or left. They hold people, so not for long."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, delete, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from survey.storage.model import Model

STATES = ("new", "checking", "checked", "importing", "done")


class Upload(Model):
    """A file and what is to be done with it. `columns`: our names to the file's. `problems`:
    [row, column, message, mend, code] each; `result`: what it would change, or did change.
    """

    __tablename__ = "upload"
    __table_args__ = (
        CheckConstraint("kind IN ('units', 'people')", name="kind"),
        CheckConstraint(f"state IN {STATES}", name="state"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    account_id: Mapped[int | None]
    kind: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(String(200))
    content: Mapped[bytes]
    columns: Mapped[dict[str, Any]]
    others_left: Mapped[bool] = mapped_column(default=False)
    state: Mapped[str] = mapped_column(String(10), default="new")
    rows: Mapped[int] = mapped_column(default=0)
    done: Mapped[int] = mapped_column(default=0)
    problems: Mapped[list[Any]] = mapped_column(default=list)
    result: Mapped[dict[str, Any]] = mapped_column(default=dict)
    at: Mapped[datetime]


def waiting(session: Session) -> list[UUID]:
    """The uploads that a worker is to check or to take in."""
    found = select(Upload.id).where(Upload.state.in_(("checking", "importing")))
    return list(session.scalars(found.order_by(Upload.at)))


def say_progress(session: Session, upload_id: UUID, done: int, rows: int) -> None:
    """Note how far it has come."""
    session.execute(update(Upload).where(Upload.id == upload_id).values(done=done, rows=rows))


def forget_before(session: Session, moment: datetime) -> None:
    """Delete what was handed in before."""
    session.execute(delete(Upload).where(Upload.at < moment))
