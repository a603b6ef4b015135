"""Messages leave one at a time; what fails is tried again, what is unsure is not."""

from contextlib import contextmanager
from datetime import timedelta
from random import Random
from threading import Lock, Thread

import pytest
from sqlalchemy import select

from survey.database import session_scope
from survey.operations import mailing, organising, running
from survey.operations.delivering import (
    BACK_OFF,
    DEAD_AFTER,
    Post,
    ServerDown,
    Stop,
    TryLater,
    Undeliverable,
    Unsure,
    deliver,
)
from survey.operations.inviting import unanswered
from survey.storage import messages
from survey.storage.messages import Outgoing
from survey.storage.waves import Invitation, Wave
from tests import make_stored as make

SECRET = "a secret of the tests"
NOON = make.NOON
DAY = timedelta(days=1)
EVERYBODY = [f"p{number}@a.example" for number in range(6)]


class Letterbox:
    """A sender that keeps what it was given, and fails as it is told to."""

    def __init__(self, fault=None, times=1_000):
        self.letters, self.fault, self.times = [], fault, times
        self._lock = Lock()

    def send(self, letter):
        with self._lock:
            if self.fault and self.times:
                self.times -= 1
                raise self.fault
            self.letters.append(letter)

    def close(self):
        pass


@pytest.fixture
def url(database_url):
    """Six people invited, their messages planned."""
    with session_scope(database_url) as session:
        anytown = make.organisation(session)
        rows = "".join(f"{address},parks\n" for address in EVERYBODY)
        organising.import_people(session, anytown, f"email,unit\n{rows}".encode())
        digest = make.version(session)
        make.publication(session, anytown.id, digest)
        wave = running.create_wave(
            session, anytown, slug="autumn", name="Autumn", version_digest=digest, minimum_group=5
        )
        running.open_wave(session, wave, secret=SECRET, now=NOON, random=Random(1))
        mailing.plan(session, wave, "invitation", due_at=NOON)
        session.commit()
    return database_url


def run(url, letterbox, now=NOON, pause=lambda: None):
    @contextmanager
    def opened():
        with session_scope(url) as session:
            yield session

    post = Post(letterbox, SECRET, "https://survey.example", lambda: now, pause)
    return deliver(opened, post)


def states(url):
    with session_scope(url) as session:
        return mailing.mailings(session, session.scalars(select(Wave.id)).one())


def test_everybody_gets_a_letter_with_their_own_link(url):
    letterbox = Letterbox()
    assert run(url, letterbox).sent == 6
    assert sorted(letter.to for letter in letterbox.letters) == [
        f"p{n}@a.example" for n in range(6)
    ]
    with session_scope(url) as session:
        wave = session.scalars(select(Wave)).one()
        links = running.invitation_links(
            session, wave, secret=SECRET, base_url="https://survey.example"
        )
        urls = {link.email: link.url for link in links}
    assert all(urls[letter.to] in letter.text for letter in letterbox.letters)
    assert all("((" not in letter.subject + letter.text for letter in letterbox.letters)
    assert {letter.sender for letter in letterbox.letters} == {"Anytown"}
    assert states(url)[0].is_done


def test_a_worker_that_is_told_to_stop_ends_after_the_letter_in_hand(url):
    def stop():
        raise Stop

    letterbox = Letterbox()
    assert run(url, letterbox, pause=stop).sent == 1
    assert run(url, letterbox).sent == 5
    assert len({letter.to for letter in letterbox.letters}) == 6


def test_running_again_sends_nothing_twice(url):
    letterbox = Letterbox()
    run(url, letterbox)
    run(url, letterbox)
    assert len(letterbox.letters) == 6


