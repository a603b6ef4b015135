"""Whether a fault passes by itself: the database is away or busy, or there is no room to write. It
is known by its code, never by its words."""

from __future__ import annotations

import errno
import sqlite3
from dataclasses import dataclass
from typing import Final, Literal

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

Kind = Literal["away", "busy", "full"]

SECONDS: Final[dict[Kind, int]] = {"away": 30, "busy": 5, "full": 60}
"""When it is worth trying again."""

OF_SQLITE: Final[dict[int, Kind]] = {
    sqlite3.SQLITE_BUSY: "busy",
    sqlite3.SQLITE_LOCKED: "busy",
    sqlite3.SQLITE_NOMEM: "busy",
    sqlite3.SQLITE_CANTOPEN: "away",
    sqlite3.SQLITE_FULL: "full",
    sqlite3.SQLITE_IOERR: "full",
    sqlite3.SQLITE_READONLY: "full",
}
PRIMARY: Final = 0xFF
"""The part of SQLite’s code that says the kind; the rest says more of where."""

TOOK_TOO_LONG: Final = "57014"
"""A statement that ran for longer than it may."""

OF_POSTGRESQL: Final[dict[str, Kind]] = {
    "08": "away",  # no connection
    "0A000": "busy",  # what was prepared no longer fits the tables: an upgrade
    "25006": "away",  # a server that only reads: another has taken over
    "40001": "busy",  # two transactions in each other's way
    "40P01": "busy",
    "53100": "full",
    "53200": "busy",  # memory
    "53300": "busy",  # connections
    "55P03": "busy",  # a lock that was waited for
    TOOK_TOO_LONG: "busy",
    "57P": "away",  # shut down, crashed, starting
}
"""By the beginning of SQLSTATE; see PostgreSQL's documentation, appendix A."""

OF_SYSTEM: Final[dict[int, Kind]] = {
    errno.EMFILE: "busy",
    errno.ENFILE: "busy",
    errno.ENOMEM: "busy",
    errno.ENOSPC: "full",
    errno.EDQUOT: "full",
    errno.EFBIG: "full",
    errno.EROFS: "full",
}


@dataclass(frozen=True, slots=True)
class Outage:
    """What passes by itself: its kind, its code for a log, and when to try again."""

    kind: Kind
    code: str

    @property
    def seconds(self) -> int:
        """Until it is worth trying again."""
        return SECONDS[self.kind]


def outage_of(fault: BaseException) -> Outage | None:
    """The outage that caused a fault; None where it is one of ours."""
    if isinstance(fault, PoolTimeout):
        return Outage("busy", "no connection free")
    if isinstance(fault, DBAPIError):
        return _of_database(fault)
    if isinstance(fault, OSError) and fault.errno in OF_SYSTEM:
        return Outage(OF_SYSTEM[fault.errno], errno.errorcode[fault.errno])
    return None


def _of_database(fault: DBAPIError) -> Outage | None:
    code = getattr(fault.orig, "sqlite_errorcode", None)
    if code is not None:
        kind = OF_SQLITE.get(code & PRIMARY)
        return kind and Outage(kind, str(getattr(fault.orig, "sqlite_errorname", code)))
    state = getattr(fault.orig, "sqlstate", None)
    if state:
        kind = next((OF_POSTGRESQL[s] for s in OF_POSTGRESQL if state.startswith(s)), None)
        return kind and Outage(kind, state)
    lost = fault.connection_invalidated or _says_nothing(fault.orig)
    return Outage("away", "no answer") if lost else None


def _says_nothing(cause: object) -> bool:
    """A server that cannot be reached says no code; nor does a driver whose connection broke."""
    return type(cause).__name__ == "OperationalError" and hasattr(cause, "sqlstate")
