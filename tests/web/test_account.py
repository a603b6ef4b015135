"""Signing in and out, and that pages for staff never look at accounts."""

import re
import shutil

import pytest
from flask import session
from sqlalchemy import event

from survey import access
from survey.app import create_app
from survey.database import db, session_scope
from survey.operations import accounts
from survey.web.account import tries
from survey.web.account.onward import is_own_path
from tests import make_stored

EMAIL, PASSWORD = "ada@anytown.example", "three random words"


@pytest.fixture(scope="module")
def with_accounts(sqlite_template, tmp_path_factory):
    """The file of a database where Ada is an author and Bo a lead."""
    file = tmp_path_factory.mktemp("accounts") / "accounts.db"
    file.write_bytes(sqlite_template.read_bytes())
    with session_scope(f"sqlite:///{file}") as session:
        anytown = make_stored.organisation(session)
        for email, role in ((EMAIL, "author"), ("bo@anytown.example", "lead")):
            accounts.create_account(
                session, email, role=role, organisation=anytown, password=PASSWORD
            )
        session.commit()
    return file


@pytest.fixture
def app(with_accounts, tmp_path):
    """The application on a copy of that database, with a view for each mark."""
    copy = shutil.copy(with_accounts, tmp_path / "test.db")
    made = create_app(
        {"DATABASE_URL": f"sqlite:///{copy}", "SECRET_KEY": "k" * 32, "TESTING": True}
    )
    for path, view in (
        ("/only-for-accounts", access.account(lambda: access.signed_in_account().email)),
        ("/only-with-a-draft/<wave>", access.draft(lambda draft: draft.wave_slug)),
        ("/for-everybody", access.public(lambda: "hello")),
    ):
        made.add_url_rule(path, endpoint=path, view_func=view)
    return made


@pytest.fixture
def client(app):
    return app.test_client()


def token_on(page):
    return re.search(r'name="csrf_token" value="([^"]+)"', page.text)[1]


def sign_in(client, email=EMAIL, password=PASSWORD, onward=None):
    address = "/sign-in" + (f"?next={onward}" if onward else "")
    form = {"email": email, "password": password, "csrf_token": token_on(client.get(address))}
    return client.post(address, data=form)


def statements_of(app, act):
    """The SQL of what `act` does."""
    seen = []
    with app.app_context():
        engine = db.session.get_bind()
    listener = ("before_cursor_execute", lambda *call: seen.append(call[2]))
    event.listen(engine, *listener)
    act()
    event.remove(engine, *listener)
    return seen


def test_who_signs_in_goes_on_to_where_they_work(client):
    assert sign_in(client).headers["Location"] == "/admin/"
    assert client.get("/only-for-accounts").text == EMAIL


def test_a_lead_goes_on_to_the_profiles(client):
    assert sign_in(client, "bo@anytown.example").headers["Location"] == "/profiles/"


def test_a_page_that_needs_an_account_comes_back_after_signing_in(client):
    refused = client.get("/only-for-accounts")
    assert (refused.status_code, refused.headers["Location"]) == (
        303,
        "/sign-in?next=/only-for-accounts",
    )
    assert sign_in(client, onward="/only-for-accounts").headers["Location"] == "/only-for-accounts"


@pytest.mark.parametrize(
    "target",
    [
        "https://elsewhere.example/",
        "//elsewhere.example/",
        "///elsewhere.example/",
        "/\\elsewhere.example/",
        "\\\\elsewhere.example/",
        "/\t/elsewhere.example/",
        "/%0a//elsewhere.example\n",
        "javascript:alert(1)",
        "elsewhere",
        "",
    ],
)
def test_nobody_is_sent_to_another_site(client, target):
    assert not is_own_path(target)
    assert sign_in(client, onward=target).headers["Location"] == "/admin/"


@pytest.mark.parametrize("path", ["/", "/profiles/autumn?sort=gap", "/profiles/a/units/b#c"])
def test_paths_of_this_site_are_its_own(path):
    assert is_own_path(path)


@pytest.mark.parametrize(
    ("email", "password"),
    [(EMAIL, "wrong words here"), ("nobody@anytown.example", PASSWORD), ("ada", PASSWORD)],
)
def test_a_wrong_address_or_password_looks_the_same(client, email, password):
    refused = sign_in(client, email, password)
    assert refused.status_code == 422
    assert "The e-mail address or the password is not right." in refused.text
    assert f'value="{email}"' in refused.text, "what was typed is kept"
    assert password not in refused.text
    assert client.get("/only-for-accounts").status_code == 303


@pytest.mark.parametrize("missing", ["email", "password"])
def test_an_empty_field_is_pointed_out(client, missing):
    typed = {"email": EMAIL, "password": PASSWORD} | {missing: ""}
    refused = sign_in(client, **typed)
    assert refused.status_code == 422
    assert f'href="#{missing}"' in refused.text
    assert f'id="{missing}-error"' in refused.text


