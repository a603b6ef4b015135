"""Requests are counted by the minute, and what they were answered is kept for a day."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import delete, func, select, text

from survey.database import Database, session_scope
from survey.operations import api_answers, api_tokens, api_use
from survey.operations.api_answers import Answered, KeyUsed, answer_to, forget_old_keys, keep, keyed
from survey.storage.api_use import ApiAnswer, ApiUse
from survey.storage.tokens import ApiToken
from tests import make_stored
from tests.make_stored import NOON

KEY = b"k" * 32
SECOND = timedelta(seconds=1)


class App:
    """As much of an application as the database wants of one."""

    def __init__(self, url):
        self.config = {"DATABASE_URL": url, "STATEMENT_SECONDS": 25}
        self.extensions = {}

    def teardown_appcontext(self, _):
        pass


@pytest.fixture
def counts(database_url):
    """Opens sessions where uses are counted."""
    app = App(database_url)
    Database().init_app(app)
    yield app.extensions["counts"]
    for name in ("counts", "database"):
        app.extensions[name].kw["bind"].dispose()


def spend(counts, *, at=NOON, key=KEY, of=2):
    spent = api_use.spend(counts, key, of=of, now=at)
    return spent.used, spent.left, spent.seconds, spent.too_many


def test_so_many_requests_may_be_sent_in_a_minute(counts):
    assert [spend(counts), spend(counts), spend(counts)] == [
        (1, 1, 60, False),
        (2, 0, 60, False),
        (3, 0, 60, True),
    ]
    assert spend(counts, at=NOON + 59.5 * SECOND) == (4, 0, 1, True)
    assert spend(counts, at=NOON + 60 * SECOND) == (1, 1, 60, False)


def test_a_clock_that_had_gone_ahead_keeps_nobody_out_for_long(counts):
    spend(counts, at=NOON + timedelta(days=1))
    assert spend(counts) == (1, 1, 60, False)
    assert spend(counts, at=NOON - SECOND) == (2, 0, 61, False), "clocks differ a little"


def test_each_is_counted_by_itself_and_forgotten_once_the_minute_is_over(counts):
    for number in range(3):
        assert spend(counts, key=bytes([number]) * 32)[0] == 1
    spend(counts, at=NOON + 121 * SECOND)
    with counts() as session:
        assert session.scalars(select(ApiUse.key)).all() == [KEY]


def test_of_many_at_once_none_is_left_out(counts):
    begin, numbers = Barrier(8), []

    def ask():
        begin.wait()
        numbers.extend(spend(counts)[0] for _ in range(25))

    threads = [Thread(target=ask) for _ in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(numbers) == list(range(1, 201))


def test_nobody_who_submits_waits_for_a_count(counts, database_url):
    with session_scope(database_url) as session:
        session.execute(text("DELETE FROM message"))  # which on SQLite locks the database
        assert spend(counts) == (1, 1, 60, False)
        session.rollback()
    assert spend(counts)[0] == 2, "a count is not undone"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("192.0.2.7", "::ffff:192.0.2.7", True),
        ("2001:db8::1", "2001:db8::ffff:1", True),
        ("2001:db8:0:1::1", "2001:db8:0:2::1", False),
        ("192.0.2.7", "192.0.2.8", False),
        ("", "192.0.2.8", False),
    ],
)
def test_an_address_is_known_by_what_its_owner_cannot_choose(one, other, same):
    keys = {api_use.key_of_address("secret", address) for address in (one, other)}
    assert len(keys) == (1 if same else 2)
    assert api_use.key_of_address("another secret", one) not in keys


def test_what_is_done_by_itself_is_done_by_one_at_a_time(counts):
    with api_use.by_itself(counts, KEY, now=NOON) as first:
        with api_use.by_itself(counts, KEY, now=NOON) as second:
            assert (first, second) == (True, False)
        with api_use.by_itself(counts, b"other" + KEY, now=NOON) as third:
            assert third
    with api_use.by_itself(counts, KEY, now=NOON) as next_:
        assert next_


def test_of_who_died_others_are_kept_out_for_a_minute(counts):
    assert spend(counts, of=1)[0] == 1, "somebody began, and is heard of no more"
    for later, free in ((59, False), (60, True)):
        with api_use.by_itself(counts, KEY, now=NOON + later * SECOND) as mine:
            assert mine is free


DONE = Answered(201, [("ETag", '"1"'), ("Location", "/é")], b'{"id": 1}')


@pytest.fixture
def ada(session):
    return make_stored.account(session, make_stored.organisation(session).id, "author")


@pytest.fixture
def asked(session, ada):
    token, _ = api_tokens.make_token(
        session, ada, name="Pipeline", scopes=[api_tokens.WRITE], days=30, now=NOON
    )
    return keyed(token, "a key", b"a request")


def test_an_answer_is_kept_for_a_day_and_then_forgotten(session, asked):
    assert answer_to(session, asked, now=NOON) is None
    assert keep(session, asked, DONE, now=NOON)
    almost = NOON + api_answers.KEPT - SECOND
    assert answer_to(session, asked, now=almost) == DONE
    assert forget_old_keys(session, almost) == 0
    assert answer_to(session, asked, now=NOON + api_answers.KEPT) is None
    assert keep(session, asked, DONE, now=NOON + api_answers.KEPT), "the key is free again"
    assert forget_old_keys(session, NOON + 2 * api_answers.KEPT) == 1


def test_an_answer_is_kept_once(session, asked):
    assert keep(session, asked, DONE, now=NOON)
    assert not keep(session, asked, Answered(200, [], b""), now=NOON)
    assert answer_to(session, asked, now=NOON) == DONE


def test_a_key_is_not_another_requests(session, asked):
    keep(session, asked, DONE, now=NOON)
    other = keyed("", "", b"another request")
    with pytest.raises(KeyUsed):
        answer_to(session, type(asked)(asked.token, asked.key, other.request), now=NOON)


def test_an_answer_goes_with_the_token_whose_it_was(session, asked):
    keep(session, asked, DONE, now=NOON)
    session.execute(delete(ApiToken))
    assert session.scalar(select(func.count()).select_from(ApiAnswer)) == 0
