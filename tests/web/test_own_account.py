"""People look after their account, and admins after those of colleagues."""

import re
from base64 import b32decode
from datetime import UTC, datetime

import pytest
import time_machine
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from sqlalchemy import select

from survey.app import create_app
from survey.operations import account_links, accounts
from survey.operations.tokens import set_up_token
from survey.storage.accounts import Account
from survey.storage.organisations import Organisation
from tests import make_stored as make
from tests.web.pages import Browser
from tests.web.signed_in import PASSWORD, account, sign_in, with_accounts

SECRET = "k" * 32
ACCOUNTS = "/admin/anytown/accounts"
NEW = "another three words"


@pytest.fixture
def anytown(stored):
    return with_accounts(stored, "admin", "lead")


@pytest.fixture
def lead(web_app, anytown):
    return sign_in(web_app, "lead@anytown.example")


@pytest.fixture
def admin(web_app, anytown):
    return sign_in(web_app, "admin@anytown.example")


def code_on(page):
    """The code of an app that has read the secret on the page."""
    secret = re.search(r"type this into the app: <code>([A-Z2-7 ]+)</code>", page.text)[1]
    return secret.replace(" ", ""), code_of(secret)


def code_of(secret):
    totp = TOTP(b32decode(secret.replace(" ", "")), 6, SHA1(), 30, enforce_key_length=False)
    return totp.generate(int(datetime.now(UTC).timestamp())).decode()


def test_the_password_is_changed_and_other_devices_are_out(lead, web_app):
    elsewhere = sign_in(web_app, "lead@anytown.example")
    lead.open("/account/password")
    assert lead.send({"present": "wrong", "password": NEW, "again": NEW}).status_code == 422
    assert lead.send({"present": PASSWORD, "password": NEW, "again": "x"}).status_code == 422
    assert lead.send({"present": PASSWORD, "password": "x", "again": "x"}).status_code == 422
    lead.send({"present": PASSWORD, "password": NEW, "again": NEW})
    assert "Your password is changed" in lead.page.text
    assert elsewhere.open("/account").request.path == "/sign-in"


def test_devices_are_listed_and_signed_out(lead, web_app):
    elsewhere = sign_in(web_app, "lead@anytown.example")
    assert "(this one)" in lead.open("/account").text
    lead.send(to="/account/sign-out-elsewhere")
    assert elsewhere.open("/account").request.path == "/sign-in"
    assert "Sign out all other devices" not in lead.open("/account").text


def test_a_second_factor_is_turned_on_asked_for_and_turned_off(anytown, web_app):
    with time_machine.travel("2026-11-23 12:00:10Z", tick=False) as clock:
        lead = sign_in(web_app, "lead@anytown.example")
        page = lead.open("/account/second-factor")
        assert "<svg" in page.text
        secret, code = code_on(page)
        assert lead.send({"code": "000000"}).status_code == 422
        recovery = re.findall(
            r"<code>([0-9a-f]{6}-[0-9a-f]{6})</code>", lead.send({"code": code}).text
        )
        assert len(recovery) == 8
        again = Browser(web_app)
        again.open("/sign-in")
        again.send({"email": "lead@anytown.example", "password": PASSWORD})
        assert again.path == "/sign-in/code"
        assert again.open("/account").request.path == "/sign-in", "the password alone is not enough"
        again.open("/sign-in/code")
        assert "used before" in again.send({"code": code}).text
        clock.shift(60)
        again.send({"code": code_of(secret)})
        assert "Sign out" in again.page.text
        lead.open("/account")
        lead.send(to="/account/second-factor/off")
        assert "password alone" in lead.page.text


def test_whoever_changes_how_they_sign_in_has_done_so_lately(anytown, web_app, stored):
    with time_machine.travel("2026-11-23 12:00:10Z", tick=False) as clock:
        lead = sign_in(web_app, "lead@anytown.example")
        _, code = code_on(lead.open("/account/second-factor"))
        recovery = re.findall(r"<code>([0-9a-f-]{13})</code>", lead.send({"code": code}).text)
        lead.open("/account")
        clock.shift(16 * 60)
        lead.send(to="/account/second-factor/off")
        assert lead.path == "/sign-in"
        assert "Sign in once more" in lead.page.text
        assert accounts.account_named(stored, "lead@anytown.example").totp is not None
        lead.send({"email": "lead@anytown.example", "password": PASSWORD})
        lead.send({"code": recovery[0]})
        assert lead.path == "/account"
        lead.send(to="/account/second-factor/off")
        assert "password alone" in lead.page.text
        assert lead.open("/sign-in?again=1").request.path == "/profiles/"


