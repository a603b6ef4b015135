"""`survey responses …`: answers in bulk, in and out."""

from __future__ import annotations

from pathlib import Path

import click

from survey.cli.files import FILE, read_file
from survey.cli.lazy import Problems
from survey.cli.opening import opened
from survey.operations import responses_io, running
from survey.operations.csv_rows import LARGEST, InvalidRows

FORMATS = click.Choice(["csv", "json"])


@click.command("import")
@click.argument("slug", metavar="WAVE")
@click.argument("file", type=FILE)
@click.option("--format", "as_format", type=FORMATS, help="Otherwise by the file's name.")
def import_command(slug: str, file: Path, as_format: str | None) -> None:
    """Add the responses of FILE to WAVE: response,unit,<about-you ids>,<question ids>."""
    as_format = as_format or ("json" if file.suffix == ".json" else "csv")
    content = read_file(file, at_most=LARGEST)
    try:
        with opened() as session:
            wave = running.wave(session, slug)
            added = responses_io.import_responses(session, wave, content, as_format)
    except InvalidRows as fault:
        raise Problems(*(f"{file}:{problem}" for problem in fault.problems)) from fault
    click.echo(f"{added} added.")


@click.command("export")
@click.argument("slug", metavar="WAVE")
@click.option("--format", "as_format", type=FORMATS, required=True)
def export_command(slug: str, as_format: str) -> None:
    """Write the responses to WAVE, made coarser until enough people share each description."""
    with opened() as session:
        wave = running.wave(session, slug)
        for part in responses_io.export_responses(session, wave, as_format):
            click.echo(part, nl=False)
