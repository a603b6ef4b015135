"""Where a second factor is required, a password alone leads to the page where one is set up, and
nowhere else."""

import re
from datetime import UTC, datetime

import pytest
from werkzeug.routing import UUIDConverter

from survey.operations import accounts, factors
from survey.storage.accounts import Passkey
from survey.web.numbers import Number
from tests import make_stored as make
from tests.api.program import Program, token_of
from tests.attacks.addresses import rules
from tests.web.pages import Browser
from tests.web.signed_in import PASSWORD, sign_in, with_accounts
from tests.web.test_own_account import ACCOUNTS, NEW, code_on

SET_UP = "/account/second-factor"
WHERE_IT_IS_SET_UP = {"account.turn_on", "account.passkey_options_to_add", "account.passkey_add"}
IN_A_FRAME = "authoring.try_out."
"""These are shown inside another page, and say there what is wrong."""

OF_ITS_KIND = {UUIDConverter: "00000000-0000-0000-0000-000000000001", Number: 1}
LEAD = "lead@anytown.example"


@pytest.fixture
def strict(web_app, stored):
    """The application where a second factor is required, with an organisation."""
    web_app.config["SECOND_FACTOR"] = "required"
    with_accounts(stored, "admin", "lead")
    return web_app


@pytest.fixture
def lead(strict):
    return sign_in(strict, LEAD)


def set_up(browser):
    """Set up the app that the page shows; a code for when it is gone."""
    _, code = code_on(browser.page)
    browser.send({"code": code})
    assert "It is on" in browser.page.text
    return re.search(r"<code>([0-9a-f-]{13})</code>", browser.page.text)[1]


def with_passkey(session, email=LEAD, *, id_=b"key"):
    found = accounts.account_named(session, email)
    session.add(
        Passkey(
            id=id_,
            account_id=found.id,
            public_key=b"",
            sign_count=0,
            name="My laptop",
            added_at=make.NOON,
        )
    )
    session.commit()
    return found


def asked(app):
    """Every address of those who are signed in, but for where a second factor is set up."""
    adapter = app.url_map.bind("")
    for rule in rules(app, "GET", "POST"):
        if app.view_functions[rule.endpoint].access != "account":
            continue
        parts = {
            part: OF_ITS_KIND.get(type(converter), "any")
            for part, converter in rule._converters.items()
        }
        for method in rule.methods & {"GET", "POST"}:
            address = adapter.build(rule.endpoint, parts | (rule.defaults or {}), method=method)
            yield rule.endpoint, method, address


def test_every_page_of_an_account_leads_to_where_it_is_set_up(strict, lead):
    strict.config["WTF_CSRF_ENABLED"] = False
    wrong, seen = [], 0
    for endpoint, method, address in asked(strict):
        answer = lead.client.open(address, method=method)
        led = answer.status_code == 303 and answer.location.startswith(SET_UP + "?")
        refused = answer.status_code == 403 and "a second factor" in answer.text
        seen += led
        if (refused if endpoint.startswith(IN_A_FRAME) else led) == (
            endpoint in WHERE_IT_IS_SET_UP
        ):
            wrong.append((endpoint, method, answer.status_code))
    assert wrong == []
    assert seen > 150


def test_it_says_why_and_once_it_is_set_up_leads_on(strict, lead):
    assert lead.path == SET_UP
    assert lead.heading == "Set up a second factor"
    assert "a password alone lets nobody in" in lead.page.text
    assert "Profiles</a>" not in lead.page.text
    lead.open("/account/tokens")
    set_up(lead)
    assert 'href="/account/tokens">Go on' in lead.page.text
    assert lead.open("/account/tokens").request.path == "/account/tokens"


def test_it_does_not_lead_on_to_another_site(lead):
    lead.open(f"{SET_UP}?next=//elsewhere.example/")
    set_up(lead)
    assert "elsewhere" not in lead.page.text


def test_signing_out_help_and_the_front_page_work(lead):
    for address in ("/help/", "/help/using", "/help/running", "/"):
        assert lead.open(address).request.path == address
        assert lead.page.status_code == 200
        assert "Sign out" in lead.page.text
    assert lead.client.post("/sign-out", data=token_on(lead.page)).status_code == 303
    assert lead.open("/account").request.path == "/sign-in"


