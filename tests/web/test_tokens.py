"""People let programs act for them, and end that."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from survey.operations import accounts, api_tokens
from tests import make_stored as make
from tests.web.signed_in import account, sign_in

PAGE = "/account/tokens"
CHECK = "/api/v1/questionnaires/check"
READ = "questionnaires:read"
EMAIL = "author@anytown.example"


@pytest.fixture
def author(web_app, stored):
    account(stored, make.organisation(stored), "author")
    stored.commit()
    return sign_in(web_app, EMAIL)


def make_token(browser, **typed):
    browser.open(PAGE)
    sent = {"name": "Pipeline", "scopes": [READ], "days": "30"} | typed
    return browser.send({name: value for name, value in sent.items() if value}, to=PAGE)


def token_on(page):
    return re.search(r"<code>(ms_[\w-]+)</code>", page.text)[1]


def check(app, token):
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    return app.test_client().post(CHECK, data="{}", headers=headers).status_code


def test_a_token_is_shown_once_used_and_revoked(author, web_app):
    assert PAGE in author.open("/account").text
    token = token_on(make_token(author))
    assert token not in author.open(PAGE).text
    assert "never</td>" in author.page.text
    assert check(web_app, token) == 200
    assert "never</td>" not in author.open(PAGE).text
    action = re.search(rf'action="({PAGE}/\d+/revoke)"', author.page.text)[1]
    assert "“Pipeline” can no longer act for you" in author.send(to=action).text
    assert "revoked on" in author.page.text
    assert check(web_app, token) == 401


WRONG = [
    ({"name": ""}, "Enter a name."),
    ({"name": "x" * 101}, "at most 100 characters"),
    ({"scopes": []}, "Choose what it may do."),
    ({"scopes": ["everything"]}, "everything"),
    ({"days": "31"}, "Not a valid choice"),
]


def test_what_is_missing_is_told_and_what_was_typed_stays(author):
    for typed, said in WRONG:
        page = make_token(author, **{"name": "My job", "days": "365"} | typed)
        assert page.status_code == 422
        assert said in page.text
        assert "name" in typed or 'value="My job"' in page.text
    assert "Your tokens" not in page.text


def test_a_token_that_expired_says_when(author, stored):
    mine = accounts.account_named(stored, EMAIL)
    made = {"name": "Old job", "scopes": [READ], "days": 30}
    api_tokens.make_token(stored, mine, **made, now=datetime.now(UTC) - timedelta(days=31))
    stored.commit()
    page = author.open(PAGE).text
    assert "expired on" in page
    assert f"{PAGE}/" not in page, "there is nothing to revoke"


def test_nobody_sees_or_revokes_the_tokens_of_another(author, web_app, stored):
    make_token(author)
    own = re.search(rf'action="({PAGE}/\d+/revoke)"', author.page.text)[1]
    other = make.organisation(stored, "elsewhere", {"elsewhere": None})
    email = account(stored, other, "admin")
    stored.commit()
    stranger = sign_in(web_app, email)
    assert "Pipeline" not in stranger.open(PAGE).text
    csrf = re.search(r'name="csrf_token" value="([^"]+)"', stranger.page.text)[1]
    assert stranger.client.post(own, data={"csrf_token": csrf}).status_code == 404


def test_the_twenty_first_is_refused_with_what_to_do(author, stored):
    for _ in range(20):
        make_token(author)
    assert "Revoke one first." in make_token(author).text
