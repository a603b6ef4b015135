"""What all tables share: naming convention, column types."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from typing import Any, cast

from sqlalchemy import JSON, CursorResult, DateTime, Dialect, LargeBinary, MetaData, Row, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.sql.dml import UpdateBase
from sqlalchemy.types import TypeDecorator

AnyRow = Row[*tuple[Any, ...]]
"""A row whose columns are known by name."""

Opened = Callable[[], AbstractContextManager[Session]]
"""Opens a session of its own for each transaction."""


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: aware in Python, UTC in the database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse an instant without a time zone: it could mean any of 24 hours."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"expected an aware datetime, got {value!r}")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """SQLite forgets the time zone: put it back."""
        return value and (value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC))


class Model(DeclarativeBase):
    """The base of every table. Constraints have names, so that faults are known by name."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 -- SQLAlchemy reads it as a class attribute
        datetime: UtcDateTime,
        bytes: LargeBinary,
        dict[str, Any]: JSON,
        list[Any]: JSON,
    }


# Rows of SQLite lie in the order of their random key: not even the file says who came after whom.
UNORDERED = {"sqlite_with_rowid": False}


WHOLE: dict[str, Any] = {"whole_transaction": True}
"""Execution options of a statement that needs no other to be true: where no transaction has begun,
PostgreSQL need not be told to begin one for it, nor to commit it."""


def table_of(model: type[Model]) -> Table:
    """The table behind a model, for statements that make no objects."""
    return cast(Table, model.__table__)


def is_postgresql(session: Session) -> bool:
    """Whether the session speaks to PostgreSQL; else it is SQLite."""
    return session.get_bind().dialect.name == "postgresql"


def rows_changed(session: Session, statement: UpdateBase) -> int:
    """Execute an INSERT, UPDATE or DELETE past the session's objects; how many rows it met."""
    # An INSERT has the new key returned, and then its rows are counted on request only.
    options = {"synchronize_session": False, "preserve_rowcount": True}
    return cast(CursorResult[Any], session.execute(statement, execution_options=options)).rowcount


def insert_into(session: Session, table: type[Model]) -> postgresql.Insert | sqlite.Insert:
    """An INSERT that knows ON CONFLICT, which both databases spell alike."""
    return postgresql.insert(table) if is_postgresql(session) else sqlite.insert(table)
