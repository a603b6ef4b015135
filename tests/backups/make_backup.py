"""Backups, and a row in every table to be in them."""

import re
from datetime import UTC, date, datetime
from io import BytesIO
from uuid import UUID

from sqlalchemy import insert, select

from survey.backups.restoring import check
from survey.backups.shapes import shape_of
from survey.backups.taking import backup
from survey.storage.model import Model

KEY = bytes(range(32))
SECRET = "a secret of the tests, long enough"
NOW = datetime(2026, 9, 1, 12, tzinfo=UTC)
VALUES = {
    "boolean": True,
    "integer": 5,
    "real": 3.25,
    "text": "Zoë’s “wörds”",
    "bytes": bytes(range(256)),
    "uuid": UUID(int=7),
    "instant": datetime(2026, 9, 1, 12, 0, 0, 123456, tzinfo=UTC),
    "day": date(2026, 9, 1),
    "json": [{"á": None, "b": [1.5, True, "\x00"]}],
}
LEAST = r"(\w+) (?:BETWEEN|>=) (\d+)"


def backup_of(url, random_bytes=bytes):
    """The bytes of a backup of the database at `url`."""
    made = backup(url, KEY, now=NOW, secret=SECRET, random_bytes=random_bytes)
    return b"".join(made)


def counted(content):
    """Each table of a backup with rows and SHA-256, but the audit log, to which restoring adds."""
    _, tables = check(BytesIO(content), KEY)
    return {one.table: (one.rows, one.sha256) for one in tables if one.table != "audit_event"}


def fill_every_table(session):
    """A row in each table that refers to the rows before it."""
    for table in Model.metadata.sorted_tables:
        session.execute(insert(table).values(row_for(session, table)))
    session.commit()


def row_for(session, table):
    said = " ".join(str(getattr(one, "sqltext", "")) for one in table.constraints)
    checked = dict(re.findall(r"(\w+) IN \('([\w-]+)'", said))
    checked |= {name: int(least) for name, least in re.findall(LEAST, said)}
    shape = shape_of(table)
    kinds = dict(shape.columns)
    row = {}
    for column in table.columns:
        refers = next((one.column for one in column.foreign_keys), None)
        if refers is not None and refers.table is not table:
            row[column.name] = session.scalar(select(refers))
        elif refers is None and column.name != shape.numbered:
            row[column.name] = checked.get(column.name, VALUES[kinds[column.name]])
            if kinds[column.name] == "text" and column.type.length:
                row[column.name] = row[column.name][: column.type.length]
    return row
