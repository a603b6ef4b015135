"""What was frozen of what authors wrote."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from survey.storage.model import Model


class Version(Model):
    """A frozen questionnaire: canonical JSON, known by its SHA-256. Never changed or deleted."""

    __tablename__ = "version"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    content: Mapped[bytes]


class Publication(Model):
    """That an organisation published a version, which waves may then ask. `source`: as its author
    wrote it, read only when asked for; None of what was published before that was kept."""

    __tablename__ = "publication"
    __table_args__ = (UniqueConstraint("organisation_id", "version_digest"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    version_digest: Mapped[str] = mapped_column(ForeignKey("version.digest"))
    questionnaire: Mapped[str] = mapped_column(String(100))
    title: Mapped[str] = mapped_column(String(200))
    published_at: Mapped[datetime]
    published_by: Mapped[int | None]
    signed_by: Mapped[int | None]
    source: Mapped[str | None] = mapped_column(Text, deferred=True)


def content_of(session: Session, digest: str) -> bytes | None:
    """The canonical JSON of a version."""
    return session.scalar(select(Version.content).where(Version.digest == digest))
