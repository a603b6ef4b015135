"""What programs read: lists, a page at a time and without the texts; versions as they are."""

from datetime import timedelta
from hashlib import sha256

import pytest

from survey.operations import api_reading, publishing, writing
from survey.operations.errors import NotFound
from survey.operations.shipped import library, ready_made
from survey.operations.writing import Typed
from survey.storage.accounts import Account
from tests import make_stored
from tests.make_stored import NOON

SOURCE = ready_made()["quick-check"]


@pytest.fixture
def anytown(session):
    return make_stored.organisation(session)


def begin(session, organisation, minute=0, **more):
    now = NOON + timedelta(minutes=minute)
    return writing.begin(session, organisation.id, '{"title": "T"}', by=None, now=now, **more)


def test_drafts_come_a_page_at_a_time_without_their_texts(session, anytown):
    made = [begin(session, anytown, minute) for minute in range(3)]
    begin(session, anytown, kind="capability")
    begin(session, make_stored.organisation(session, "elsewhere", {"elsewhere": None}))
    found = api_reading.drafts(session, anytown.id, first=1, at_most=1)
    assert found.total == 3
    assert [row.id for row in found.rows] == [made[1].id]
    assert "source" not in found.rows[0]._fields


def test_a_history_says_who_saved_and_forgets_who_is_gone(session, anytown):
    ada = make_stored.account(session, anytown.id, "author")
    made = begin(session, anytown)
    writing.save(session, anytown.id, made.id, Typed("{}", 1, ada.id, NOON))
    found = api_reading.savings(session, made.id, first=0, at_most=9)
    assert [(row.revision, row.by) for row in found.rows] == [(2, ada.email), (1, None)]
    session.delete(session.get(Account, ada.id))
    session.flush()
    found = api_reading.savings(session, made.id, first=0, at_most=9)
    assert [row.by for row in found.rows] == [None, None]


def test_a_version_is_read_as_it_was_frozen_and_as_it_was_written(session, anytown):
    digest = publishing.publish(
        session, SOURCE, organisation=anytown, library=library(), now=NOON
    ).version_digest
    assert sha256(api_reading.content_of(session, anytown.id, digest)).hexdigest() == digest
    assert api_reading.source_of(session, anytown.id, digest) == SOURCE
    row = api_reading.published_version(session, anytown.id, digest)
    assert (row.version, row.signed_off, row.source_kept) == (digest, False, True)
    assert api_reading.published(session, anytown.id, first=0, at_most=9).total == 1


@pytest.mark.parametrize("read", ["published_version", "content_of", "source_of"])
def test_a_version_that_another_organisation_published_is_not_there(session, anytown, read):
    other = make_stored.organisation(session, "elsewhere", {"elsewhere": None})
    digest = make_stored.version(session)
    make_stored.publication(session, other.id, digest)
    with pytest.raises(NotFound):
        getattr(api_reading, read)(session, anytown.id, digest)
