"""`survey questionnaire publish`."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from survey.cli.files import FILE, problems_of, read_file
from survey.cli.opening import opened
from survey.operations import organising, publishing
from survey.operations.shipped import library
from survey.questionnaire.source import MAX_BYTES


@click.command("publish")
@click.argument("file", type=FILE)
@click.option("--organisation", required=True, metavar="SLUG", help="Whose waves may ask it.")
def publish_command(file: Path, organisation: str) -> None:
    """Freeze FILE as a version that waves may ask. The same content is the same version."""
    with problems_of(file), opened() as session:
        publication = publishing.publish(
            session,
            read_file(file, at_most=MAX_BYTES),
            organisation=organising.organisation(session, organisation),
            library=library(),
            now=datetime.now(UTC),
        )
    click.echo(publication.version_digest)
