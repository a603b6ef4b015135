"""Colleagues comment on a text and sign it off: one text, by a second person."""

from datetime import timedelta

import pytest

from survey.operations import accounts, publishing, signing_off, writing
from survey.operations.errors import NotFound, Refused
from survey.operations.shipped import library, ready_made
from survey.operations.writing import Typed
from survey.storage.audit import AuditEvent
from tests import make_stored
from tests.make_stored import NOON

CORE = ready_made()["digital-data-innovation-core"]


@pytest.fixture
def anytown(session):
    return make_stored.organisation(session)


@pytest.fixture
def ada(session, anytown):
    return accounts.create_account(
        session, "ada@anytown.example", role="author", organisation=anytown
    )


@pytest.fixture
def bo(session, anytown):
    return accounts.create_account(
        session, "bo@anytown.example", role="author", organisation=anytown
    )


@pytest.fixture
def text(session, anytown, ada):
    return writing.begin(session, anytown.id, CORE, by=ada.id, now=NOON)


def save(session, found, source, by):
    typed = Typed(source, found.revision, by.id, NOON + timedelta(hours=1))
    return writing.save(session, found.organisation_id, found.id, typed)


def publish(session, found, anytown, by):
    return signing_off.publish_manuscript(
        session, found, organisation=anytown, library=library(), by=by.id, now=NOON
    )


def test_whoever_saved_a_text_last_does_not_sign_it_off(session, text, ada):
    with pytest.raises(Refused, match="yourself"):
        signing_off.sign_off(session, text, ada, now=NOON)
    assert signing_off.signature(session, text) is None


def test_a_second_person_signs_off_and_it_is_noted(session, text, bo):
    for _ in range(2):
        signing_off.sign_off(session, text, bo, now=NOON)
    signed = signing_off.signature(session, text)
    assert (signed.by, signed.at) == ("bo@anytown.example", NOON)
    assert session.query(AuditEvent).filter_by(action="manuscript.sign-off").count() == 1


def test_a_sign_off_is_of_one_text_and_counts_again_when_that_comes_back(session, text, ada, bo):
    signing_off.sign_off(session, text, bo, now=NOON)
    save(session, text, CORE + "\n", ada)
    assert signing_off.signature(session, text) is None
    writing.restore(session, text, 1, by=ada.id, now=NOON + timedelta(hours=2))
    assert signing_off.signature(session, text).by == "bo@anytown.example"


def test_whoever_signed_off_and_then_saved_it_back_is_no_second_person(session, text, ada, bo):
    signing_off.sign_off(session, text, bo, now=NOON)
    save(session, text, CORE + "\n", ada)
    writing.restore(session, text, 1, by=bo.id, now=NOON + timedelta(hours=2))
    assert signing_off.signed_by(session, text) is None


def test_where_it_is_asked_for_only_a_signed_text_is_published(session, text, anytown, ada, bo):
    signing_off.settle_rules(session, anytown, sign_off_needed=True, glossary="")
    with pytest.raises(Refused, match="second person"):
        publish(session, text, anytown, ada)
    signing_off.sign_off(session, text, bo, now=NOON)
    made = publish(session, text, anytown, ada)
    assert (made.published_by, made.signed_by) == (ada.id, bo.id)
    assert publishing.publications(session, anytown.id) == [made]


def test_where_it_is_not_asked_for_nobody_needs_to_sign(session, text, anytown, ada):
    assert publish(session, text, anytown, ada).signed_by is None


def test_asking_for_sign_off_and_no_longer_asking_are_noted_once_each(session, anytown):
    for needed in (True, True, False):
        signing_off.settle_rules(session, anytown, sign_off_needed=needed, glossary="LMS")
    noted = session.query(AuditEvent).filter(AuditEvent.action.startswith("sign-off."))
    assert [one.action for one in noted.order_by(AuditEvent.number)] == [
        "sign-off.require",
        "sign-off.waive",
    ]
    assert anytown.glossary == "LMS"


def test_comments_wait_until_they_are_dealt_with(session, text, ada, bo):
    first = signing_off.comment(session, text, bo, " Too long? ", "tested", now=NOON)
    signing_off.comment(session, text, ada, "Yes.", "", now=NOON + timedelta(minutes=1))
    assert signing_off.open_comments(session, text) == 2
    signing_off.settle(session, text, first.id, now=NOON + timedelta(minutes=2))
    said = signing_off.comments(session, text)
    assert [(one.comment.text, one.by) for one in said] == [
        ("Yes.", "ada@anytown.example"),
        ("Too long?", "bo@anytown.example"),
    ]
    assert signing_off.open_comments(session, text) == 1


@pytest.mark.parametrize(("said", "says"), [("  ", "Write a comment"), ("x" * 2001, "2,001")])
def test_a_comment_of_nothing_or_of_too_much_is_refused(session, text, bo, said, says):
    with pytest.raises(Refused, match=says):
        signing_off.comment(session, text, bo, said, "", now=NOON)


def test_a_comment_on_another_text_is_not_found(session, text, anytown, ada, bo):
    said = signing_off.comment(session, text, bo, "Here.", "", now=NOON)
    other = writing.begin(session, anytown.id, "{}", by=ada.id, now=NOON)
    with pytest.raises(NotFound):
        signing_off.settle(session, other, said.id, now=NOON)
