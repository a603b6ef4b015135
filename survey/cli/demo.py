"""`survey demo …`: a made-up council to look at."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_urlsafe
from typing import TYPE_CHECKING

import click

from survey.cli.opening import opened, settings
from survey.config import INSTANCE
from survey.operations import demonstration
from survey.operations.anytown import DOMAIN
from survey.operations.shipped import library, ready_made

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

PASSWORD_FILE = INSTANCE / "demo.json"


@click.command("create")
@click.option("--people", type=click.IntRange(50, 20_000), default=400, show_default=True)
@click.option("--port", type=int, help="Where the server will listen.")
def create_command(people: int, port: int | None) -> None:
    """Make the council, unless it is there, and say what to open."""
    configured = settings()
    base = f"http://127.0.0.1:{port}" if port else configured["BASE_URL"]
    with opened() as session:
        if demonstration.find(session) is None:
            _create(session, people, configured["SECRET_KEY"])
        else:
            click.echo("The demonstration is there from before: make demo-reset starts afresh.")
        token = demonstration.invitation_to_try(session, configured["SECRET_KEY"])
        wave = demonstration.closed_wave(session)
    _say_what_to_open(base, token, wave)


def _create(session: Session, people: int, secret: str) -> None:
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
    _write(PASSWORD_FILE, {"password": password})


def _write(file: Path, kept: dict[str, str]) -> None:
    file.parent.mkdir(exist_ok=True)
    file.touch(mode=0o600)
    file.write_text(json.dumps(kept), encoding="utf-8")


def _say_what_to_open(base: str, token: str | None, wave: str | None) -> None:
    password = (
        json.loads(PASSWORD_FILE.read_text(encoding="utf-8"))["password"]
        if PASSWORD_FILE.exists()
        else "(shown when the demonstration was made; make demo-reset makes a new one)"
    )
    staff = f"{base}/invitations/{token}" if token else "every invitation has been used"
    click.echo(
        f"""
Answer as a member of staff:  {staff}
See the profile as a lead:    {base}/profiles/{wave}
Write and run as an admin:    {base}/admin/

Sign in as lead@{DOMAIN}, admin@{DOMAIN}, author@{DOMAIN} or viewer@{DOMAIN}.
Password: {password}
"""
    )


@click.command("reset")
def reset_command() -> None:
    """Delete the council and everything of it."""
    with opened() as session:
        removed = demonstration.remove(session)
    PASSWORD_FILE.unlink(missing_ok=True)
    click.echo("The demonstration is deleted." if removed else "There was no demonstration.")
