"""A backup is put into a database, of either kind: all of it or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import Any, BinaryIO, Final

from sqlalchemy import Connection, bindparam, func, inspect, select, text, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from survey.backups.archive import Counted, Heading, heading_of, read
from survey.backups.shapes import Shape, row_of, table_like
from survey.backups.taking import LEFT_OUT, rows_of, secret_mark, sequence_of
from survey.engines import engine
from survey.migrating import upgrade
from survey.revisions import current_revision, knows, newest_revision
from survey.operations import auditing
from survey.operations.errors import Refused
from survey.storage.model import Model
from survey.storage.transactions import USUAL, alone, others_are_in_the_way

VERSION_TABLE: Final = "alembic_version"
"""Where Alembic keeps the revision."""

FUNCTIONS: Final = ("refuse_change",)
"""What migrations make on PostgreSQL that does not go with its table."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored, and whether this installation has the secret key that it was made under:
    without it links, webhooks and second factors of the backup do not work."""

    heading: Heading
    tables: tuple[Counted, ...]
    same_secret: bool


def check(file: BinaryIO, key: bytes) -> tuple[Heading, tuple[Counted, ...]]:
    """Read a backup to its end: what it is of, and how many rows of what. Raises Unreadable."""
    return read(file, key, lambda _shape, _lines: None)


def rows_held(url: str) -> int:
    """How many rows are in the database at `url`, of what a backup has; 0 where it has no tables.

    Raises Refused where the tables are those of another version.
    """
    made = engine(url)
    try:
        with made.connect() as connection:
            return _rows_held(connection)
    finally:
        made.dispose()


def restore(
    url: str, file: BinaryIO, key: bytes, *, secret: str, replace: bool = False
) -> Restored:
    """Put a backup into the database at `url`, which is empty, or emptied where `replace`.

    The whole file is read before anything is written, and all is written in one transaction: the
    tables as they were when the backup was made, its rows, and then what migrations have changed
    since. Raises Unreadable, or Refused, also where rows do not come through as they were.
    """
    heading = heading_of(file, key)
    if not knows(heading.revision):
        raise Refused(
            "A newer version of the product made this backup.",
            f"Install version {heading.product} or a later one.",
        )
    file.seek(0)
    check(file, key)
    file.seek(0)
    try:
        with alone(engine(url), USUAL) as connection:
            tables = _put(connection, file, key, heading, replace=replace)
    except OperationalError as fault:
        if not others_are_in_the_way(fault):
            raise
        raise Refused(
            "Others are using the database, so nothing was restored.",
            "Stop the product, then try again.",
        ) from fault
    return Restored(heading, tables, secret_mark(secret) == heading.secret_mark)


def _put(
    connection: Connection, file: BinaryIO, key: bytes, heading: Heading, *, replace: bool
) -> tuple[Counted, ...]:
    if _rows_held(connection) and not replace:
        raise Refused(
            "The database is not empty, and was left as it is.",
            "Give an empty one, or --replace to delete all that is in it.",
        )
    _empty(connection)
    upgrade(connection, heading.revision)
    tables = _load(connection, file, key)
    upgrade(connection)
    _note(connection, heading)
    return tables


def _rows_held(connection: Connection) -> int:
    if current_revision(connection) is None:
        return 0
    if current_revision(connection) != newest_revision():
        raise Refused(
            "The database does not have the tables of this version, and was left as it is.",
            "Run: survey database upgrade",
        )
    tables = (one for one in Model.metadata.sorted_tables if one.name not in LEFT_OUT)
    counts = (connection.scalar(select(func.count()).select_from(one)) or 0 for one in tables)
    return sum(counts)


def _empty(connection: Connection) -> None:
    """Drop our tables: those of the version of the backup take their place."""
    there = set(inspect(connection).get_table_names())
    ours = [VERSION_TABLE, *(one.name for one in reversed(Model.metadata.sorted_tables))]
    quote = connection.dialect.identifier_preparer.quote
    for name in ours:
        if name in there:
            connection.exec_driver_sql(f"DROP TABLE {quote(name)}")
    if connection.dialect.name == "postgresql":
        for name in FUNCTIONS:
            connection.exec_driver_sql(f"DROP FUNCTION IF EXISTS {name}()")


def _load(connection: Connection, file: BinaryIO, key: bytes) -> tuple[Counted, ...]:
    """Write all rows, and make sure that each table reads as it did when the backup was made."""
    postponed: list[tuple[Shape, dict[str, Any]]] = []

    def take(shape: Shape, lines: list[bytes]) -> None:
        rows = [row_of(shape, line) for line in lines]
        if shape.own:
            referring = (row for row in rows if any(row[name] for name in shape.own))
            postponed.extend((shape, _own(shape, row)) for row in referring)
            rows = [row | dict.fromkeys(shape.own) for row in rows]
        connection.execute(table_like(shape).insert(), rows)

    heading, tables = read(file, key, take)
    for shape in heading.tables:
        _refer(connection, shape, [values for of, values in postponed if of is shape])
    for shape, counted in zip(heading.tables, tables, strict=True):
        _go_on_numbering(connection, shape, counted)
        _compare(connection, shape, counted)
    return tables


def _own(shape: Shape, row: dict[str, Any]) -> dict[str, Any]:
    """The key of a row, and what refers to rows of the same table, as parameters: a name may be
    both."""
    key = {f"key_{name}": row[name] for name in shape.key}
    return key | {f"own_{name}": row[name] for name in shape.own}


def _refer(connection: Connection, shape: Shape, postponed: list[dict[str, Any]]) -> None:
    """Let rows refer to others of their table, now that all are there."""
    if not postponed:
        return
    table = table_like(shape)
    changed = update(table).values({name: bindparam(f"own_{name}") for name in shape.own})
    for name in shape.key:
        changed = changed.where(table.c[name] == bindparam(f"key_{name}"))
    connection.execute(changed, postponed)


def _go_on_numbering(connection: Connection, shape: Shape, counted: Counted) -> None:
    """Let PostgreSQL give numbers above all that were given; SQLite looks at the rows."""
    sequence = sequence_of(connection, shape)
    if sequence is None or shape.numbered is None:
        return
    highest = connection.scalar(select(func.max(table_like(shape).c[shape.numbered])))
    last = max(highest or 0, counted.last or 0)
    if last:
        asked = text("SELECT setval(CAST(:sequence AS regclass), :last)")
        connection.execute(asked, {"sequence": sequence, "last": last})


def _compare(connection: Connection, shape: Shape, counted: Counted) -> None:
    """Raises Refused where a table does not read as it did."""
    digest = sha256()
    for line in rows_of(connection, shape):
        digest.update(line)
    if digest.hexdigest() != counted.sha256:
        raise Refused(
            f"The table “{shape.name}” did not come through as it was. Nothing was restored.",
            "Restore into the kind of database that the backup was made of.",
        )


def _note(connection: Connection, heading: Heading) -> None:
    with Session(connection, join_transaction_mode="create_savepoint") as session:
        auditing.act_as(session, auditing.Actor(None, "command"))
        made_at = heading.made_at.isoformat(timespec="seconds")
        auditing.note(session, "backup.restore", "database", made_at=made_at)
        session.commit()
