"""The session of a request, and the engine behind it, on SQLite and on PostgreSQL alike.

Both read what is committed, and both lock at the first write. PostgreSQL does so by itself. On
SQLite the driver is kept from opening transactions, and ours begins with BEGIN IMMEDIATE at the
first statement that writes, or that selects FOR UPDATE: a page that only reads never takes the
write lock, and a transaction that has it cannot be told later that its reads went stale. What is
read before the first write may change until then; so an operation either locks what it reads
(`with_for_update`) or writes on condition (`UPDATE … WHERE revision = …`).
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.script.revision import ResolutionError
from flask import Flask, current_app, g
from sqlalchemy import Connection, Engine, create_engine, event, func, select, type_coerce
from sqlalchemy.dialects.sqlite import dialect
from sqlalchemy.exc import ArgumentError, DatabaseError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.schema import CreateIndex, CreateTable, DDLElement

from survey import replica
from survey.operations.errors import Refused
from survey.storage import api_use
from survey.storage.distribution import statements
from survey.storage.every_table import TABLES
from survey.storage.model import Opened, UtcDateTime, table_of
from survey.storage.transactions import USUAL, Patience, alone, others_are_in_the_way

SETTINGS_FILE = Path(__file__).parent.parent / "pyproject.toml"
FAULTS = (DatabaseError, ArgumentError, ModuleNotFoundError)
"""What the database raises, and an address that leads to none, or to one of a kind that is not
supported."""

SECONDS_TO_WAIT_FOR_A_LOCK = 15
SECONDS_BETWEEN_TRIES = 0.02
SECONDS_TO_REACH_A_COPY = 2
SQLITE_SETTINGS = """
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA foreign_keys = ON;
    PRAGMA secure_delete = ON; -- a draft that was deleted is overwritten
"""

SECONDS_TO_WAIT_FOR_A_COUNT = 1
COUNTS_SETTINGS = "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;"
"""No commit waits for the disk: what a power cut takes is a minute's counts."""


def engine(url: str, **connecting: Any) -> Engine:
    """A pool of connections to the database at `url`. `connecting`: what its driver is told."""
    # A fault is logged without what was sent to the database: answers, addresses.
    if not url.startswith("sqlite"):
        # Prepared statements break behind a pooler that shares connections by transaction.
        arguments: dict[str, Any] = {"prepare_threshold": None} | connecting
        return create_engine(url, pool_pre_ping=True, connect_args=arguments, hide_parameters=True)
    arguments = {"timeout": SECONDS_TO_WAIT_FOR_A_LOCK}
    made = create_engine(url, connect_args=arguments, hide_parameters=True)
    event.listen(made, "connect", _set_up_sqlite)
    event.listen(made, "before_cursor_execute", _lock_at_first_write)
    return made


def _set_up_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver opens no transaction by itself
    until = time.monotonic() + SECONDS_TO_WAIT_FOR_A_LOCK
    while True:
        try:
            connection.executescript(SQLITE_SETTINGS)
            return
        except sqlite3.OperationalError as fault:
            # Where several come to a new file at once, SQLite does not wait for its journal mode.
            if fault.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(SECONDS_BETWEEN_TRIES)


def _lock_at_first_write(
    connection: Connection, cursor: Any, statement: str, _parameters: Any, context: Any, _many: bool
) -> None:
    reads_only = statement.lstrip()[:6].upper() in ("SELECT", "PRAGMA")
    if reads_only and not _is_for_update(context):
        return
    if not cursor.connection.in_transaction:
        cursor.execute("BEGIN IMMEDIATE")


def _is_for_update(context: Any) -> bool:
    statement = getattr(getattr(context, "compiled", None), "statement", None)
    return getattr(statement, "_for_update_arg", None) is not None


def sessions(made: Engine) -> sessionmaker[Session]:
    """What opens sessions; rows stay readable after the entrance has committed. One that is given
    a connection in a transaction commits within that, to a savepoint."""
    return sessionmaker(made, expire_on_commit=False, join_transaction_mode="create_savepoint")


def _counts(main: Engine) -> Engine:
    """Where uses are counted (`storage.api_use`), each statement committed by itself.

    PostgreSQL does so in its table, which is not logged. SQLite has one writer for a whole
    database, and who submits answers would wait for whoever only reads: there the table is in a
    file beside it, which may be deleted at any time.
    """
    if main.dialect.name != "sqlite":
        return main.execution_options(isolation_level="AUTOCOMMIT")
    file = main.url.database
    beside = main.url.set(database=f"{file}-counts" if file else None)
    waiting = {"timeout": SECONDS_TO_WAIT_FOR_A_COUNT}
    made = create_engine(beside, connect_args=waiting, hide_parameters=True)
    event.listen(made, "connect", _set_up_counts)
    return made


