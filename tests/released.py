"""What each release left behind: the revision of its tables, and rows of its time."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import MetaData, String, inspect

from survey.engines import engine
from survey.storage.transactions import USUAL, alone, snapshot
from tests.released_rows import ROWS


@dataclass(frozen=True)
class Release:
    version: str
    revision: str


RELEASES = (
    Release("0.1.0", "0001"),
    Release("0.2.0", "0001"),
    Release("0.3.0", "0009"),
    Release("0.4.0", "0015"),
    Release("0.5.0", "0018"),
    Release("0.6.0", "0022"),
    Release("0.7.0", "0023"),
)
"""The newest migration at the time of each."""

LATEST = RELEASES[-1]


def fill(url):
    """Put into each table that is there its row, as far as it has the columns; gives them back."""
    with alone(engine(url), USUAL) as connection:
        tables = tables_in(connection)
        for table in tables.sorted_tables:
            row = {c.name: stored(c, ROWS[table.name][c.name]) for c in table.columns}
            connection.execute(table.insert().values(row))
        return rows_of(connection, tables)


def stored(column, value):
    """SQLite keeps ids as text."""
    return value.hex if isinstance(value, UUID) and isinstance(column.type, String) else value


def rows_in(url):
    """The rows of each table, as they are."""
    with snapshot(engine(url)) as connection:
        return rows_of(connection, tables_in(connection))


def rows_of(connection, tables):
    return {
        table.name: [dict(row) for row in connection.execute(table.select()).mappings()]
        for table in tables.sorted_tables
    }


def tables_in(connection):
    found = MetaData()
    found.reflect(connection, only=lambda name, _: name != "alembic_version")
    return found


@dataclass(frozen=True)
class KnownColumn:
    type: str
    may_be_left_out: bool


def columns_of(url):
    """Each column by table and name."""
    with snapshot(engine(url)) as connection:
        return {
            (table, column["name"]): KnownColumn(
                str(column["type"]), column["nullable"] or column["default"] is not None
            )
            for (_, table), columns in inspect(connection).get_multi_columns().items()
            for column in columns
        }
