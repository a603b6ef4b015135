"""An application on a database that is empty before each test, and programs that speak to it."""

import shutil

import pytest
import time_machine

from survey.app import create_app
from survey.database import session_scope
from survey.storage.organisations import Organisation
from survey.storage.plans import Action
from tests import make_stored as make
from tests.api import town as the_town
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


@pytest.fixture(scope="session")
def town_template(tmp_path_factory, sqlite_template):
    """A database that holds the town: building it takes longer than most tests."""
    file = tmp_path_factory.mktemp("town") / "town.db"
    shutil.copy(sqlite_template, file)
    url = f"sqlite:///{file}"
    with time_machine.travel(make.NOON, tick=False), session_scope(url) as session:
        the_town.build(session, make.organisation(session))
        session.commit()
        bind = session.get_bind()
    bind.dispose()  # which brings all into the file itself
    return file


@pytest.fixture
def app(application, sqlite_template, request):
    """The application. There is nothing in its database, but for the town if a test is about it."""
    made, file = application
    has_town = "town" in request.fixturenames
    template = request.getfixturevalue("town_template") if has_town else sqlite_template
    for name in ("database", "counts"):
        made.extensions[name].kw["bind"].dispose()
    for left in file.parent.glob("api.db*"):
        left.unlink()
    shutil.copy(template, file)
    return made


@pytest.fixture
def stored(app):
    """A session in which a test builds what the application then finds; commit it."""
    with session_scope(app.config["DATABASE_URL"]) as session:
        yield session


@pytest.fixture
def anytown(stored):
    found = stored.query(Organisation).filter_by(slug="anytown").one_or_none()
    return found or make.organisation(stored)


@pytest.fixture
def make_account(stored, anytown):
    """Makes an account with one role of Anytown."""
    return lambda role, unit=None: make.account(stored, anytown.id, role, unit)


@pytest.fixture
def author(make_account):
    return make_account("author")


@pytest.fixture
def program(app, stored, author):
    """It may do all that an author of Anytown may."""
    token = token_of(stored, author)
    stored.commit()
    return Program(app, token)


@pytest.fixture
def town(stored):
    """Anytown with two closed waves, an open one, a target: its action."""
    return stored.query(Action).one()


@pytest.fixture
def as_role(app, stored, make_account):
    """Makes a program of an account with this role of Anytown: for all scopes, or some."""

    def made(role, *scopes, unit=None):
        token = token_of(stored, make_account(role, unit), *scopes)
        stored.commit()
        return Program(app, token)

    return made


@pytest.fixture
def admin(as_role):
    return as_role("admin")
