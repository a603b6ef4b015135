"""History, comments, sign-off, a library of one's own, export and import: as pages."""

import io
import json

import pytest
from sqlalchemy import select

from survey.storage.manuscripts import Manuscript, ManuscriptComment
from survey.storage.organisations import Organisation
from survey.storage.own_library import OwnPart
from tests.web.signed_in import account, sign_in

HOME = "/admin/anytown/questionnaires"
TEXT = json.dumps(
    {
        "format": 1,
        "id": "ours",
        "title": "Ours",
        "language": "en",
        "sections": [
            {
                "id": "one",
                "title": "One",
                "questions": [
                    {"capability": "digital/user-research"},
                    {"id": "why", "kind": "text", "text": "Why?"},
                ],
            }
        ],
        "translations": {"cy": {"title": "Ein rhai ni"}},
    },
    indent=2,
)
NEW = TEXT.replace("Why?", "What gets in the way?")


@pytest.fixture
def edit(author):
    author.open(f"{HOME}/new")
    author.send(to=f"{HOME}/new/blank")
    address = author.path
    author.send({"source": TEXT})
    return address


@pytest.fixture
def colleague(web_app, stored, anytown, edit):
    email = account(stored, anytown, "admin")
    stored.commit()
    return sign_in(web_app, email)


def source(stored):
    stored.expire_all()
    return stored.scalar(select(Manuscript.source))


def test_earlier_texts_are_listed_compared_and_brought_back(author, stored, edit):
    author.open(edit)
    author.send({"source": NEW})
    number = edit.rpartition("/")[2]
    assert "Saved, revision 3" in author.open(f"{edit}/history").text
    compared = author.open(f"{HOME}/compare?old={number}.2&new={number}.3").text
    assert "Reworded" in compared
    assert "What gets in the way?" in compared
    assert "its trend breaks here" in compared
    assert "What has changed since" in author.open(f"{edit}/history/2").text
    author.send(to=f"{edit}/history/2/restore")
    assert source(stored) == TEXT
    assert author.open(f"{edit}/history/99").status_code == 404


def test_the_same_text_twice_has_no_differences(author, edit):
    number = edit.rpartition("/")[2]
    assert (
        "The two texts are the same"
        in author.open(f"{HOME}/compare?old={number}.2&new={number}.2").text
    )


def test_a_colleague_comments_and_the_author_deals_with_it(author, colleague, stored, edit):
    colleague.open(f"{edit}/comments")
    page = colleague.send({"place": "why", "text": "<b>Too short</b>?"}, to="")
    assert "&lt;b&gt;Too short&lt;/b&gt;?" in page.text
    assert "Comments (1)" in author.open(edit).text
    author.open(f"{edit}/comments")
    number = stored.scalar(select(ManuscriptComment.id))
    assert "Dealt with" in author.send(to=f"{edit}/comments/{number}").text
    assert "Comments (1)" not in author.open(edit).text


def test_a_comment_of_nothing_is_asked_for(author, edit):
    author.open(f"{edit}/comments")
    page = author.send({"text": " "}, to="")
    assert page.status_code == 422
    assert "Write a comment" in page.text


def test_where_it_is_asked_for_a_text_is_published_after_a_colleague_signed_it_off(
    author, colleague, stored, edit
):
    colleague.open(f"{HOME}/settings")
    colleague.send({"sign_off_needed": "y", "glossary": "LMS\nETL"})
    assert stored.scalar(select(Organisation.glossary)) == "LMS\nETL"
    author.open(edit)
    refused = author.send({"source": TEXT, "then": "publish"})
    assert refused.status_code == 422
    assert "Ask a colleague" in refused.text
    assert "You saved it last" in author.open(f"{edit}/comments").text
    colleague.open(f"{edit}/comments")
    assert "Signed off" in colleague.send(to=f"{edit}/sign-off").text
    author.open(edit)
    assert "is published" in author.send({"source": TEXT, "then": "publish"}).text


def test_a_text_that_changed_while_it_was_read_is_not_signed_off(author, colleague, edit):
    colleague.open(f"{edit}/comments")
    author.open(edit)
    author.send({"source": NEW})
    assert "It was changed while you read it" in colleague.send(to=f"{edit}/sign-off").text


def test_only_admins_say_who_signs_off(author):
    assert author.open(f"{HOME}/settings").status_code == 404


@pytest.mark.parametrize("name", ["xlsform", "surveyjs", "codebook", "ddi", "paper"])
def test_a_questionnaire_is_exported_before_and_after_it_is_published(author, edit, name):
    assert name in author.open(f"{edit}/exports").text
    file = author.client.get(f"{edit}/exports/{name}")
    assert file.status_code == 200
    assert f"ours-{name}" in file.headers["Content-Disposition"]
    assert len(file.data) > 300
    author.open(edit)
    author.send({"source": TEXT, "then": "publish"})
    of_version = author.client.get(f"{author.path}/exports/{name}")
    assert of_version.status_code == 200


def test_a_paper_form_is_had_in_each_language_of_the_questionnaire(author, edit):
    assert "language=cy" in author.open(f"{edit}/exports").text
    assert author.client.get(f"{edit}/exports/paper?language=cy").data.startswith(b"%PDF")
    for address in ("exports/paper?language=fr", "exports/nothing"):
        assert author.client.get(f"{edit}/{address}").status_code == 404


