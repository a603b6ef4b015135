"""`survey benchmark export | import | confirm | remove`: an organisation beside others."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from survey.cli.files import FILE, read_file
from survey.cli.lazy import Problems
from survey.cli.opening import opened, settings
from survey.operations import benchmark_exporting, benchmark_importing, organising
from survey.operations.benchmark_file import MAX_BYTES, fingerprint_of

if TYPE_CHECKING:
    from survey.operations.benchmark_importing import Taken

FINGERPRINT = click.argument("fingerprint", nargs=-1, required=True)


@click.command("export")
@click.argument("slug", metavar="WAVE")
@click.option("--new-key", is_flag=True, help="Sign with another key from now on.")
def export_command(slug: str, new_key: bool) -> None:
    """Write the signed file of the closed WAVE for other organisations: what its profile shows of
    everybody together."""
    secret = settings()["SECRET_KEY"]
    with opened() as session:
        file = benchmark_exporting.export(session, slug, secret=secret, new_key=new_key)
    click.echo(file)


@click.command("import")
@click.argument("organisation")
@click.argument("files", type=FILE, nargs=-1, required=True, metavar="FILE...")
def import_command(organisation: str, files: tuple[Path, ...]) -> None:
    """Take in files that other organisations gave to ORGANISATION: all of them, or a line for each
    problem and none."""
    with opened() as session:
        owner = organising.organisation(session, organisation)
        contents = [(str(file), read_file(file, at_most=MAX_BYTES)) for file in files]
        try:
            taken = benchmark_importing.take_in(session, owner, contents)
        except benchmark_importing.InvalidFiles as fault:
            raise Problems(*map(str, fault.problems)) from fault
    click.echo(f"{taken.added} added, {taken.changed} changed, {taken.unchanged} unchanged.")
    _say_whom_to_confirm(organisation, taken)


def _say_whom_to_confirm(organisation: str, taken: Taken) -> None:
    if not taken.unconfirmed:
        return
    click.echo("These do not count yet. Ask each for its fingerprint by another way, then run:")
    for source in taken.unconfirmed:
        fingerprint = fingerprint_of(source.public_key)
        click.echo(f"  survey benchmark confirm {organisation} {fingerprint}  # {source.name}")


@click.command("confirm")
@click.argument("organisation")
@FINGERPRINT
def confirm_command(organisation: str, fingerprint: tuple[str, ...]) -> None:
    """Let the organisation whose key has this FINGERPRINT count."""
    with opened() as session:
        owner, now = organising.organisation(session, organisation), datetime.now(UTC)
        found = benchmark_importing.confirm(session, owner, " ".join(fingerprint), now=now)
    click.echo(f"{found.name} counts.")


@click.command("remove")
@click.argument("organisation")
@FINGERPRINT
def remove_command(organisation: str, fingerprint: tuple[str, ...]) -> None:
    """Forget the organisation whose key has this FINGERPRINT, and its figures."""
    with opened() as session:
        owner = organising.organisation(session, organisation)
        found = benchmark_importing.remove(session, owner, " ".join(fingerprint))
    click.echo(f"{found.name} is removed.")
