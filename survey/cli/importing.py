"""How commands import a CSV file: all of it, or a line for each problem and nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from survey.cli.files import as_json, problems_of, read_file
from survey.cli.opening import opened
from survey.operations import organising
from survey.operations.csv_rows import LARGEST

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from survey.operations.organising import ImportResult
    from survey.storage.organisations import Organisation

    Import = Callable[[Session, Organisation, bytes], ImportResult]


def import_csv(slug: str, path: Path, *, into: Import, in_json: bool) -> None:
    """Import a file into the organisation with this slug and say what it changed."""
    with problems_of(path), opened() as session:
        organisation = organising.organisation(session, slug)
        result = into(session, organisation, read_file(path, at_most=LARGEST))
    if in_json:
        click.echo(as_json(asdict(result)))
    else:
        gone = f", {result.left} ended or left" if result.left else ""
        click.echo(
            f"{result.added} added, {result.changed} changed, {result.unchanged} unchanged{gone}."
        )
