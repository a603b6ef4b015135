"""Every fault is a page: what happened, and what to do. Nothing of ours leaks."""

import logging

import pytest
from sqlalchemy import text

from survey import access
from survey.database import db
from survey.operations.errors import Conflict, NotSignedIn, SurveyError

EMAIL = "ada@anytown.example"


class Spoilt(Exception):
    pass


@pytest.fixture
def failing(own_app):
    """Makes a page that raises; returns its answer."""

    def opened(error, address="/failing", **sent):
        def view():
            raise error

        own_app.add_url_rule("/failing", "failing", access.public(view), methods=["GET", "POST"])
        return own_app.test_client().get(address, **sent)

    return opened


def test_what_an_operation_refuses_is_said_with_what_to_do(failing):
    page = failing(Conflict("Somebody <saved> first.", "Compare the two."))
    assert page.status_code == 409
    assert "Somebody &lt;saved&gt; first." in page.text
    assert "Compare the two." in page.text


@pytest.mark.parametrize("kind", SurveyError.__subclasses__(), ids=lambda kind: kind.__name__)
def test_every_refusal_has_its_status(failing, kind):
    page = failing(kind(is_there=False) if kind is access.NoSecondFactor else kind("No."))
    if kind is NotSignedIn:
        assert page.location == "/sign-in?next=/failing"
    elif kind is access.NoSecondFactor:
        assert page.location == "/account/second-factor?next=/failing"
    else:
        assert page.status_code == kind.status
        assert kind.title in page.text


def test_whoever_must_sign_in_returns_to_the_page_with_its_choices(failing):
    page = failing(NotSignedIn("Sign in."), address="/failing?sort=gap")
    assert page.location.startswith("/sign-in?next=/failing")
    assert page.location.endswith("sort%3Dgap")


def test_a_fault_of_ours_shows_its_reference_and_nothing_else(failing, caplog):
    with caplog.at_level(logging.ERROR):
        page = failing(Spoilt(EMAIL))
    assert page.status_code == 500
    (logged,) = [one for one in caplog.records if one.name == "survey.web.errors"]
    assert logged.args[0] in page.text
    assert "Spoilt" not in page.text
    assert EMAIL not in page.text
    assert "Spoilt" in logged.getMessage()
    assert EMAIL not in logged.getMessage(), "a fault may quote people"


def test_an_unknown_address_says_so(browser):
    page = browser.open("/no-such-page")
    assert page.status_code == 404
    assert browser.heading == "Page not found"


def test_what_was_sent_to_the_database_is_not_logged(own_app, caplog):
    def view():
        db.session.execute(text("SELECT :typed FROM nowhere"), {"typed": EMAIL})

    own_app.add_url_rule("/failing", "failing", access.public(view))
    assert own_app.test_client().get("/failing").status_code == 500
    assert "nowhere" in caplog.text
    assert EMAIL not in caplog.text


def test_a_wrong_method_says_which_are_right(web_app):
    page = web_app.test_client().post("/healthz")
    assert page.status_code == 405
    assert "GET" in page.headers["Allow"]
    assert "use the buttons on the page" in page.text


def test_a_form_without_its_token_is_refused_in_plain_words(web_app):
    page = web_app.test_client().post("/", data={"code": "autumn"})
    assert page.status_code == 400
    assert "Go back, reload the page" in page.text


def test_what_is_too_large_is_refused_before_it_is_read(web_app):
    web_app.config["MAX_CONTENT_LENGTH"] = 1000
    page = web_app.test_client().post("/", data={"code": "a" * 2000})
    assert page.status_code == 413
    assert "too large" in page.text


@pytest.mark.parametrize(
    "asked",
    [
        {"path": "/sign-in", "query_string": {"next": "/\0"}},
        {"path": "/", "method": "POST", "data": {"code": "a\0b"}},
        {"path": "/sign-in", "method": "POST", "data": {"email\0": "ada@anytown.example"}},
    ],
    ids=["parameter", "field", "name of a field"],
)
def test_what_no_database_can_store_is_refused_before_it_gets_there(own_app, asked):
    own_app.config["WTF_CSRF_ENABLED"] = False
    page = own_app.test_client().open(**asked)
    assert page.status_code == 400
    assert "That could not be understood" in page.text


def test_an_address_that_no_database_can_store_leads_nowhere(own_app):
    assert own_app.test_client().get("/surveys/a%00b").status_code == 404
