"""`survey doctor`: what stands in the way of running, and how to mend it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from survey.cli.files import JSON, as_json
from survey.cli.lazy import Problems
from survey.cli.opening import settings
from survey.config import INSTANCE, WrongSetting
from survey.database import FAULTS, clock_of, current_revision, newest_revision, session_scope
from survey.operations.delivering import ServerDown
from survey.operations.shipped import FOLDER, library

LEAST_FREE = 500 * 1024**2
"""Bytes on the disk of the instance."""

WIDEST_CLOCK_DIFFERENCE = 5
"""Seconds between this machine and the database's."""

BUILT_AFTER = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, and what is wrong with it; None where nothing is."""

    about: str
    problem: str | None = None
    mend: str = ""

    def __str__(self) -> str:
        if self.problem is None:
            return f"{self.about}: good"
        return f"{self.about}: {self.problem} (mend: {self.mend})"


@click.command("doctor")
@JSON
def doctor_command(in_json: bool) -> None:
    """Check configuration, library, disk, mail, database, migrations and clock."""
    found = list(_findings())
    if in_json:
        click.echo(as_json([asdict(finding) for finding in found]))
    else:
        for finding in found:
            if finding.problem is None:
                click.echo(finding)
    wrong = [str(finding) for finding in found if finding.problem is not None]
    if wrong:
        raise Problems(*wrong)


def _findings() -> Iterator[Finding]:
    try:
        configured = settings()
    except WrongSetting as fault:
        yield Finding("configuration", str(fault), "Set the environment variable that it names.")
        return
    yield _configuration(configured)
    yield _library()
    yield _disk(INSTANCE)
    yield _mail(configured)
    yield from _database(configured["DATABASE_URL"])


def _configuration(configured: dict[str, Any]) -> Finding:
    if configured["PRODUCTION"] and not configured["BASE_URL"].startswith("https://"):
        return Finding(
            "configuration",
            "SURVEY_BASE_URL is not https, so passwords and answers travel in the open.",
            "Serve it by https and set SURVEY_BASE_URL to that address.",
        )
    return Finding("configuration")


def _mail(configured: dict[str, Any]) -> Finding:
    from survey.jobs import sender

    post_office = sender(configured)
    if post_office is None:
        return Finding("mail")  # none is set up: links are handed out by hand
    try:
        post_office.check()
    except ServerDown as fault:
        return Finding("mail", str(fault), "Check the SURVEY_MAIL_ or SURVEY_NOTIFY_ settings.")
    finally:
        post_office.close()
    return Finding("mail")


def _library() -> Finding:
    if library().capabilities:
        return Finding("library")
    return Finding(
        "library", f"There are no capabilities in {FOLDER}.", "Install the whole repository."
    )


def _disk(folder: Path) -> Finding:
    folder.mkdir(exist_ok=True)
    free = shutil.disk_usage(folder).free
    if free >= LEAST_FREE:
        return Finding("disk")
    return Finding("disk", f"{free // 1024**2} MiB are free at {folder}.", "Free 500 MiB or more.")


def _database(url: str) -> Iterator[Finding]:
    try:
        with session_scope(url) as session:
            clock = _clock(clock_of(session))  # the first to speak to the database
            yield Finding("database")
            yield _migrations(current_revision(session.connection()))
            yield clock
    except FAULTS as fault:
        reason = str(getattr(fault, "orig", fault)).strip().splitlines()[0]
        yield Finding("database", reason, "Check SURVEY_DATABASE_URL and that it is running.")


def _migrations(found: str | None) -> Finding:
    needed = newest_revision()
    if found == needed:
        return Finding("migrations")
    return Finding("migrations", f"They stand at {found}, not {needed}.", "survey database upgrade")


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
