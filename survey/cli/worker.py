"""`survey worker`."""

from __future__ import annotations

import click

from survey.cli.opening import settings
from survey.monitoring import logs


@click.command("worker")
def worker_command() -> None:
    """Do background work: send messages, close waves on time, delete what is no longer needed.

    SIGTERM ends it once the work in hand has ended.
    """
    from survey.jobs import Jobs

    configured = settings()
    logs.set_up(configured)
    Jobs(configured).work()