def token_on(page):
    return {"csrf_token": page.text.partition('name="csrf_token" value="')[2].partition('"')[0]}


def test_whoever_has_one_shows_it_and_does_as_ever(strict, lead):
    recovery = set_up(lead)
    again = Browser(strict)
    again.open("/sign-in?next=/account")
    again.send({"email": LEAD, "password": PASSWORD})
    assert again.path == "/sign-in/code"
    again.send({"code": recovery})
    assert again.path == "/account"


def test_a_changed_password_does_not_ask_for_it_anew(lead):
    set_up(lead)
    lead.open("/account/password")
    lead.send({"present": PASSWORD, "password": NEW, "again": NEW})
    assert lead.path == "/account"
    assert "Your password is changed" in lead.page.text


def test_whoever_found_out_a_password_adds_nothing_to_an_account_that_has_one(web_app, stored):
    """Also with a sign-in from before it was required."""
    with_accounts(stored, "lead")
    before = sign_in(web_app, LEAD)
    with_passkey(stored)
    web_app.config["SECOND_FACTOR"] = "required"
    for address in (SET_UP, "/account/passkeys/options", "/account"):
        assert before.open(address).request.path == "/sign-in"
        assert "your account has one" in before.page.text
    before.send({"email": LEAD, "password": PASSWORD})
    assert before.path == "/sign-in"
    assert "Sign in with your passkey" in before.page.text


def test_a_sign_in_from_before_counts_if_it_was_by_two_factors(web_app, stored):
    with_accounts(stored, "lead")
    before = sign_in(web_app, LEAD)
    before.open(SET_UP)
    set_up(before)
    web_app.config["SECOND_FACTOR"] = "required"
    assert before.open("/account").request.path == "/account"


def test_the_last_one_cannot_be_taken_away(strict, lead, stored):
    set_up(lead)
    lead.open("/account")
    assert "Turn it off" not in lead.page.text
    assert "set up another" in lead.page.text
    off = {"data": token_on(lead.page)}
    answer = lead.client.post("/account/second-factor/off", **off)
    assert answer.status_code == 422
    assert "your only second factor" in answer.text
    with_passkey(stored)
    lead.open("/account")
    lead.send(to="/account/second-factor/off")
    assert "Sign in with your passkey from now on" in lead.page.text
    answer = lead.client.post("/account/passkeys/a2V5/remove", **off)
    assert answer.status_code == 422
    assert "your only second factor" in answer.text


def test_where_none_is_required_the_last_one_may_go(web_app, stored):
    with_accounts(stored, "lead")
    lead = sign_in(web_app, LEAD)
    with_passkey(stored)
    lead.open("/account")
    lead.send(to="/account/passkeys/a2V5/remove")
    assert "The passkey is removed" in lead.page.text


def test_an_admin_lets_in_who_lost_their_passkey(strict, stored):
    found = with_passkey(stored)
    admin = sign_in(strict, "admin@anytown.example")
    set_up(admin)
    admin.open(ACCOUNTS)
    admin.send(to=f"{ACCOUNTS}/{found.id}/second-factor/off")
    assert "is asked for a new second factor" in admin.page.text
    assert sign_in(strict, LEAD).path == SET_UP


def test_a_program_is_not_asked_for_it(strict, stored):
    token = token_of(stored, accounts.account_named(stored, LEAD), now=datetime.now(UTC))
    stored.commit()
    assert Program(strict, token).get("/organisations/anytown/roles").status_code == 200


def test_those_without_are_counted(stored):
    anytown = make.organisation(stored)
    for name, password in (("ada", PASSWORD), ("jo", PASSWORD), ("invited", None)):
        accounts.create_account(
            stored, f"{name}@a.example", role="lead", organisation=anytown, password=password
        )
    assert factors.number_without(stored) == 2
    with_passkey(stored, "ada@a.example")
    assert factors.number_without(stored) == 1
    jo = accounts.account_named(stored, "jo@a.example")
    jo.active = False
    stored.flush()
    assert factors.number_without(stored) == 0
