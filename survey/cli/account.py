"""`survey account …`."""

from __future__ import annotations

from secrets import token_urlsafe
from typing import TYPE_CHECKING

import click

from survey.cli.lazy import Problems
from survey.cli.opening import opened
from survey.operations import accounts, organising
from survey.operations.permissions import ROLES

if TYPE_CHECKING:
    from io import TextIOWrapper

    from sqlalchemy.orm import Session

    from survey.storage.organisations import Organisation


@click.command("create")
@click.argument("email")
@click.option("--role", required=True, type=click.Choice(ROLES))
@click.option("--organisation", metavar="SLUG", help="Needed where there are several.")
@click.option("--unit", metavar="SLUG", help="Leads and viewers: only this unit and below.")
@click.option("--password-file", type=click.File(), help="Its first line; “-” is standard input.")
def create_command(
    email: str,
    role: str,
    organisation: str | None,
    unit: str | None,
    password_file: TextIOWrapper | None,
) -> None:
    """Let EMAIL sign in. Without a password file, a password is made and shown once."""
    made = None if password_file else token_urlsafe(12)
    password = made or (password_file.readline().rstrip("\r\n") if password_file else "")
    with opened() as session:
        where = _organisation(session, organisation)
        accounts.create_account(
            session,
            email,
            role=role,
            organisation=where,
            unit=organising.unit(session, where.id, unit) if unit else None,
            password=password,
        )
    click.echo(f"{email} may sign in as {role} of {where.name}.")
    if made:
        click.echo(f"Password, shown only now: {made}")


def _organisation(session: Session, slug: str | None) -> Organisation:
    if slug is not None:
        return organising.organisation(session, slug)
    all_of_them = organising.organisations(session)
    if len(all_of_them) != 1:
        slugs = ", ".join(one.slug for one in all_of_them) or "none yet: survey organisation create"
        raise Problems(f"Which organisation? (mend: Give --organisation, one of: {slugs})")
    return all_of_them[0]
