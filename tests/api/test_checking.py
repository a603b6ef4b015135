"""`POST /questionnaires/check`: what the editor and the command line say of a file."""

import json

import pytest
from click.testing import CliRunner

from survey.cli.main import main
from survey.operations import own_library, writing
from survey.operations.shipped import files, library, ready_made
from survey.questionnaire.canonical import canonical, digest
from survey.questionnaire.check import expand
from survey.questionnaire.source import MAX_BYTES
from tests.api.program import FAULTY, VALID, Program, kind_of, token_of
from tests.make_stored import NOON

CHECK = "/questionnaires/check"
WHOLE = ready_made()["quick-check"]


def test_a_valid_file_is_told_its_extent_and_the_version_that_it_would_be(program):
    told = program.post(CHECK, WHOLE).json
    expanded = expand(WHOLE, library())
    assert (told["valid"], told["problems"]) == (True, [])
    assert told["version"] == digest(canonical(expanded))
    assert told["questions"] == len(expanded.questions)
    assert 0 < told["minutes"] < 60


def test_every_problem_is_told_as_on_the_command_line(program, tmp_path):
    file = tmp_path / "ours.json"
    file.write_text(FAULTY)
    said = CliRunner().invoke(main, ["questionnaire", "check", "--json", str(file)])
    expected = [{k: v for k, v in one.items() if k != "file"} for one in json.loads(said.stdout)]
    told = program.post(CHECK, FAULTY).json
    assert told["problems"] == expected
    assert {"code", "message", "mend", "pointer", "line", "column"} == set(expected[0])
    assert [told[name] for name in ("valid", "questions", "minutes", "version")] == [
        False,
        None,
        None,
        None,
    ]


@pytest.mark.parametrize(
    ("file", "code"),
    [
        (b'{"format": 1,', "unclosed"),
        (b"\xff\xfe{}", "not-utf-8"),
        (b"\xef\xbb\xbf" + VALID.encode(), "byte-order-mark"),
        (b" " * (MAX_BYTES + 1), "too-large"),
        (b"\xc3\xa9" * MAX_BYTES, "too-large"),
        (b'"' + b"\xc3\xa9" * (MAX_BYTES // 2) + b'"', "too-large"),
        (b"", None),
        (b"[]", None),
    ],
)
def test_whatever_the_bytes_are_the_answer_is_what_is_wrong_with_them(program, file, code):
    answer = program.post(CHECK, file)
    assert answer.status_code == 200
    assert answer.json["problems"]
    assert code is None or code in [one["code"] for one in answer.json["problems"]]


def test_advice_says_where_it_is_meant(program):
    file = json.loads(VALID)
    question = {"id": "why", "kind": "text", "text": "Why are IT and HR so slow and so costly?"}
    file["sections"][0]["questions"].append(question)
    told = program.post(CHECK, json.dumps(file, indent=2)).json
    assert told["valid"]
    pointers = {one["pointer"] for one in told["advice"]}
    assert "/sections/0/questions/1/text" in pointers
    assert all(one["line"] and one["column"] and one["mend"] for one in told["advice"])


def test_a_file_may_name_what_is_in_the_organisations_own_library(program, stored, anytown, author):
    own = json.loads(files()["capabilities/digital/user-research.json"])
    own = {k: v for k, v in own.items() if k in ("id", "name", "summary", "steps")}
    own |= {"id": "digital/ours-alone"}
    written = writing.begin(
        stored, anytown.id, json.dumps(own), by=author.id, now=NOON, kind="capability"
    )
    own_library.take_in(stored, written, library=library(), by=author.id, now=NOON)
    stored.commit()
    file = VALID.replace("digital/user-research", "digital/ours-alone")
    assert program.post(f"{CHECK}?organisation=anytown", file).json["valid"]
    told = program.post(CHECK, file).json
    assert [one["code"] for one in told["problems"]] == ["unknown-capability"]


@pytest.mark.parametrize("slug", ["elsewhere", "Any%20town", "%00", ""])
def test_against_the_library_of_others_nothing_is_checked(program, slug):
    assert kind_of(program.post(f"{CHECK}?organisation={slug}", VALID)) == "not-found"


def test_a_body_of_another_type_is_refused(program):
    answer = program.ask("POST", CHECK, VALID, {"Content-Type": "text/plain"})
    assert kind_of(answer) == "wrong-content-type"
    assert program.ask("POST", CHECK, VALID, {"Content-Type": "application/schema+json"}).json


def test_a_body_that_nobody_would_read_is_refused_before_it_is_read(program, app, monkeypatch):
    monkeypatch.setitem(app.config, "MAX_CONTENT_LENGTH", 1000)
    assert kind_of(program.post(CHECK, b" " * 1001)) == "too-large"


def test_whoever_may_read_drafts_nowhere_may_still_check(stored, app, anytown, make_account):
    viewer = Program(app, token_of(stored, make_account("viewer")))
    stored.commit()
    assert viewer.post(CHECK, VALID).json["valid"]
    assert kind_of(viewer.post(f"{CHECK}?organisation=anytown", VALID)) == "not-found"
