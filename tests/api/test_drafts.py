"""Programs begin, read, change, delete and publish drafts."""

import json

import pytest
from sqlalchemy import select

from survey.operations import signing_off, writing
from survey.storage.audit import AuditEvent
from survey.storage.manuscripts import Manuscript
from survey.storage.versions import Publication
from tests import make_stored as make
from tests.api.program import FAULTY, VALID, kind_of, retitled
from tests.make_stored import NOON

DRAFTS = "/organisations/anytown/drafts"


@pytest.fixture
def begun(program):
    """The address of a draft."""
    return program.post(DRAFTS, VALID).headers["Location"].removeprefix("/api/v1")


def test_a_draft_is_begun_with_a_file_and_read_where_the_answer_says(program, author, stored):
    made = program.post(DRAFTS, VALID)
    assert (made.status_code, made.headers["ETag"]) == (201, '"1"')
    read = program.get(made.headers["Location"].removeprefix("/api/v1"))
    assert read.json == made.json
    assert read.json == {
        "id": made.json["id"],
        "title": "Ours",
        "revision": 1,
        "saved_at": "2026-09-01T12:00:00+00:00",
        "source": VALID,
    }
    assert stored.get(Manuscript, made.json["id"]).saved_by == author.id


def test_a_draft_may_be_anything_that_is_text(program):
    made = program.post(DRAFTS, b"\xef\xbb\xbf{ half\r\na file")
    assert made.json["source"] == "{ half\na file"
    assert made.json["title"] == "Without a title"


@pytest.mark.parametrize(
    ("file", "code"), [(b"\xff", "not-utf-8"), (b" " * (1024**2 + 1), "too-large")]
)
def test_what_is_no_text_is_refused_with_its_problem(program, file, code):
    answer = program.post(DRAFTS, file)
    assert kind_of(answer) == "invalid-file"
    assert [one["code"] for one in answer.json["problems"]] == [code]


def test_what_no_database_can_keep_is_refused(program):
    answer = program.post(DRAFTS, b'{"title": "a\0b"}')
    assert kind_of(answer) == "refused"
    assert "NUL" in answer.json["detail"]


def test_drafts_are_listed_a_page_at_a_time_the_last_saved_first(program, at_noon):
    for number in range(5):
        program.post(DRAFTS, retitled(f"Number {number}"))
        at_noon.shift(1)
    page = program.get(f"{DRAFTS}?page=2&page_size=2")
    assert [one["title"] for one in page.json] == ["Number 2", "Number 1"]
    assert set(page.json[0]) == {"id", "title", "revision", "saved_at"}
    assert page.headers["Total-Count"] == "5"
    here = "/api/v1/organisations/anytown/drafts"
    assert page.headers["Link"].split(", ") == [
        f'<{here}?page=1&page_size=2>; rel="first"',
        f'<{here}?page=1&page_size=2>; rel="prev"',
        f'<{here}?page=3&page_size=2>; rel="next"',
        f'<{here}?page=3&page_size=2>; rel="last"',
    ]
    beyond = program.get(f"{DRAFTS}?page=1000000&page_size=100")
    assert (beyond.json, beyond.headers["Total-Count"]) == ([], "5")


@pytest.mark.parametrize("number", ["9" * 25, "\u0661", "1_0"])
def test_what_is_no_number_of_a_draft_leads_nowhere(program, begun, number):
    for address in (f"{DRAFTS}/{number}", f"{DRAFTS}/{number}/history"):
        assert program.get(address).status_code == 404


@pytest.mark.parametrize("query", ["page=0", "page=x", "page_size=101", "page=99999999999999999"])
def test_a_page_that_cannot_be_is_refused_by_its_parameter(program, query):
    answer = program.get(f"{DRAFTS}?{query}")
    assert kind_of(answer) == "wrong-parameters"
    assert list(answer.json["parameters"]) == [query.partition("=")[0]]


def test_nothing_is_sent_to_a_program_that_has_it_already(program, begun):
    assert program.get(begun, if_none_match='"2"').status_code == 200
    known = program.get(begun, if_none_match='"1"')
    assert (known.status_code, known.data, known.headers["ETag"]) == (304, b"", '"1"')


def test_a_draft_gets_another_text_which_is_its_next_revision(program, begun):
    kept = program.put(begun, FAULTY, if_match='"1"')
    assert (kept.status_code, kept.headers["ETag"]) == (200, '"2"')
    assert program.get(begun).json["source"] == FAULTY
    assert program.put(begun, VALID, if_match="*").json["revision"] == 3
    assert program.put(begun, retitled("Mine"), if_match='"2", "3"').json["revision"] == 4


