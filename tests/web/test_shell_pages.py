"""The front door, help, and what a load balancer asks."""

import re
from html import unescape
from urllib.parse import unquote

import pytest

from survey.app import create_app
from survey.operations.shipped import library
from survey.questionnaire.check import check
from survey.web.help.views import TITLES
from tests import make_stored


@pytest.fixture
def waves(stored):
    """An open wave with a link, a closed one, and the token of an invitation."""
    anytown = make_stored.organisation(stored)
    by_link = make_stored.wave(stored, anytown, slug="autumn-2026", open_link=True)
    make_stored.wave(stored, anytown, slug="spring-2026", open_link=True, state="closed")
    token, _ = make_stored.invitation(stored, by_link)
    stored.commit()
    return token


@pytest.mark.parametrize(
    ("typed", "leads_to"),
    [
        ("autumn-2026", "/surveys/autumn-2026"),
        (" Autumn-2026 ", "/surveys/autumn-2026"),
        ("https://survey.example/surveys/autumn-2026/", "/surveys/autumn-2026"),
        ("spring-2026", "/surveys/spring-2026"),  # which says that it has closed
    ],
)
def test_a_code_leads_to_its_survey(browser, waves, typed, leads_to):
    browser.open("/")
    assert browser.send({"code": typed}, follow=False).location == leads_to


@pytest.mark.parametrize("before", ["", "https://survey.example/invitations/"])
def test_an_invitation_typed_or_pasted_leads_to_its_start(browser, waves, before):
    browser.open("/")
    sent = browser.send({"code": before + waves}, follow=False)
    assert unquote(sent.location) == f"/invitations/{waves}"
    assert browser.open(sent.location).status_code == 200


def test_an_unknown_code_is_said_beside_it_and_stays_typed(browser, waves):
    browser.open("/")
    page = browser.send({"code": "autmn<"})
    assert page.status_code == 422
    assert "<title>Error: " in page.text
    assert "No survey has this code." in page.text
    assert 'value="autmn&lt;"' in page.text


def test_no_code_is_asked_for(browser):
    browser.open("/")
    page = browser.send({"code": "  "})
    assert page.status_code == 422
    assert "Enter the code of your survey." in page.text


@pytest.mark.parametrize("topic", TITLES)
def test_a_help_page_is_listed_and_has_its_title(browser, topic):
    assert f'href="/help/{topic}"' in browser.open("/help/").text
    browser.open(f"/help/{topic}")
    assert browser.heading == TITLES[topic]


def test_an_unknown_help_page_is_not_found(browser):
    assert browser.open("/help/no-such-topic").status_code == 404


def test_a_running_process_says_so(browser):
    assert browser.open("/healthz").json == {"status": "up"}
    assert browser.open("/readyz").json == {"status": "ready"}


def test_a_process_without_tables_is_up_but_not_ready(tmp_path):
    app = create_app({"DATABASE_URL": f"sqlite:///{tmp_path / 'new.db'}", "SECRET_KEY": "k" * 32})
    asked = app.test_client()
    assert asked.get("/healthz").status_code == 200
    ready = asked.get("/readyz")
    assert ready.status_code == 503
    assert ready.json["mend"] == "survey database upgrade"


def test_the_questionnaire_that_help_shows_is_a_good_one(browser):
    shown = re.search(r"<pre[^>]*>(.*?)</pre>", browser.open("/help/questionnaires").text, re.S)
    assert check(unescape(shown[1]), library()).problems == ()