def test_four_workers_at_once_send_each_letter_once(url):
    letterbox = Letterbox()
    workers = [Thread(target=run, args=(url, letterbox)) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(letter.to for letter in letterbox.letters) == [
        f"p{n}@a.example" for n in range(6)
    ]


def test_a_server_that_is_down_ends_the_run_and_loses_nothing(url):
    letterbox = Letterbox(ServerDown("The mail server cannot be reached."), times=1)
    run(url, letterbox)
    assert letterbox.letters == []
    (state,) = states(url)
    assert (state.waiting, state.fault) == (6, "The mail server cannot be reached.")
    run(url, letterbox)
    assert len(letterbox.letters) == 5  # the one that met the fault waits a minute
    run(url, letterbox, NOON + BACK_OFF[0])
    assert len(letterbox.letters) == 6
    assert states(url)[0].fault == ""


def test_a_letter_that_keeps_failing_is_given_up_and_can_be_sent_by_hand(url):
    letterbox = Letterbox(TryLater("The mail server answered 451."))
    now = NOON
    for wait in (*BACK_OFF, timedelta(days=2)):
        run(url, letterbox, now)
        now += wait
    (state,) = states(url)
    assert (state.failed, state.waiting, letterbox.letters) == (6, 0, [])
    letterbox.fault = None
    with session_scope(url) as session:
        wave = session.scalars(select(Wave)).one()
        assert mailing.send_again(session, wave, 1, now=now) == 6
        session.commit()
    run(url, letterbox, now)
    assert len(letterbox.letters) == 6


def test_a_letter_that_may_have_arrived_is_not_sent_again_by_itself(url):
    letterbox = Letterbox(Unsure("The connection was lost."), times=1)
    run(url, letterbox)
    run(url, letterbox, NOON + timedelta(days=1))
    assert len(letterbox.letters) == 5
    assert states(url)[0].unsure == 1


def test_a_worker_that_died_leaves_its_letter_unsure_and_the_others_go(url):
    with session_scope(url) as session:
        wave = session.scalars(select(Wave)).one()
        mailing.queue_due(session, wave, secret=SECRET, now=NOON)
        assert messages.claim(session, wave.id, NOON) is not None
        session.commit()
    letterbox = Letterbox()
    run(url, letterbox, NOON)
    assert (len(letterbox.letters), states(url)[0].waiting) == (5, 1)
    run(url, letterbox, NOON + DEAD_AFTER + timedelta(seconds=1))
    assert (len(letterbox.letters), states(url)[0].unsure) == (5, 1)


def test_a_clock_that_had_gone_a_year_ahead_holds_up_no_letter(url):
    letterbox = Letterbox(ServerDown("The mail server cannot be reached."), times=1)
    run(url, letterbox, NOON + 365 * DAY)
    run(url, letterbox, NOON)
    assert len(letterbox.letters) == 6


def test_a_letter_claimed_by_a_clock_that_had_gone_ahead_becomes_unsure(url):
    with session_scope(url) as session:
        wave = session.scalars(select(Wave)).one()
        mailing.queue_due(session, wave, secret=SECRET, now=NOON)
        messages.claim(session, wave.id, NOON + 365 * DAY)
        session.commit()
    run(url, Letterbox(), NOON)
    assert states(url)[0].unsure == 1


def test_a_clock_that_goes_back_an_hour_sends_nothing_twice(url):
    letterbox = Letterbox(TryLater("The mail server answered 451."), times=2)
    run(url, letterbox, NOON)
    run(url, letterbox, NOON - timedelta(hours=1))
    assert len(letterbox.letters) == 4
    run(url, letterbox, NOON + BACK_OFF[0])
    assert len(letterbox.letters) == len({letter.to for letter in letterbox.letters}) == 6


def test_an_address_that_takes_no_mail_is_marked(url):
    letterbox = Letterbox(Undeliverable("5.1.1"), times=1)
    assert run(url, letterbox).bounced == 1
    with session_scope(url) as session:
        bounced = select(Invitation.bounce).where(Invitation.delivery == "bounced")
        assert session.scalars(bounced).all() == ["5.1.1"]
    assert (states(url)[0].sent, states(url)[0].bounced) == (5, 1)


def test_whoever_answered_while_the_reminder_waited_gets_none(url):
    run(url, Letterbox())
    with session_scope(url) as session:
        wave = session.scalars(select(Wave)).one()
        mailing.plan(session, wave, "reminder", due_at=NOON + DAY)
        mailing.queue_due(session, wave, secret=SECRET, now=NOON + DAY)
        make.sent(
            session, wave, next(token for _, token in unanswered(session, wave, secret=SECRET))
        )
        session.commit()
    letterbox = Letterbox()
    run(url, letterbox, NOON + DAY)
    assert len(letterbox.letters) == 5
    with session_scope(url) as session:
        assert session.scalars(select(Outgoing)).all() == []


def test_with_another_secret_the_mailing_says_why_nothing_goes(url):
    with session_scope(url) as session:
        session.scalars(select(Invitation)).first().token_digest = b"made by another secret"
        session.commit()
    letterbox = Letterbox()
    run(url, letterbox)
    assert letterbox.letters == []
    assert "secret key" in states(url)[0].fault
