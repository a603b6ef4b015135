"""What one process must know of another stands in the database, and is changed there."""

from datetime import timedelta
from functools import partial
from threading import Thread

import pytest

from survey.database import session_scope
from survey.operations import accounts, second_factor
from survey.storage.accounts import Account
from tests import make_stored as make
from tests.operations.test_signing_in import KEY, SECRET, code_at

AT_ONCE = 8


@pytest.fixture
def ada(database_url):
    with session_scope(database_url) as session:
        made = make.account(session, make.organisation(session).id).id
        session.commit()
    return made


def at_once(*actions):
    doing = [Thread(target=action) for action in actions]
    for one in doing:
        one.start()
    for one in doing:
        one.join()


def test_every_wrong_password_counts_on_whichever_node_it_was_tried(database_url, ada):
    def fail():
        with session_scope(database_url) as session:
            accounts.note_failure(session, session.get_one(Account, ada), now=make.NOON)
            session.commit()

    at_once(*[fail] * AT_ONCE)
    with session_scope(database_url) as session:
        found = session.get_one(Account, ada)
        assert found.failures == AT_ONCE
        assert found.locked_until > make.NOON


def test_a_code_works_once_on_whichever_node(database_url, ada):
    with session_scope(database_url) as session:
        account, code = session.get_one(Account, ada), code_at(make.NOON)
        recovery, *_ = second_factor.turn_on(session, account, SECRET, code, key=KEY, now=make.NOON)
        session.commit()
    later = make.NOON + timedelta(minutes=1)
    passed = []

    def use(code):
        with session_scope(database_url) as session:
            account = session.get_one(Account, ada)
            if second_factor.passes(session, account, code, key=KEY, now=later):
                passed.append(code)
            session.commit()

    codes = (recovery, code_at(later))
    at_once(*(partial(use, code) for code in codes * AT_ONCE))
    assert sorted(passed) == sorted(codes)
