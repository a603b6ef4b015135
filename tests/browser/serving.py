"""The product, and what it speaks to, in processes of their own, for tests in a browser."""

import os
import random
import socket
import subprocess
import sys
from contextlib import contextmanager

NEVER_GIVEN_TO_CLIENTS = range(20_000, 32_000)
"""Ports below those that the kernel gives to outgoing connections, at any moment."""


def free_port():
    while True:
        port = random.choice(NEVER_GIVEN_TO_CLIENTS)
        try:
            socket.create_server(("127.0.0.1", port)).close()
        except OSError:
            continue
        return port


def settings_of(address, database_url, **more):
    """Settings of a product at this address, as environment variables."""
    settings = {"DATABASE_URL": database_url, "SECRET_KEY": "k" * 32, "BASE_URL": address} | more
    return os.environ | {f"SURVEY_{name}": value for name, value in settings.items()}


@contextmanager
def running(command, environment=None, **outputs):
    """Within it the process runs; it ends whatever becomes of the test."""
    process = subprocess.Popen(command, env=environment, text=True, **outputs)
    try:
        yield process
    finally:
        process.terminate()
        process.communicate()


def wait_for(words, output):
    """Read what a process says until it says these words."""
    said = []
    for line in output:
        said.append(line)
        if words in line:
            return
    raise AssertionError(f"it ended without {words!r}: {''.join(said)}")


@contextmanager
def pages_served(port, environment):
    """Within it the product's pages are served on loopback."""
    command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "wsgi:app"]
    with running(command, environment, stderr=subprocess.PIPE) as server:
        wait_for("Listening at", server.stderr)
        yield
