"""`survey database …`."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import click

from survey.cli.lazy import Problems
from survey.cli.opening import refusals, settings
from survey.migrating import differences, migrate, spreading


@click.command("upgrade")
def upgrade_command() -> None:
    """Bring the database to the tables of this version, from nothing if need be."""
    with refusals():
        migrate(settings()["DATABASE_URL"])


@click.command("check")
def check_command() -> None:
    """Say where migrations and tables differ. For developers; leaves the database alone."""
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'check.db'}"
        migrate(url)
        found = differences(url)
    if found:
        raise Problems(*(f"migrations: {difference}" for difference in found))
    click.echo("The migrations make the tables of the code.")


@click.command("spread")
def spread_command() -> None:
    """Print what spreads the tables over many database machines (Citus), for psql."""
    for statement in spreading():
        click.echo(statement)
