"""A copy of the database that PostgreSQL itself keeps up to date, from which pages may be read that
nobody writes on.

Who has just written reads where it was written; so does everybody where the copy does not answer,
or may be further behind than that. Who signs in is never looked up in a copy: a sign-in that was
ended, or a token that was revoked, ends at once.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import wraps
from time import monotonic, time
from typing import Any, Final

from flask import Flask, Response, current_app, g, request, session
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session, sessionmaker

from survey.operations.errors import where
from survey.outages import TOOK_TOO_LONG, outage_of

log = logging.getLogger(__name__)

READ_ONLY: Final = frozenset({"profile", "reporting"})
"""The blueprints whose pages may be read from a copy; of the interface for programs, all may. Those
of the library read files alone."""

SAFE: Final = ("GET", "HEAD", "OPTIONS")

BEHIND_AT_MOST: Final = timedelta(minutes=2)
"""A copy that was told nothing for so long is not read: nobody knows what it has missed. The work
in the background writes something every minute."""

WROTE_LATELY: Final = BEHIND_AT_MOST + timedelta(minutes=1)
"""For so long somebody reads where they wrote: until then, a copy that is read has it, too."""

SECONDS_BETWEEN_LOOKS: Final = 5
"""Less than what WROTE_LATELY is longer by."""

FAULTS: Final = (DBAPIError, PoolTimeout)

_SEEN = text("SELECT pg_is_in_recovery(), now() - pg_last_xact_replay_timestamp()")


@dataclass(frozen=True, slots=True)
class Seen:
    """How a database was found that is to be a copy. `behind`: since when it has heard nothing;
    None where it has not since its start."""

    is_copy: bool
    behind: timedelta | None

    @property
    def is_usable(self) -> bool:
        """Whether it is a copy, and not far behind."""
        return self.is_copy and self.behind is not None and self.behind <= BEHIND_AT_MOST


def seen(connection: Connection) -> Seen:
    """How the database is found at the other end of a connection."""
    return Seen(*connection.execute(_SEEN).one())


class Replica:
    """A copy, and whether it may be read at this moment."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.sessions = sessionmaker(engine, expire_on_commit=False)
        self._usable, self._look_again = False, 0.0

    def is_usable(self) -> bool:
        """Whether it answers, is a copy, and is not far behind: as it was a few seconds ago."""
        if monotonic() >= self._look_again:
            self._usable = self._looks_good()
            self._look_again = monotonic() + SECONDS_BETWEEN_LOOKS
        return self._usable

    def doubt(self) -> None:
        """Look again before it is read once more."""
        self._look_again = 0.0

    def _looks_good(self) -> bool:
        try:
            with self.engine.connect() as connection:
                return seen(connection).is_usable
        except FAULTS as fault:
            log.warning("The replica does not answer (%s).", type(fault).__name__)
            return False


def init_app(app: Flask, engine: Engine) -> None:
    """Let the pages of `app` that only read be read from the copy behind `engine`. All of them are
    known by now."""
    app.extensions["replica"] = Replica(engine)
    app.after_request(_note_writing)
    app.teardown_appcontext(_close)
    for endpoint, view in app.view_functions.items():
        mark = getattr(view, "access", "")
        if mark == "token" or endpoint.partition(".")[0] in READ_ONLY:
            app.view_functions[endpoint] = _read(view)


def session_of_copy() -> Session | None:
    """The session of this request on the copy; None where it is to read where it may write."""
    if not g.get("reads_copy"):
        return None
    if "copy" not in g:
        g.copy = current_app.extensions["replica"].sessions()
    found: Session = g.copy
    return found


def read_where_written() -> None:
    """From here on, read nothing from the copy."""
    g.reads_copy = False


def _read(view: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(view)
    def read(*arguments: Any, **values: Any) -> Any:
        replica: Replica = current_app.extensions["replica"]
        g.reads_copy = request.method in SAFE and not _wrote_lately() and replica.is_usable()
        try:
            return view(*arguments, **values)
        except FAULTS as fault:
            if "copy" not in g or _took_too_long(fault):
                raise
            log.warning("The replica failed, so that it was read again: %s", where(fault))
            replica.doubt()
            read_where_written()
            return view(*arguments, **values)

    return read


def _took_too_long(fault: BaseException) -> bool:
    """It would take as long once more, and whoever waits would be cut off."""
    outage = outage_of(fault)
    return outage is not None and outage.code == TOOK_TOO_LONG


def _wrote_lately() -> bool:
    wrote: int = session.get("wrote", 0)
    return time() - wrote < WROTE_LATELY.total_seconds()


def _note_writing(response: Response) -> Response:
    """Remember in the browser of whoever is signed in that they have just written."""
    if request.method not in SAFE and "_user_id" in session:
        session["wrote"] = int(time())
    return response


def _close(_error: BaseException | None) -> None:
    opened: Session | None = g.pop("copy", None)
    if opened is not None:
        opened.close()
