"""The editor's page without a script, and what it answers to one."""

import json

import pytest
from sqlalchemy import select

from survey.storage.manuscripts import Manuscript
from tests.web.signed_in import PASSWORD, account, sign_in

HOME = "/admin/anytown/questionnaires"
TEXT = """{
  "format": 1,
  "id": "ours",
  "title": "Ours",
  "language": "en",
  "sections": [
    {"id": "one", "title": "One", "questions": [
      {"capability": "digital/user-research"},
      {"id": "why", "kind": "text", "text": "What gets in the way?"}
    ]}
  ]
}
"""
FAULTY = TEXT.replace("user-research", "user-reserch")


@pytest.fixture
def edit(author):
    """The address of a manuscript, with its page open."""
    author.open(f"{HOME}/new")
    author.send(to=f"{HOME}/new/blank")
    return author.path


def source(stored):
    stored.expire_all()
    return stored.scalar(select(Manuscript.source))


def ask(browser, address, **sent):
    token = browser.page.text.split('name="csrf_token" value="')[1].split('"')[0]
    return browser.client.post(address, json=sent, headers={"X-CSRFToken": token})


def test_one_press_mends_and_saves(author, stored, edit):
    page = author.send({"source": FAULTY})
    assert "Change to “digital/user-research”" in page.text
    name = page.text.split('name="mend" value="')[1].split('"')[0]
    assert "No problems" in author.send({"source": FAULTY, "mend": name}).text
    assert source(stored) == TEXT


def test_a_mend_that_is_no_longer_there_changes_nothing(author, stored, edit):
    author.send({"source": TEXT, "mend": "unknown-capability@7"})
    assert source(stored) == TEXT


def test_a_press_moves_a_question_and_leaves_the_rest_as_it_is_written(author, stored, edit):
    author.send({"source": TEXT, "move": "/sections/0/questions/1 up"})
    saved = source(stored)
    assert saved.index("why") < saved.index("user-research")
    assert json.loads(saved)["title"] == "Ours"


@pytest.mark.parametrize("move", ["", "/nowhere up", "/sections/0 up", "/sections/0 sideways", "x"])
def test_a_move_that_is_not_possible_changes_nothing(author, stored, edit, move):
    author.send({"source": TEXT, "move": move})
    assert source(stored) == TEXT


@pytest.mark.parametrize("lost", ["session", "token"])
def test_what_was_typed_while_signed_out_comes_back_and_is_saved_after_signing_in(
    author, web_app, stored, edit, lost
):
    if lost == "session":
        author.client.delete_cookie("session")
        page = author.client.post(edit, data={"source": TEXT, "revision": "1"})
    else:
        page = author.client.post(edit, data={"source": TEXT, "csrf_token": "old", "revision": "1"})
    assert page.status_code == 401
    assert "What gets in the way?" in page.text
    assert "Sign in again" in page.text
    assert source(stored) != TEXT
    author.open("/sign-in")
    if lost == "session":
        author.send({"email": "author@anytown.example", "password": PASSWORD})
    author.open(edit)
    author.send({"source": TEXT, "revision": "1"})
    assert source(stored) == TEXT


def test_a_script_is_told_marks_mends_parts_of_the_page_and_what_to_offer(author, edit):
    told = ask(author, f"{edit}/check", text=FAULTY).get_json()
    (problem,) = told["problems"]
    assert FAULTY[problem["from"] : problem["to"]] == '"digital/user-reserch"'
    assert problem["label"] == "Change to “digital/user-research”"
    (change,) = problem["edits"]
    mended = FAULTY[: change["from"]] + change["insert"] + FAULTY[change["to"] :]
    assert mended == TEXT
    assert "1 problem to mend" in told["findings"]
    assert "What gets in the way?" in told["outline"]
    assert told["offers"]["questions"]["why"] == "What gets in the way?"


def test_while_the_text_cannot_be_read_a_script_keeps_its_outline_and_offers(author, edit):
    told = ask(author, f"{edit}/check", text=TEXT[:-3]).get_json()
    assert told["problems"][0]["code"] == "unclosed"
    assert told["outline"] == ""
    assert "offers" not in told


