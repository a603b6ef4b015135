"""`survey token …`."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from survey.cli.lazy import Problems
from survey.cli.opening import opened
from survey.operations import accounts, api_tokens
from survey.operations.api_tokens import DAYS, SCOPES

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from survey.storage.accounts import Account
    from survey.storage.tokens import ApiToken


@click.command("create")
@click.argument("email")
@click.option("--name", required=True, help="Of the program that will use it.")
@click.option("--scope", "scopes", multiple=True, required=True, type=click.Choice(list(SCOPES)))
@click.option("--days", default="90", show_default=True, type=click.Choice([str(n) for n in DAYS]))
def create_command(email: str, name: str, scopes: tuple[str, ...], days: str) -> None:
    """Let a program act for the account EMAIL. The token is shown once."""
    with opened() as session:
        token, made = api_tokens.make_token(
            session,
            _account(session, email),
            name=name,
            scopes=scopes,
            days=int(days),
            now=datetime.now(UTC),
        )
    click.echo(f"{made.name} may act for {email} until {made.expires_at:%Y-%m-%d}.")
    click.echo(f"Token, shown only now: {token}")


@click.command("list")
@click.argument("email")
def list_command(email: str) -> None:
    """Say which tokens the account EMAIL has: number, name, scopes, until when, last use."""
    with opened() as session:
        for token in api_tokens.tokens_of(session, _account(session, email)):
            scopes = " ".join(token.scopes)
            click.echo(f"{token.id}  {token.name}  {scopes}  {_state(token)}  {_last_used(token)}")


@click.command("revoke")
@click.argument("email")
@click.argument("number", type=int)
def revoke_command(email: str, number: int) -> None:
    """End the token of the account EMAIL that `survey token list` shows under NUMBER."""
    with opened() as session:
        account = _account(session, email)
        token = api_tokens.revoke(session, account, number, now=datetime.now(UTC))
    click.echo(f"{token.name} can no longer act for {email}.")


def _account(session: Session, email: str) -> Account:
    found = accounts.account_named(session, email)
    if found is None:
        raise Problems(f"There is no account for {email}. (mend: survey account create {email})")
    return found


def _state(token: ApiToken) -> str:
    if token.revoked_at is not None:
        return f"revoked {token.revoked_at:%Y-%m-%d}"
    until = "until" if token.works(datetime.now(UTC)) else "expired"
    return f"{until} {token.expires_at:%Y-%m-%d}"


def _last_used(token: ApiToken) -> str:
    return f"used {token.last_used_at:%Y-%m-%d %H:%M}" if token.last_used_at else "never used"
