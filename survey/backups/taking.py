"""A backup is made: every table as it is at one moment, whoever answers meanwhile.

Rows are written in the order of their keys, which for whatever people answered are random: a
backup does not say who came after whom, and nor does what is restored from it.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from hashlib import sha256
from importlib.metadata import version
from typing import Any, Final

from sqlalchemy import Connection, func, select, text
from sqlalchemy import Table as SqlTable

from survey.backups.archive import Heading, compressed, heading_line, table_lines
from survey.backups.sealed import SALT_BYTES, seal
from survey.backups.shapes import Shape, line_of, shape_of, table_like
from survey.engines import engine
from survey.revisions import current_revision
from survey.storage.accounts import AccountLink, AccountSession
from survey.storage.api_use import ApiUse
from survey.storage.leases import Lease
from survey.storage.model import Model, table_of
from survey.storage.transactions import snapshot

LEFT_OUT: Final = frozenset(
    table_of(model).name for model in (AccountLink, AccountSession, ApiUse, Lease)
)
"""What had better be forgotten. Sign-ins and links by which a password is set: one that was ended
or used since the backup would work again. Counts of requests, and who is at work: past in minutes.
"""

MANY: Final = frozenset(
    (
        *("audit_event", "comment", "draft", "invitation", "outgoing", "person"),
        *("response", "submission", "untallied"),
    )
)
"""Tables of many small rows. In others a row may hold a whole file."""

ROWS_AT_ONCE: Final = {True: 1000, False: 10}
"""By whether the table has many small ones."""


def backup(
    url: str,
    key: bytes,
    *,
    now: datetime,
    secret: str,
    random_bytes: Callable[[int], bytes],
) -> Iterator[bytes]:
    """The bytes of a backup file of the database at `url`.

    secret: the installation's own, of which the backup holds only a mark.
    """
    tables = [one for one in Model.metadata.sorted_tables if one.name not in LEFT_OUT]
    with snapshot(engine(url)) as connection:
        heading = Heading(
            made_at=now,
            product=version("maturity-survey"),
            revision=str(current_revision(connection)),
            secret_mark=secret_mark(secret),
            tables=tuple(map(shape_of, tables)),
        )
        yield from seal(compressed(_lines(connection, heading)), key, random_bytes(SALT_BYTES))


def _lines(connection: Connection, heading: Heading) -> Iterator[bytes]:
    yield heading_line(heading)
    for shape in heading.tables:
        yield from table_lines(rows_of(connection, shape), shape.name, _last(connection, shape))


def rows_of(connection: Connection, shape: Shape) -> Iterator[bytes]:
    """Each row of a table as a line, by key: in the same order on every database, few at once."""
    table = table_like(shape)
    found = select(table).order_by(*_key(connection, table, shape))
    options = {"yield_per": ROWS_AT_ONCE[shape.name in MANY]}
    for row in connection.execute(found, execution_options=options):
        yield line_of(shape, row)


def _key(connection: Connection, table: SqlTable, shape: Shape) -> Iterable[Any]:
    """PostgreSQL sorts texts by a language otherwise, SQLite by their bytes."""
    plain = connection.dialect.name != "postgresql"
    kinds = dict(shape.columns)
    for name in shape.key:
        column = table.c[name]
        yield column if plain or kinds[name] != "text" else column.collate("C")


def sequence_of(connection: Connection, shape: Shape) -> str | None:
    """What numbers the rows of a table on PostgreSQL, if anything does."""
    if shape.numbered is None or connection.dialect.name != "postgresql":
        return None
    quoted = connection.dialect.identifier_preparer.quote(shape.name)
    return connection.scalar(select(func.pg_get_serial_sequence(quoted, shape.numbered)))


def _last(connection: Connection, shape: Shape) -> int | None:
    """The highest number given: that of a row which is gone, too, since the audit log may know
    it by that."""
    sequence = sequence_of(connection, shape)
    if sequence is None:
        return None
    asked = text("SELECT pg_sequence_last_value(CAST(:sequence AS regclass))")
    last: int | None = connection.scalar(asked, {"sequence": sequence})
    return last


def secret_mark(secret: str) -> str:
    """Tells two secrets apart, and gives neither away."""
    return hmac.new(secret.encode(), b"backup", sha256).hexdigest()[:16]