def test_who_knows_an_earlier_revision_changes_nothing(program, begun):
    program.put(begun, retitled("Theirs"), if_match='"1"')
    assert kind_of(program.put(begun, retitled("Mine"), if_match='"1"')) == "changed"
    assert kind_of(program.put(begun, retitled("Mine"), if_match='W/"2"')) == "changed"
    assert kind_of(program.delete(begun, if_match='"1"')) == "changed"
    assert program.get(begun).json["title"] == "Theirs"


def test_sending_the_same_text_once_more_is_harmless(program, begun):
    for _ in range(2):
        assert program.put(begun, FAULTY, if_match='"1"').json["revision"] == 2


def test_a_change_says_what_it_is_meant_for(program, begun):
    assert kind_of(program.put(begun, FAULTY)) == "condition-needed"
    assert kind_of(program.delete(begun)) == "condition-needed"


def test_a_draft_is_deleted_in_the_name_of_the_account(program, begun, stored, author):
    gone = program.delete(begun, if_match='"1"')
    assert (gone.status_code, gone.data) == (204, b"")
    assert kind_of(program.get(begun)) == "not-found"
    event = stored.scalars(select(AuditEvent).filter_by(action="manuscript.delete")).one()
    assert (event.account_id, event.via) == (author.id, "api")


def test_the_history_says_who_saved_what(program, begun, author):
    program.put(begun, FAULTY, if_match='"1"')
    rows = program.get(f"{begun}/history")
    assert [(one["revision"], one["how"], one["by"]) for one in rows.json] == [
        (2, "saved", author.email),
        (1, "begun", author.email),
    ]
    assert rows.headers["Total-Count"] == "2"


def test_a_draft_is_published_once(program, begun, at_noon):
    first = program.post(f"{begun}/publish")
    assert first.status_code == 201
    at_noon.shift(60)
    again = program.post(f"{begun}/publish", if_match='"1"')
    assert (again.status_code, again.json) == (200, first.json)
    version = program.get(first.headers["Location"].removeprefix("/api/v1")).json
    assert version["version"] == first.json["version"]


def test_a_draft_with_problems_is_not_published_and_says_them(program, begun, stored):
    program.put(begun, FAULTY, if_match='"1"')
    refused = program.post(f"{begun}/publish")
    assert kind_of(refused) == "invalid-file"
    assert "unknown-key" in [one["code"] for one in refused.json["problems"]]
    assert stored.scalars(select(Publication)).all() == []


def test_what_was_not_read_is_not_published(program, begun):
    program.put(begun, retitled("Theirs"), if_match='"1"')
    assert kind_of(program.post(f"{begun}/publish", if_match='"1"')) == "changed"


def test_where_two_have_to_read_it_one_program_is_not_enough(
    program, begun, stored, anytown, make_account
):
    anytown.sign_off_needed = True
    stored.commit()
    refused = program.post(f"{begun}/publish")
    assert kind_of(refused) == "refused"
    assert "signed off" in refused.json["detail"]
    draft = stored.scalars(select(Manuscript)).one()
    signing_off.sign_off(stored, draft, make_account("admin"), now=NOON)
    stored.commit()
    assert program.post(f"{begun}/publish").json["signed_off"]


def test_what_is_no_questionnaire_is_no_draft_here(program, stored, anytown):
    theirs = writing.begin(
        stored, anytown.id, json.dumps({"name": "Design"}), by=None, now=NOON, kind="capability"
    )
    stored.commit()
    assert program.get(DRAFTS).json == []
    assert kind_of(program.get(f"{DRAFTS}/{theirs.id}")) == "not-found"


@pytest.mark.parametrize("draft", ["0", "999", "2147483648", "-1", "x", "9" * 40])
def test_a_draft_that_is_not_there_is_told_so(program, draft):
    assert kind_of(program.get(f"{DRAFTS}/{draft}")) == "not-found"


def test_another_organisations_draft_is_not_there(program, stored):
    elsewhere = make.organisation(stored, "elsewhere", {"elsewhere": None})
    theirs = writing.begin(stored, elsewhere.id, VALID, by=None, now=NOON)
    stored.commit()
    for address in (f"{DRAFTS}/{theirs.id}", f"/organisations/elsewhere/drafts/{theirs.id}"):
        assert kind_of(program.get(address)) == "not-found"
