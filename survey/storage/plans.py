"""What leads decided: actions, and steps agreed in workshops. Nothing here comes from answers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from survey.storage.model import Model

STATES: Final = ("planned", "under-way", "done", "dropped")


class Action(Model):
    """What somebody will do about a capability, in a unit with all below it or in the whole.

    `wave_id`: the wave whose profile it was planned from, so that the next one shows what came of
    it. `owner`: whoever sees to it, in the words of whoever wrote it. `evidence`: what shows that
    it has worked. `revision` grows with every change.
    """

    __tablename__ = "action"
    __table_args__ = (
        Index("ix_action_wave_id", "wave_id"),
        CheckConstraint(f"state IN {STATES}", name="state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    wave_id: Mapped[int] = mapped_column(ForeignKey("wave.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    capability: Mapped[str] = mapped_column(String(100))
    title: Mapped[str] = mapped_column(String(200))
    owner: Mapped[str] = mapped_column(String(200))
    due: Mapped[date]
    state: Mapped[str] = mapped_column(String(10))
    evidence: Mapped[str] = mapped_column(Text)
    revision: Mapped[int] = mapped_column(default=1)

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.state in ("planned", "under-way")


class AgreedStep(Model):
    """The step on which those in a workshop agreed, and why: beside what staff said, never mixed
    with it."""

    __tablename__ = "agreed_step"
    __table_args__ = (CheckConstraint("step BETWEEN 1 AND 5", name="step"),)

    wave_id: Mapped[int] = mapped_column(ForeignKey("wave.id"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    capability: Mapped[str] = mapped_column(String(100), primary_key=True)
    step: Mapped[int]
    reason: Mapped[str] = mapped_column(String(1000))
    revision: Mapped[int] = mapped_column(default=1)


def actions_of(session: Session, wave_ids: Sequence[int]) -> list[Action]:
    """The actions planned from these waves, the earliest due first."""
    found = select(Action).where(Action.wave_id.in_(wave_ids))
    return list(session.scalars(found.order_by(Action.due, Action.id)))


def agreed_steps(
    session: Session, wave_id: int, unit_id: int, capability: str | None = None
) -> dict[str, AgreedStep]:
    """What was agreed of a unit in a wave, by capability."""
    found = select(AgreedStep).where(AgreedStep.wave_id == wave_id, AgreedStep.unit_id == unit_id)
    if capability is not None:
        found = found.where(AgreedStep.capability == capability)
    return {one.capability: one for one in session.scalars(found)}
