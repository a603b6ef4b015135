"""The tables of a database are made, and brought up to date."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from survey.engines import engine
from survey.operations.errors import Refused
from survey.storage.distribution import statements
from survey.storage.every_table import TABLES
from survey.storage.transactions import USUAL, Patience, alone, others_are_in_the_way

SETTINGS_FILE: Final = Path(__file__).parent.parent / "pyproject.toml"


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
    settings = Config(toml_file=SETTINGS_FILE, attributes={"connection": connection})
    command.upgrade(settings, to)
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
