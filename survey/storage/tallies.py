"""Counts of ratings: all that a profile needs. And the targets it is held against."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from survey.storage.model import Model


class Tally(Model):
    """What a unit, with all below it, has answered: one row however many responses.

    `figures` is a packed `maturity.tally.Tally`; `disclosure`, once the wave is closed, one byte
    an item: what may be shown of it (see `maturity.disclosure`).
    """

    __tablename__ = "tally"

    wave_id: Mapped[int] = mapped_column(ForeignKey("wave.id"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    responses: Mapped[int]
    figures: Mapped[bytes]
    disclosure: Mapped[bytes | None]


class Target(Model):
    """The step that leads want to reach in a capability, and why."""

    __tablename__ = "target"
    __table_args__ = (CheckConstraint("step BETWEEN 1 AND 5", name="step"),)

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    capability: Mapped[str] = mapped_column(String(100), primary_key=True)
    step: Mapped[int]
    reason: Mapped[str] = mapped_column(String(1000))
