"""`survey responses …`: answers in bulk, in and out."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import click

from survey.cli.files import FILE, problems_of, read_file
from survey.cli.opening import opened
from survey.operations import responses_io, running
from survey.operations.csv_rows import LARGEST

FORMATS = click.Choice(["csv", "json"])


@click.command("import")
@click.argument("slug", metavar="WAVE")
@click.argument("file", type=FILE)
@click.option("--format", "as_format", type=FORMATS, help="Otherwise by the file's name.")
def import_command(slug: str, file: Path, as_format: Literal["csv", "json"] | None) -> None:
    """Add the responses of FILE to WAVE: response,unit,<about-you ids>,<question ids>."""
    as_format = as_format or ("json" if file.suffix == ".json" else "csv")
    with problems_of(file), opened() as session:
        content = read_file(file, at_most=LARGEST)
        wave = running.wave(session, slug)
        added = responses_io.import_responses(session, wave, content, as_format)
    click.echo(f"{added} added.")


@click.command("export")
@click.argument("slug", metavar="WAVE")
@click.option("--format", "as_format", type=FORMATS, required=True)
def export_command(slug: str, as_format: Literal["csv", "json"]) -> None:
    """Write the responses to WAVE, made coarser until enough people share each description."""
    with opened() as session:
        wave = running.wave(session, slug)
        for part in responses_io.export_responses(session, wave, as_format):
            click.echo(part, nl=False)
