"""`survey wave create | open | remind | extend | close | forget`: the life of a wave."""

from __future__ import annotations

from datetime import UTC, datetime
from random import SystemRandom

import click

from survey.cli.opening import opened, settings
from survey.operations import mailing, organising, publishing, retention, running

CLOSES = click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M"])


@click.command("create")
@click.argument("slug")
@click.option("--organisation", required=True, metavar="SLUG", help="Who is asked.")
@click.option(
    "--questionnaire",
    required=True,
    metavar="ID",
    help="Its id, for the version published last; or the first digits of a version's SHA-256.",
)
@click.option("--name", required=True, help="As people see it.")
@click.option("--minimum-group", type=int, help="Fewest people of whom a figure is shown.")
@click.option("--open-link", is_flag=True, help="Whoever has the address may answer.")
@click.option("--share-figures", is_flag=True, help="Others may be given them, to compare.")
@click.option("--closes", type=CLOSES, help="The last day, as staff are told (UTC).")
def create_command(
    slug: str,
    organisation: str,
    questionnaire: str,
    name: str,
    minimum_group: int | None,
    open_link: bool,
    share_figures: bool,
    closes: datetime | None,
) -> None:
    """Prepare the wave SLUG: a questionnaire for an organisation. Nobody is asked yet."""
    with opened() as session:
        asked = organising.organisation(session, organisation)
        publication = publishing.publication(session, asked.id, questionnaire)
        wave = running.create_wave(
            session,
            asked,
            slug=slug,
            name=name,
            version_digest=publication.version_digest,
            minimum_group=settings()["MINIMUM_GROUP"] if minimum_group is None else minimum_group,
            open_link=open_link,
            shares_figures=share_figures,
            closes_at=closes and closes.replace(tzinfo=UTC),
        )
    click.echo(f"Prepared {wave.slug}. Nobody is asked before: survey wave open {wave.slug}")


@click.command("open")
@click.argument("slug")
def open_command(slug: str) -> None:
    """Ask everybody on the staff list. Freezes what the wave SLUG promises."""
    with opened() as session:
        wave = running.wave(session, slug)
        invited = running.open_wave(
            session,
            wave,
            secret=settings()["SECRET_KEY"],
            now=datetime.now(UTC),
            random=SystemRandom(),
        )
    click.echo(f"{slug} is open with {invited} invitations: survey wave links {slug}")


@click.command("close")
@click.argument("slug")
def close_command(slug: str) -> None:
    """Take no more answers to the wave SLUG and decide what may be shown. For ever."""
    with opened() as session:
        running.close_wave(session, running.wave(session, slug), now=datetime.now(UTC))
    click.echo(f"{slug} is closed: survey profile {slug}")


@click.command("remind")
@click.argument("slug")
def remind_command(slug: str) -> None:
    """Have those who have not answered the wave SLUG reminded, by the background worker."""
    with opened() as session:
        wave = running.wave(session, slug)
        mailing.plan(session, wave, "reminder", due_at=datetime.now(UTC))
    click.echo("A reminder is planned for now: survey mail send")


@click.command("extend")
@click.argument("slug")
@click.argument("closes", type=CLOSES)
def extend_command(slug: str, closes: datetime) -> None:
    """Move the last moment of the wave SLUG back to CLOSES (UTC)."""
    with opened() as session:
        wave, until = running.wave(session, slug), closes.replace(tzinfo=UTC)
        running.extend_wave(session, wave, until, now=datetime.now(UTC))
    click.echo(f"{slug} is open until {until:%Y-%m-%d %H:%M} (UTC).")


@click.command("forget")
@click.argument("slug")
def forget_command(slug: str) -> None:
    """Delete who was asked in the wave SLUG, which has closed, before it is due."""
    with opened() as session:
        wave = running.wave(session, slug)
        retention.forget_people(session, wave, now=datetime.now(UTC))
        done = retention.certificate(session, wave)
    click.echo(f"{done.invitations} invitations and {done.people} people are deleted.")
    for number, digest in done.events:
        click.echo(f"Audit event {number}: {digest}")
