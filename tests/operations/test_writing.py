"""Manuscripts are kept as typed, with every text that they were before."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import inspect

from survey.operations import writing
from survey.operations.errors import Conflict, NotFound, Refused
from survey.operations.writing import Typed
from survey.storage.audit import AuditEvent
from survey.storage.manuscripts import Manuscript, Saving, history
from tests import make_stored
from tests.make_stored import NOON

ADA, BO = 1, 2


@pytest.fixture
def anytown(session):
    return make_stored.organisation(session)


def begin(session, organisation, source="{}", by=ADA, **more):
    return writing.begin(session, organisation.id, source, by=by, now=NOON, **more)


def save(session, found, source, *, seen=None, by=ADA, minutes=1, how="saved"):
    typed = Typed(source, seen or found.revision, by, NOON + timedelta(minutes=minutes), how)
    return writing.save(session, found.organisation_id, found.id, typed)


def kept(session, found):
    return [(one.how, one.source) for one, _ in history(session, found.id)]


@pytest.mark.parametrize(
    ("kind", "source", "title"),
    [
        ("questionnaire", "", "Without a title"),
        ("questionnaire", "{ half", "Without a title"),
        ("questionnaire", '{"title": 7}', "Without a title"),
        ("questionnaire", "[]", "Without a title"),
        ("questionnaire", '{"title": " Users "}', "Users"),
        ("questionnaire", json.dumps({"title": "x" * 900}), "x" * 200),
        ("questionnaire", r'{"title": "U\u0000s\ud800ers"}', "Users"),
        ("questionnaire", r'{"title": "\udc00"}', "Without a title"),
        ("capability", '{"name": "Design"}', "Design"),
        ("framework", '{"title": "Our map"}', "Our map"),
    ],
)
def test_anything_that_was_typed_is_kept(session, anytown, kind, source, title):
    made = begin(session, anytown, source, kind=kind)
    assert (made.source, made.title, made.revision) == (source, title, 1)
    assert kept(session, made) == [("begun", source)]


def test_saving_again_makes_the_next_revision_and_keeps_the_one_before(session, anytown):
    first = begin(session, anytown, "one")
    second = save(session, first, "two", by=BO)
    assert second is first
    assert (second.source, second.revision, second.saved_by) == ("two", 2, BO)
    assert kept(session, first) == [("saved", "two"), ("begun", "one")]


def test_lists_are_made_without_reading_the_texts(session, anytown):
    made = begin(session, anytown, "one")
    session.expunge_all()
    (listed,) = writing.manuscripts(session, anytown.id)
    ((kept_text, _),) = writing.history(session, made)
    assert "source" in inspect(listed).unloaded
    assert "source" in inspect(kept_text).unloaded
    assert listed.source == kept_text.source == "one"


def test_saving_the_same_text_again_is_no_new_revision(session, anytown):
    made = begin(session, anytown, "one")
    assert save(session, made, "one").revision == 1


def test_what_saves_itself_within_one_stretch_of_writing_is_one_text_of_the_history(
    session, anytown
):
    made = begin(session, anytown, "one")
    for minute, text in enumerate(("a", "ab", "abc"), start=1):
        save(session, made, text, minutes=minute, how="autosave")
    assert kept(session, made) == [("autosave", "abc"), ("begun", "one")]
    save(session, made, "abcd", minutes=12, how="autosave")
    assert [source for _, source in kept(session, made)] == ["abcd", "abc", "one"]


def test_somebody_elses_autosave_is_not_replaced(session, anytown):
    made = begin(session, anytown, "one")
    save(session, made, "mine", how="autosave")
    save(session, made, "theirs", by=BO, how="autosave")
    assert [source for _, source in kept(session, made)] == ["theirs", "mine", "one"]


def test_saving_on_purpose_what_had_saved_itself_keeps_it_for_good(session, anytown):
    made = begin(session, anytown, "one")
    save(session, made, "two", how="autosave")
    save(session, made, "two")
    assert kept(session, made)[0] == ("saved", "two")


def test_what_somebody_was_shown_as_saved_meanwhile_stays_also_if_it_saved_itself(session, anytown):
    made = begin(session, anytown, "one")
    save(session, made, "in another window", how="autosave")
    writing.keep_present(session, made)
    save(session, made, "here")
    assert [source for _, source in kept(session, made)] == ["here", "in another window", "one"]


def test_autosaves_are_forgotten_after_a_month_and_what_was_saved_on_purpose_is_not(
    session, anytown
):
    made = begin(session, anytown, "one")
    save(session, made, "auto", how="autosave")
    save(session, made, "meant", minutes=20)
    save(session, made, "later", minutes=60 * 24 * 32)
    assert [source for _, source in kept(session, made)] == ["later", "meant", "one"]


def test_who_saves_over_somebody_elses_work_is_told_and_theirs_stays(session, anytown):
    made = begin(session, anytown, "one")
    save(session, made, "theirs", seen=1, by=BO)
    with pytest.raises(Conflict):
        save(session, made, "mine", seen=1)
    assert writing.manuscript(session, anytown.id, made.id).source == "theirs"


def test_an_earlier_text_is_brought_back_and_the_later_one_stays_in_the_history(session, anytown):
    made = begin(session, anytown, "one")
    save(session, made, "two")
    writing.restore(session, made, 1, by=BO, now=NOON + timedelta(hours=1))
    assert (made.source, made.revision) == ("one", 3)
    assert kept(session, made) == [("restored", "one"), ("saved", "two"), ("begun", "one")]
    with pytest.raises(NotFound):
        writing.restore(session, made, 9, by=BO, now=NOON)


def test_deleting_takes_the_history_along_and_is_noted(session, anytown):
    made = begin(session, anytown, '{"title": "Gone"}')
    save(session, made, "two")
    writing.delete(session, made)
    session.flush()
    assert session.query(Manuscript).count() == session.query(Saving).count() == 0
    event = session.query(AuditEvent).filter_by(action="manuscript.delete").one()
    assert event.details["title"] == "Without a title"


def test_what_somebody_saved_since_is_not_deleted(session, anytown):
    made = begin(session, anytown, "one")
    save(session, made, "two", by=BO)
    with pytest.raises(Conflict):
        writing.delete(session, made, seen=1)
    writing.delete(session, made, seen=2)
    assert session.query(Manuscript).count() == 0


def test_another_organisations_manuscript_does_not_exist(session, anytown):
    made = begin(session, anytown)
    other = make_stored.organisation(session, "elsewhere", {"elsewhere": None})
    with pytest.raises(NotFound):
        writing.manuscript(session, other.id, made.id)
    with pytest.raises(NotFound):
        writing.save(session, other.id, made.id, Typed("mine", 1, ADA, NOON))
    assert writing.manuscripts(session, other.id) == []
    assert writing.manuscripts(session, anytown.id) == [made]
    assert writing.manuscripts(session, anytown.id, "capability") == []


@pytest.mark.parametrize(
    ("source", "says"),
    [("a\0b", "Character 2"), ("\ud800", "half of a pair"), ("x" * (1024**2 + 1), "1,048,577")],
)
def test_what_no_database_can_keep_is_refused_with_the_place(session, anytown, source, says):
    with pytest.raises(Refused, match=says):
        begin(session, anytown, source)
