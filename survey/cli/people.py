"""`survey people …`."""

from __future__ import annotations

from pathlib import Path

import click

from survey.cli.files import FILE, JSON
from survey.cli.importing import import_csv
from survey.operations import organising


@click.command("import")
@click.argument("slug")
@click.argument("file", type=FILE)
@JSON
def import_command(slug: str, file: Path, in_json: bool) -> None:
    """Add and move people of the organisation SLUG by a CSV FILE: email,unit, or
    staff_number,unit, or all three."""
    import_csv(slug, file, into=organising.import_people, in_json=in_json)
