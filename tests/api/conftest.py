"""An application on a database that is empty before each test, and programs that speak to it."""

import shutil

import pytest
import time_machine

from survey.app import create_app
from survey.database import session_scope
from tests import make_stored as make
from tests.api.program import Program, token_of


@pytest.fixture(autouse=True)
def at_noon():
    """The tokens of tests are made at NOON, and expire."""
    with time_machine.travel(make.NOON, tick=False) as clock:
        yield clock


@pytest.fixture(scope="session")
def application(tmp_path_factory):
    """One for all tests, since making it takes longer than what they do with it."""
    file = tmp_path_factory.mktemp("api") / "api.db"
    settings = {"DATABASE_URL": f"sqlite:///{file}", "SECRET_KEY": "k" * 32, "TESTING": True}
    return create_app(settings), file


@pytest.fixture
def app(application, sqlite_template):
    """The application, with nothing in its database."""
    made, file = application
    made.extensions["database"].kw["bind"].dispose()
    for left in file.parent.glob("api.db*"):
        left.unlink()
    shutil.copy(sqlite_template, file)
    return made


@pytest.fixture
def stored(app):
    """A session in which a test builds what the application then finds; commit it."""
    with session_scope(app.config["DATABASE_URL"]) as session:
        yield session


@pytest.fixture
def anytown(stored):
    return make.organisation(stored)


@pytest.fixture
def make_account(stored, anytown):
    """Makes an account with one role of Anytown."""
    return lambda role: make.account(stored, anytown.id, role)


@pytest.fixture
def author(make_account):
    return make_account("author")


@pytest.fixture
def program(app, stored, author):
    """It may do all that an author of Anytown may."""
    token = token_of(stored, author)
    stored.commit()
    return Program(app, token)
