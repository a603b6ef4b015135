"""Somebody who is in the middle of answering, on a database of the test's own."""

import pytest

from survey.app import create_app
from survey.database import session_scope
from tests import make_stored as make
from tests.faults.scenes import ASKED
from tests.web.pages import Browser


@pytest.fixture
def product(database_url):
    made = create_app({"DATABASE_URL": database_url, "SECRET_KEY": "k" * 32, "TESTING": True})
    yield made
    made.extensions["database"].kw["bind"].dispose()
    made.extensions["counts"].kw["bind"].dispose()


@pytest.fixture
def token(database_url):
    with session_scope(database_url) as session:
        made, _ = make.invitation(session, make.wave(session, asked=ASKED))
        session.commit()
    return made


@pytest.fixture
def begun(product, token):
    browser = Browser(product)
    browser.open(f"/invitations/{token}")
    browser.send()
    return browser
