"""`survey demo …`: a made-up council to look at."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime
from hashlib import sha256
from secrets import token_urlsafe
from typing import TYPE_CHECKING

import click

from survey.cli.opening import opened, settings
from survey.operations import accounts, demonstration
from survey.operations.anytown import DOMAIN
from survey.operations.shipped import library, ready_made

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

PASSWORDS = "demo.json"


@click.command("create")
@click.option("--people", type=click.IntRange(50, 20_000), default=400, show_default=True)
@click.option("--port", type=int, help="Where the server will listen.")
def create_command(people: int, port: int | None) -> None:
    """Make the council, unless it is there, and say what to open."""
    configured = settings()
    base = f"http://127.0.0.1:{port}" if port else configured["BASE_URL"]
    with opened() as session:
        if demonstration.find(session) is None:
            password: str | None = _create(session, people, configured["SECRET_KEY"])
        else:
            click.echo("The demonstration is there from before: make demo-reset starts afresh.")
            password = _still_right(session, _kept().get(_key(configured["DATABASE_URL"])))
        token = demonstration.invitation_to_try(session, configured["SECRET_KEY"])
        wave = demonstration.closed_wave(session)
    _keep(configured["DATABASE_URL"], password)
    _say_what_to_open(base, token, wave, password)


def _create(session: Session, people: int, secret: str) -> str:
    password = token_urlsafe(12)
    began = time.monotonic()
    demonstration.create(
        session,
        people=people,
        password=password,
        secret=secret,
        library=library(),
        ready_made=ready_made(),
        now=datetime.now(UTC),
        progress=lambda line: click.echo(f"  {time.monotonic() - began:5.1f} s  {line}"),
    )
    return password


def _key(database_url: str) -> str:
    return sha256(database_url.encode()).hexdigest()[:16]


def _kept() -> dict[str, str]:
    """The passwords that were shown, by database."""
    file = settings()["INSTANCE"] / PASSWORDS
    if not file.exists():
        return {}
    kept: dict[str, str] = json.loads(file.read_text(encoding="utf-8"))
    return kept


def _keep(database_url: str, password: str | None) -> None:
    kept = _kept()
    kept.pop(_key(database_url), None)
    if password:
        kept[_key(database_url)] = password
    file = settings()["INSTANCE"] / PASSWORDS
    file.parent.mkdir(parents=True, exist_ok=True)
    file.touch(mode=0o600)
    file.write_text(json.dumps(kept), encoding="utf-8")


def _still_right(session: Session, password: str | None) -> str | None:
    """The password, if it has not been changed since."""
    right = password and accounts.sign_in(
        session, f"lead@{DOMAIN}", password, now=datetime.now(UTC)
    )
    return password if right else None


def _say_what_to_open(base: str, token: str | None, wave: str | None, password: str | None) -> None:
    staff = f"{base}/invitations/{token}" if token else "(every invitation has been used)"
    click.echo(
        f"""
Answer as a member of staff:  {staff}
See the profile as a lead:    {base}/profiles/{wave}
Write and run as an admin:    {base}/admin/

Sign in as lead@{DOMAIN}, admin@{DOMAIN}, author@{DOMAIN} or viewer@{DOMAIN}.
Password: {password or "shown when the demonstration was made; make demo-reset makes a new one"}
"""
    )


@click.command("reset")
def reset_command() -> None:
    """Delete the council and everything of it."""
    with opened() as session:
        removed = demonstration.remove(session)
    _keep(settings()["DATABASE_URL"], None)
    click.echo("The demonstration is deleted." if removed else "There was no demonstration.")
