"""An application on a database of the test's own, and browsers without JavaScript."""

import shutil

import pytest

from survey.app import create_app
from survey.database import session_scope
from tests.web import pages


@pytest.fixture
def web_database(sqlite_template, tmp_path):
    """The address of an empty, migrated database."""
    return f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'web.db')}"


@pytest.fixture
def stored(web_database):
    """A session in which a test builds what the application then finds; commit it."""
    with session_scope(web_database) as session:
        yield session


@pytest.fixture
def web_app(web_database):
    return create_app({"DATABASE_URL": web_database, "SECRET_KEY": "k" * 32, "TESTING": True})


@pytest.fixture
def browser(web_app):
    """Somebody at a browser who presses the buttons of pages."""
    return pages.Browser(web_app)
