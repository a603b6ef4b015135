"""`survey doctor`: what stands in the way of running, and how to mend it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import click

from survey.cli import doctor_database, doctor_machine, doctor_replica
from survey.cli.files import JSON, as_json
from survey.cli.finding import Finding
from survey.cli.lazy import Problems
from survey.cli.opening import settings
from survey.config import SHORTEST_KEY, WrongSetting
from survey.monitoring import tracing
from survey.operations.delivering import ServerDown
from survey.operations.shipped import FOLDER, library


@click.command("doctor")
@JSON
def doctor_command(in_json: bool) -> None:
    """Check settings, machine, mail, database, replica, and whether background work is done."""
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
        tracing.check(configured["OTEL_ENDPOINT"])
    except WrongSetting as fault:
        yield Finding("configuration", str(fault), "Set the environment variable that it names.")
        return
    yield _configuration(configured)
    yield _library()
    yield from doctor_machine.findings(configured)
    yield _mail(configured)
    yield from doctor_database.findings(
        configured["DATABASE_URL"], second_factor=configured["SECOND_FACTOR"]
    )
    yield from doctor_replica.findings(configured)


def _configuration(configured: dict[str, Any]) -> Finding:
    if configured["PRODUCTION"] and not configured["BASE_URL"].startswith("https://"):
        return Finding(
            "configuration",
            "SURVEY_BASE_URL is not https, so passwords and answers travel in the open.",
            "Serve it by https and set SURVEY_BASE_URL to that address.",
        )
    if len(configured["SECRET_KEY"]) < SHORTEST_KEY:
        return Finding(
            "configuration",
            f"SURVEY_SECRET_KEY has fewer than {SHORTEST_KEY} characters, so it can be guessed.",
            "Before anybody is invited, set it to that many random characters or more.",
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
