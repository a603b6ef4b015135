"""Pools of connections to a database, on SQLite and on PostgreSQL alike.

Both read what is committed, and on both a transaction begins at the first statement that writes,
or that selects FOR UPDATE. A page that only reads holds none: on SQLite it never takes the write
lock, with PostgreSQL it does not wait for BEGIN and ROLLBACK to go there and back. (Behind a pooler
alone it begins at once: what is set ends with it, see `limit_statements`.) On SQLite ours is BEGIN
IMMEDIATE: a transaction that has the write lock cannot be told later that its reads went stale.
What is read before the first write may change until then; so an operation either locks what it
reads (`with_for_update`) or writes on condition (`UPDATE … WHERE revision = …`).
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache
from select import POLLIN, poll
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.dialects.sqlite import dialect
from sqlalchemy.exc import ArgumentError, DatabaseError, InvalidatePoolError
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.schema import CreateIndex, CreateTable, DDLElement

from survey.storage import api_use
from survey.storage.model import WHOLE, table_of

FAULTS = (DatabaseError, ArgumentError, ModuleNotFoundError)
"""What the database raises, and an address that leads to none, or to one of a kind that is not
supported."""

SECONDS_TO_CONNECT = 10
SECONDS_TO_WAIT_FOR_A_LOCK = 15
"""Less than a web server leaves its workers: so whoever waits is told, and not cut off."""

SECONDS_BETWEEN_TRIES = 0.02

LAST_USED = "last used"
SECONDS_TAKEN_TO_LIVE = 1.0
"""So soon after its last use a connection is not asked whether it lives."""

POSTGRESQL_SETTINGS = (
    ("lock_timeout", f"{SECONDS_TO_WAIT_FOR_A_LOCK}s"),
    ("idle_in_transaction_session_timeout", "10min"),  # a machine that hangs, and holds locks
    ("tcp_keepalives_idle", "60"),  # one that has vanished
)
"""The same for all that connect: behind a pooler that shares connections, they are shared too."""

OF_ANOTHER_SHAPE = "0A000"
"""SQLSTATE of PostgreSQL where what was prepared no longer fits the tables: an upgrade."""

COMMITTED_BY_ITSELF = frozenset({"isolation_level", *WHOLE})
"""Execution options of what begins no transaction: each use that is counted, and `WHOLE`."""

LAST_FOR_A_TRANSACTION = (" FOR ", "pg_advisory_xact_lock", "set_config")
"""Words of statements that lock something, or set it, and write nothing."""

SQLITE_SETTINGS = """
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA foreign_keys = ON;
    PRAGMA secure_delete = ON; -- a draft that was deleted is overwritten
"""

SECONDS_TO_WAIT_FOR_A_COUNT = 1
COUNTS_SETTINGS = "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;"
"""No commit waits for the disk: what a power cut takes is a minute's counts."""


def in_short(fault: Exception) -> str:
    """What the database, or its driver, says of a fault: the first line."""
    return str(getattr(fault, "orig", fault)).strip().splitlines()[0]


def engine(url: str, **connecting: Any) -> Engine:
    """A pool of connections to the database at `url`. `connecting`: what its driver is told."""
    # A fault is logged without what was sent to the database: answers, addresses.
    if not url.startswith("sqlite"):
        told = {"connect_timeout": SECONDS_TO_CONNECT} | connecting
        made = create_engine(
            url, isolation_level="AUTOCOMMIT", connect_args=told, hide_parameters=True
        )
        event.listen(made, "connect", _set_up_postgresql)
        _before_each_statement(made, _begin_at_first_write)
        event.listen(made, "checkin", _begin_as_usual)
        _forget_what_was_prepared(made)
        _ping_what_was_idle(made)
        return made
    arguments = {"timeout": SECONDS_TO_WAIT_FOR_A_LOCK}
    made = create_engine(url, connect_args=arguments, hide_parameters=True)
    event.listen(made, "connect", _set_up_sqlite)
    _before_each_statement(made, _lock_at_first_write)
    return made


def limit_statements(made: Engine, seconds: float) -> None:
    """Let no statement run for longer, on PostgreSQL. Behind a pooler that ends with the
    transaction, so that work which may take its time gets the same connection later; said in one
    message with BEGIN, it costs none of its own."""
    if made.dialect.name == "sqlite":
        return
    limit = f"statement_timeout = {round(seconds * 1000)}"
    begin = f"BEGIN; SET LOCAL {limit}".encode()

    def limit_all(connection: Any, _record: object) -> None:
        if not _is_pooled(connection):
            connection.execute(f"SET {limit}")

    def begin_limited(dbapi_connection: Any) -> None:
        if _is_pooled(dbapi_connection) and not dbapi_connection.autocommit:
            # The driver sees a transaction and begins none. Where that fails, since the connection
            # was lost, so does the first statement, which says so.
            with suppress(made.dialect.loaded_dbapi.Error):
                dbapi_connection.pgconn.exec_(begin)

    event.listen(made, "connect", limit_all)
    dialect: Any = made.dialect
    dialect.do_begin = begin_limited  # not by an event, see `_before_each_statement`


