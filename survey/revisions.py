"""How far a database has been migrated, and how far this code needs it. Told without the library
that migrates, which takes memory that no worker needs who serves pages."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, inspect, text

MIGRATIONS: Final = Path(__file__).parent.parent / "migrations" / "versions"


@cache
def _known() -> tuple[str, ...]:
    """Every revision of this code, the oldest first: each migration's file begins with its own."""
    return tuple(sorted(file.name[:4] for file in MIGRATIONS.glob("[0-9]*.py")))


def newest_revision() -> str | None:
    """The revision that this code needs."""
    return _known()[-1] if _known() else None


def current_revision(connection: Connection) -> str | None:
    """The revision of the database, None where no migration has run."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return found


def knows(revision: str) -> bool:
    """Whether this code has had tables of that revision."""
    return revision in _known()


def migrations_missing(revision: str | None) -> int | None:
    """How many migrations of this code a database at `revision` has not had; None where it stands
    at one that this code does not know, since newer code has been at it."""
    if revision is None:
        return len(_known())
    if not knows(revision):
        return None
    return len(_known()) - 1 - _known().index(revision)