def test_a_code_is_asked_for_ten_minutes_at_most(anytown, web_app):
    with time_machine.travel("2026-11-23 12:00:10Z", tick=False) as clock:
        lead = sign_in(web_app, "lead@anytown.example")
        _, code = code_on(lead.open("/account/second-factor"))
        lead.send({"code": code})
        again = Browser(web_app)
        again.open("/sign-in")
        again.send({"email": "lead@anytown.example", "password": PASSWORD})
        clock.shift(601)
        assert again.open("/sign-in/code").request.path == "/sign-in"


def test_a_reset_does_not_lead_past_the_second_factor(lead, web_app, stored):
    _, code = code_on(lead.open("/account/second-factor"))
    lead.send({"code": code})
    found = accounts.account_named(stored, "lead@anytown.example")
    token = account_links.make_link(stored, found, "reset", now=datetime.now(UTC))
    stored.commit()
    browser = Browser(web_app)
    browser.open(f"/accounts/{token}")
    browser.send({"password": NEW, "again": NEW})
    assert browser.path == "/sign-in/code"
    assert browser.open("/account").request.path == "/sign-in"


def test_wrong_codes_lock_the_account(lead, web_app, stored):
    _, code = code_on(lead.open("/account/second-factor"))
    lead.send({"code": code})
    again = Browser(web_app)
    again.open("/sign-in")
    again.send({"email": "lead@anytown.example", "password": PASSWORD})
    for _ in range(5):
        assert again.send({"code": "000000"}).status_code == 422
    found = stored.scalars(select(Account).where(Account.email == "lead@anytown.example")).unique()
    assert found.one().locked_until is not None


def test_a_colleague_is_invited_by_a_link_where_there_is_no_mail(admin, web_app):
    admin.open(ACCOUNTS)
    page = admin.send({"email": "new@anytown.example", "role": "lead", "unit": "parks"}, to="")
    link = re.search(r"<code>(http://\S+/accounts/\S+)</code>", page.text)[1]
    assert "invited" in page.text
    assert "Lead in Parks" in page.text
    browser = Browser(web_app)
    address = "/accounts/" + link.rpartition("/")[2]
    assert "new@anytown.example" in browser.open(address).text
    assert browser.send({"password": NEW, "again": "not the same"}).status_code == 422
    browser.send({"password": NEW, "again": NEW})
    assert "Sign out" in browser.page.text
    assert Browser(web_app).open(address).status_code == 404


def test_a_colleague_is_invited_by_mail_and_can_reset(anytown, web_database, mail_server, mailbox):
    settings = {"DATABASE_URL": web_database, "SECRET_KEY": SECRET, "TESTING": True}
    mail = {"MAIL_URL": mail_server, "MAIL_FROM": "survey@anytown.example"}
    app = create_app(settings | mail)
    admin = sign_in(app, "admin@anytown.example")
    admin.open(ACCOUNTS)
    admin.send({"email": "new@anytown.example", "role": "viewer"}, to="")
    assert "on its way to new@anytown.example" in admin.page.text
    app.extensions["jobs"].do_all()
    browser = Browser(app)
    for expected in ("You can now sign in", "Set a new password"):
        if expected.startswith("Set"):
            browser = Browser(app)
            browser.open("/sign-in/forgotten")
            browser.send({"email": "New@anytown.example"})
            assert "If there is an account" in browser.page.text
            app.extensions["jobs"].do_all()
        message = mailbox.messages[-1]
        assert expected in message["Subject"]
        assert message["To"] == "new@anytown.example"
        text = message.get_body(("plain",)).get_content()
        browser.open("/accounts/" + re.search(r"/accounts/(\S+)", text)[1])
        browser.send({"password": NEW, "again": NEW})
        assert "Sign out" in browser.page.text


