"""Unfinished answers. A draft is gone at submission."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from survey.storage.model import Model


class Draft(Model):
    """What somebody has answered so far, found by the digest of a key that only they hold."""

    __tablename__ = "draft"
    __table_args__ = (
        Index("uq_draft_wave_id_invitation_id", "wave_id", "invitation_id", unique=True),
    )

    wave_id: Mapped[int] = mapped_column(ForeignKey("wave.id"), primary_key=True)
    key_digest: Mapped[bytes] = mapped_column(primary_key=True)
    invitation_id: Mapped[int | None]
    unit_id: Mapped[int]
    shift: Mapped[int] = mapped_column(default=0)
    answers: Mapped[dict[str, Any]]
    revision: Mapped[int] = mapped_column(default=0)
