"""Work that one worker does at a time. Its lease runs out by itself: a worker that dies holds up
nobody for long."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String, delete, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from survey.storage.model import Model, insert_into, rows_changed


class Lease(Model):
    """Who does the work of this name, and until when others leave it alone."""

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
        where=(Lease.until <= now) | (Lease.until > until + (until - now)),
    )
    return rows_changed(session, taken) == 1


def extend(session: Session, name: str, holder: str, *, until: datetime) -> None:
    """Stay at it for longer."""
    mine = update(Lease).where(Lease.name == name, Lease.holder == holder)
    rows_changed(session, mine.values(until=until))


def give_back(session: Session, name: str, holder: str) -> None:
    """Let others take it on at once."""
    rows_changed(session, delete(Lease).where(Lease.name == name, Lease.holder == holder))
