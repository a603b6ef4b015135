"""Webhooks: told in the transaction in which it happens, once, of nothing that is personal."""

from datetime import timedelta
from random import Random
from uuid import UUID

import pytest

from survey.operations import closing, goal_reaching, organising, running, webhooks
from survey.operations.errors import NotFound, Refused
from survey.operations.tallying import tally_new_responses
from survey.operations.webhook_addresses import Reach
from survey.operations.webhook_signing import PREFIX, headers, secret_of, signature
from survey.storage.webhooks import WebhookDelivery
from tests import make_stored as make

NOON = make.NOON
KEY = "k" * 32
PUBLIC = Reach(look_up=lambda _host, _port: ("1.1.1.1",))
ALL = tuple(webhooks.EVENTS)
UNITS = {"anytown": None, "parks": "anytown"}


def add(session, organisation, events=ALL, url="https://tools.example/told"):
    return webhooks.make(
        session, organisation.id, url=url, events=events, reach=PUBLIC, by=None, now=NOON
    )


@pytest.fixture
def anytown(session):
    return make.organisation(session)


@pytest.fixture
def hook(session, anytown):
    return add(session, anytown)


def told(session):
    found = session.query(WebhookDelivery).order_by(WebhookDelivery.id)
    return [one.kind for one in found]


def open_wave(session, organisation, people=20, goal=60):
    rows = "".join(f"p{number}@a.example,parks\n" for number in range(people))
    organising.import_people(session, organisation, f"email,unit\n{rows}".encode())
    digest = make.version(session)
    make.publication(session, organisation.id, digest)
    made = running.create_wave(
        session,
        organisation,
        slug="autumn",
        name="Autumn 2026",
        version_digest=digest,
        minimum_group=10,
        goal=goal,
    )
    running.open_wave(session, made, secret=KEY, now=NOON, random=Random(1))
    return made


