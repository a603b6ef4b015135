"""The session of a request, and the engine behind it, on SQLite and on PostgreSQL alike.

Both read what is committed, and both lock at the first write. PostgreSQL does so by itself. On
SQLite the driver is kept from opening transactions, and ours begins with BEGIN IMMEDIATE at the
first statement that writes, or that selects FOR UPDATE: a page that only reads never takes the
write lock, and a transaction that has it cannot be told later that its reads went stale. What is
read before the first write may change until then; so an operation either locks what it reads
(`with_for_update`) or writes on condition (`UPDATE … WHERE revision = …`).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from pathlib import Path
from select import POLLIN, poll
from time import monotonic
from typing import TYPE_CHECKING, Any

from flask import Flask, current_app, g
from sqlalchemy import (
    Connection,
    Engine,
    create_engine,
    event,
    func,
    inspect,
    select,
    text,
    type_coerce,
)
from sqlalchemy.dialects.sqlite import dialect
from sqlalchemy.exc import ArgumentError, DatabaseError, InvalidatePoolError
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.schema import CreateIndex, CreateTable, DDLElement

from survey.storage import (
    accounts,
    api_use,
    audit,
    benchmarks,
    diagnostics,
    drafts,
    leases,
    manuscripts,
    messages,
    organisations,
    own_library,
    plans,
    rehearsals,
    reports,
    responses,
    sharing,
    tallies,
    tokens,
    uploads,
    versions,
    waves,
    webhooks,
)
from survey.storage.model import Model, Opened, UtcDateTime, table_of

if TYPE_CHECKING:
    from alembic.config import Config

TABLES = (
    accounts,
    api_use,
    audit,
    benchmarks,
    diagnostics,
    drafts,
    leases,
    manuscripts,
    messages,
    organisations,
    own_library,
    plans,
    rehearsals,
    reports,
    responses,
    sharing,
    tallies,
    tokens,
    uploads,
    versions,
    waves,
    webhooks,
)
"""The modules that fill `Model.metadata`: imported here so that it is whole."""

MIGRATIONS = Path(__file__).parent.parent / "migrations" / "versions"
SETTINGS_FILE = Path(__file__).parent.parent / "pyproject.toml"
FAULTS = (DatabaseError, ArgumentError, ModuleNotFoundError)
"""What the database raises, and an address that leads to none, or to one of a kind that is not
supported."""

SECONDS_TO_WAIT_FOR_A_LOCK = 15
LAST_USED = "last used"
SECONDS_TAKEN_TO_LIVE = 1.0
"""So soon after its last use a connection is not asked whether it lives."""
SQLITE_SETTINGS = """
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA foreign_keys = ON;
    PRAGMA secure_delete = ON; -- a draft that was deleted is overwritten
"""

SECONDS_TO_WAIT_FOR_A_COUNT = 1
COUNTS_SETTINGS = "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;"
"""No commit waits for the disk: what a power cut takes is a minute's counts."""


def engine(url: str) -> Engine:
    """A pool of connections to the database at `url`."""
    # A fault is logged without what was sent to the database: answers, addresses.
    if not url.startswith("sqlite"):
        # Prepared statements break behind a pooler that shares connections by transaction.
        arguments: dict[str, Any] = {"prepare_threshold": None}
        made = create_engine(url, connect_args=arguments, hide_parameters=True)
        _ping_what_was_idle(made)
        return made
    arguments = {"timeout": SECONDS_TO_WAIT_FOR_A_LOCK}
    made = create_engine(url, connect_args=arguments, hide_parameters=True)
    event.listen(made, "connect", _set_up_sqlite)
    event.listen(made, "before_cursor_execute", _lock_at_first_write)
    return made


def _ping_what_was_idle(made: Engine) -> None:
    """Have a connection replaced that the server has closed. To ask each time would cost as much
    as what is asked for: one that was in use just now, on which nothing has come in unasked (an
    end would), is taken to live."""

    @event.listens_for(made, "checkin")
    def note_when(_connection: object, record: ConnectionPoolEntry) -> None:
        record.info[LAST_USED] = monotonic()

    @event.listens_for(made, "checkout")
    def ping(connection: Any, record: ConnectionPoolEntry, _proxy: object) -> None:
        if LAST_USED not in record.info or _lives(connection, record.info[LAST_USED]):
            return
        try:
            made.dialect.do_ping(connection)
        except made.dialect.loaded_dbapi.Error as fault:
            raise InvalidatePoolError from fault


def _lives(connection: Any, last_used: float) -> bool:
    if connection.closed or monotonic() - last_used > SECONDS_TAKEN_TO_LIVE:
        return False
    unasked = poll()
    unasked.register(connection.fileno(), POLLIN)
    return not unasked.poll(0)


def _set_up_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver opens no transaction by itself
    connection.executescript(SQLITE_SETTINGS)


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

    @property
    def session(self) -> Session:
        """The session of this request or application context. The entrance commits it."""
        session: Session | None = g.get("session")
        if session is None:
            session = g.session = current_app.extensions["database"]()
        return session

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

    def is_ready(self) -> bool:
        """Whether the database answers and every migration has run."""
        try:
            return current_revision(self.session.connection()) == newest_revision()
        except DatabaseError:
            return False


def _close(_error: BaseException | None) -> None:
    session: Session | None = g.pop("session", None)
    if session is not None:
        session.close()


db = Database()
init_app = db.init_app
is_ready = db.is_ready


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
    from alembic.config import Config  # 8 MB, which no worker needs that serves pages

    return Config(toml_file=SETTINGS_FILE, attributes=attributes)


def migrate(url: str, to: str = "head") -> None:
    """Bring the database at `url` to the newest revision, from nothing if need be, or to an
    earlier one. All or nothing."""
    from alembic import command

    made = engine(url)
    with made.begin() as connection:
        if made.dialect.name == "sqlite":
            # SQLite alters a table by writing it afresh; dropping the old one would take the rows
            # with it that refer to it.
            connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
        command.upgrade(_settings(connection=connection), to)
        _check_references(connection)
    made.dispose()


def _check_references(connection: Connection) -> None:
    """Raises RuntimeError where a row refers to one that is not there."""
    if connection.dialect.name == "sqlite":
        lost = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        if lost:
            raise RuntimeError(f"the upgrade would lose what {len(lost)} rows refer to")


def differences(url: str) -> list[Any]:
    """What the tables in code say and the migrated database at `url` does not, or the reverse."""
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    made = engine(url)
    with made.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": _is_ours})
        found = compare_metadata(context, Model.metadata)
    made.dispose()
    return list(found)


def _is_ours(name: str | None, kind: str, _parents: object) -> bool:
    """Not the tables of the queue, which it makes by itself."""
    return kind != "table" or not (name or "").startswith("huey_")


def current_revision(connection: Connection) -> str | None:
    """The revision of the database, None where no migration has run."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return found


def clock_of(session: Session) -> datetime:
    """What time the database says it is."""
    now: datetime = session.scalars(select(type_coerce(func.now(), UtcDateTime))).one()
    return now


@cache
def newest_revision() -> str | None:
    """The revision that this code needs: each migration is named after its own."""
    return max((file.name[:4] for file in MIGRATIONS.glob("[0-9]*.py")), default=None)
