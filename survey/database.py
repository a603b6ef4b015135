"""The session of a request, and sessions outside of one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from flask import Flask, current_app, g
from sqlalchemy import Engine, func, select, type_coerce
from sqlalchemy.exc import DatabaseError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session

from survey import engines, replica
from survey.engines import engine, sessions
from survey.revisions import current_revision, migrations_missing
from survey.storage.model import Opened, UtcDateTime

SECONDS_TO_REACH_A_COPY = 2


class Database:
    """Gives each request a session, opened when first asked for and closed at its end."""

    def init_app(self, app: Flask) -> None:
        """Connect `app` to the database in its setting DATABASE_URL. A statement of a page takes
        no longer than STATEMENT_SECONDS."""
        main = engine(app.config["DATABASE_URL"])
        engines.limit_statements(main, app.config["STATEMENT_SECONDS"])
        app.extensions["database"] = sessions(main)
        app.extensions["counts"] = sessions(engines.counts(main))
        app.teardown_appcontext(_close)

    def share_reading(self, app: Flask) -> None:
        """Where there is a copy of the database: read from it what is only read."""
        url = app.config["DATABASE_REPLICA_URL"]
        if url:
            copy = engine(url, connect_timeout=SECONDS_TO_REACH_A_COPY)
            engines.limit_statements(copy, app.config["STATEMENT_SECONDS"])
            replica.init_app(app, copy)

    @property
    def session(self) -> Session:
        """The session of this request or application context. The entrance commits it. Of a page
        that only reads it may be that of a copy of the database."""
        return replica.session_of_copy() or self.primary

    @property
    def primary(self) -> Session:
        """The same, but never of a copy: for what has to be true at this moment."""
        try:
            session: Session = g.session
        except AttributeError:
            session = g.session = current_app.extensions["database"]()
        return session

    def read_where_written(self) -> None:
        """From here on, let this request read nothing from a copy."""
        replica.read_where_written()

    @property
    def counts(self) -> Opened:
        """Opens sessions where uses are counted: no transaction, each statement is committed."""
        opened: Opened = current_app.extensions["counts"]
        return opened

    @contextmanager
    def all_or_nothing(self) -> Iterator[None]:
        """Within it, what the session commits is kept back, and committed together at the end;
        where it is left by a fault, nothing has happened."""
        session = self.session
        session.commit()  # ends the transaction in which something was read
        pool: Engine = current_app.extensions["database"].kw["bind"]
        with pool.connect() as connection, connection.begin():
            session.bind = connection
            try:
                yield
                session.commit()
            finally:
                session.rollback()
                session.bind = pool

    def why_not_ready(self) -> tuple[str, str] | None:
        """What keeps this process from answering requests, and how to mend it; None where nothing
        does. A database that is already further than this code is no hindrance: while nodes are
        upgraded one after the other, those that wait their turn go on."""
        try:
            missing = migrations_missing(current_revision(self.session.connection()))
        except (DatabaseError, PoolTimeout):
            return "The database does not answer.", "survey doctor"
        if missing:
            return f"The database lacks {missing} migrations.", "survey database upgrade"
        return None


def _close(_error: BaseException | None) -> None:
    session: Session | None = g.pop("session", None)
    if session is not None:
        session.close()


db = Database()


@contextmanager
def session_scope(url: str, **connecting: Any) -> Iterator[Session]:
    """A session outside a request. Who asked for it commits; else nothing has happened.
    `connecting`: what its driver is told."""
    made = engine(url, **connecting)
    try:
        with sessions(made)() as session:
            yield session
    finally:
        made.dispose()


def clock_of(session: Session) -> datetime:
    """What time the database says it is."""
    now: datetime = session.scalars(select(type_coerce(func.now(), UtcDateTime))).one()
    return now