def test_a_signature_is_that_of_the_published_vector():
    """Of the reference implementations of Standard Webhooks."""
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    made = signature(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}')
    assert made == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_an_id_that_would_make_two_messages_alike_is_refused():
    with pytest.raises(ValueError, match="full stops"):
        signature("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "a.1", 1, b"")


def test_a_secret_needs_the_key_and_the_salt():
    made = secret_of(KEY, b"salt")
    assert made.startswith(PREFIX)
    assert made == secret_of(KEY.encode(), b"salt")
    assert len({made, secret_of("other", b"salt"), secret_of(KEY, b"pepper")}) == 3


def test_each_secret_signs_and_the_moment_is_in_seconds():
    made = headers([secret_of(KEY, b"a"), secret_of(KEY, b"b")], "msg_1", NOON, b"{}")
    assert made["webhook-timestamp"] == "1788264000"
    assert len(set(made["webhook-signature"].split())) == 2


def test_a_wave_that_opens_reaches_its_goal_and_closes_is_told(session, anytown, hook):
    wave = open_wave(session, anytown)
    make.responses(session, wave, "parks", [3] * 12)
    closing.close_wave(session, wave, now=NOON + timedelta(days=1))
    assert told(session) == ["wave.opened", "wave.goal_reached", "wave.closed"]
    opened, _, closed = session.query(WebhookDelivery).order_by(WebhookDelivery.id)
    assert opened.about == {
        "organisation": "anytown",
        "wave": "autumn",
        "name": "Autumn 2026",
        "simulated": False,
        "page": "/admin/anytown/waves/autumn",
    }
    assert closed.about["page"] == "/profiles/autumn"
    assert closed.at == NOON + timedelta(days=1)


def test_what_does_not_happen_is_not_told(session, anytown, hook):
    digest = make.version(session)
    make.publication(session, anytown.id, digest)
    wave = running.create_wave(
        session, anytown, slug="autumn", name="A", version_digest=digest, minimum_group=10
    )
    with session.begin_nested() as nested:
        with pytest.raises(Refused, match="nobody"):
            running.open_wave(session, wave, secret=KEY, now=NOON, random=Random(1))
        nested.rollback()
    assert told(session) == []


def test_a_goal_is_told_once_when_enough_have_answered_and_not_before(session, anytown, hook):
    wave = open_wave(session, anytown, goal=60)
    make.responses(session, wave, "parks", [3] * 11)
    tally_new_responses(session, wave)
    assert not goal_reaching.note_if_reached(session, wave, now=NOON)
    make.responses(session, wave, "parks", [3])
    tally_new_responses(session, wave)
    assert goal_reaching.note_if_reached(session, wave, now=NOON)
    assert not goal_reaching.note_if_reached(session, wave, now=NOON)
    assert told(session).count("wave.goal_reached") == 1
    assert wave.goal_reached_at == NOON


def test_a_worker_that_read_the_wave_before_another_noted_the_goal_tells_nothing(
    session, anytown, hook
):
    wave = open_wave(session, anytown)
    make.responses(session, wave, "parks", [3] * 20)
    table = type(wave).__table__
    session.execute(table.update().values(goal_reached_at=NOON))  # the object does not know
    assert wave.goal_reached_at is None
    assert not goal_reaching.note_if_reached(session, wave, now=NOON)
    assert told(session) == ["wave.opened"]


def test_a_goal_counts_exactly(session, anytown):
    """29 of 100 is 28.999… % in binary."""
    wave = open_wave(session, anytown, people=100, goal=29)
    make.responses(session, wave, "parks", [3] * 29)
    assert goal_reaching.note_if_reached(session, wave, now=NOON)


def test_no_goal_is_told_where_it_is_withheld_how_many_answered(session, anytown, hook):
    wave = open_wave(session, anytown, people=9, goal=10)
    make.responses(session, wave, "parks", [3] * 9)
    assert not goal_reaching.note_if_reached(session, wave, now=NOON)


def test_only_webhooks_that_want_to_know_are_told_all_with_one_id(session, anytown):
    both = [add(session, anytown), add(session, anytown, ["wave.closed", "report.ready"])]
    add(session, anytown, ["wave.opened"])
    webhooks.pause(session, add(session, anytown))
    add(session, make.organisation(session, "elsewhere", {"elsewhere": None}))
    about = {"name": "Summary", "page": "/reports/1"}
    assert webhooks.tell(session, anytown.id, "report.ready", about, now=NOON) == 2
    found = session.query(WebhookDelivery).all()
    assert {one.webhook_id for one in found} == {one.id for one in both}
    assert len({one.event_id for one in found}) == 1


def test_an_event_that_there_is_not_cannot_be_told(session, anytown, hook):
    with pytest.raises(KeyError):
        webhooks.tell(session, anytown.id, "wave.forgotten", {}, now=NOON)


def test_the_secret_before_signs_for_a_day(session, hook):
    before = webhooks.secret_now(hook, KEY)
    webhooks.renew_secret(session, hook, now=NOON)
    after = webhooks.secret_now(hook, KEY)
    assert after != before
    hour, day = timedelta(hours=1), timedelta(days=1)
    assert webhooks.secrets_at(hook, KEY, NOON + hour) == (after, before)
    assert webhooks.secrets_at(hook, KEY, NOON + day) == (after,)


def test_the_secret_is_not_in_the_database(session, hook):
    session.expire_all()
    stored = [getattr(hook, column.key) for column in type(hook).__table__.columns]
    assert webhooks.secret_now(hook, KEY) not in map(str, stored)


@pytest.mark.parametrize("events", [[], ["wave.forgotten"], ["wave.opened", "test"]])
def test_a_webhook_is_told_of_events_that_there_are(session, anytown, events):
    with pytest.raises(Refused, match="one event or more"):
        add(session, anytown, events)


def test_an_organisation_has_ten_webhooks_at_most(session, anytown):
    for _ in range(webhooks.MOST):
        add(session, anytown)
    with pytest.raises(Refused, match="at most 10"):
        add(session, anytown)


def test_a_webhook_that_is_changed_keeps_its_secret(session, hook):
    before = webhooks.secret_now(hook, KEY)
    with pytest.raises(Refused):
        webhooks.change(session, hook, url="http://a.example", events=ALL, reach=PUBLIC)
    webhooks.change(
        session, hook, url="https://other.example/", events=["wave.closed"], reach=PUBLIC
    )
    assert (hook.url, hook.events) == ("https://other.example/", ["wave.closed"])
    assert webhooks.secret_now(hook, KEY) == before


def test_a_paused_webhook_is_sent_no_test_and_nothing_again(session, hook):
    webhooks.send_test(session, hook, now=NOON)
    (sent,) = webhooks.log(session, hook)
    webhooks.pause(session, hook)
    for send in (
        lambda: webhooks.send_test(session, hook, now=NOON),
        lambda: webhooks.send_again(session, hook, sent.id, now=NOON),
    ):
        with pytest.raises(Refused, match="paused"):
            send()


def test_what_is_sent_again_is_of_its_own_log_and_keeps_its_id(session, anytown, hook):
    webhooks.send_test(session, hook, now=NOON)
    (sent,) = webhooks.log(session, hook)
    sent.state, sent.attempts = "given-up", 8
    session.flush()
    with pytest.raises(NotFound):
        webhooks.send_again(session, add(session, anytown), sent.id, now=NOON)
    before = UUID(str(sent.event_id))
    webhooks.send_again(session, hook, sent.id, now=NOON + timedelta(days=9))
    assert (sent.state, sent.attempts, sent.event_id) == ("waiting", 0, before)
    assert sent.next_at == NOON + timedelta(days=9)


def test_a_webhook_that_is_removed_takes_its_log_along(session, anytown, hook):
    webhooks.send_test(session, hook, now=NOON)
    webhooks.remove(session, hook)
    assert told(session) == []
    with pytest.raises(NotFound):
        webhooks.webhook(session, anytown.id, hook.id)
