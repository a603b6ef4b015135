"""Who connects and then says nothing keeps nobody waiting: browsers do so ahead of time."""

import socket
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.browser.serving import free_port, running

ASKED = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"
RIGHT = b"HTTP/1.1 200 OK\r\n"
SECONDS = 10
"""Less than after which the server would end whoever is stuck."""

SILENT = 2


def connected(place):
    """A connection to a port, or to the file of a socket."""
    made = socket.socket(socket.AF_INET if isinstance(place, tuple) else socket.AF_UNIX)
    made.settimeout(SECONDS)
    try:
        made.connect(place)
    except OSError:
        made.close()
        raise
    return made


def answered(place):
    """The first line of what is answered."""
    with connected(place) as asking, asking.makefile("rb") as lines:
        asking.sendall(ASKED)
        return lines.readline()


def until_it_answers(place):
    end = time.monotonic() + 30
    while True:
        try:
            assert answered(place) == RIGHT
        except OSError:
            assert time.monotonic() < end, "it never began"
            time.sleep(0.02)  # a process of its own begins in its own time
        else:
            return


@pytest.fixture(params=["port", "file"])
def place(request):
    """Where one worker answers."""
    with TemporaryDirectory() as folder:  # in pytest's, the path may be too long for a socket
        port, file = free_port(), str(Path(folder) / "socket")
        bound, place = {
            "port": (f"127.0.0.1:{port}", ("127.0.0.1", port)),
            "file": (f"unix:{file}", file),
        }[request.param]
        command = [
            *(sys.executable, "-m", "gunicorn", "--no-control-socket", "--log-level", "error"),
            *("--worker-class", "survey.cli.gunicorn_worker.Worker", "--workers", "1"),
            *("--bind", bound, "wsgiref.simple_server:demo_app"),
        ]
        with running(command):
            until_it_answers(place)
            yield place


def test_who_connects_and_says_nothing_keeps_nobody_waiting(place):
    with ExitStack() as opened:
        for _ in range(SILENT):
            opened.enter_context(connected(place))
        assert answered(place) == RIGHT
