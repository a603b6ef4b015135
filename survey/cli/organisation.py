"""`survey organisation …`."""

from __future__ import annotations

import click

from survey.cli.opening import opened
from survey.operations import organising


@click.command("create")
@click.argument("slug")
@click.option("--name", required=True, help="As people know it.")
def create_command(slug: str, name: str) -> None:
    """Create an organisation. SLUG is its short name in addresses and commands."""
    with opened() as session:
        made = organising.create_organisation(session, slug, name)
    click.echo(f"Created {made.slug}: {made.name}")