def _set_up_counts(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # each statement is committed by itself
    table = table_of(api_use.ApiUse)
    made: list[DDLElement] = [CreateTable(table, if_not_exists=True)]
    made += (CreateIndex(index, if_not_exists=True) for index in table.indexes)
    connection.executescript(COUNTS_SETTINGS)
    for one in made:
        connection.execute(str(one.compile(dialect=dialect())))


class Database:
    """Gives each request a session, opened when first asked for and closed at its end."""

    def init_app(self, app: Flask) -> None:
        """Connect `app` to the database in its setting DATABASE_URL."""
        main = engine(app.config["DATABASE_URL"])
        app.extensions["database"] = sessions(main)
        app.extensions["counts"] = sessions(_counts(main))
        app.teardown_appcontext(_close)

    def share_reading(self, app: Flask) -> None:
        """Where there is a copy of the database: read from it what is only read."""
        url = app.config["DATABASE_REPLICA_URL"]
        if url:
            replica.init_app(app, engine(url, connect_timeout=SECONDS_TO_REACH_A_COPY))

    @property
    def session(self) -> Session:
        """The session of this request or application context. The entrance commits it. Of a page
        that only reads it may be that of a copy of the database."""
        return replica.session_of_copy() or self.primary

    @property
    def primary(self) -> Session:
        """The same, but never of a copy: for what has to be true at this moment."""
        if "session" not in g:
            g.session = current_app.extensions["database"]()
        session: Session = g.session
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
init_app = db.init_app


@contextmanager
def session_scope(url: str) -> Iterator[Session]:
    """A session outside a request. Who asked for it commits; else nothing has happened."""
    made = engine(url)
    try:
        with sessions(made)() as session:
            yield session
    finally:
        made.dispose()


def _settings(**attributes: object) -> Config:
    return Config(toml_file=SETTINGS_FILE, attributes=attributes)


def migrate(url: str, to: str = "head", patience: Patience = USUAL) -> None:
    """Bring the database at `url` to the newest revision, from nothing if need be, or to an
    earlier one. All or nothing, and one at a time. Raises Refused where others use the tables."""
    for attempt in range(patience.tries):
        try:
            with alone(engine(url), patience) as connection:
                upgrade(connection, to)
            return
        except OperationalError as fault:
            if not others_are_in_the_way(fault):
                raise
            patience.pause(2**attempt)
    raise Refused(
        "Others kept using the tables, so nothing was upgraded.",
        "Try again at a quieter hour, or stop the product meanwhile.",
    )


def upgrade(connection: Connection, to: str = "head") -> None:
    """Bring tables to a revision in a transaction that `alone` has opened."""
    command.upgrade(_settings(connection=connection), to)
    _check_references(connection)


def _check_references(connection: Connection) -> None:
    """Raises RuntimeError where a row refers to one that is not there."""
    if connection.dialect.name == "sqlite":
        lost = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        if lost:
            raise RuntimeError(f"the upgrade would lose what {len(lost)} rows refer to")


def differences(url: str) -> list[Any]:
    """What the tables in code say and the migrated database at `url` does not, or the reverse."""
    made = engine(url)
    with made.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": _is_ours})
        found = compare_metadata(context, TABLES)
    made.dispose()
    return list(found)


def spreading() -> Iterator[str]:
    """The statements that spread the tables over the machines of a distributed PostgreSQL."""
    return statements(TABLES)


def _is_ours(name: str | None, kind: str, _parents: object) -> bool:
    """Not the tables of the queue, which it makes by itself."""
    return kind != "table" or not (name or "").startswith("huey_")


def current_revision(connection: Connection) -> str | None:
    """The revision of the database, None where no migration has run."""
    return MigrationContext.configure(connection).get_current_revision()


def clock_of(session: Session) -> datetime:
    """What time the database says it is."""
    now: datetime = session.scalars(select(type_coerce(func.now(), UtcDateTime))).one()
    return now


@cache
def newest_revision() -> str | None:
    """The revision that this code needs."""
    return ScriptDirectory.from_config(_settings()).get_current_head()


def migrations_missing(revision: str | None) -> int | None:
    """How many migrations of this code a database at `revision` has not had; None where it stands
    at one that this code does not know, since newer code has been at it."""
    if revision == newest_revision():
        return 0
    scripts = ScriptDirectory.from_config(_settings())
    try:
        return len(list(scripts.iterate_revisions("head", revision or "base")))
    except ResolutionError:
        return None


def knows(revision: str) -> bool:
    """Whether this code has had tables of that revision."""
    known = ScriptDirectory.from_config(_settings()).walk_revisions()
    return revision in {one.revision for one in known}
