"""Authors begin a questionnaire, mend it by its problems, preview it and publish it."""

import io
import json

import pytest
from sqlalchemy import func, select

from survey.operations.shipped import ready_made
from survey.storage.manuscripts import Manuscript
from survey.storage.versions import Publication
from tests import make_stored as make
from tests.web.signed_in import account, sign_in

HOME = "/admin/anytown/questionnaires"
FAULTY = """{
  "format": 1,
  "id": "ours",
  "title": "Ours",
  "language": "en",
  "sections": [
    {"id": "one", "titel": "One", "questions": [
      {"capability": "digital/user-reserch"}
    ]}
  ]
}
"""
MENDED = FAULTY.replace("titel", "title").replace("reserch", "research")


def begin(browser, start, typed=None):
    browser.open(f"{HOME}/new")
    return browser.send(typed, to=f"{HOME}/new/{start}")


def bring_in(browser, content, name):
    browser.open(f"{HOME}/new")
    file = (io.BytesIO(content), name)
    return browser.send({"file": file}, to=f"{HOME}/import")


def save(browser, source, **more):
    return browser.send({"source": source} | more)


def count(session, table):
    session.expire_all()
    return session.scalar(select(func.count()).select_from(table))


def test_the_small_example_to_begin_with_has_no_problems(author):
    page = begin(author, "blank")
    assert "No problems" in page.text
    assert author.heading == "Our questionnaire"


@pytest.mark.parametrize("name", sorted(ready_made()))
def test_each_ready_made_questionnaire_can_be_begun_with_and_published(author, stored, name):
    assert "No problems" in begin(author, "ready-made", {"ready_made": name}).text
    source = stored.scalar(select(Manuscript.source))
    assert "is published" in save(author, source, then="publish").text


def test_a_map_becomes_a_questionnaire_with_a_section_a_group(author, stored):
    begin(author, "map", {"framework": "bcs-lcm", "depth": "practices"})
    assert "No problems" in author.page.text
    assert json.loads(stored.scalar(select(Manuscript.source)))["sections"]


def test_a_file_is_taken_as_it_is_and_its_problems_are_told(author):
    page = bring_in(author, FAULTY.encode(), "ours.json")
    assert "3 problems to mend" in page.text


@pytest.mark.parametrize(
    ("file", "name", "said"),
    [
        (b"", "", "Choose a file"),
        (b"\xff\xfa{}", "x.json", "not a text in UTF-8"),
        (b"%PDF-1.7", "form.pdf", "Choose a questionnaire of ours"),
    ],
)
def test_a_file_that_cannot_be_taken_is_told_how_to_mend(author, stored, file, name, said):
    page = bring_in(author, file, name)
    assert page.status_code == 422
    assert said in page.text
    assert count(stored, Manuscript) == 0


def test_a_beginning_without_what_it_needs_is_asked_for(author, stored):
    page = begin(author, "ready-made", {})
    assert page.status_code == 422
    assert "Choose a questionnaire" in page.text
    assert count(stored, Manuscript) == 0


def test_a_way_to_begin_that_does_not_exist_is_not_found(author):
    author.open(f"{HOME}/new")
    token = author.page.text.split('name="csrf_token" value="')[1].split('"')[0]
    page = author.client.post(f"{HOME}/new/magic", data={"csrf_token": token})
    assert page.status_code == 404


def test_saving_keeps_what_was_typed_and_tells_each_problem_with_its_line(author, stored):
    begin(author, "blank")
    page = save(author, FAULTY)
    assert stored.scalar(select(Manuscript.source)) == FAULTY
    for said in (
        "3 problems to mend",
        "Line 7, column 19",
        "unknown-key",
        "Did you mean “title”?",
        "Line 8, column 22",
        "unknown-capability",
        "Did you mean “digital/user-research”?",
    ):
        assert said in page.text
    assert "titel" in page.text


def test_what_does_not_parse_is_told_by_its_place_and_kept(author, stored):
    begin(author, "blank")
    page = save(author, '{"format": 1\n "id": "x"}')
    assert "missing-comma" in page.text
    assert "Line 2" in page.text
    assert stored.scalar(select(Manuscript.source)) == '{"format": 1\n "id": "x"}'


def test_publishing_a_faulty_questionnaire_is_refused_with_its_problems_and_text(author, stored):
    begin(author, "blank")
    page = save(author, FAULTY, then="publish")
    assert page.status_code == 422
    assert "3 problems to mend" in page.text
    assert "user-reserch" in page.text
    assert count(stored, Publication) == 0


def test_a_mended_questionnaire_is_published_once_however_often_pressed(author, stored):
    begin(author, "blank")
    edit = author.path
    assert "is published" in save(author, MENDED, then="publish").text
    author.open(edit)
    assert "published already" in save(author, MENDED, then="publish").text
    assert count(stored, Publication) == 1


def test_two_who_edit_at_once_lose_nothing(author, web_app, stored):
    begin(author, "blank")
    other = sign_in(web_app, "author@anytown.example")
    other.open(author.path)
    save(author, MENDED)
    page = save(other, FAULTY)
    assert page.status_code == 409
    assert "titel" in page.text
    assert "What was saved meanwhile" in page.text
    assert stored.scalar(select(Manuscript.source)) == MENDED


def test_an_overlong_source_is_refused_and_the_saved_one_kept(author, stored):
    begin(author, "blank")
    before = stored.scalar(select(Manuscript.source))
    page = save(author, " " * (1024 * 1024 + 1))
    assert page.status_code == 422
    stored.expire_all()
    assert stored.scalar(select(Manuscript.source)) == before


def test_the_source_is_downloaded_as_it_was_typed(author):
    begin(author, "blank")
    edit = author.path
    save(author, FAULTY)
    assert author.open(f"{edit}/download").text == FAULTY


def test_two_versions_are_compared_question_by_question(author, stored):
    begin(author, "blank")
    edit = author.path
    digests = []
    for source in (MENDED, MENDED.replace("user-research", "information-security")):
        author.open(edit)
        save(author, source, then="publish")
        digests.append(author.path.rpartition("/")[2])
    page = author.open(f"{HOME}/compare?old={digests[0]}&new={digests[1]}")
    for said in ("Removed", "Added", "digital/user-research"):
        assert said in page.text


def test_markup_in_a_text_is_shown_and_not_obeyed(author):
    begin(author, "blank")
    edit = author.path
    save(author, MENDED.replace('"title": "Ours"', '"title": "<script>alert(1)</script>"'))
    for address in (edit, f"{edit}/preview", f"{HOME}/"):
        assert "<script>alert(1)" not in author.open(address).text


def test_another_organisations_manuscript_is_not_found(author, web_app, stored):
    begin(author, "blank")
    edit = author.path
    email = account(stored, make.organisation(stored, "elsewhere", {"elsewhere": None}), "author")
    stored.commit()
    other = sign_in(web_app, email)
    for address in (edit, f"{edit}/preview", edit.replace("anytown", "elsewhere")):
        assert other.open(address).status_code == 404
