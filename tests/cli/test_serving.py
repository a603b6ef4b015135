"""`survey serve`, from its start to its end: no request is lost, nobody stands in its log."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from sqlite3 import connect

import pytest
import requests
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from sqlalchemy import func, select

from survey.cli import serving
from survey.cli.lazy import Problems
from survey.cli.metrics_server import metrics_served
from survey.config import TIMEOUT, from_environ
from survey.database import session_scope
from survey.storage.drafts import Draft
from tests import make_stored as make
from tests.browser.serving import free_port, running, settings_of
from tests.cli.conftest import Survey
from tests.receiver import receiving
from tests.web.pages import forms

AGENT = "a-browser-of-the-tests"
TOKEN = "figures-" + "t" * 20


class Served:
    """A server that runs, and what it is asked."""

    def __init__(self, process, address, figures, settings):
        self.process, self.address, self.figures, self.settings = (
            *(process, address, figures, settings),
        )
        self.browser = requests.Session()
        self.browser.headers["User-Agent"] = AGENT

    def ask(self, path, **how):
        return self.browser.get(f"{self.address}{path}", timeout=30, **how)

    def press(self, path, form):
        """Press the button of a form; what is answered."""
        sent = {"data": form["hidden"], "allow_redirects": False, "timeout": 30}
        return self.browser.post(f"{self.address}{path}", **sent)

    def figure(self, name):
        text = requests.get(f"{self.figures}/metrics", timeout=30).text
        return float(re.search(rf"^{name} (\S+)$", text, re.M)[1])

    def reload(self, **settings):
        self.settings.write_text("".join(f"SURVEY_{n}='{text}'\n" for n, text in settings.items()))
        self.process.send_signal(signal.SIGHUP)


def until(holds):
    """Wait until it holds: for what a process of its own does in its own time."""
    end = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < end, "it never came to be"
        time.sleep(0.02)


def is_up(address):
    try:
        return requests.get(f"{address}/readyz", timeout=30).ok
    except requests.RequestException:
        return False


@pytest.fixture
def database(sqlite_template, tmp_path):
    """The file of a database with an open wave, and the token of an invitation to it."""
    file = tmp_path / "served.db"
    file.write_bytes(sqlite_template.read_bytes())
    with session_scope(f"sqlite:///{file}") as session:
        token, _ = make.invitation(session, make.wave(session, slug="autumn"))
        session.commit()
    return file, token


@pytest.fixture
def served(database, tmp_path):
    """The server in production, its traces received in `came`."""
    port, figures, settings = free_port(), free_port(), tmp_path / "settings"
    settings.touch()
    address = f"http://127.0.0.1:{port}"
    command = [
        *(sys.executable, "-m", "survey.cli.main", "serve", "--no-background", "--workers", "1"),
        *("--bind", f"127.0.0.1:{port}", "--metrics-bind", f"127.0.0.1:{figures}"),
        *("--settings", str(settings)),
    ]
    log = tmp_path / "log"
    with receiving() as receiver, log.open("w") as written:
        traces = f"http://127.0.0.1:{receiver.port}"
        environment = settings_of(
            address, f"sqlite:///{database[0]}", PRODUCTION="1", OTEL_ENDPOINT=traces
        )
        quietly = {"stdout": subprocess.DEVNULL, "stderr": written}
        with running(command, environment, **quietly) as process:
            until(lambda: is_up(address))
            made = Served(process, address, f"http://127.0.0.1:{figures}", settings)
            made.came, made.log = receiver.came, log
            yield made


def spans(came):
    """Name and attributes of every span."""
    for path, _, body in came:
        assert path == "/v1/traces"
        for resource in ExportTraceServiceRequest.FromString(body).resource_spans:
            for scope in resource.scope_spans:
                for span in scope.spans:
                    yield span.name, {one.key: one.value.string_value for one in span.attributes}


def test_a_server_loses_no_request_and_knows_nobody(served, database):
    file, token = database
    shared = served.ask("/shared/a-secret-token?with=a-query")
    assert shared.status_code == 404
    _say_nonsense(served, token)
    _reload(served)
    _stop_while_busy(served, f"/invitations/{token}", file)
    with session_scope(f"sqlite:///{file}") as session:
        assert session.scalar(select(func.count()).select_from(Draft)) == 1
    lines = [json.loads(line) for line in served.log.read_text().splitlines()]
    traced = list(spans(served.came))
    assert shared.headers["X-Request-ID"] in {line.get("request_id") for line in lines}
    _tells_of_requests(lines, traced)
    told = served.log.read_text() + repr(traced)
    for secret in ("127.0.0.1", AGENT, "a-secret-token", "a-query", token, "ada@", TOKEN):
        assert secret not in told


def test_a_port_for_figures_that_is_taken_is_said(monkeypatch):
    monkeypatch.setenv("SURVEY_DATABASE_URL", "sqlite:////absent/none.db")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        bind = f"127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(Problems, match="--metrics-bind"), metrics_served(bind, ""):
            pass


def test_processes_are_told_how_long_a_request_may_take(sqlite_template, tmp_path, monkeypatch):
    class Begun:
        """Instead of processes."""

        def __init__(self, wanted, *, background):
            assert from_environ(os.environ)["STATEMENT_SECONDS"] == wanted.timeout - 5 == 85

        def run(self):
            return 0

    monkeypatch.setenv(TIMEOUT, "30")
    monkeypatch.setattr(serving, "_Serving", Begun)
    settings = {"DATABASE_URL": f"sqlite:///{sqlite_template}", "INSTANCE": str(tmp_path)}
    Survey({f"SURVEY_{n}": text for n, text in settings.items()}).does("serve", "--timeout", 90)


def _reload(served):
    """New settings are taken, unless they cannot be used: then all goes on."""
    served.reload(MINIMUM_GROUP="3")
    until(lambda: "Not reloaded" in served.log.read_text())
    assert served.ask("/metrics").status_code == 404, "no such setting"
    served.reload(METRICS_TOKEN=TOKEN)
    until(lambda: served.ask("/metrics").status_code == 401)


def _stop_while_busy(served, start, file):
    """Who is being answered, and who waits behind them, gets an answer."""
    (form,) = forms(served.ask(start).text)
    with closing(connect(file, isolation_level=None)) as other, ThreadPoolExecutor() as others:
        other.execute("BEGIN IMMEDIATE")  # whoever writes waits
        slow = others.submit(served.press, start, form)
        until(lambda: served.figure("survey_requests_in_progress") == 1)
        behind = others.submit(requests.get, f"{served.address}/sign-in", timeout=30)
        served.process.terminate()
        until(lambda: "Stopping" in served.log.read_text())
        other.execute("ROLLBACK")
    assert served.process.wait(30) == 0
    assert slow.result().status_code == 303
    assert behind.result().status_code == 200


def _tells_of_requests(lines, traced):
    """But of none that somebody sent who answers."""
    logged = {(line.get("route"), line.get("status")) for line in lines if "route" in line}
    assert ("/shared/<token>", 404) in logged
    assert not any("invitations" in route for route, _ in logged)
    assert "A request could not be understood." in {line["message"] for line in lines}
    assert "GET /shared/<token>" in {name for name, _ in traced}
    assert any(about.get("db.query.text", "").startswith("SELECT") for _, about in traced)
    assert not any("invitations" in about.get("http.route", "") for _, about in traced)


def _say_nonsense(served, token):
    host, port = served.address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=30) as caller:
        caller.sendall(f"GET /invitations/{token} and more HTTP/1.1\r\n\r\n".encode())
        assert b"400" in caller.recv(100)
