"""`survey serve`: pages, and the work in the background beside them, in one command."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from tempfile import TemporaryDirectory
from time import monotonic
from typing import Final

import click

from survey.cli.metrics_server import metrics_served
from survey.cli.opening import opened, settings
from survey.cli.settings_file import VARIABLE, add_to, named_in
from survey.config import ROOT, TIMEOUT, USUAL_TIMEOUT, from_environ
from survey.monitoring import logs, metrics
from survey.operations.accounts import there_are_none
from survey.operations.tokens import set_up_token

LOG: Final = logging.getLogger(__name__)
SECONDS_BETWEEN_LOOKS: Final = 2
SECONDS_BETWEEN_BEGINNINGS: Final = 5
"""Of a background worker that dies at once, again and again."""

STOP: Final = (signal.SIGTERM, signal.SIGINT)
SIGNS: Final = (*STOP, signal.SIGHUP, signal.SIGCHLD)
WORKER: Final = (sys.executable, "-m", "survey.cli.main", "worker")
TRY: Final = (sys.executable, "-c", "from survey.app import create_app; create_app()")
ONE_AT_A_TIME: Final = "survey.cli.gunicorn_worker.Worker"
WHOLE: Final = click.IntRange(min=1)


@dataclass(frozen=True, slots=True)
class Wanted:
    """How to serve: where, by how many, how long (seconds) a request and a stop may take."""

    bind: tuple[str, ...]
    workers: int
    threads: int
    timeout: int
    graceful_timeout: int

    def command(self) -> list[str]:
        """The command of the server."""
        numbers = {
            "workers": self.workers,
            "threads": self.threads,
            "timeout": self.timeout,
            "graceful-timeout": self.graceful_timeout,
        }
        return [
            *(sys.executable, "-m", "gunicorn", "--pythonpath", str(ROOT)),
            *("--config", "python:survey.cli.gunicorn_settings"),
            *("--worker-class", ONE_AT_A_TIME if self.threads == 1 else "gthread"),
            *(word for address in self.bind for word in ("--bind", address)),
            *(word for name, number in numbers.items() for word in (f"--{name}", str(number))),
            "wsgi:app",
        ]


@click.command("serve")
@click.option(
    "--bind",
    multiple=True,
    default=("127.0.0.1:8000",),
    show_default=True,
    help="Address and port, or unix:/path; as often as you like.",
)
@click.option("--workers", type=WHOLE, default=2, show_default=True, help="Processes that answer.")
@click.option("--threads", type=WHOLE, default=1, show_default=True, help="Threads in each.")
@click.option(
    "--timeout",
    type=WHOLE,
    default=USUAL_TIMEOUT,
    show_default=True,
    help="Seconds a request may take.",
)
@click.option(
    "--graceful-timeout",
    type=WHOLE,
    default=30,
    show_default=True,
    help="Seconds that requests and background work have to end when told to stop.",
)
@click.option("--no-background", is_flag=True, help="A `survey worker` runs elsewhere.")
@click.option("--metrics-bind", help="Address and port where Prometheus reads figures.")
@click.option(
    "--settings",
    "settings_file",
    type=click.Path(path_type=Path),
    help="A file of settings, read again on SIGHUP.",
)
def serve_command(
    no_background: bool, metrics_bind: str | None, settings_file: Path | None, **how: object
) -> None:
    """Serve the pages, and do the background work beside them.

    SIGTERM ends it once running requests, then the work in hand, have ended. SIGHUP puts new
    workers in place of the old, with new code and settings, if these can be used.
    """
    add_to(os.environ, settings_file)
    if settings_file:
        os.environ[VARIABLE] = str(settings_file.resolve())
    logs.set_up(settings())
    _say_how_to_begin()
    wanted = Wanted(**how)  # type: ignore[arg-type]  # click has checked them
    os.environ[TIMEOUT] = str(wanted.timeout)
    with _figures(metrics_bind):
        sys.exit(_Serving(wanted, background=not no_background).run())


class _Serving:
    """The server's process and the background worker's, and what signals ask for."""

    def __init__(self, wanted: Wanted, *, background: bool) -> None:
        self._wanted = wanted
        self._signs: SimpleQueue[int] = SimpleQueue()
        for sign in SIGNS:
            signal.signal(sign, lambda number, _frame: self._signs.put(number))
        self._server = _begun(wanted.command())
        self._with_background = background
        self._background: subprocess.Popen[bytes] | None = None
        self._begin_background()

    def run(self) -> int:
        """Serve until told to stop; the exit code."""
        while self._server.poll() is None:
            sign = self._next_sign()
            if sign in STOP:
                LOG.info("Stopping, once running requests have ended.")
                self._with_background = False  # it ends after the requests, and for good
                self._server.terminate()
            elif sign == signal.SIGHUP:
                self._reload()
            self._see_to_background()
        self._end_background()
        return max(self._server.returncode, 0)

    def _next_sign(self) -> int | None:
        try:
            return self._signs.get(timeout=SECONDS_BETWEEN_LOOKS)
        except Empty:
            return None

    def _see_to_background(self) -> None:
        """Where it died, another takes over."""
        died = self._background is not None and self._background.poll() is not None
        if died and monotonic() > self._background_began + SECONDS_BETWEEN_BEGINNINGS:
            self._begin_background()

    def _begin_background(self) -> None:
        if self._with_background:
            self._background, self._background_began = _begun(WORKER), monotonic()

    def _reload(self) -> None:
        """New workers for old, unless they could not begin: then the old ones stay."""
        fresh = dict(os.environ)
        try:
            add_to(fresh, named_in(fresh))
            from_environ(fresh)
            tried = {name: text for name, text in fresh.items() if name != metrics.FOLDER}
            subprocess.run(TRY, env=tried, check=True, capture_output=True, timeout=60)  # noqa: S603 -- no shell
        except (ValueError, subprocess.SubprocessError) as fault:
            LOG.error("Not reloaded, the old settings and code stay: %s", _reason(fault))
            return
        os.environ.update(fresh)
        self._server.send_signal(signal.SIGHUP)
        self._end_background()
        self._begin_background()
        LOG.info("Reloaded.")

    def _end_background(self) -> None:
        """Let the worker end what it has in hand; what it cannot end, another takes up."""
        if self._background is None:
            return
        self._background.terminate()
        try:
            self._background.wait(self._wanted.graceful_timeout)
        except subprocess.TimeoutExpired:
            self._background.kill()
            self._background.wait()


def _reason(fault: Exception) -> str:
    """The last line of what went wrong."""
    said = fault.stderr.decode() if isinstance(fault, subprocess.CalledProcessError) else str(fault)
    return said.strip().splitlines()[-1] if said.strip() else type(fault).__name__


def _begun(command: tuple[str, ...] | list[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(command)  # noqa: S603 -- our own words, and no shell


@contextmanager
def _figures(bind: str | None) -> Iterator[None]:
    """Within it, processes count into a folder, if anybody may read it; at the end it is gone."""
    if not bind and not metrics.are_wanted(settings()):
        yield
        return
    with TemporaryDirectory(prefix="survey-metrics-") as folder:
        os.environ[metrics.FOLDER] = folder
        with metrics_served(bind, folder):
            yield


def _say_how_to_begin() -> None:
    """Where nobody can sign in yet: print the link by which the first account is made. Faults of
    settings and database are said before anything starts."""
    with opened() as session:
        if there_are_none(session):
            configured = settings()
            token = set_up_token(configured["SECRET_KEY"])
            click.echo(f"Nobody can sign in yet. Begin at {configured['BASE_URL']}/set-up/{token}")
