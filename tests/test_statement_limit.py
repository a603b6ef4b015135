"""On PostgreSQL a statement of a page comes to an end; work that may take its time does."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from survey.app import create_app
from survey.database import db, session_scope
from survey.engines import engine, limit_statements
from survey.outages import TOOK_TOO_LONG, outage_of
from tests.conftest import named, run_on

pytestmark = pytest.mark.postgresql

ALLOWED = text("SHOW statement_timeout")
SLOW = text("SELECT pg_sleep(60)")
WHO = text("SELECT pg_backend_pid()")


@pytest.fixture
def url(postgresql_server):
    return named(postgresql_server, "postgres")


@pytest.fixture
def limited(url):
    """An engine whose statements may take a twentieth of a second."""
    made = engine(url)
    limit_statements(made, 0.05)
    yield made
    made.dispose()


def test_a_statement_that_takes_too_long_is_ended(limited):
    with limited.connect() as connection:
        with pytest.raises(OperationalError) as raised:
            connection.execute(SLOW)
        assert outage_of(raised.value).code == TOOK_TOO_LONG
        connection.rollback()
        assert connection.scalar(ALLOWED) == "50ms", "the next transaction has the same limit"


def test_nobody_else_is_limited(limited, url):
    limited.connect().close()
    with session_scope(url) as session:
        assert session.scalar(ALLOWED) == "0"


def test_a_connection_that_was_lost_is_an_outage_as_ever(limited, url):
    with limited.connect() as connection:
        process = connection.scalar(WHO)
        connection.rollback()
        run_on(url, f"SELECT pg_terminate_backend({process}, 5000)")
        with pytest.raises(OperationalError) as raised:
            connection.execute(WHO)
    assert outage_of(raised.value).kind == "away"


@pytest.mark.parametrize(("timeout", "allowed"), [(None, "25s"), ("300", "295s"), ("2", "1s")])
def test_a_page_has_a_little_less_than_the_server_leaves_it(url, monkeypatch, timeout, allowed):
    if timeout:
        monkeypatch.setenv("TIMEOUT_OF_SERVER", timeout)
    app = create_app({"DATABASE_URL": url, "SECRET_KEY": "k" * 32, "TESTING": True})
    with app.app_context():
        assert db.session.scalar(ALLOWED) == allowed
    app.extensions["database"].kw["bind"].dispose()