@pytest.mark.parametrize("sent", [{}, {"text": None}, {"text": 7}, {"text": "<script>"}])
def test_whatever_a_script_sends_is_answered(author, edit, sent):
    answer = ask(author, f"{edit}/check", **sent)
    assert answer.status_code == 200
    assert "<script>" not in answer.get_json()["findings"]


def test_a_script_keeps_the_text_as_the_next_revision(author, stored, edit):
    kept = ask(author, f"{edit}/keep", text=TEXT, revision=1)
    assert kept.get_json() == {"revision": 2}
    assert source(stored) == TEXT


def test_a_script_that_comes_too_late_is_told_and_saves_nothing(author, stored, edit):
    ask(author, f"{edit}/keep", text=TEXT, revision=1)
    late = ask(author, f"{edit}/keep", text="mine", revision=1)
    assert (late.status_code, late.get_json()["conflict"]) == (409, True)
    assert source(stored) == TEXT


@pytest.mark.parametrize("revision", [10**30, -1, True, "x", [1], None])
def test_who_names_no_revision_that_there_is_saves_over_nothing(author, stored, edit, revision):
    before = source(stored)
    assert ask(author, f"{edit}/keep", text=TEXT, revision=revision).status_code == 409
    assert author.send({"source": TEXT, "revision": str(revision)}).status_code == 409
    assert source(stored) == before


@pytest.mark.parametrize("text", ["a\0b", "x" * (1024 * 1024 + 1)])
def test_a_text_that_cannot_be_kept_is_refused_with_how_to_mend_it(author, edit, text):
    refused = ask(author, f"{edit}/keep", text=text, revision=1)
    assert refused.status_code == 422
    assert refused.get_json()["message"]
    assert not refused.get_json()["conflict"]


def test_a_script_without_a_token_or_a_session_changes_nothing(author, stored, edit):
    before = source(stored)
    for answer in (
        author.client.post(f"{edit}/keep", json={"text": TEXT, "revision": 1}),
        author.client.post(f"{edit}/check", json={"text": TEXT}),
    ):
        assert answer.status_code == 400
    assert source(stored) == before


def test_a_script_is_told_the_edits_that_move_a_question(author, edit):
    where = {"pointer": "/sections/0/questions/1", "way": "up"}
    told = ask(author, f"{edit}/move", text=TEXT, **where).get_json()
    assert told["pointer"] == "/sections/0/questions/0"
    assert len(told["edits"]) == 2
    dragged = {"pointer": "/sections/0/questions/0", "to": "/sections/0/questions", "place": 2}
    assert ask(author, f"{edit}/move", text=TEXT, **dragged).get_json()["pointer"].endswith("/1")
    for nonsense in ({}, {"pointer": 7}, {"pointer": "/x", "to": "/y", "place": 0}):
        assert ask(author, f"{edit}/move", text=TEXT, **nonsense).get_json()["edits"] == []


def test_a_script_knows_the_schema_and_the_names_and_asks_again_only_for_changes(author, edit):
    known = author.client.get(f"{HOME}/known/questionnaire.json")
    found = known.get_json()
    assert found["names"]["capability"]["digital/user-research"] == "User research"
    assert found["names"]["language"]["cy"] == "Welsh"
    assert found["schema"]["title"] == "Questionnaire"
    again = author.client.get(
        f"{HOME}/known/questionnaire.json", headers={"If-None-Match": known.headers["ETag"]}
    )
    assert again.status_code == 304
    assert author.client.get(f"{HOME}/known/nothing.json").status_code == 404


def test_a_manuscript_is_deleted_with_its_history(author, stored, edit):
    author.open(f"{edit}/history")
    author.send(to=f"{edit}/delete")
    assert "is deleted" in author.page.text
    assert source(stored) is None
    assert author.open(edit).status_code == 404


def test_somebody_who_only_reads_profiles_has_no_workbench(web_app, stored, anytown, edit):
    email = account(stored, anytown, "viewer")
    stored.commit()
    viewer = sign_in(web_app, email)
    for address in (edit, f"{edit}/history", f"{edit}/comments", f"{HOME}/library", f"{HOME}/new"):
        assert viewer.open(address).status_code == 404
