"""How the questions of a wave did, for whoever writes the next ones."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, Session, mapped_column

from survey.storage.model import Model


class Diagnostics(Model):
    """What cannot be told from a wave's tally, counted once when it closes. `figures` has only what
    may be seen (see `operations.diagnosing`)."""

    __tablename__ = "diagnostics"

    wave_id: Mapped[int] = mapped_column(ForeignKey("wave.id"), primary_key=True)
    figures: Mapped[dict[str, Any]]


def store(session: Session, wave_id: int, figures: dict[str, Any]) -> None:
    """Keep the figures of a wave that closes."""
    session.add(Diagnostics(wave_id=wave_id, figures=figures))
    session.flush()


def figures_of(session: Session, wave_id: int) -> dict[str, Any] | None:
    """The figures of a wave; None where it closed before there were any."""
    found = session.get(Diagnostics, wave_id)
    return None if found is None else found.figures
