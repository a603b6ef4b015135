"""Figures for Prometheus at an address of their own, which only those should reach who may."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, Final

from survey.cli.lazy import Problems
from survey.cli.opening import settings
from survey.database import session_scope
from survey.monitoring import metrics

LOG: Final = logging.getLogger(__name__)
PATH: Final = "/metrics"


@contextmanager
def metrics_served(bind: str | None, folder: str) -> Iterator[None]:
    """Within it, figures of the processes that count into `folder` can be read at /metrics of this
    address and port, if there is one. Raises Problems where it cannot be listened to."""
    if not bind:
        yield
        return
    server = _listening(bind, folder)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()


class _Server(ThreadingHTTPServer):
    """Keeps faults out of the way of the rest, in the log like all others."""

    def handle_error(self, request: Any, client_address: Any) -> None:
        LOG.error("Figures could not be told.", exc_info=sys.exc_info())


def _listening(bind: str, folder: str) -> _Server:
    host, _, port = bind.rpartition(":")
    opened = partial(session_scope, settings()["DATABASE_URL"])

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            told = metrics.exposition(opened, folder) if self.path == PATH else b""
            self.send_response(200 if self.path == PATH else 404)
            self.send_header("Content-Type", metrics.CONTENT_TYPE)
            self.end_headers()
            self.wfile.write(told)

        def log_message(self, *_: object) -> None:
            """Nothing: it is asked every few seconds."""

    try:
        return _Server((host, int(port)), Handler)
    except (OSError, ValueError) as fault:
        said = f"Figures cannot be served at {bind}: {fault}."
        raise Problems(f"{said} (mend: Give --metrics-bind another address and port.)") from fault
