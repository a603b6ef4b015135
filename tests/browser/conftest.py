"""A real server with the demonstration council, and real Chromium."""

import re
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from sqlalchemy import select

from survey.database import session_scope
from survey.operations.inviting import unanswered
from survey.storage.waves import Wave
from tests.browser.serving import free_port, pages_served, settings_of

PEOPLE = 60
SECRET_KEY = "browser-tests-" + "k" * 32


class Server:
    """The product, running: its address, an unused invitation each time, and a password."""

    def __init__(self, address, links, password, environment):
        self.address = address
        self.password = password
        self.environment = environment
        self._links = iter(links)

    def new_invitation(self):
        return next(self._links)

    def command(self, *arguments):
        """Run `survey …` on the server's database; what it wrote."""
        done = subprocess.run(
            [Path(sys.executable).parent / "survey", *arguments],
            env=self.environment,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    """gunicorn with the demonstration council on a database of its own."""
    folder = tmp_path_factory.mktemp("server")
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    url = f"sqlite:///{folder / 'demo.db'}"
    environment = settings_of(address, url, SECRET_KEY=SECRET_KEY)
    run = Server(address, [], "", environment).command
    run("database", "upgrade")
    said = run("demo", "create", "--people", str(PEOPLE), "--port", str(port))
    password = re.search(r"Password: (\S+)", said)[1]
    with pages_served(port, environment):
        urllib.request.urlopen(f"{address}/readyz").close()
        yield Server(address, _unused_links(environment, address), password, environment)


def _unused_links(environment, address):
    """Links that nobody has used, into the wave that is open."""
    with session_scope(environment["SURVEY_DATABASE_URL"]) as session:
        wave = session.scalars(select(Wave).where(Wave.state == "open")).one()
        found = list(unanswered(session, wave, secret=SECRET_KEY))
    return [f"{address}/invitations/{token}" for _, token in found]


PHONE = {"width": 360, "height": 740}
SMALLEST = {"width": 320, "height": 640}
DESKTOP = {"width": 1280, "height": 900}


@pytest.fixture(params=[PHONE, DESKTOP], ids=["phone", "desktop"])
def page(chromium, server, request):
    """A page at phone and at desktop width. It fails the test on any error of a script, and on
    any request to another host."""
    context = chromium.new_context(viewport=request.param, base_url=server.address)
    opened = context.new_page()
    faults = []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    own = (server.address, "blob:", "data:")
    opened.on("request", lambda sent: sent.url.startswith(own) or faults.append(sent.url))
    opened.faults = faults
    yield opened
    context.close()
    assert not [fault for fault in faults if "status of 4" not in fault]
