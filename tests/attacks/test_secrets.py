"""Somebody has everything that lies on the disk, and all that was ever logged, and looks for what
opens a door: each secret that one journey through the product gave to anybody."""

import logging
import re
from base64 import b32decode, urlsafe_b64decode
from datetime import UTC, datetime
from html import unescape
from random import Random
from types import SimpleNamespace

import pytest

from survey.app import create_app
from survey.database import session_scope
from survey.operations import organising, running
from survey.operations.tokens import digest_of, set_up_token
from survey.storage.versions import Publication
from tests import make_stored as make
from tests.web.pages import Browser
from tests.web.test_own_account import code_on

KEY = "the key of this installation, which is long"
PASSWORD, NEW = "grape lantern orbit", "walnut harbour tulip"
PROVIDER = "what the provider gave"
ADMIN, LEAD, STAFF = (f"{name}@anytown.example" for name in ("admin", "lead", "staff"))


@pytest.fixture
def journey(sqlite_template, tmp_path, mail_server, mailbox, caplog):
    """What was given to whom, the folder with all that was written, and what was logged."""
    caplog.set_level(logging.CRITICAL, "mail.log")  # of the server that takes our mail
    caplog.set_level(logging.DEBUG)
    file = tmp_path / "town.db"
    file.write_bytes(sqlite_template.read_bytes())
    settings = {"DATABASE_URL": f"sqlite:///{file}", "SECRET_KEY": KEY, "TESTING": True}
    mail = {"MAIL_URL": mail_server, "MAIL_FROM": "survey@anytown.example"}
    provider = {"OIDC_ISSUER": "http://127.0.0.1:9", "OIDC_CLIENT_ID": "survey"}
    provider |= {"OIDC_CLIENT_SECRET": PROVIDER, "WEBHOOKS_TO_PRIVATE_ADDRESSES": True}
    app = create_app(settings | mail | provider)
    given = {"key": KEY, "password": PASSWORD, "new password": NEW, "provider": PROVIDER}
    admin = set_up(app, given)
    ask_staff(f"sqlite:///{file}", given)
    account_pages(app, admin, mailbox, given)
    what_admins_make(admin, given)
    answer(app, given)
    app.extensions["jobs"].do_all()
    return SimpleNamespace(given=given, folder=tmp_path, logged=caplog.text, mails=mailbox.messages)


def set_up(app, given):
    """The first account, and every way in that fails."""
    given["set-up link"] = set_up_token(KEY)
    admin = Browser(app)
    admin.open(f"/set-up/{given['set-up link']}")
    typed = {"name": "Anytown", "slug": "anytown", "email": ADMIN, "password": PASSWORD}
    admin.send(typed | {"again": PASSWORD})
    assert admin.path == "/admin/anytown/"
    stranger = Browser(app)
    stranger.open("/sign-in")
    assert stranger.send({"email": ADMIN, "password": NEW}).status_code == 422
    assert stranger.open("/sign-in/provider").status_code == 422
    return admin


def ask_staff(url, given):
    """A wave that has closed, and another to which one person is invited."""
    with session_scope(url) as session:
        anytown = organising.organisation(session, "anytown")
        made = make.wave(session, anytown, slug="spring")
        make.responses(session, made, "anytown", [1, 2, 3, 4] * 5)
        make.close(session, made)
        organising.import_people(session, anytown, f"email,unit\n{STAFF},anytown\n".encode())
        session.add(
            Publication(
                organisation_id=anytown.id,
                version_digest=made.version_digest,
                questionnaire="how-we-do",
                title="How do we do?",
                published_at=make.NOON,
            )
        )
        changes = {"version_digest": made.version_digest, "minimum_group": 10}
        wave = running.create_wave(session, anytown, slug="autumn", name="Autumn", **changes)
        running.open_wave(session, wave, secret=KEY, now=datetime.now(UTC), random=Random(1))
        links = running.invitation_links(session, wave, secret=KEY, base_url="https://a.example")
        given["invitation"] = next(iter(links)).url.rpartition("/")[2]
        session.commit()


