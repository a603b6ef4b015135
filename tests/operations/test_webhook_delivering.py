"""What waits is told, tried again where it fails, given up in the end, and never lost."""

import json
from datetime import timedelta
from random import Random

import pytest

from survey.engines import engine, sessions
from survey.operations import webhook_delivering, webhooks
from survey.operations.auditing import Actor, act_as
from survey.operations.webhook_delivering import BACK_OFF, KEPT, RUN, Courier, Told
from survey.operations.webhook_signing import signature
from survey.storage.webhooks import Webhook, WebhookDelivery
from tests import make_stored as make
from tests.receiver import PRIVATE, receiving

NOON = make.NOON
KEY = "k" * 32
LATER = timedelta(days=3)

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""Of a test that asks nothing else of the database than others, which run on both."""


class Clock:
    """The time of a test, which passes when it says so."""

    def __init__(self):
        self.now, self.ticks = NOON, timedelta(0)

    def __call__(self):
        self.now += self.ticks
        return self.now


@pytest.fixture
def receiver():
    with receiving() as made:
        yield made


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def opened(database_url):
    """Opens sessions on a database where what was committed stays."""
    made = engine(database_url)

    def session():
        found = sessions(made)()
        act_as(found, Actor(None, "program"))
        return found

    yield session
    made.dispose()


@pytest.fixture
def organisation_id(opened):
    with opened() as session:
        made = make.organisation(session, units={"anytown": None}).id
        session.commit()
    return made


def add(opened, organisation_id, url):
    """The id of a webhook that is told of reports."""
    with opened() as session:
        made = webhooks.make(
            session,
            organisation_id,
            url=url,
            events=["report.ready"],
            reach=PRIVATE,
            by=None,
            now=NOON,
        )
        session.commit()
        return made.id


@pytest.fixture
def hook(opened, organisation_id, receiver):
    return add(opened, organisation_id, receiver.url)


def happen(opened, organisation_id, times=1):
    with opened() as session:
        for number in range(times):
            about = {"name": f"Summary {number}", "page": "/reports/1"}
            webhooks.tell(session, organisation_id, "report.ready", about, now=NOON)
        session.commit()


@pytest.fixture
def run(opened, clock):
    courier = Courier(KEY, "https://survey.example/", PRIVATE, clock, Random(1))
    return lambda: webhook_delivering.deliver(opened, courier)


def all_of(opened, model=WebhookDelivery):
    with opened() as session:
        return session.query(model).order_by(model.id).all()


def test_what_happened_is_told_signed_and_once(opened, organisation_id, hook, receiver, run):
    happen(opened, organisation_id)
    assert run() == Told(delivered=1)
    assert run() == Told()
    ((_, headers, body),) = receiver.came
    assert json.loads(body) == {
        "type": "report.ready",
        "timestamp": "2026-09-01T12:00:00Z",
        "data": {
            "organisation": "anytown",
            "name": "Summary 0",
            "page": "https://survey.example/reports/1",
        },
    }
    with opened() as session:
        secret = webhooks.secret_now(session.get_one(Webhook, hook), KEY)
    message, sent_at = headers["webhook-id"], int(headers["webhook-timestamp"])
    assert headers["webhook-signature"] == signature(secret, message, sent_at, body)
    assert headers["Content-Type"] == "application/json"
    (kept,) = all_of(opened)
    assert (kept.state, kept.attempts, kept.status) == ("delivered", 1, 200)


@on_sqlite
def test_what_fails_is_tried_again_after_ever_longer_waits_then_given_up(
    opened, organisation_id, hook, receiver, run, clock
):
    receiver.answers = 503
    happen(opened, organisation_id)
    for wait in BACK_OFF:
        assert run() == Told(later=1)
        assert run() == Told()
        (kept,) = all_of(opened)
        assert clock.now + wait <= kept.next_at <= clock.now + wait * 1.2
        clock.now = kept.next_at - timedelta(seconds=1)
        assert run() == Told()
        clock.now = kept.next_at
    assert run() == Told(given_up=1)
    clock.now += LATER
    assert run() == Told()
    (kept,) = all_of(opened)
    assert (kept.state, kept.attempts, kept.status) == ("given-up", 8, 503)
    bodies = {(headers["webhook-id"], body) for _, headers, body in receiver.came}
    times = [int(headers["webhook-timestamp"]) for _, headers, _ in receiver.came]
    assert len(bodies) == 1
    assert len(set(times)) == len(BACK_OFF) + 1
    (webhook,) = all_of(opened, Webhook)
    assert (webhook.failing_since, webhook.active) == (NOON, True)


@on_sqlite
def test_a_webhook_that_takes_something_fails_no_more(
    opened, organisation_id, hook, receiver, run, clock
):
    receiver.answers = [500, 204]
    happen(opened, organisation_id)
    run()
    clock.now += LATER
    assert run() == Told(delivered=1)
    assert all_of(opened, Webhook)[0].failing_since is None


@on_sqlite
def test_what_was_given_up_is_sent_again_by_hand(
    opened, organisation_id, hook, receiver, run, clock
):
    happen(opened, organisation_id)
    with opened() as session:
        session.query(WebhookDelivery).update({"state": "given-up", "attempts": 8})
        session.commit()
    assert run() == Told()
    with opened() as session:
        (kept,) = webhooks.log(session, session.get_one(Webhook, hook))
        webhooks.send_again(session, session.get_one(Webhook, hook), kept.id, now=clock.now)
        session.commit()
    assert run() == Told(delivered=1)


class Dies(Exception):
    """A worker that is killed."""


@on_sqlite
@pytest.mark.parametrize("arrives", [True, False])
def test_a_worker_that_dies_loses_nothing(
    opened, organisation_id, hook, receiver, run, clock, monkeypatch, arrives
):
    """At most it arrives twice, with the same id."""
    usual = webhook_delivering.post

    def dies(*arguments):
        if arrives:
            usual(*arguments)
        raise Dies

    happen(opened, organisation_id)
    monkeypatch.setattr(webhook_delivering, "post", dies)
    with pytest.raises(Dies):
        run()
    monkeypatch.setattr(webhook_delivering, "post", usual)
    assert run() == Told()
    clock.now += BACK_OFF[0] * 1.2
    assert run() == Told(delivered=1)
    assert len(receiver.came) == 1 + arrives
    assert len({headers["webhook-id"] for _, headers, _ in receiver.came}) == 1


def test_two_workers_do_not_make_the_same_attempt(
    opened, organisation_id, hook, receiver, run, monkeypatch
):
    usual = webhook_delivering.stored.claim

    def claimed_by_another(session, *arguments, **values):
        assert usual(session, *arguments, **values)
        return usual(session, *arguments, **values)

    happen(opened, organisation_id)
    monkeypatch.setattr(webhook_delivering.stored, "claim", claimed_by_another)
    assert run() == Told()
    assert receiver.came == []


@on_sqlite
def test_one_that_fails_is_asked_once_in_a_run_and_others_are_told(
    opened, organisation_id, hook, receiver, run
):
    with receiving() as broken:
        broken.answers = 500
        add(opened, organisation_id, broken.url)
        happen(opened, organisation_id, times=3)
        assert run() == Told(delivered=3, later=1)
        assert len(broken.came) == 1


@on_sqlite
def test_a_run_ends_after_some_seconds_and_the_next_goes_on(
    opened, organisation_id, hook, run, clock
):
    happen(opened, organisation_id, times=3)
    clock.ticks = RUN / 4
    assert run() == Told(delivered=1)
    clock.ticks = timedelta(0)
    assert run() == Told(delivered=2)


@on_sqlite
def test_a_paused_webhook_is_told_what_waits_once_it_is_resumed(
    opened, organisation_id, hook, receiver, run
):
    happen(opened, organisation_id)
    with opened() as session:
        webhooks.pause(session, session.get_one(Webhook, hook))
        session.commit()
    happen(opened, organisation_id)
    assert run() == Told()
    with opened() as session:
        webhooks.resume(session, session.get_one(Webhook, hook))
        session.commit()
    assert run() == Told(delivered=1)


@on_sqlite
def test_a_receiver_that_wants_no_more_is_left_alone(opened, organisation_id, hook, receiver, run):
    receiver.answers = 410
    happen(opened, organisation_id, times=2)
    assert run() == Told(given_up=1)
    assert not all_of(opened, Webhook)[0].active
    assert len(receiver.came) == 1


def test_what_ended_long_ago_is_forgotten_and_what_waits_is_not(
    opened, organisation_id, hook, receiver, run, clock
):
    receiver.answers = [200, 500, 500]
    happen(opened, organisation_id, times=2)
    run()
    clock.now += KEPT + timedelta(seconds=1)
    run()
    assert [one.state for one in all_of(opened)] == ["waiting"]
