"""The product in processes of its own, and somebody at a browser who speaks HTTP to it."""

import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Event
from time import monotonic
from types import SimpleNamespace
from urllib.parse import urlsplit

import requests

from tests.browser.serving import free_port, running, settings_of
from tests.faults.dying import ROOT, SETTINGS
from tests.web.pages import Browser

SECONDS = 30


class OverHttp:
    """Asks as the test client of an application does."""

    def __init__(self, address):
        self.address, self._asking = address, requests.Session()

    def test_client(self):
        return self

    def get(self, path, *, follow_redirects=False):
        return self._page("GET", path, follow_redirects)

    def post(self, path, *, data, follow_redirects=False):
        return self._page("POST", path, follow_redirects, data=data)

    def _page(self, method, path, follow, **sent):
        answer = self._asking.request(
            method, self.address + path, allow_redirects=follow, timeout=SECONDS, **sent
        )
        parts = urlsplit(answer.url)
        full = f"{parts.path}?{parts.query}"
        request = SimpleNamespace(path=parts.path, full_path=full)
        return SimpleNamespace(
            status_code=answer.status_code,
            text=answer.text,
            headers=answer.headers,
            request=request,
        )


@dataclass
class Served:
    """A product that is served; `pid` is of the server."""

    address: str
    environment: dict
    pid: int

    def browser(self):
        return Browser(OverHttp(self.address))


@contextmanager
def served(database_url):
    """Within it the product's pages are served, by one worker."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    environment = settings_of(address, database_url, SECRET_KEY=SETTINGS["SECRET_KEY"])
    command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "wsgi:app"]
    environment |= {"PYTHONPATH": str(ROOT)}
    with running(command, environment, stderr=subprocess.DEVNULL) as server:
        until(lambda: answers(address))
        yield Served(address, environment, server.pid)


def answers(address):
    try:
        return requests.get(f"{address}/healthz", timeout=SECONDS).status_code == 200
    except requests.ConnectionError:
        return False


def until(holds, seconds=SECONDS):
    """Wait until it holds, for so many seconds at most."""
    ends = monotonic() + seconds
    while not holds():
        if monotonic() > ends:
            raise AssertionError("it did not come about")
        Event().wait(0.05)
