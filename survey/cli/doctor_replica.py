"""What `survey doctor` finds of the copy of the database that pages are read from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from survey.cli.finding import Finding
from survey.database import SECONDS_TO_REACH_A_COPY, session_scope
from survey.engines import FAULTS, in_short
from survey.replica import Seen, seen
from survey.revisions import current_revision

MEANWHILE: Final = "Pages are read from the main database meanwhile."
LISTEN: Final = (
    "See that survey serve or survey worker does the background work, which writes every minute, "
    "then read the replica’s own log."
)


def findings(configured: Mapping[str, Any]) -> Iterator[Finding]:
    """Whether the copy answers, where there is to be one, is a copy, has the newest tables, and
    keeps up."""
    url = configured["DATABASE_REPLICA_URL"]
    if not url:
        return
    try:
        with session_scope(url, connect_timeout=SECONDS_TO_REACH_A_COPY) as session:
            found = seen(session.connection())
            revision = current_revision(session.connection())
    except FAULTS as fault:
        yield _wrong(in_short(fault), "Check SURVEY_DATABASE_REPLICA_URL and that it is running.")
        return
    yield _found(found, revision, _revision_of_main(configured["DATABASE_URL"]))


def _found(found: Seen, revision: str | None, needed: str | None) -> Finding:
    if not found.is_copy:
        return _wrong(
            "It is no replica, or no longer one.",
            "Make it follow the main database, or leave SURVEY_DATABASE_REPLICA_URL empty.",
        )
    if needed is not None and revision != needed:
        return _wrong(
            f"Its migrations stand at {revision}, the main database’s at {needed}.",
            "See that it follows this main database, and that its replay is not paused.",
        )
    if found.behind is None:
        return _wrong("It has heard nothing since its start.", LISTEN)
    seconds = max(found.behind.total_seconds(), 0)  # clocks of two machines
    if not found.is_usable:
        return _wrong(f"It has heard nothing for {seconds:.0f} seconds.", LISTEN)
    return Finding("replica", note=f"{seconds:.0f} seconds behind at most")


def _wrong(problem: str, mend: str) -> Finding:
    return Finding("replica", f"{problem} {MEANWHILE}", mend)


def _revision_of_main(url: str) -> str | None:
    """None where it does not answer, which is another finding."""
    try:
        with session_scope(url) as session:
            return current_revision(session.connection())
    except FAULTS:
        return None