def sessions(made: Engine) -> sessionmaker[Session]:
    """What opens sessions; rows stay readable after the entrance has committed. One that is given
    a connection in a transaction commits within that, to a savepoint."""
    return sessionmaker(made, expire_on_commit=False, join_transaction_mode="create_savepoint")


def counts(main: Engine) -> Engine:
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


def _set_up_postgresql(connection: Any, _record: object) -> None:
    connection.autocommit = True
    settings = ", ".join(f"set_config('{name}', '{to}', false)" for name, to in POSTGRESQL_SETTINGS)
    (answers, *_) = connection.execute(f"SELECT pg_backend_pid(), {settings}").fetchone()
    if answers != connection.info.backend_pid:
        # A pooler stands between, and may give the next transaction to another server: one that
        # does not know what was prepared, or what was set.
        connection.prepare_threshold = None
        connection.autocommit = False


def _before_each_statement(made: Engine, act: Callable[[Any, str, Any], None]) -> None:
    """Have `act` called with cursor, statement and context. Not by events: where an engine has
    any of those, each statement costs a tenth more, and a twentieth where its dialect has."""
    dialect: Any = made.dialect
    for name in ("do_execute", "do_executemany", "do_execute_no_params"):
        setattr(dialect, name, _after(act, getattr(dialect, name)))


def _after(act: Callable[[Any, str, Any], None], execute: Callable[..., None]) -> Any:
    def acted(cursor: Any, statement: str, *parameters_and_context: Any) -> None:
        act(cursor, statement, parameters_and_context[-1])
        execute(cursor, statement, *parameters_and_context)

    return acted


def _is_pooled(connection: Any) -> bool:
    """Whether a driver's connection leads to a pooler, as was seen when it was made."""
    return connection.prepare_threshold is None


def _begin_at_first_write(cursor: Any, statement: str, context: Any) -> None:
    driver = cursor.connection
    needed = driver.autocommit and (_needs_transaction(statement) or context._is_server_side)
    if needed and COMMITTED_BY_ITSELF.isdisjoint(context.execution_options):
        driver.autocommit = False  # the driver begins one before it sends the statement


def _begin_as_usual(connection: Any, _record: object) -> None:
    """Behind a pooler each transaction is begun at once, else at the first write."""
    if connection is None or connection.closed:
        return
    usual = not _is_pooled(connection)
    if connection.autocommit != usual:
        connection.autocommit = usual


def _forget_what_was_prepared(made: Engine) -> None:
    """Where a column has become another since statements were prepared that read it, have
    connections made afresh."""
    dialect: Any = made.dialect
    was_lost = dialect.is_disconnect

    def is_of_no_use(fault: Any, connection: Any, cursor: Any) -> bool:
        of_another_shape = getattr(fault, "sqlstate", None) == OF_ANOTHER_SHAPE
        return of_another_shape or bool(was_lost(fault, connection, cursor))

    dialect.is_disconnect = is_of_no_use


@lru_cache
def _needs_transaction(statement: str) -> bool:
    """Whether a statement for PostgreSQL writes, or does what lasts until a transaction ends."""
    reads_only = statement.lstrip()[:6].upper() == "SELECT"
    return not reads_only or any(words in statement for words in LAST_FOR_A_TRANSACTION)


def _ping_what_was_idle(made: Engine) -> None:
    """Have a connection replaced that the server has closed. To ask each time would cost as much
    as what is asked for: one that was in use just now, on which nothing has come in unasked (an
    end would), is taken to live."""

    @event.listens_for(made, "checkin")
    def note_when(_connection: object, record: ConnectionPoolEntry) -> None:
        record.info[LAST_USED] = time.monotonic()

    @event.listens_for(made, "checkout")
    def ping(connection: Any, record: ConnectionPoolEntry, _proxy: object) -> None:
        if LAST_USED not in record.info or _lives(connection, record.info[LAST_USED]):
            return
        try:
            made.dialect.do_ping(connection)
        except made.dialect.loaded_dbapi.Error as fault:
            raise InvalidatePoolError from fault


def _lives(connection: Any, last_used: float) -> bool:
    if connection.closed or time.monotonic() - last_used > SECONDS_TAKEN_TO_LIVE:
        return False
    unasked = poll()
    unasked.register(connection.fileno(), POLLIN)
    return not unasked.poll(0)


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


def _lock_at_first_write(cursor: Any, statement: str, context: Any) -> None:
    reads_only = statement.lstrip()[:6].upper() in ("SELECT", "PRAGMA")
    if reads_only and not _is_for_update(context):
        return
    if not cursor.connection.in_transaction:
        cursor.execute("BEGIN IMMEDIATE")


def _is_for_update(context: Any) -> bool:
    statement = getattr(getattr(context, "compiled", None), "statement", None)
    return getattr(statement, "_for_update_arg", None) is not None


def _set_up_counts(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # each statement is committed by itself
    table = table_of(api_use.ApiUse)
    made: list[DDLElement] = [CreateTable(table, if_not_exists=True)]
    made += (CreateIndex(index, if_not_exists=True) for index in table.indexes)
    connection.executescript(COUNTS_SETTINGS)
    for one in made:
        connection.execute(str(one.compile(dialect=dialect())))
