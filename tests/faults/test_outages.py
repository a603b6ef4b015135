"""What passes by itself is told from what is a fault of ours, by codes alone."""

import errno
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import SQLAlchemyError

from survey.engines import engine
from survey.outages import outage_of


def fault_of(url, statement="SELECT 1", **settings):
    made = create_engine(url, **settings)
    try:
        with made.connect() as connection:
            connection.execute(text(statement))
    except SQLAlchemyError as fault:
        return fault
    finally:
        made.dispose()
    raise AssertionError("no fault")


@pytest.mark.parametrize(
    "url", ["postgresql+psycopg://nobody@127.0.0.1:1/none", "sqlite:////no/such/folder/survey.db"]
)
def test_a_database_that_cannot_be_reached_is_away(url):
    assert outage_of(fault_of(url)).kind == "away"


@pytest.mark.parametrize(
    "statement", ["SELECT * FROM nowhere", "NO SQL AT ALL", "INSERT INTO wave (id) VALUES (1)"]
)
def test_a_statement_that_is_wrong_is_a_fault_of_ours(database_url, statement):
    assert outage_of(fault_of(database_url, statement)) is None


def test_a_pool_whose_connections_are_all_in_use_is_busy(database_url):
    made = create_engine(database_url, pool_size=1, max_overflow=0, pool_timeout=0.05)
    with made.connect(), ThreadPoolExecutor(1) as another:
        fault = another.submit(made.connect).exception()
    made.dispose()
    assert outage_of(fault).kind == "busy"


@pytest.mark.postgresql
def test_a_statement_that_takes_too_long_is_busy(postgresql_server):
    slow = "SET statement_timeout = '20ms'; SELECT pg_sleep(20)"
    assert outage_of(fault_of(postgresql_server, slow)).kind == "busy"


@pytest.mark.postgresql
def test_every_connection_waits_for_no_lock_for_ever(postgresql_server):
    made = engine(postgresql_server)
    with made.connect() as connection:
        assert connection.scalar(text("SHOW lock_timeout")) == "15s"
        assert connection.scalar(text("SHOW idle_in_transaction_session_timeout")) == "10min"
        connection.rollback()
        assert connection.scalar(text("SHOW lock_timeout")) == "15s"
    made.dispose()


@pytest.mark.parametrize(
    ("number", "kind"), [(errno.ENOSPC, "full"), (errno.EMFILE, "busy"), (errno.EPIPE, None)]
)
def test_the_system_says_by_its_number_what_it_lacks(number, kind):
    found = outage_of(OSError(number, "…"))
    assert (found and found.kind) == kind