def test_signing_in_needs_the_token_of_the_form(client):
    sent = client.post("/sign-in", data={"email": EMAIL, "password": PASSWORD})
    assert sent.status_code == 400
    assert client.get("/only-for-accounts").status_code == 303


def test_signing_out_forgets_the_account(client):
    sign_in(client)
    out = client.post("/sign-out", data={"csrf_token": token_on(client.get("/"))})
    assert out.headers["Location"] == "/"
    assert out.headers["Clear-Site-Data"] == '"cache"'
    assert client.get("/only-for-accounts").status_code == 303


def test_whoever_signs_in_again_leaves_no_sign_in_behind(app, client):
    """As by a link to set a password, while they are signed in."""
    sign_in(client)
    before = app.test_client()
    before.set_cookie("session", client.get_cookie("session").value)
    assert before.get("/only-for-accounts").status_code == 200
    with app.app_context():
        account = accounts.account_named(db.session, EMAIL)
        with client.session_transaction() as kept, app.test_request_context():
            session.update(kept)
            access.sign_in(account, via="password")
            db.session.commit()
    assert before.get("/only-for-accounts").status_code == 303


def test_signing_out_needs_a_button(client):
    sign_in(client)
    assert client.get("/sign-out").status_code == 405
    assert client.get("/only-for-accounts").status_code == 200


def test_who_is_signed_in_is_not_asked_again(client):
    sign_in(client)
    assert client.get("/sign-in").headers["Location"] == "/admin/"


def test_one_browser_is_not_signed_in_by_another(app, client):
    sign_in(client)
    assert app.test_client().get("/only-for-accounts").status_code == 303


def test_a_new_password_ends_the_sign_in(app, client):
    sign_in(client)
    with app.app_context():
        account = accounts.account_named(db.session, EMAIL)
        accounts.set_password(db.session, account, "three other words")
        db.session.commit()
    assert client.get("/only-for-accounts").status_code == 303


def test_a_changed_cookie_is_nobody(client):
    sign_in(client)
    kept = client.get_cookie("session").value
    client.set_cookie("session", kept[:-2] + ("AA" if kept[-2:] != "AA" else "BB"))
    assert client.get("/only-for-accounts").status_code == 303


def test_the_cookie_is_protected_and_holds_no_address(client):
    sign_in(client)
    cookie_header = client.get("/only-for-accounts").headers.get("Set-Cookie", "")
    stored = client.get_cookie("session")
    assert stored.http_only
    assert stored.same_site == "Lax"
    assert EMAIL not in cookie_header


def test_an_account_is_loaded_by_one_query(app, client):
    sign_in(client)
    assert len(statements_of(app, lambda: client.get("/only-for-accounts"))) == 1


def test_pages_for_everybody_ask_the_database_nothing(app, client):
    sign_in(client)
    assert statements_of(app, lambda: client.get("/for-everybody")) == []


def test_a_draft_page_without_a_draft_says_to_open_the_link_again(app, client):
    refused = client.get("/only-with-a-draft/autumn")
    assert refused.status_code == 403
    assert "Open the link in your invitation again" in refused.text


def test_a_draft_page_of_another_wave_is_not_opened(app, client):
    with client.session_transaction() as kept:
        kept["draft"] = ["winter", "key"]
    assert client.get("/only-with-a-draft/autumn").status_code == 403


def test_a_draft_page_never_loads_the_account(app, client):
    sign_in(client)
    with client.session_transaction() as kept:
        kept["draft"] = ["autumn", "key"]
    seen = statements_of(app, lambda: client.get("/only-with-a-draft/autumn"))
    assert seen
    assert not any("account" in statement for statement in seen)


def test_who_tries_one_password_on_everybody_is_stopped(app, client):
    """Each account is tried once, so none is locked: what counts is where they come from."""
    app.config["WTF_CSRF_ENABLED"] = False
    elsewhere = {"environ_base": {"REMOTE_ADDR": "192.0.2.7"}}
    told = [try_password(client, f"{number}@anytown.example") for number in range(tries.A_MINUTE)]
    assert {answer.status_code for answer in told} == {422}
    stopped = try_password(client, EMAIL, PASSWORD)
    assert stopped.status_code == 429
    assert 1 <= int(stopped.headers["Retry-After"]) <= 60
    assert "Too many tries" in stopped.text
    assert client.post("/sign-in/forgotten", data={"email": EMAIL}).status_code == 429
    assert client.get("/sign-in").status_code == 200
    assert try_password(client, EMAIL, PASSWORD, **elsewhere).status_code == 303


def try_password(client, email, password="wrong words here", **more):
    return client.post("/sign-in", data={"email": email, "password": password}, **more)
