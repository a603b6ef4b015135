"""The product in a process of its own, for tests in a browser."""

import os
import socket
import subprocess
import sys
from contextlib import closing, contextmanager


def free_port():
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def settings_of(address, database_url, **more):
    """Settings of a product at this address, as environment variables."""
    settings = {"DATABASE_URL": database_url, "SECRET_KEY": "k" * 32, "BASE_URL": address} | more
    return os.environ | {f"SURVEY_{name}": value for name, value in settings.items()}


@contextmanager
def pages_served(port, environment):
    """Within it the product's pages are served on loopback."""
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "wsgi:app"],
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
    )
    while "Listening at" not in server.stderr.readline():
        assert server.poll() is None, "the server did not start"
    yield
    server.terminate()
    server.communicate()
