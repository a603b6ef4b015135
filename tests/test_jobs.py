"""Background work: woken through the queue, on both databases; what one part does wrong does not
stop the others."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from survey.database import session_scope
from survey.jobs import Jobs, Pace
from survey.migrating import differences
from survey.operations import closing, organising
from survey.operations.alone import LEASE, alone
from survey.operations.delivering import Stop
from survey.storage import leases
from tests import make_stored as make
from tests.faults.served import until


@pytest.fixture
def jobs(database_url):
    settings = {
        "DATABASE_URL": database_url,
        "SECRET_KEY": "k" * 32,
        "BASE_URL": "https://survey.example",
        "MAIL_PER_SECOND": 10,
    }
    made = Jobs(settings)
    yield made
    made.queue.storage.close()
    made._sessions.kw["bind"].dispose()


@pytest.fixture
def due(database_url):
    """A wave whose last moment has passed."""
    with session_scope(database_url) as session:
        make.wave(session, closes_at=make.NOON)
        session.commit()


def state(url):
    with session_scope(url) as session:
        return organising.organisations(session) and session.query(make.Wave).one().state


def run_next(jobs):
    """What a worker does with the next task that waits."""
    task = jobs.queue.dequeue()
    assert task is not None
    jobs.queue.execute(task)


def test_a_worker_that_is_woken_does_what_is_due(jobs, due, database_url):
    jobs.wake()
    run_next(jobs)
    assert state(database_url) == "closed"
    assert jobs.queue.dequeue() is None


def test_the_tables_of_the_queue_are_no_difference(jobs, database_url):
    jobs.wake()
    assert differences(database_url) == []


def test_a_part_that_fails_does_not_stop_the_others_and_is_logged_without_its_words(
    jobs, due, database_url, monkeypatch, caplog
):
    quoted = "ada@anytown.example"

    def fails(_session, _now):
        raise RuntimeError(quoted)

    monkeypatch.setattr(closing, "due", fails)
    called = []
    monkeypatch.setattr(jobs, "tally", lambda: called.append("tally"), raising=False)
    jobs.do_all()
    assert called == ["tally"]
    assert "close_waves failed: RuntimeError" in caplog.text
    assert "ada@" not in caplog.text


def test_two_workers_do_not_do_the_same_at_once(jobs, due, database_url):
    with alone(jobs.opened, "background-work"):
        jobs.do_all()
    assert state(database_url) == "open"
    jobs.do_all()
    assert state(database_url) == "closed"


def taken_by_another(jobs, off):
    with jobs.opened() as session:
        now = datetime.now(UTC) + off
        leases.take(session, "background-work", "another", now=now, until=now + LEASE)
        session.commit()


def test_what_a_worker_was_at_when_it_died_is_taken_over(jobs, due, database_url):
    taken_by_another(jobs, timedelta(minutes=-5))
    jobs.do_all()
    assert state(database_url) == "closed"


def test_a_lease_taken_by_a_clock_that_had_gone_ahead_holds_nothing_up(jobs, due, database_url):
    taken_by_another(jobs, timedelta(days=365))
    jobs.do_all()
    assert state(database_url) == "closed"


def test_a_clock_a_little_ahead_keeps_its_lease(jobs, due, database_url):
    taken_by_another(jobs, timedelta(seconds=5))
    jobs.do_all()
    assert state(database_url) == "open"


def test_a_worker_that_is_long_at_it_keeps_it(jobs, due, database_url, monkeypatch):
    monkeypatch.setattr("survey.operations.alone.LEASE", timedelta(seconds=0.3))
    with alone(jobs.opened, "background-work") as mine:
        assert mine
        first = taken_until(database_url)
        while taken_until(database_url) == first:
            pass
        with alone(jobs.opened, "background-work") as another:
            assert not another
    with alone(jobs.opened, "background-work") as mine:
        assert mine, "it was given back"


def taken_until(url):
    with session_scope(url) as session:
        return session.scalar(select(leases.Lease.until))


def test_a_queue_that_does_not_answer_is_logged_and_no_fault(jobs, monkeypatch, caplog):
    def fails(*_):
        raise OSError("no such queue")

    monkeypatch.setattr(jobs.queue.storage, "enqueue", fails)
    jobs.wake()
    assert "The queue does not answer (OSError)" in caplog.text


def test_a_pace_lets_so_many_through_in_a_second(monkeypatch):
    now, waited = [100.0], []

    def sleep(seconds):
        waited.append(seconds)
        now[0] += seconds

    monkeypatch.setattr("survey.jobs.monotonic", lambda: now[0])
    monkeypatch.setattr("survey.jobs.sleep", sleep)
    pace = Pace(10)
    for _ in range(11):
        pace()
    assert sum(waited) == pytest.approx(1.0)


def test_a_pace_lets_none_through_once_it_is_over():
    over = []
    pace = Pace(1000, lambda: bool(over))
    pace()
    over.append("now")
    with pytest.raises(Stop):
        pace()


def test_who_could_not_leave_work_leaves_it_once_the_database_is_back(jobs):
    """Others need not wait until the lease has run out."""
    away = []

    def opened():
        if away:
            raise ConnectionError(away.pop())
        return jobs.opened()

    with alone(opened, "background-work") as mine:
        assert mine
        away.append("not now")

    def is_free():
        with alone(jobs.opened, "background-work") as mine:
            return mine

    assert not is_free()
    until(is_free, LEASE.total_seconds() / 4)
