"""`survey audit …`."""

from __future__ import annotations

import csv
import sys
from dataclasses import asdict

import click

from survey.cli.files import JSON, as_json
from survey.cli.lazy import Problems
from survey.cli.opening import opened
from survey.operations import auditing, organising


@click.command("verify")
@JSON
def verify_command(in_json: bool) -> None:
    """Check that no event of any audit log was changed or taken out.

    Note the digest that is printed for each: it shows later that none was cut off at the end.
    """
    with opened() as session:
        states = auditing.verify(session)
        names = {one.id: one.slug for one in organising.organisations(session)}
    if in_json:
        click.echo(as_json([asdict(state) for state in states]))
    for state in states if not in_json else ():
        name = names.get(state.organisation_id, f"organisation {state.organisation_id}")
        click.echo(f"{name}: {state.events} events, up to {state.head}")
    broken = [state for state in states if state.broken_at is not None]
    if broken:
        raise Problems(
            *(
                f"The log of organisation {state.organisation_id} does not fit from event "
                f"{state.broken_at} on: it, or one before it, was changed or taken out. "
                "(mend: Compare with a backup.)"
                for state in broken
            )
        )


@click.command("export")
@click.argument("slug")
def export_command(slug: str) -> None:
    """Write the audit log of the organisation SLUG as CSV, the oldest event first."""
    with opened() as session:
        organisation = organising.organisation(session, slug)
        found = auditing.search(session, organisation.id, auditing.Search(), at_most=sys.maxsize)
        auditing.note(session, "audit.export", "audit", organisation.id, events=len(found))
    out = csv.writer(sys.stdout)
    out.writerow(auditing.COLUMNS)
    out.writerows(map(auditing.as_row, reversed(found)))
