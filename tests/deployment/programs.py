"""Programs that are installed beside the product, started on loopback for tests."""

import os
import shutil
import socket
import subprocess
from contextlib import contextmanager, suppress
from time import monotonic

import pytest

SECONDS_TO_START = 20
SECONDS_BETWEEN_LOOKS = 0.05


def program(name, package=""):
    """Where a program is. Where it is missing, CI fails and others skip."""
    found = shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin")
    if found is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(
            f"{name} is missing. On Debian or Ubuntu: apt-get install {package or name}"
        )
    return found


def listens(port):
    """Whether something answers at a port of this machine."""
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


@contextmanager
def started(command, answers, **options):
    """Within it the program runs, and `answers` has said that it does; it ends whatever becomes of
    the test."""
    process = subprocess.Popen(command, **options)
    try:
        until = monotonic() + SECONDS_TO_START
        while not answers():
            assert process.poll() is None, f"{command[0]} ended"
            assert monotonic() < until, f"{command[0]} does not answer"
            with suppress(subprocess.TimeoutExpired):
                process.wait(SECONDS_BETWEEN_LOOKS)
        yield process
    finally:
        process.terminate()
        process.communicate()
