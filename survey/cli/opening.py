"""The database of a command: opened with the settings of the environment, committed once."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from survey import config
from survey.cli.lazy import Problems
from survey.database import session_scope
from survey.engines import FAULTS, in_short
from survey.operations.auditing import Actor, act_as
from survey.revisions import current_revision, newest_revision

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def settings() -> dict[str, Any]:
    """The settings of the environment. Raises WrongSetting."""
    return config.from_environ(os.environ)


@contextmanager
def refusals() -> Iterator[None]:
    """Turn what the database refuses into a line."""
    try:
        yield
    except FAULTS as fault:
        mend = "Check SURVEY_DATABASE_URL and that the database is running."
        raise Problems(f"The database refused: {in_short(fault)} (mend: {mend})") from fault


@contextmanager
def opened() -> Iterator[Session]:
    """A session whose work is kept if all goes well, else undone.

    Raises Problems where the database does not answer, or lacks its newest tables.
    """
    with refusals(), session_scope(settings()["DATABASE_URL"]) as session:
        if current_revision(session.connection()) != newest_revision():
            raise Problems(
                "The database does not have the tables of this version. "
                "(mend: Run: survey database upgrade)"
            )
        act_as(session, Actor(None, "command"))
        yield session
        session.commit()