def account_pages(app, admin, mailbox, given):
    """A second factor with its codes, a colleague’s invitation, and a reset."""
    given["totp"], code = code_on(admin.open("/account/second-factor"))
    recovery = re.findall(r"<code>([0-9a-f-]{13,})</code>", admin.send({"code": code}).text)
    given |= {f"recovery code {number}": one for number, one in enumerate(recovery)}
    again = Browser(app)
    again.open("/sign-in")
    again.send({"email": ADMIN, "password": PASSWORD})
    again.send({"code": recovery[0]})
    assert "Sign out" in again.page.text
    admin.open("/admin/anytown/accounts")
    admin.send({"email": LEAD, "role": "lead", "unit": ""}, to="")
    for name in ("invitation of a colleague", "reset"):
        lead = Browser(app)
        if name == "reset":
            lead.open("/sign-in/forgotten")
            lead.send({"email": LEAD})
        app.extensions["jobs"].do_all()
        letter = mailbox.messages[-1].get_body(("plain",)).get_content()
        given[name] = re.search(r"/accounts/(\S+)", letter)[1]
        lead.open(f"/accounts/{given[name]}")
        lead.send({"password": NEW, "again": NEW})
        assert "Sign out" in lead.page.text
        given |= kept_by(lead, name)
    assert lead.open("/admin/anytown/audit").status_code == 404
    given |= kept_by(admin, "admin")


def what_admins_make(admin, given):
    """A token, a webhook’s secret and a link to a profile."""
    admin.open("/account/tokens")
    shown = admin.send(
        {"name": "Pipeline", "scopes": "library:read", "days": "30"}, to="/account/tokens"
    )
    given["token"] = re.search(r"<code>(ms_[^<]+)</code>", shown.text)[1]
    asked = {"headers": {"Authorization": f"Bearer {given['token']}"}}
    assert admin.client.get("/api/v1/organisations/anytown/roles", **asked).status_code == 200
    admin.open("/admin/anytown/webhooks")
    url = "http://127.0.0.1:9/hook"
    shown = admin.send({"url": url, "events": ["wave.closed"]}, to="/admin/anytown/webhooks")
    given["webhook"] = unescape(re.search(r"<code>(whsec_[^<]+)</code>", shown.text)[1])
    admin.send(to="/admin/anytown/webhooks/1/test")
    admin.open("/profiles/spring/sharing")
    admin.send({"name": "The board", "days": "30"}, to="/profiles/spring/sharing/links")
    given["shared link"] = re.search(r"/shared/([\w.-]+)", admin.page.text)[1]
    assert admin.client.get(f"/shared/{given['shared link']}").status_code == 200


def answer(app, given):
    """Staff begin to answer."""
    staff = Browser(app)
    staff.open(f"/invitations/{given['invitation']}")
    staff.send()
    assert staff.path == "/surveys/autumn/questions/grade"
    staff.send({"answer-grade": "manager"})
    given |= kept_by(staff, "staff")


def kept_by(browser, who):
    """What is in somebody’s cookie that nobody else may have."""
    with browser.client.session_transaction() as kept:
        found = {"session": kept.get("_user_id"), "form": kept.get("csrf_token")}
        found["draft"] = kept.get("draft", ["", None])[1]
    return {f"{name} of {who}": value for name, value in found.items() if value}


def forms_of(secret):
    """The secret as it is, and what it stands for."""
    yield secret.encode()
    if re.fullmatch("[A-Z2-7]{32}", secret):
        yield b32decode(secret)
    elif re.fullmatch(r"[\w-]{22,}", secret):
        yield urlsafe_b64decode(secret + "=" * (-len(secret) % 4))


def test_no_secret_that_anybody_was_given_lies_on_the_disk_or_in_the_log(journey):
    kinds = {name.rstrip(" 0123456789") for name in journey.given}
    assert len(kinds) >= 16, kinds
    written = b"".join(one.read_bytes() for one in journey.folder.rglob("*") if one.is_file())
    token = journey.given["token"]
    assert ADMIN.encode() in written
    assert digest_of(token) in written
    found = [
        name
        for name, secret in journey.given.items()
        if secret in journey.logged or any(form in written for form in forms_of(secret))
    ]
    assert found == []
    assert "may not administer" in journey.logged
    assert not any(one in journey.logged for one in (ADMIN, LEAD, STAFF))
