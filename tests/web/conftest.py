"""An application on a database of the test's own, and browsers without JavaScript."""

import shutil
from datetime import UTC, datetime, timedelta

import pytest

from survey.app import create_app
from survey.database import session_scope
from survey.engines import engine, sessions
from survey.jobs import Jobs
from survey.storage.api_use import forget_uses
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


@pytest.fixture(scope="session")
def made_app():
    """An application, made once: its addresses alone take a tenth of a second to make."""
    return create_app({"DATABASE_URL": "sqlite://", "SECRET_KEY": "k" * 32, "TESTING": True})


@pytest.fixture
def web_app(made_app, web_database):
    """The application as if it had just been made for this database."""
    usual = made_app.config.copy()
    made_app.config["DATABASE_URL"] = web_database
    made_app.extensions["jobs"] = Jobs(made_app.config)
    made = engine(web_database)
    made_app.extensions["database"] = sessions(made)
    with made_app.extensions["counts"]() as counts:
        forget_uses(counts, datetime.now(UTC) + timedelta(days=1))
    yield made_app
    made_app.config.update(usual)
    made.dispose()


@pytest.fixture
def own_app(web_database):
    """An application of the test's own, to which it adds pages."""
    return create_app({"DATABASE_URL": web_database, "SECRET_KEY": "k" * 32, "TESTING": True})


@pytest.fixture
def browser(web_app):
    """Somebody at a browser who presses the buttons of pages."""
    return pages.Browser(web_app)
