"""How often programs ask, and what they were answered who may ask the same again."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import ForeignKey, bindparam, case, delete
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from survey.storage.model import (
    UNORDERED,
    Model,
    insert_into,
    is_postgresql,
    rows_changed,
    table_of,
)


class ApiUse(Model):
    """How often something was asked for in a stretch of time, and when that ends. `key` is a
    digest of what: nobody reads a token or an address out of it."""

    __tablename__ = "api_use"
    __table_args__ = (UNORDERED,)

    key: Mapped[bytes] = mapped_column(primary_key=True)
    used: Mapped[int]
    until: Mapped[datetime] = mapped_column(index=True)


class ApiAnswer(Model):
    """What the request of a token with this key was answered. `token` and `key` are digests, and so
    is `request`: of all that another request would have otherwise."""

    __tablename__ = "api_answer"

    token: Mapped[bytes] = mapped_column(
        ForeignKey("api_token.digest", ondelete="CASCADE"), primary_key=True
    )
    key: Mapped[bytes] = mapped_column(primary_key=True)
    request: Mapped[bytes]
    status: Mapped[int]
    headers: Mapped[list[Any]]
    body: Mapped[bytes]
    at: Mapped[datetime] = mapped_column(index=True)


def use(session: Session, key: bytes, *, now: datetime, stretch: timedelta) -> tuple[int, datetime]:
    """Count one use; how many that makes in its stretch of time, and when that ends: one statement.

    A stretch begins with the first use after the last has ended. One that ends later than two from
    now was begun by a clock that had gone ahead, and ends at once.
    """
    asked = {"key": key, "used": 1, "until": now + stretch, "now": now, "far": now + 2 * stretch}
    used, until = session.connection().execute(_counting(is_postgresql(session)), asked).one()
    return used, until


@cache
def _counting(on_postgresql: bool) -> Any:
    """The statement of `use`, made once: making it takes longer than it does."""
    table = table_of(ApiUse)
    new = (postgresql if on_postgresql else sqlite).insert(table)
    now, far = (bindparam(name, type_=table.c.until.type) for name in ("now", "far"))
    ended = (table.c.until <= now) | (table.c.until > far)
    return new.on_conflict_do_update(
        index_elements=["key"],
        set_={
            "used": case((ended, 1), else_=table.c.used + 1),
            "until": case((ended, new.excluded.until), else_=table.c.until),
        },
    ).returning(table.c.used, table.c.until)


def forget_uses(session: Session, before: datetime) -> None:
    """Delete the counts whose stretch ended before this."""
    rows_changed(session, delete(ApiUse).where(ApiUse.until < before))


def forget_use(session: Session, key: bytes) -> None:
    """Delete one count: the next begins a stretch of its own."""
    rows_changed(session, delete(ApiUse).where(ApiUse.key == key))


def keep_answer(session: Session, answer: dict[str, Any]) -> bool:
    """Keep an answer by the columns of its row, unless there is one for its key; whether it is
    kept."""
    new = insert_into(session, ApiAnswer).values(answer).on_conflict_do_nothing()
    return rows_changed(session, new) == 1


def forget_answers(session: Session, until: datetime) -> int:
    """Delete the answers given then or before; how many."""
    return rows_changed(session, delete(ApiAnswer).where(ApiAnswer.at <= until))