def test_a_stranger_who_forgot_a_password_is_told_the_same(anytown, web_database, mail_server):
    settings = {"DATABASE_URL": web_database, "SECRET_KEY": SECRET, "TESTING": True}
    app = create_app(settings | {"MAIL_URL": mail_server, "MAIL_FROM": "survey@anytown.example"})
    told = []
    for email in ("lead@anytown.example", "nobody@anytown.example"):
        browser = Browser(app)
        browser.open("/sign-in/forgotten")
        told.append(browser.send({"email": email}).text)
    assert told[0] == told[1]


def test_roles_are_given_and_taken(admin, stored):
    admin.open(ACCOUNTS)
    admin.send({"email": "lead@anytown.example", "role": "moderator", "unit": ""}, to="")
    assert "has this role now" in admin.page.text
    lead = accounts.account_named(stored, "lead@anytown.example")
    grant = next(one for one in lead.grants if one.role == "moderator")
    admin.send(to=f"{ACCOUNTS}/{lead.id}/grants/{grant.id}/revoke")
    assert "is taken away" in admin.page.text
    me = accounts.account_named(stored, "admin@anytown.example")
    admin.send(to=f"{ACCOUNTS}/{me.id}/grants/{me.grants[0].id}/revoke")
    assert "Somebody has to be admin" in admin.page.text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"email": "not an address", "role": "lead"}, "not an e-mail address"),
        ({"email": "x@a.example", "role": "admin", "unit": "parks"}, "whole organisation"),
        ({"email": "x@a.example", "role": "queen"}, "no role"),
        ({"email": "", "role": "lead"}, "Enter an e-mail address"),
    ],
)
def test_an_invitation_that_cannot_be_is_told_and_stays_typed(admin, typed, said):
    admin.open(ACCOUNTS)
    page = admin.send(typed, to="")
    assert page.status_code == 422
    assert said in page.text


def test_an_admin_lets_in_who_lost_their_phone(admin, lead, stored):
    _, code = code_on(lead.open("/account/second-factor"))
    lead.send({"code": code})
    found = accounts.account_named(stored, "lead@anytown.example")
    admin.open(ACCOUNTS)
    admin.send(to=f"{ACCOUNTS}/{found.id}/second-factor/off")
    assert "is asked for a password alone" in admin.page.text
    assert lead.open("/account").request.path == "/sign-in"


def test_an_admin_signs_somebody_out(admin, lead, stored):
    found = accounts.account_named(stored, "lead@anytown.example")
    admin.open(ACCOUNTS)
    admin.send(to=f"{ACCOUNTS}/{found.id}/sign-out")
    assert lead.open("/account").request.path == "/sign-in"


def test_accounts_of_another_organisation_are_not_there(admin, web_app, stored):
    other = make.organisation(stored, "elsewhere", {"elsewhere": None})
    account(stored, other, "admin")
    stored.commit()
    found = accounts.account_named(stored, "admin@elsewhere.example")
    admin.open(ACCOUNTS)
    token = re.search(r'name="csrf_token" value="([^"]+)"', admin.page.text)[1]
    sent = admin.client.post(f"{ACCOUNTS}/{found.id}/sign-out", data={"csrf_token": token})
    assert sent.status_code == 404
    assert admin.open("/admin/elsewhere/accounts").status_code == 404


@pytest.mark.parametrize("passkey", ["a", "é", "AAAA"])
def test_a_passkey_that_is_not_there_is_not_removed(admin, passkey):
    token = re.search(r'name="csrf_token" value="([^"]+)"', admin.open("/account").text)[1]
    sent = admin.client.post(f"/account/passkeys/{passkey}/remove", data={"csrf_token": token})
    assert sent.status_code == 404


def test_the_first_account_is_made_by_the_printed_link(web_app, stored):
    browser, address = Browser(web_app), f"/set-up/{set_up_token(SECRET)}"
    assert browser.open("/set-up/guessed").status_code == 404
    browser.open(address)
    typed = {"name": "Anytown", "slug": "anytown", "email": "ada@a.example"}
    assert browser.send(typed | {"password": "x", "again": "x"}).status_code == 422
    browser.send(typed | {"password": NEW, "again": NEW})
    assert browser.path == "/admin/anytown/"
    assert stored.scalars(select(Organisation.slug)).all() == ["anytown"]
    assert Browser(web_app).open(address).status_code == 404