def test_a_faulty_questionnaire_is_not_exported(author, edit):
    author.open(edit)
    author.send({"source": TEXT[:-2]})
    assert "problems to mend before it can be exported" in author.open(f"{edit}/exports").text
    assert author.client.get(f"{edit}/exports/ddi").status_code == 404


def test_what_was_exported_for_another_tool_comes_back_as_it_was(author, stored, edit):
    file = author.client.get(f"{edit}/exports/xlsform").data
    author.open(f"{HOME}/new")
    author.send({"file": (io.BytesIO(file), "ours.xlsx")}, to=f"{HOME}/import")
    assert "XLSForm file is taken in" in author.page.text
    sources = stored.scalars(select(Manuscript.source).order_by(Manuscript.id)).all()
    questions = [
        q.get("id", q.get("capability"))
        for q in json.loads(sources[-1])["sections"][0]["questions"]
    ]
    assert questions == ["digital/user-research", "why"]


def test_what_did_not_come_along_is_a_comment_to_deal_with(author, stored):
    foreign = {
        "title": "Theirs",
        "pages": [
            {
                "name": "p",
                "elements": [
                    {"type": "comment", "name": "why", "title": "Why?"},
                    {"type": "signaturepad", "name": "sign", "title": "Sign here"},
                ],
            }
        ],
    }
    author.open(f"{HOME}/new")
    file = (io.BytesIO(json.dumps(foreign).encode()), "theirs.json")
    author.send({"file": file}, to=f"{HOME}/import")
    assert "SurveyJS file is taken in. 1 thing did not come along" in author.page.text
    assert "Sign here" in author.page.text or "sign" in author.page.text
    assert stored.scalar(select(ManuscriptComment.text))


def test_a_capability_of_ones_own_is_written_used_changed_and_taken_out(author, stored):
    author.open(f"{HOME}/library")
    author.send(to=f"{HOME}/library/new/capability")
    own = source(stored)
    assert "No problems" in author.page.text
    assert "now part of your library" in author.send({"source": own, "then": "publish"}).text
    assert "own/repairing-roads" in author.open(f"{HOME}/new/capabilities").text
    author.send(
        {"capabilities": ["own/repairing-roads"], "depth": "step"},
        to=f"{HOME}/new/capabilities",
    )
    assert "No problems" in author.page.text
    part = f"{HOME}/library/capabilities/own/repairing-roads.json"
    assert "all your own" in author.open(part).text
    author.send(to=f"{part}/edit")
    assert author.heading == "Repairing roads"
    author.open(part)
    assert "It is taken out" in author.send(to=f"{part}/leave").text


def test_a_shipped_capability_is_adapted_and_the_difference_shown(author, stored):
    author.open(f"{HOME}/library")
    path = "capabilities/digital/user-research.json"
    author.send({"part": path}, to=f"{HOME}/library/adapt")
    text = source(stored).replace('"name": "User research"', '"name": "Asking people"')
    author.send({"source": text, "then": "publish"})
    assert "Adapted" in author.page.text
    page = author.open(f"{HOME}/library/{path}").text
    assert "How yours differs" in page
    assert "Asking people" in page
    part = stored.scalars(select(OwnPart)).one()
    part.basis = part.basis.replace("User research", "Users")
    stored.commit()
    assert "The shipped text has changed" in author.open(f"{HOME}/library").text
    assert "What has changed in the shipped text" in author.open(f"{HOME}/library/{path}").text
    author.send(to=f"{HOME}/library/{path}/keep")
    assert "Your text stays" in author.page.text
    assert "What has changed in the shipped text" not in author.page.text


def test_a_faulty_capability_is_refused_with_its_problems(author, stored):
    author.open(f"{HOME}/library")
    author.send(to=f"{HOME}/library/new/framework")
    faulty = source(stored).replace("digital/user-research", "digital/nothing")
    refused = author.send({"source": faulty, "then": "publish"})
    assert refused.status_code == 422
    assert "unknown-capability" in refused.text


@pytest.mark.parametrize(
    "address", ["library/nothing", "library/capabilities/x.json", "versions/none/exports"]
)
def test_what_is_not_there_is_not_found(author, address):
    assert author.open(f"{HOME}/{address}").status_code == 404


def test_no_capability_chosen_is_asked_for_with_the_choice_kept(author):
    author.open(f"{HOME}/new/capabilities")
    page = author.send({"depth": "full"}, to=f"{HOME}/new/capabilities")
    assert page.status_code == 422
    assert "Choose one or more capabilities" in page.text


def test_an_earlier_version_is_begun_with_as_its_author_wrote_it(author, stored, edit):
    author.open(edit)
    author.send({"source": TEXT, "then": "publish"})
    digest = author.path.rpartition("/")[2]
    author.open(f"{HOME}/new")
    author.send({"version": digest}, to=f"{HOME}/new/version")
    sources = stored.scalars(select(Manuscript.source).order_by(Manuscript.id)).all()
    assert sources[-1] == TEXT
