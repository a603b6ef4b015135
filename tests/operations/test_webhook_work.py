"""Webhooks in the background: what the program does by itself is told, and nobody is kept waiting
by whoever is told."""

import json

import pytest

from survey.database import session_scope
from survey.jobs import Jobs
from survey.operations import webhooks
from survey.operations.alone import alone
from survey.storage.waves import Wave
from survey.storage.webhooks import WebhookDelivery
from tests import make_stored as make
from tests.receiver import PRIVATE, receiving

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def receiver():
    with receiving() as made:
        yield made


@pytest.fixture
def jobs(database_url):
    settings = {"SECRET_KEY": "k" * 32, "BASE_URL": "https://a.example", "MAIL_PER_SECOND": 10}
    settings |= {"DATABASE_URL": database_url, "WEBHOOKS_TO_PRIVATE_ADDRESSES": True}
    made = Jobs(settings)
    yield made
    made._sessions.kw["bind"].dispose()


@pytest.fixture
def wave(database_url, receiver):
    """An open wave of ten, of whom nine have answered, and a webhook that is told of all."""
    with session_scope(database_url) as session:
        made = make.wave(session, invited={"anytown": 10, "places": 10, "parks": 10})
        make.responses(session, made, "parks", [3] * 9)
        webhooks.make(
            session,
            made.organisation_id,
            url=receiver.url,
            events=list(webhooks.EVENTS),
            reach=PRIVATE,
            by=None,
            now=make.NOON,
        )
        session.commit()


def told(receiver):
    return [json.loads(body)["type"] for _, _, body in receiver.came]


def change(database_url, **values):
    with session_scope(database_url) as session:
        for name, value in values.items():
            setattr(session.query(Wave).one(), name, value)
        session.commit()


def test_a_goal_is_told_once_however_often_answers_are_counted(jobs, wave, receiver):
    jobs.do_all()
    jobs.do_all()
    assert told(receiver) == ["wave.goal_reached"]


def test_a_wave_that_ends_by_itself_is_told_at_once(jobs, wave, receiver, database_url):
    change(database_url, closes_at=make.NOON)
    jobs.do_all()
    assert told(receiver) == ["wave.goal_reached", "wave.closed"]


def test_letters_do_not_wait_for_programs_that_are_told(jobs, wave, receiver, database_url):
    change(database_url, closes_at=make.NOON)
    with alone(jobs.opened, "webhooks"):
        jobs.do_all()
    assert told(receiver) == []
    with session_scope(database_url) as session:
        assert session.query(Wave).one().state == "closed"
        assert {one.state for one in session.query(WebhookDelivery)} == {"waiting"}


def test_programs_do_not_wait_for_letters(jobs, wave, receiver):
    jobs.tally()
    with alone(jobs.opened, "background-work"):
        jobs.do_all()
    assert told(receiver) == ["wave.goal_reached"]


def test_without_the_setting_nothing_leaves_for_a_private_address(jobs, wave, receiver):
    jobs.settings["WEBHOOKS_TO_PRIVATE_ADDRESSES"] = False
    jobs.do_all()
    assert told(receiver) == []
    with jobs.opened() as session:
        (kept,) = session.query(WebhookDelivery)
    assert (kept.state, kept.status) == ("waiting", None)
    assert "https" in kept.fault
