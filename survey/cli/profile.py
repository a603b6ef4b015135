"""`survey profile`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from survey.cli.files import JSON, as_json
from survey.cli.opening import opened
from survey.cli.table_files import FORMAT, OUTPUT, outgoing
from survey.exchange.table_codebook import codebook
from survey.exchange.table_files import FORMATS
from survey.operations import reporting
from survey.operations.figures_out import figures_table

LINE = "{name:<44} {step:>4} {mean:>5} {n:>6}"
WITHHELD = {"too-few": "withheld: too few people", "protects-another": "withheld: protects others"}


@click.command("profile")
@click.argument("slug", metavar="WAVE")
@click.option("--unit", metavar="SLUG", help="Of this unit and all below it.")
@click.option("--by", metavar="QUESTION", help="Split by this question about oneself.")
@click.option("--format", "as_format", type=FORMAT, help="One long table, as a file of this kind.")
@OUTPUT
@JSON
def profile_command(
    slug: str,
    unit: str | None,
    by: str | None,
    as_format: str | None,
    output: Path | None,
    in_json: bool,
) -> None:
    """Write what WAVE says of the organisation, or of a unit: what a lead may see, no more."""
    if in_json and as_format is not None:
        raise click.UsageError("Give either --json, for a profile, or --format, for a table.")
    if output is not None and as_format is None:
        raise click.UsageError("Say which kind of file to write, with --format.")
    if by is not None and unit is not None:
        raise click.UsageError("Only the whole organisation is split: leave out --unit or --by.")
    if as_format is not None:
        _write_table(slug, unit, by, as_format, output)
        return
    _write(slug, unit, by, in_json)


def _write_table(
    slug: str, unit: str | None, by: str | None, as_format: str, output: Path | None
) -> None:
    with outgoing(output, as_format) as place, opened() as session:
        table = figures_table(session, slug, None, unit, by)
        FORMATS[as_format].write(table, place.file)
        FORMATS["csv"].write(codebook(table), place.codebook)


def _write(slug: str, unit: str | None, by: str | None, in_json: bool) -> None:
    if by is not None:
        _write_split(slug, by, in_json)
        return
    with opened() as session:
        profile = reporting.as_json(reporting.organisation_profile(session, slug, None, unit))
    if in_json:
        click.echo(as_json(profile))
        return
    responded = "(withheld)" if profile["responded"] is None else profile["responded"]
    click.echo(f"{responded} of {profile['invited']} answered.")
    if not profile["capabilities"]:
        click.echo("The figures come when the wave closes.")
        return
    click.echo(LINE.format(name="", step="step", mean="mean", n="people"))
    for capability in profile["capabilities"]:
        click.echo(_line(capability))


def _write_split(slug: str, by: str, in_json: bool) -> None:
    with opened() as session:
        split = reporting.breakdown_as_json(reporting.breakdown_report(session, slug, by, None))
    if in_json:
        click.echo(as_json(split))
        return
    names = {option["id"]: option["name"] for option in split["options"]}
    click.echo(LINE.format(name="", step="step", mean="mean", n="people"))
    for capability in split["capabilities"]:
        click.echo(_line(capability))
        for option in capability["options"]:
            click.echo(_line({"name": f"  {names[option['id']]}"[:44]} | option))


def _line(capability: dict[str, Any]) -> str:
    if capability["suppressed"]:
        return f"{capability['name']:<44} {WITHHELD[capability['suppressed']]}"
    mean = f"{capability['mean']:.2f}"
    return LINE.format(
        name=capability["name"], step=capability["step"], mean=mean, n=capability["n"]
    )
