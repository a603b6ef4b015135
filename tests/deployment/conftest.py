"""A council on PostgreSQL that these tests look at, and how its application is opened."""

from contextlib import contextmanager
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from sqlalchemy import Engine, event, select

from survey.app import create_app
from survey.database import session_scope
from survey.operations import demonstration, inviting
from survey.operations.shipped import library, ready_made
from survey.storage.waves import Wave
from tests.attacks.applications import Artist
from tests.conftest import named, run_on

SECRET = "k" * 32
PASSWORD = "three random words"


class Recorded(dict):
    """Statements that were sent to any PostgreSQL meanwhile, each once, with its parameters."""

    def note(self, connection, _cursor, statement, parameters, _context, _many):
        if connection.dialect.name == "postgresql":
            first = parameters[0] if isinstance(parameters, list) else parameters
            self.setdefault(statement, first)

    def __enter__(self):
        event.listen(Engine, "before_cursor_execute", self.note)
        return self

    def __exit__(self, *_fault):
        event.remove(Engine, "before_cursor_execute", self.note)


@pytest.fixture(scope="session")
def council(postgresql_server):
    """The demonstration council: its database, links that nobody has used yet, the wave that closed
    last, and what was sent to make it all."""
    run_on(postgresql_server, "CREATE DATABASE council TEMPLATE template")
    url = named(postgresql_server, "council")
    with Recorded() as sent, session_scope(url) as session:
        demonstration.create(
            session,
            people=40,
            password=PASSWORD,
            secret=SECRET,
            library=library(),
            ready_made=ready_made(),
            now=datetime.now(UTC),
            progress=lambda _line: None,
        )
        opened = session.scalars(select(Wave).where(Wave.state == "open")).one()
        tokens = [token for _, token in inviting.unanswered(session, opened, secret=SECRET)]
        closed = demonstration.closed_wave(session)
        session.commit()
    return SimpleNamespace(url=url, tokens=tokens, closed=closed, sent=sent)


@contextmanager
def application(url, **settings):
    """Within it the application on a database, with charts that are not drawn."""
    made = create_app({"DATABASE_URL": url, "SECRET_KEY": SECRET, "TESTING": True} | settings)
    made.extensions["drawings"].draughtsman = Artist()
    yield made
    for sessions in (made.extensions["database"], made.extensions["jobs"]._sessions):
        sessions.kw["bind"].dispose()
    if "replica" in made.extensions:
        made.extensions["replica"].engine.dispose()


def signed_in(browser, email):
    """The same browser, once this account has signed in."""
    browser.open("/sign-in")
    browser.send({"email": email, "password": PASSWORD})
    assert "Sign out" in browser.page.text
    return browser
