"""`survey profile`."""

from __future__ import annotations

from typing import Any

import click

from survey.cli.files import JSON, as_json
from survey.cli.opening import opened
from survey.operations import reporting

LINE = "{name:<44} {step:>4} {mean:>5} {n:>6}"
WITHHELD = {"too-few": "withheld: too few people", "protects-another": "withheld: protects others"}


@click.command("profile")
@click.argument("slug", metavar="WAVE")
@click.option("--unit", metavar="SLUG", help="Of this unit and all below it.")
@JSON
def profile_command(slug: str, unit: str | None, in_json: bool) -> None:
    """Write what WAVE says of the organisation, or of a unit: what a lead may see, no more."""
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


def _line(capability: dict[str, Any]) -> str:
    if capability["suppressed"]:
        return f"{capability['name']:<44} {WITHHELD[capability['suppressed']]}"
    mean = f"{capability['mean']:.2f}"
    return LINE.format(
        name=capability["name"], step=capability["step"], mean=mean, n=capability["n"]
    )
