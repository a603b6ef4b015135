"""Where somebody else holds what a page needs, whoever waits is told in time, and loses nothing."""

from contextlib import contextmanager

import pytest
from sqlalchemy import create_engine, func, select, text

from survey import engines
from survey.database import session_scope
from survey.jobs import Jobs
from survey.operations import account_links, accounts
from survey.outages import TOOK_TOO_LONG
from survey.storage.responses import Response
from tests import make_stored as make
from tests.faults.journeys import answer, go_to_the_end, is_said, question_of

HOLD = {"sqlite": "BEGIN IMMEDIATE", "postgresql": "LOCK TABLE draft IN ACCESS EXCLUSIVE MODE"}


@pytest.fixture(autouse=True)
def _impatient(monkeypatch):
    """Nobody waits for a lock longer than a fifth of a second."""
    quick = tuple(
        (name, "200ms" if name == "lock_timeout" else to)
        for name, to in engines.POSTGRESQL_SETTINGS
    )
    monkeypatch.setattr(engines, "POSTGRESQL_SETTINGS", quick)
    monkeypatch.setattr(engines, "SECONDS_TO_WAIT_FOR_A_LOCK", 0.2)


@contextmanager
def held(url):
    """Within it somebody else holds what answers are written to."""
    made = create_engine(url)
    with made.connect() as connection:
        connection.execute(text(HOLD[made.dialect.name]))
        yield
        connection.rollback()
    made.dispose()


def test_who_waits_too_long_for_a_lock_is_told_and_can_go_on(begun, database_url):
    answer(begun)
    with held(database_url):
        answer(begun)
        is_said(begun, "Too many people are here at once.")
    begun.send()
    assert question_of(begun) == "digital/design:watch"
    go_to_the_end(begun)
    with session_scope(database_url) as session:
        assert session.scalar(select(func.count()).select_from(Response)) == 1


@pytest.mark.postgresql
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_who_waits_too_long_for_anything_is_told_and_can_go_on(
    begun, database_url, product, monkeypatch, caplog
):
    monkeypatch.setattr(engines, "POSTGRESQL_SETTINGS", (("lock_timeout", "15s"),))
    pool = product.extensions["database"].kw["bind"]
    pool.dispose()
    engines.limit_statements(pool, 0.1)
    answer(begun)
    before = question_of(begun)
    with held(database_url):
        answer(begun)
        is_said(begun, "Too many people are here at once.")
    assert TOOK_TOO_LONG in caplog.text
    begun.send()
    assert question_of(begun) != before, "what they had typed was sent again"
    go_to_the_end(begun)


@pytest.fixture
def jobs(database_url, monkeypatch):
    made = Jobs({"DATABASE_URL": database_url, "BASE_URL": "https://survey.example"})
    yield made
    made._sessions.kw["bind"].dispose()


def test_nobody_waits_for_a_mail_server(database_url, jobs, monkeypatch):
    """A letter is handed over while nothing is held, so others write meanwhile."""
    with session_scope(database_url) as session:
        anytown = make.organisation(session)
        ada = accounts.create_account(
            session, "ada@anytown.example", role="admin", organisation=anytown
        )
        account_links.ask_for_link(session, ada, "invitation", now=make.NOON)
        session.commit()
    written = []

    class Slow:
        def send(self, letter):
            with session_scope(database_url) as session:
                token = letter.text.split("/accounts/")[1].split()[0]
                now = make.datetime.now(make.UTC)
                written.append(account_links.account_by_link(session, token, now=now).email)
                make.organisation(session, "elsewhere")
                session.commit()

        def close(self):
            pass

    monkeypatch.setattr("survey.jobs.sender", lambda _: Slow())
    jobs.write_to_accounts()
    assert written == ["ada@anytown.example"]
