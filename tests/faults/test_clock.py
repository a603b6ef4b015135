"""A clock that jumps, forward and back: what was to happen once happens once, and nobody is shut
out or let in for longer than was meant."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from survey.database import session_scope
from survey.jobs import Jobs
from survey.operations import accounts
from survey.storage.audit import AuditEvent
from survey.storage.waves import Wave
from tests import make_stored as make
from tests.faults.journeys import answer, go_to_the_end, question_of
from tests.web import signed_in
from tests.web.pages import Browser

HOUR = timedelta(hours=1)
YEAR = timedelta(days=365)
on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def by(off):
    """Within it the clock is off by so much."""
    return time_machine.travel(datetime.now(UTC) + off)


@on_sqlite
@pytest.mark.parametrize("ahead", [timedelta(seconds=2), HOUR])
def test_who_answers_while_the_clock_is_ahead_goes_on_when_it_is_right(begun, ahead):
    with by(ahead):
        answer(begun)
    answer(begun)
    assert question_of(begun) == "digital/design:watch"
    go_to_the_end(begun)


@on_sqlite
@pytest.mark.parametrize("off", [YEAR, -YEAR])
def test_whose_cookie_counts_no_more_comes_back_by_the_link(begun, token, off):
    answer(begun)
    with by(off):
        answer(begun)
        begun.open(f"/invitations/{token}")
        begun.send()
        answer(begun)
    answer(begun)
    assert begun.page.status_code < 500
    begun.open(f"/invitations/{token}")
    begun.send()
    go_to_the_end(begun)


@pytest.fixture
def jobs(database_url):
    made = Jobs({"DATABASE_URL": database_url})
    yield made
    made._sessions.kw["bind"].dispose()


@pytest.fixture
def ends_soon(database_url):
    with session_scope(database_url) as session:
        make.wave(session, closes_at=datetime.now(UTC) + timedelta(minutes=5), grace_minutes=0)
        session.commit()


def closed(url):
    """The state of the wave, and how often it was closed."""
    with session_scope(url) as session:
        action = AuditEvent.action == "wave.close"
        events = session.scalar(select(func.count()).select_from(AuditEvent).where(action))
        return session.scalar(select(Wave.state)), events


def test_a_wave_is_closed_once_whatever_the_clock_does(ends_soon, jobs, database_url):
    with by(timedelta(minutes=-10)):
        jobs.close_waves()
    assert closed(database_url) == ("open", 0)
    for minutes in (10, -10, 10, 0):
        with by(timedelta(minutes=minutes)):
            jobs.close_waves()
    assert closed(database_url) == ("closed", 1)


def test_a_clock_that_is_far_off_closes_nothing(ends_soon, jobs, database_url, caplog):
    with by(YEAR):
        jobs.do_all()
    assert closed(database_url) == ("open", 0)
    assert "seconds from the database's: nothing is closed" in caplog.text


@on_sqlite
def test_who_signed_in_by_a_clock_far_ahead_is_not_let_in_for_longer(product, database_url):
    with session_scope(database_url) as session:
        email = signed_in.account(session, make.organisation(session), "admin")
        session.commit()
    with by(YEAR):
        browser = signed_in.sign_in(product, email)
        cookie = browser.client.get_cookie("session").value
    stolen = Browser(product)
    stolen.client.set_cookie("session", cookie)
    assert "Sign out" not in stolen.open("/").text
    assert "Sign out" in signed_in.sign_in(product, email).page.text


@on_sqlite
def test_who_was_locked_by_a_clock_far_ahead_may_try_again(database_url):
    now = datetime.now(UTC)
    with session_scope(database_url) as session:
        email = signed_in.account(session, make.organisation(session), "admin")
        account = accounts.account_named(session, email)
        for _ in range(20):
            accounts.note_failure(session, account, now=now + YEAR)
        assert accounts.sign_in(session, email, signed_in.PASSWORD, now=now) is account
