"""`survey worker` and `survey serve`."""

from __future__ import annotations

import signal
import subprocess
import sys

import click

from survey.cli.opening import opened, settings
from survey.operations.accounts import there_are_none
from survey.operations.tokens import set_up_token

SECONDS_BETWEEN_LOOKS = 2


@click.command("worker")
def worker_command() -> None:
    """Do background work: send messages, close waves on time, delete what is no longer needed."""
    from survey.jobs import Jobs

    Jobs(settings()).work()


@click.command("serve")
@click.option("--bind", default="127.0.0.1:8000", show_default=True, help="Address and port.")
@click.option("--workers", default=2, show_default=True, help="Processes that answer requests.")
@click.option("--no-background", is_flag=True, help="A `survey worker` runs elsewhere.")
def serve_command(bind: str, workers: int, no_background: bool) -> None:
    """Serve the pages, and do the background work beside them."""
    _say_how_to_begin()
    command = [sys.executable, "-m", "gunicorn", "--bind", bind, "--workers", str(workers)]
    server = _begun([*command, "--log-level", "warning", "wsgi:app"])
    program = [] if no_background else [sys.executable, "-m", "survey.cli.main", "worker"]
    background = _begun(program) if program else None

    def stop(*_: object) -> None:
        server.terminate()

    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, stop)
    while (code := _ended(server)) is None:
        if background is not None and background.poll() is not None:
            background = _begun(program)  # it died: another takes over
    if background is not None:
        background.terminate()
        background.wait()
    sys.exit(max(code, 0))


def _begun(command: list[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(command)  # noqa: S603 -- our own words, and no shell


def _ended(server: subprocess.Popen[bytes]) -> int | None:
    """The server's exit code; None where it is still running after a while."""
    try:
        return server.wait(timeout=SECONDS_BETWEEN_LOOKS)
    except subprocess.TimeoutExpired:
        return None


def _say_how_to_begin() -> None:
    """Where nobody can sign in yet: print the link by which the first account is made. Faults of
    settings and database are said before anything starts."""
    with opened() as session:
        if there_are_none(session):
            configured = settings()
            token = set_up_token(configured["SECRET_KEY"])
            click.echo(f"Nobody can sign in yet. Begin at {configured['BASE_URL']}/set-up/{token}")
