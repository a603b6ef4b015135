"""Figures for Prometheus at an address of their own, which only those should reach who may."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from survey.cli.lazy import Problems
from survey.cli.opening import settings
from survey.database import session_scope
from survey.monitoring import metrics


@contextmanager
def metrics_served(bind: str | None, folder: str) -> Iterator[None]:
    """Within it, figures of the processes that count into `folder` can be read at /metrics of this
    address and port, if there is one. Raises Problems where it cannot be listened to."""
    if not bind:
        yield
        return
    server = _server(bind, folder)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()


def _server(bind: str, folder: str) -> ThreadingHTTPServer:
    host, _, port = bind.rpartition(":")
    opened = partial(session_scope, settings()["DATABASE_URL"])

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            known = self.path == "/metrics"
            self.send_response(200 if known else 404)
            self.send_header("Content-Type", metrics.CONTENT_TYPE)
            self.end_headers()
            self.wfile.write(metrics.exposition(opened, folder) if known else b"")

        def log_message(self, *_: object) -> None:
            """Nothing: it is asked every few seconds."""

    try:
        return ThreadingHTTPServer((host.strip("[]"), int(port)), Handler)
    except (OSError, ValueError) as fault:
        raise Problems(
            f"Figures cannot be served at {bind}: {fault} (mend: --metrics-bind)"
        ) from fault
