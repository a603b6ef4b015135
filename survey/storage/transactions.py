"""Transactions of another kind than that of a request: alone with the tables, or at one moment."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final, cast

from sqlalchemy import Connection, Engine, func, select
from sqlalchemy.exc import OperationalError

UPGRADING: Final = 0x737572766579
"""The advisory lock of whoever changes tables. (Those of `storage.waves` have two numbers.)"""

IN_THE_WAY: Final = ("55P03", "40P01")
"""SQLSTATE of PostgreSQL: lock_not_available, deadlock_detected."""

NO_LIMIT: Final = "0"


@dataclass(frozen=True, slots=True)
class Patience:
    """How an upgrade waits for tables that others use. While it waits, everybody who comes after
    waits for it: so not long at a time (`lock`), but some `tries`, with a growing `pause` between.
    `statement`: how long one change may take. All in seconds."""

    lock: float = 5
    tries: int = 8
    statement: float = 900
    pause: Callable[[float], object] = time.sleep


USUAL: Final = Patience()


def others_are_in_the_way(fault: OperationalError) -> bool:
    """Whether PostgreSQL says that others use a table for longer than one waits, or wait for one
    in turn."""
    return getattr(fault.orig, "sqlstate", None) in IN_THE_WAY


@contextmanager
def alone(made: Engine, patience: Patience) -> Iterator[Connection]:
    """A transaction that may change tables, while nobody else does: who comes second waits.
    Committed at its end, and the engine disposed of."""
    try:
        with made.connect() as connection, connection.begin():
            if made.dialect.name == "sqlite":
                _be_alone_on_sqlite(connection, patience)
            else:
                _be_alone_on_postgresql(connection, patience)
            yield connection
    finally:
        made.dispose()


def _be_alone_on_sqlite(connection: Connection, patience: Patience) -> None:
    # SQLite alters a table by writing it afresh; dropping the old one would take the rows with it
    # that refer to it. And what is read before a transaction writes may change until then.
    connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
    connection.exec_driver_sql(f"PRAGMA busy_timeout = {round(patience.statement * 1000)}")
    _driver(connection).execute("BEGIN IMMEDIATE")


def _be_alone_on_postgresql(connection: Connection, patience: Patience) -> None:
    _set(connection, "lock_timeout", NO_LIMIT)  # whoever else upgrades comes to an end
    connection.execute(select(func.pg_advisory_xact_lock(UPGRADING)))
    _set(connection, "lock_timeout", f"{round(patience.lock * 1000)}ms")
    _set(connection, "statement_timeout", f"{round(patience.statement * 1000)}ms")


@contextmanager
def snapshot(made: Engine) -> Iterator[Connection]:
    """A connection that reads, and sees the database as it is at one moment, whoever writes
    meanwhile. The engine is disposed of at the end."""
    try:
        with made.connect() as connection:
            if made.dialect.name == "sqlite":
                _driver(connection).execute("BEGIN")
            else:
                connection.execution_options(
                    isolation_level="REPEATABLE READ", postgresql_readonly=True
                )
                # Who takes what is read, over a slow line, may need a while.
                _set(connection, "idle_in_transaction_session_timeout", NO_LIMIT)
            yield connection
    finally:
        made.dispose()


def _set(connection: Connection, name: str, value: str) -> None:
    """Set something of PostgreSQL until the transaction ends."""
    connection.execute(select(func.set_config(name, value, True)))


def _driver(connection: Connection) -> Any:
    """The driver's connection: what is said to it begins no transaction by itself."""
    return cast(Any, connection.connection.driver_connection)
