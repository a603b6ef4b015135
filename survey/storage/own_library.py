"""An organisation's own capabilities and maps, and shipped ones as it adapted them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from survey.storage.model import Model


class OwnPart(Model):
    """A file of the library as this organisation has it. `path` is as in the shipped library;
    `basis`: the shipped file it was adapted from, as it then was; None where it is all its own.
    `digest` is the SHA-256 of `source`."""

    __tablename__ = "own_part"

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    path: Mapped[str] = mapped_column(String(250), primary_key=True)
    source: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(String(64))
    basis: Mapped[str | None] = mapped_column(Text)
    saved_at: Mapped[datetime]
    saved_by: Mapped[int | None]


def parts_of(session: Session, organisation_id: int) -> list[OwnPart]:
    """All parts of an organisation, by path."""
    mine = select(OwnPart).where(OwnPart.organisation_id == organisation_id)
    return list(session.scalars(mine.order_by(OwnPart.path)))


def stamp(session: Session, organisation_id: int) -> tuple[tuple[str, str], ...]:
    """Path and digest of each part: the same as long as no part changes."""
    mine = select(OwnPart.path, OwnPart.digest).where(OwnPart.organisation_id == organisation_id)
    return tuple((path, digest) for path, digest in session.execute(mine.order_by(OwnPart.path)))
