"""`survey wave status | links | tally | recount`: watching a wave."""

from __future__ import annotations

import csv
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from survey.cli.files import JSON, as_json
from survey.cli.lazy import Problems
from survey.cli.opening import opened, settings
from survey.operations import running, tallying
from survey.operations.participating import with_rates_before

if TYPE_CHECKING:
    from survey.operations.running import Participation, UnitParticipation
    from survey.storage.waves import Wave


@click.command("status")
@click.argument("slug")
@JSON
def status_command(slug: str, in_json: bool) -> None:
    """Say the state of the wave SLUG and how many have answered, by unit."""
    with opened() as session:
        wave = running.wave(session, slug)
        found = running.participation(session, wave)
        status = _status(wave, with_rates_before(session, wave, found))
    if in_json:
        click.echo(as_json(status))
        return
    click.echo(f"{wave.slug} ({wave.name}) is {wave.state}. Minimum group: {wave.minimum_group}.")
    if wave.imported:
        click.echo("Its figures were imported: who was asked is not known.")
        return
    for unit in status["units"]:
        responded = "withheld" if unit["responded"] is None else unit["responded"]
        indent = "  " * unit["depth"]
        click.echo(f"{indent}{unit['name']}: {responded} of {unit['invited']}")


def _status(wave: Wave, participation: Participation) -> dict[str, Any]:
    return {
        "wave": wave.slug,
        "name": wave.name,
        "state": wave.state,
        "minimum_group": wave.minimum_group,
        "open_link": wave.open_link,
        "simulated": wave.simulated,
        "imported": wave.imported is not None,
        "opened_at": wave.opened_at and wave.opened_at.isoformat(),
        "closes_at": wave.closes_at and wave.closes_at.isoformat(),
        "closed_at": wave.closed_at and wave.closed_at.isoformat(),
        "invited": participation.invited,
        "responded": participation.responded,
        "units": [
            {
                "id": part.unit.slug,
                "name": part.unit.name,
                "depth": part.unit.depth,
                "invited": part.invited,
                "responded": part.responded,
                "rate_before": part.rate_before,
            }
            for part in sorted(participation.by_unit, key=_place_in_tree)
        ],
    }


def _place_in_tree(part: UnitParticipation) -> list[int]:
    return [int(id_) for id_ in part.unit.path.strip("/").split("/")]


@click.command("links")
@click.argument("slug")
@JSON
def links_command(slug: str, in_json: bool) -> None:
    """Write each person's link into the wave SLUG: email,staff_number,unit,url.
    Does not say who answered."""
    configured = settings()
    with opened() as session:
        links = running.invitation_links(
            session,
            running.wave(session, slug),
            secret=configured["SECRET_KEY"],
            base_url=configured["BASE_URL"],
        )
    if in_json:
        click.echo(as_json([asdict(link) for link in links]))
        return
    rows = csv.writer(sys.stdout, lineterminator="\n")
    rows.writerow(("email", "staff_number", "unit", "url"))
    rows.writerows((link.email, link.staff_number, link.unit, link.url) for link in links)


@click.command("tally")
@click.argument("slug")
def tally_command(slug: str) -> None:
    """Count the answers to the wave SLUG that are not counted yet."""
    with opened() as session:
        new = tallying.tally_new_responses(session, running.wave(session, slug))
    click.echo(f"{new} counted.")


@click.command("recount")
@click.argument("slug")
def recount_command(slug: str) -> None:
    """Count every answer to the wave SLUG afresh. Exit code 1 where the figures differ."""
    with opened() as session:
        same = tallying.recount(session, running.wave(session, slug))
    if not same:
        raise Problems(
            f"The fresh count of {slug} differs from the one that was kept. (mend: Report this; "
            "an open wave now has the fresh count, a closed one keeps what it showed.)"
        )
    click.echo("The same figures.")
