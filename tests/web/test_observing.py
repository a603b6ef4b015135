"""Requests get ids, lines in the log and figures; whoever answers a survey leaves none of them."""

import logging
import re

import pytest

from survey import access
from survey.app import create_app
from survey.database import db
from survey.engines import engine, sessions
from survey.monitoring import metrics
from tests import make_stored as make

TOKEN = "figures-" + "t" * 20
SHOWN = {"Authorization": f"Bearer {TOKEN}"}


@pytest.fixture
def lines(caplog):
    """The lines that requests left."""
    caplog.set_level(logging.INFO)
    return lambda: [one for one in caplog.records if one.name == "survey.requests"]


def test_each_answer_has_an_id_of_its_own(web_app):
    asked = web_app.test_client()
    first, second = (asked.get("/sign-in").headers["X-Request-ID"] for _ in range(2))
    assert re.fullmatch("[0-9a-f]{12}", first)
    assert first != second


def test_an_id_that_came_along_is_kept(web_app):
    sent = {"X-Request-ID": "0f3c6c1e-5d5b-4c7e-9d0a-3b1f6f0a9d11"}
    assert web_app.test_client().get("/sign-in", headers=sent).headers["X-Request-ID"] in (
        *sent.values(),
    )


@pytest.mark.parametrize(
    "sent", ["short", "with a space in it", "<script>alert(1)</script>", "a" * 65]
)
def test_what_does_not_look_like_an_id_is_not_taken(web_app, sent):
    answer = web_app.test_client().get("/sign-in", headers={"X-Request-ID": sent})
    assert answer.headers["X-Request-ID"] != sent


def test_a_line_has_the_route_and_never_the_address(web_app, lines):
    web_app.test_client().get("/shared/a-token?chosen=secret")
    (line,) = lines()
    told = line.fields
    assert line.getMessage().startswith("GET /shared/<token> 404 in ")
    assert (told["method"], told["route"], told["status"]) == ("GET", "/shared/<token>", 404)
    assert told["bytes"] > 0
    assert told["milliseconds"] > 0
    assert "a-token" not in repr(vars(line))
    assert "secret" not in repr(vars(line))


def test_an_address_that_leads_nowhere_is_not_repeated(web_app, lines):
    web_app.test_client().get("/invitation/mistyped-token")
    (line,) = lines()
    assert line.fields["route"] == "no such page"
    assert "mistyped" not in repr(vars(line))


def test_whoever_answers_leaves_no_line(web_app, stored, browser, lines):
    made = make.wave(stored, slug="autumn")
    token, _ = make.invitation(stored, made)
    stored.commit()
    browser.open(f"/invitations/{token}")
    browser.send()
    browser.open("/surveys/autumn/check")
    browser.open("/surveys/autumn/privacy")
    browser.open("/")
    browser.send({"code": token})
    assert browser.page.status_code == 200
    assert lines() == []


def test_a_page_of_theirs_that_fails_leaves_one(web_app, lines, monkeypatch):
    def fails(*_, **__):
        raise RuntimeError("ada@anytown.example")

    monkeypatch.setattr("survey.operations.answering.start_page_of_invitation", fails)
    page = web_app.test_client().get("/invitations/a-token")
    (line,) = lines()
    assert (line.fields["route"], line.fields["status"]) == ("/invitations/<token>", 500)
    assert page.headers["X-Request-ID"] in page.text


def test_machines_that_ask_whether_all_is_well_leave_no_line(web_app, lines):
    asked = web_app.test_client()
    asked.get("/healthz")
    asked.get("/readyz")
    assert lines() == []


@pytest.fixture(scope="module")
def counting_app():
    """An application of which figures can be read, made once."""
    settings = {"DATABASE_URL": "sqlite://", "SECRET_KEY": "k" * 32, "TESTING": True}
    made = create_app(settings | {"METRICS_TOKEN": TOKEN})
    made.add_url_rule("/holding", "holding", access.public(holding))
    return made


def holding():
    """How many connections are held, while it holds one."""
    db.session.connection()
    return {"held": held()}


def held():
    return metrics.figures().registry.get_sample_value("survey_database_connections_in_use")


@pytest.fixture
def watched(counting_app, web_database, monkeypatch):
    """The same on a database of the test's own."""
    made = engine(web_database)
    monkeypatch.setitem(counting_app.extensions, "database", sessions(made))
    yield counting_app
    made.dispose()


def read(app):
    answer = app.test_client().get("/metrics", headers=SHOWN)
    assert answer.status_code == 200
    found = re.findall(r"^([a-z_]+(?:\{.*\})?) (\S+)$", answer.text, re.M)
    return {name: float(value) for name, value in found}


def more(before, after, name):
    return after[name] - before.get(name, 0)


def test_there_are_no_figures_unless_a_token_is_set(web_app):
    assert web_app.test_client().get("/metrics", headers=SHOWN).status_code == 404


@pytest.mark.parametrize(
    "sent", [{}, {"Authorization": "Bearer wrong"}, {"Authorization": "Basic eDp5"}]
)
def test_figures_are_for_whoever_shows_the_token(watched, sent):
    answer = watched.test_client().get("/metrics", headers=sent)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert "survey_" not in answer.text


def test_requests_are_counted_by_endpoint_method_and_status(watched):
    asked, before = watched.test_client(), read(watched)
    asked.get("/sign-in")
    asked.get("/sign-in")
    asked.open("/sign-in", method="FLY")
    after, signing_in = read(watched), 'endpoint="account.sign_in"'
    of_two = f'survey_requests_total{{{signing_in},method="GET",status="200"}}'
    of_one = 'survey_requests_total{endpoint="no such page",method="other",status="405"}'
    assert more(before, after, of_two) == 2
    assert more(before, after, of_one) == 1
    assert more(before, after, f"survey_request_seconds_count{{{signing_in}}}") == 2
    assert after["survey_requests_in_progress"] == 1, "the one that reads them"


def test_all_pages_of_whoever_answers_are_one_in_figures(watched, stored):
    make.wave(stored, slug="autumn")
    stored.commit()
    asked = watched.test_client()
    for address in ("/surveys/autumn", "/surveys/autumn/check", "/invitations/a-token", "/"):
        asked.get(address)
    counted = {name for name in read(watched) if "endpoint=" in name}
    named = {name for name in counted if "answer" in name or "home" in name}
    assert {re.search('endpoint="(.*?)"', name)[1] for name in named} == {"answer"}
    assert not any("autumn" in name for name in read(watched))


def test_a_connection_that_is_held_is_counted(watched):
    before = held()
    assert watched.test_client().get("/holding").json == {"held": before + 1}
    assert held() == before


def test_how_the_installation_stands_is_read_with_it(watched, stored):
    make.wave(stored, slug="autumn")
    stored.commit()
    found = read(watched)
    assert found["survey_database_up"] == 1
    assert found["survey_waves_open"] == 1
    assert found['survey_background_waiting{kind="webhooks"}'] == 0


def test_figures_can_be_read_while_the_database_is_gone(watched, monkeypatch):
    gone = sessions(engine("sqlite:////absent/none.db"))
    monkeypatch.setitem(watched.extensions, "database", gone)
    found = read(watched)
    assert found["survey_database_up"] == 0
    assert "survey_waves_open" not in found
    ready = watched.test_client().get("/readyz")
    assert (ready.status_code, ready.json["reason"]) == (503, "The database does not answer.")
