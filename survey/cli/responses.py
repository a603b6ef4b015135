"""`survey responses …`: answers in bulk, in and out."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import click

from survey.cli.files import FILE, problems_of, read_file
from survey.cli.opening import opened
from survey.cli.table_files import FORMAT, OUTPUT, outgoing
from survey.operations import responses_io, running
from survey.operations.csv_rows import LARGEST
from survey.operations.responses_io import (
    LONGEST_REASON,
    SHORTEST_REASON,
    WANTED_REASON,
    FormatOut,
)

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


def _reason(_context: click.Context, _option: click.Parameter, given: str) -> str:
    said = " ".join(given.split())
    if not SHORTEST_REASON <= len(said) <= LONGEST_REASON:
        raise click.BadParameter(WANTED_REASON)
    return said


@click.command("export")
@click.argument("slug", metavar="WAVE")
@click.option("--format", "as_format", type=FORMAT, required=True)
@click.option("--reason", required=True, callback=_reason, help="What for: kept in the audit log.")
@OUTPUT
def export_command(slug: str, as_format: FormatOut, reason: str, output: Path | None) -> None:
    """Write the responses to WAVE, made coarser until enough people share each description."""
    with outgoing(output, as_format) as place, opened() as session:
        wave = running.wave(session, slug)
        responses_io.export_responses(session, wave, as_format, reason, place.file)
        responses_io.codebook_of(session, wave, as_format, place.codebook)
