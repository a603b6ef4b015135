"""Work that one worker does at a time. Its lease runs out by itself: a worker that dies holds up
nobody for long."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import String, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from survey.storage.model import Model, insert_into, rows_changed

NOBODY: Final = ""


class Lease(Model):
    """Who does the work of this name, and until when others leave it alone. Once it was given
    back, it is NOBODY's, and says until when somebody was at it."""

    __tablename__ = "lease"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    holder: Mapped[str] = mapped_column(String(40))
    until: Mapped[datetime]


def take(session: Session, name: str, holder: str, *, now: datetime, until: datetime) -> bool:
    """Take the work on, unless somebody is at it; whether it is taken.

    One that runs out more than a lease after this one would was taken by a clock that had gone
    ahead, and holds nothing up.
    """
    new = insert_into(session, Lease).values(name=name, holder=holder, until=until)
    taken = new.on_conflict_do_update(
        index_elements=["name"],
        set_={"holder": new.excluded.holder, "until": new.excluded.until},
        where=(Lease.holder == NOBODY)
        | (Lease.until <= now)
        | (Lease.until > until + (until - now)),
    )
    return rows_changed(session, taken) == 1


def extend(session: Session, name: str, holder: str, *, until: datetime) -> None:
    """Stay at it for longer."""
    mine = update(Lease).where(Lease.name == name, Lease.holder == holder)
    rows_changed(session, mine.values(until=until))


def give_back(session: Session, name: str, holder: str, *, now: datetime) -> None:
    """Let others take it on at once."""
    mine = update(Lease).where(Lease.name == name, Lease.holder == holder)
    rows_changed(session, mine.values(holder=NOBODY, until=now))


def last_held(session: Session, name: str) -> datetime | None:
    """Until when somebody was at the work of this name, or will be unless nothing more is heard
    of them; None where nobody ever was."""
    return session.scalar(select(Lease.until).where(Lease.name == name))
