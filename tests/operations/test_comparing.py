"""Any two texts are compared, saved or published, with what their changes do to trends."""

import json
from datetime import timedelta

import pytest

from survey.operations import comparing, publishing, writing
from survey.operations.errors import NotFound
from survey.operations.shipped import library
from survey.operations.writing import Typed
from survey.questionnaire.compare import Change
from tests import make_stored
from tests.make_stored import NOON

TEXT = {
    "format": 1,
    "id": "ours",
    "title": "Ours",
    "language": "en",
    "sections": [
        {
            "id": "users",
            "title": "Users",
            "questions": [
                {"capability": "digital/user-research"},
                {"id": "why", "kind": "text", "text": "Why?"},
            ],
        }
    ],
}
OLD = json.dumps(TEXT)
NEW = OLD.replace("Why?", "What gets in the way?")


@pytest.fixture
def anytown(session):
    return make_stored.organisation(session)


@pytest.fixture
def manuscript(session, anytown):
    made = writing.begin(session, anytown.id, OLD, by=1, now=NOON)
    return writing.save(session, anytown.id, made.id, Typed(NEW, 1, 1, NOON + timedelta(minutes=1)))


def compared(session, organisation, old, new):
    return comparing.compared_texts(session, organisation.id, old, new, library())


def kinds(comparison):
    return {one.question: one.kind for one in comparison.changes}


def test_two_saved_texts_are_compared_question_by_question(session, anytown, manuscript):
    found = compared(session, anytown, f"{manuscript.id}.1", f"{manuscript.id}.2")
    assert kinds(found) == {"digital/user-research": "same", "why": "reworded"}
    assert (found.old.source, found.new.source) == (OLD, NEW)


def test_a_saved_text_is_compared_with_a_published_version(session, anytown, manuscript):
    made = publishing.publish(session, OLD, organisation=anytown, library=library(), now=NOON)
    found = compared(session, anytown, made.version_digest, f"{manuscript.id}.2")
    assert kinds(found)["why"] == "reworded"
    assert (found.old.is_published, found.new.is_published) == (True, False)
    assert found.old.source == OLD


def test_a_version_whose_text_nobody_kept_is_written_out(session, anytown):
    made = publishing.publish(session, OLD, organisation=anytown, library=library(), now=NOON)
    made.source = None
    found = comparing.kept_text(session, anytown.id, made.version_digest, library())
    assert json.loads(found.source)["title"] == "Ours"
    assert "\n" in found.source


def test_of_a_text_with_problems_only_lines_are_compared(session, anytown, manuscript):
    typed = Typed(NEW[:-1], 2, 1, NOON + timedelta(hours=1))
    writing.save(session, anytown.id, manuscript.id, typed)
    assert compared(session, anytown, f"{manuscript.id}.1", f"{manuscript.id}.3").changes is None


@pytest.mark.parametrize("reference", ["", "0.1", "1.99", "deadbeef", "1.2.3", "x" * 64])
def test_a_text_that_is_not_there_is_not_found(session, anytown, manuscript, reference):
    with pytest.raises(NotFound):
        compared(session, anytown, reference, f"{manuscript.id}.1")


def test_another_organisations_texts_are_not_found(session, anytown, manuscript):
    other = make_stored.organisation(session, "elsewhere", {"elsewhere": None})
    with pytest.raises(NotFound):
        compared(session, other, f"{manuscript.id}.1", f"{manuscript.id}.2")


def test_what_changes_do_to_trends_is_said_in_sentences():
    changes = [
        Change("a", "same", True),
        Change("b", "moved", True),
        Change("c", "reworded", False),
        Change("d", "reworded", True),
        Change("e", "rescored", False),
        Change("f", "added", False),
        Change("g", "removed", False),
        Change("h", "removed", False),
    ]
    said = comparing.consequences(changes)
    assert said[0].startswith("2 questions go on in their trends")
    assert said[1].startswith("1 question is reworded and goes on in its trend, because")
    assert said[2].startswith("1 question is reworded, and its trend breaks here, unless")
    assert "never stand in one trend" in said[3]
    assert said[4] == "1 question is new, and its trend begins here."
    assert said[5] == "2 questions are gone, and their trends end here."
