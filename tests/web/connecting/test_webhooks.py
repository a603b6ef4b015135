"""Admins add webhooks, try them, see what became of each event, and nobody else does."""

import json
import re
from html import unescape

import pytest

from survey.operations import webhooks
from survey.operations.webhook_signing import secret_of
from survey.storage.audit import AuditEvent
from survey.storage.webhooks import Webhook
from survey.web.connecting.views import KINDS
from tests import make_stored as make
from tests.receiver import PRIVATE, receiving
from tests.web import signed_in

LIST = "/admin/anytown/webhooks"


@pytest.fixture
def anytown(stored):
    return make.organisation(stored)


@pytest.fixture
def admin(stored, web_app, anytown):
    web_app.config["WEBHOOKS_TO_PRIVATE_ADDRESSES"] = True
    email = signed_in.account(stored, anytown, "admin")
    stored.commit()
    return signed_in.sign_in(web_app, email)


@pytest.fixture
def receiver():
    with receiving() as made:
        yield made


@pytest.fixture
def hook(stored, anytown, receiver):
    """The address of the page of a webhook."""
    made = webhooks.make(
        stored,
        anytown.id,
        url=receiver.url,
        events=["wave.closed"],
        reach=PRIVATE,
        by=None,
        now=make.NOON,
    )
    stored.commit()
    return f"{LIST}/{made.id}"


def works(app):
    """What a worker does that is woken."""
    app.extensions["jobs"].tell_programs()


def noted(stored):
    stored.expire_all()
    return [one.action for one in stored.query(AuditEvent) if one.action.startswith("webhook.")]


def test_a_webhook_is_added_and_its_secret_shown_this_once(admin, stored, receiver, web_app):
    admin.open("/admin/anytown/")
    assert f'href="{LIST}"' in admin.page.text
    admin.open(LIST)
    page = admin.send(
        {"url": f" {receiver.url} ", "events": ["wave.opened", "report.ready"]}, to=LIST
    )
    (made,) = stored.query(Webhook)
    assert (made.url, made.events) == (receiver.url, ["wave.opened", "report.ready"])
    secret = secret_of(web_app.config["SECRET_KEY"], made.salt)
    assert secret in unescape(page.text)
    assert secret not in unescape(admin.open(f"{LIST}/{made.id}").text)
    assert receiver.url in unescape(admin.open(LIST).text)
    assert noted(stored) == ["webhook.make"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"url": "", "events": ["wave.opened"]}, "Enter the address"),
        ({"url": "https://1.1.1.1/", "events": []}, "Choose one event or more"),
        ({"url": "http://1.1.1.1/", "events": ["wave.opened"]}, "must begin with https://"),
        ({"url": "https://127.0.0.1/", "events": ["wave.opened"]}, "not on the public Internet"),
    ],
)
def test_what_cannot_be_is_said_beside_the_field_and_kept(admin, stored, web_app, typed, said):
    web_app.config["WEBHOOKS_TO_PRIVATE_ADDRESSES"] = False
    admin.open(LIST)
    page = admin.send(typed, to=LIST)
    assert page.status_code == 422
    assert said in page.text
    assert f'value="{typed["url"]}"' in page.text
    assert stored.query(Webhook).count() == 0


def test_a_test_is_sent_and_what_became_of_it_stands_in_the_log(admin, hook, receiver, web_app):
    admin.open(hook)
    assert "On its way" in admin.send(to=f"{hook}/test").text
    receiver.answers = [500, 200]
    works(web_app)
    text = admin.open(hook).text
    assert "status 500" in text
    assert "Next try" in text
    assert "Failing" in text
    (again,) = re.findall(rf"{hook}/deliveries/\d+/again", text)
    admin.send(to=again)
    works(web_app)
    text = admin.open(hook).text
    assert "Delivered" in text
    assert "Failing" not in text
    assert json.loads(receiver.came[0][2])["type"] == "test"
    assert receiver.came[0][1]["webhook-id"] == receiver.came[1][1]["webhook-id"]


def test_it_is_changed_paused_resumed_renewed_and_removed(admin, hook, stored, receiver):
    admin.open(hook)
    assert "Changed" not in admin.send({"url": "ftp://a", "events": ["wave.opened"]}, to=hook).text
    assert admin.page.status_code == 422
    admin.send({"url": f"{receiver.url}2", "events": ["wave.opened"]}, to=hook)
    assert stored.query(Webhook).one().url == f"{receiver.url}2"
    assert "Paused" in admin.send(to=f"{hook}/pause").text
    assert "Send a test" not in admin.page.text
    assert "Active" in admin.send(to=f"{hook}/resume").text
    admin.send(to=f"{hook}/secret")
    assert "whsec_" in admin.page.text
    assert "The secret before signs" in admin.page.text
    admin.send(to=f"{hook}/remove")
    assert admin.path == LIST
    stored.expire_all()
    assert stored.query(Webhook).count() == 0
    acts = ("make", "change", "pause", "resume", "renew-secret", "remove")
    assert noted(stored) == [f"webhook.{act}" for act in acts]


@pytest.mark.parametrize("who", ["author", "lead", "viewer", "admin elsewhere"])
def test_nobody_else_may_see_or_do_any_of_it(stored, web_app, anytown, hook, who):
    role, _, elsewhere = who.partition(" ")
    home = make.organisation(stored, "elsewhere", {"elsewhere": None}) if elsewhere else anytown
    email = signed_in.account(stored, home, role)
    stored.commit()
    browser = signed_in.sign_in(web_app, email)
    browser.open("/account")
    token = re.search(r'name="csrf_token" value="([^"]+)"', browser.page.text)[1]
    own = "/admin/elsewhere/webhooks/1"
    tried = [LIST, hook, *([own] if elsewhere else [])]
    for address in tried:
        assert browser.open(address).status_code == 404
    for act in ("", "/secret", "/pause", "/resume", "/remove", "/test", "/deliveries/1/again"):
        for address in tried[1:]:
            sent = browser.client.post(f"{address}{act}", data={"csrf_token": token})
            assert sent.status_code == 404
    assert stored.query(Webhook).count() == 1


def test_who_is_not_signed_in_is_asked_to(browser, hook):
    assert browser.open(hook).request.path == "/sign-in"


def test_each_event_has_words_and_is_in_help(browser):
    assert set(KINDS) == {*webhooks.EVENTS, webhooks.TEST}
    text = browser.open("/help/webhooks").text
    assert [kind for kind in KINDS if f"<code>{kind}</code>" not in text] == []


def test_the_check_of_signatures_in_help_works(admin, hook, receiver, web_app, stored):
    admin.open(hook)
    admin.send(to=f"{hook}/test")
    works(web_app)
    text = unescape(admin.open("/help/webhooks").text)
    scope = {}
    exec(re.search(r"import base64.*?given\)", text, re.S)[0], scope)
    secret = secret_of(web_app.config["SECRET_KEY"], stored.query(Webhook).one().salt)
    _, headers, body = receiver.came[0]
    assert scope["is_ours"](secret, headers, body)
    assert not scope["is_ours"](secret, headers, body + b" ")
    assert not scope["is_ours"](secret_of("other", b"salt"), headers, body)
    old = headers | {"webhook-timestamp": "1614265330"}
    assert not scope["is_ours"](secret, old, body)
