"""What `survey doctor` finds of the database: tables, clock, and whether work gets done."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Final

from survey.cli.finding import Finding
from survey.database import clock_of, session_scope
from survey.engines import FAULTS, in_short
from survey.operations import factors
from survey.operations.standing import Standing, standing
from survey.revisions import current_revision, migrations_missing, newest_revision

WIDEST_CLOCK_DIFFERENCE: Final = 5
"""Seconds between this machine and the database's."""

BUILT_AFTER: Final = datetime(2026, 1, 1, tzinfo=UTC)

WORKS_EVERY: Final = timedelta(minutes=5)
"""A worker looks for work each minute; one that has not for so long is not there."""

WAITS_AT_MOST: Final = timedelta(minutes=15)
"""What waits for longer is held up by something. Webhooks are tried again for days."""


def findings(url: str, *, second_factor: str) -> Iterator[Finding]:
    """Whether the database answers, is of this version, and has nothing that stays undone; where a
    second factor is required, how many have none."""
    try:
        with session_scope(url) as session:
            clock = _clock(clock_of(session))  # the first to speak to the database
            revision = current_revision(session.connection())
            yield Finding("database")
            yield _migrations(revision)
            yield clock
            if revision == newest_revision():
                yield from _work(standing(session), datetime.now(UTC))
                if second_factor == "required":
                    yield _second_factor(factors.number_without(session))
    except FAULTS as fault:
        yield Finding(
            "database", in_short(fault), "Check SURVEY_DATABASE_URL and that it is running."
        )


def _migrations(found: str | None) -> Finding:
    needed, missing = newest_revision(), migrations_missing(found)
    if missing == 0:
        return Finding("migrations")
    if missing is None:
        said = f"They stand at {found}, which is of newer code; this one’s last is {needed}."
        return Finding("migrations", said, "Install that code here too.")
    said = f"They stand at {found}, not {needed}: {missing} are missing."
    return Finding("migrations", said, "survey database upgrade")


def _second_factor(without: int) -> Finding:
    if not without:
        return Finding("second factor")
    counted = "1 account has" if without == 1 else f"{without} accounts have"
    return Finding("second factor", note=f"{counted} none yet, and no way in before one is set up")


def _clock(of_database: datetime) -> Finding:
    now = datetime.now(UTC)
    apart = abs((of_database - now).total_seconds())
    if apart > WIDEST_CLOCK_DIFFERENCE:
        return Finding(
            "clock",
            f"It differs from the database's by {apart:.0f} seconds.",
            "Set both by the network (NTP).",
        )
    if now < BUILT_AFTER:
        return Finding("clock", f"It says {now:%Y-%m-%d}, which is past.", "Set it (NTP).")
    return Finding("clock")


def _work(found: Standing, now: datetime) -> Iterator[Finding]:
    yield _worker(found.worked, now)
    yield _queue(found, now)
    yield _webhooks(found)


def _worker(worked: datetime | None, now: datetime) -> Finding:
    if worked is None or worked > now - WORKS_EVERY:
        return Finding("worker")  # a new installation has had nothing to do
    return Finding(
        "worker",
        f"None has looked for work since {_said(worked)}.",
        "Start survey serve without --no-background, or survey worker.",
    )


def _queue(found: Standing, now: datetime) -> Finding:
    late = [
        f"{one.waiting} {one.kind}, the oldest since {_said(one.oldest)}"
        for one in found.backlogs
        if one.kind != "webhooks" and one.oldest and one.oldest < now - WAITS_AT_MOST
    ]
    if not late:
        return Finding("queue")
    said = f"Too long has waited: {'; '.join(late)}."
    return Finding("queue", said, "See that a worker runs, and read its log.")


def _webhooks(found: Standing) -> Finding:
    since = found.webhooks_failing_since
    if since is None:
        return Finding("webhooks")
    waiting = next(one.waiting for one in found.backlogs if one.kind == "webhooks")
    return Finding(
        "webhooks",
        f"{found.webhooks_failing} receivers fail, the first since {_said(since)}; "
        f"{waiting} events wait.",
        "Under Admin, Webhooks, read what each answered; pause those that are gone.",
    )


def _said(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
