"""Somebody who writes, signed in."""

import pytest

from tests import make_stored as make
from tests.web.signed_in import account, sign_in


@pytest.fixture
def anytown(stored):
    made = make.organisation(stored)
    stored.commit()
    return made


@pytest.fixture
def author(web_app, stored, anytown):
    email = account(stored, anytown, "author")
    stored.commit()
    return sign_in(web_app, email)


@pytest.fixture
def admin(web_app, stored, anytown):
    email = account(stored, anytown, "admin")
    stored.commit()
    return sign_in(web_app, email)
