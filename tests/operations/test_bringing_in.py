"""Files of other tools become manuscripts; what did not come along becomes comments on them."""

import json

import pytest

from survey.operations import accounts, signing_off
from survey.operations.bringing_in import NotImportable, bring_in
from survey.operations.shipped import library
from survey.questionnaire.check import check
from survey.storage.manuscripts import Manuscript
from tests import make_stored
from tests.make_stored import NOON


@pytest.fixture
def anytown(session):
    return make_stored.organisation(session)


@pytest.fixture
def ada(session, anytown):
    return accounts.create_account(
        session, "ada@anytown.example", role="author", organisation=anytown
    )


def surveyjs(*elements):
    page = {"name": "p", "elements": [{"type": "comment", "name": "why"}, *elements]}
    return json.dumps({"title": "Theirs", "pages": [page]}).encode()


def take(session, anytown, ada, file, name="theirs.json"):
    return bring_in(session, anytown.id, name, file, by=ada, now=NOON)


def test_a_file_of_ours_is_taken_as_it_is_written(session, anytown, ada):
    made, kind, left_out = take(session, anytown, ada, b'\xef\xbb\xbf{"sections": [],\r\n "x":')
    assert (made.source, kind, left_out) == ('{"sections": [],\n "x":', "JSON", 0)


def test_a_file_of_another_tool_is_taken_as_a_questionnaire_without_problems(session, anytown, ada):
    made, kind, left_out = take(session, anytown, ada, surveyjs())
    assert (kind, left_out) == ("SurveyJS", 0)
    assert check(made.source, library()).problems == ()
    assert made.title == "Theirs"


def test_what_did_not_come_along_is_a_comment_each(session, anytown, ada):
    asked = [
        {"type": "comment", "name": f"q{number}", "visibleIf": f"age({{why}}) = {number}"}
        for number in range(120)
    ]
    made, _, left_out = take(session, anytown, ada, surveyjs(*asked))
    said = signing_off.comments(session, made)
    assert left_out >= 120
    assert len(said) == 101
    assert f"And {left_out - 100} more" in said[-1].comment.text
    assert "q0" in said[0].comment.text


@pytest.mark.parametrize(
    ("file", "says"),
    [
        (b"{" + b" " * 1024**2 + b"}", "larger than 1 MiB"),
        (b"", "empty"),
        (b"\xff\x00\x01", "UTF-8"),
    ],
)
def test_what_is_no_questionnaire_is_refused_and_nothing_is_kept(session, anytown, ada, file, says):
    with pytest.raises(NotImportable, match=says) as refused:
        take(session, anytown, ada, file, "x.json")
    assert refused.value.mend
    assert session.query(Manuscript).count() == 0
