"""Responses leave as numbers with labels, no further than those that leave as words, and never
without a word why."""

import csv
import json
from collections import Counter
from io import StringIO

import pyreadstat
import pytest
from sqlalchemy import select

from survey.exchange.table import DONT_KNOW, NOT_ASKED, NOT_SAID
from survey.operations.errors import Refused
from survey.operations.responses_io import codebook_of, export_responses
from survey.questionnaire.model import Option, Question
from survey.storage.audit import AuditEvent
from tests import make_stored as make
from tests import tables

REASON = "For an analysis of the tests"
TEAM = Question(
    "team", "checklist", "Which teams?", options=(Option("a", "Team A"), Option("b", "Team B"))
)


@pytest.fixture
def wave(session):
    """Front line and managers, of whom some do not know about Sharing."""
    asked = make.questionnaire()
    asked = make.questionnaire(about_you=(*asked.about_you, TEAM))
    made = make.wave(session, asked=asked)
    make.responses(session, made, "parks", [2] * 6, grade="manager", team=["a"])
    unsure = {"data/sharing": "dont-know"}
    make.responses(session, made, "parks", [4] * 7, grade="front-line", team=[], **unsure)
    make.close(session, made)
    return made


def exported(session, wave, format, folder):
    file = folder / f"rows.{format}"
    export_responses(session, wave, format, REASON, file)
    return file


@pytest.mark.parametrize("format", ["xlsx", "parquet", "sav"])
def test_the_same_rows_in_numbers(session, wave, tmp_path, format):
    rows = tables.READERS[format](exported(session, wave, format, tmp_path))
    kept = ("grade", "team_a", "team_b", "digital_design", "data_sharing", "what_else")
    found = Counter((row["unit"], *(row[name] for name in kept)) for row in rows)
    assert found == {
        ("parks", 2, 1, 0, 2, 2, 1): 6,
        ("parks", 1, 0, 0, 4, DONT_KNOW, NOT_ASKED): 7,
    }
    assert [row["response"] for row in rows] == list(range(1, 14))
    assert not any("comment" in name for name in rows[0])


def test_spss_knows_what_is_no_answer(session, wave, tmp_path):
    rows, meta = pyreadstat.read_sav(exported(session, wave, "sav", tmp_path), output_format="dict")
    assert Counter(rows["data_sharing"]) == {2: 6, None: 7}
    assert meta.column_names_to_labels["digital_design"] == "Where is digital/design?"
    assert meta.variable_value_labels["grade"][2] == "Manager"
    assert meta.variable_value_labels["digital_design"][5] == "Exemplar"
    assert any("in random order" in line for line in meta.notes)


def test_an_answer_that_tells_of_a_hidden_answer_is_hidden_too(session, tmp_path):
    """Only managers are asked: who answered is one of them."""
    asked = make.questionnaire()
    more = asked.sections[-1]
    only = Question(
        "budget", "number", "?", minimum=0, condition={"question": "grade", "is": "manager"}
    )
    then = Question("why", "number", "?", condition={"question": "budget", "at_least": 1})
    section = type(more)(more.id, more.title, (*more.questions, only, then))
    asked = make.questionnaire(sections=(*asked.sections[:-1], section))
    for slug, breakdowns, shown in (("split", ["grade"], set()), ("whole", [], {"7"})):
        of = session.query(make.Organisation).first()
        wave = make.wave(session, of, asked, slug=slug, breakdowns=breakdowns)
        make.responses(session, wave, "parks", [3] * 6, grade="manager", budget=7, why=7)
        make.responses(session, wave, "parks", [3] * 7, grade="front-line")
        make.close(session, wave)
        rows = list(csv.DictReader(StringIO(exported(session, wave, "csv", tmp_path).read_text())))
        assert {row["budget"] for row in rows} - {""} == shown
        assert {row["why"] for row in rows} - {""} == shown
        coded = tables.read_sav(exported(session, wave, "sav", tmp_path))
        codes = {row["budget"] for row in coded}
        assert codes == ({7, NOT_ASKED} if shown else {NOT_SAID})


@pytest.mark.parametrize("reason", ["", "too short", "   a        b   ", "x" * 501])
def test_no_response_leaves_without_a_reason(session, wave, tmp_path, reason):
    file = tmp_path / "rows"
    with pytest.raises(Refused) as refusal:
        export_responses(session, wave, "csv", reason, file)
    assert "10 to 500 characters" in refusal.value.what_to_do
    assert not file.exists()


@pytest.mark.parametrize("format", tables.FORMATS)
def test_each_file_is_noted_with_its_reason(session, wave, tmp_path, format):
    exported(session, wave, format, tmp_path)
    (event,) = session.scalars(select(AuditEvent).where(AuditEvent.action == "responses.export"))
    assert event.object == "wave:autumn"
    assert event.details == {"format": format, "reason": REASON, "responses": 13}


def test_what_is_refused_is_not_noted(session, tmp_path):
    wave = make.wave(session)
    with pytest.raises(Refused):
        exported(session, wave, "sav", tmp_path)
    assert session.scalars(select(AuditEvent)).all() == []


def test_the_codebook_lists_the_columns_of_each_kind_of_file(session, wave, tmp_path):
    for format in tables.FORMATS:
        file = tmp_path / "codebook.csv"
        codebook_of(session, wave, format, file)
        names = [row["variable"] for row in tables.read_csv(file)]
        rows = exported(session, wave, format, tmp_path)
        if format == "json":
            assert set().union(*json.loads(rows.read_text())) <= set(names)
        else:
            assert list(tables.READERS[format](rows)[0]) == names


def test_the_codebook_says_every_code(session, wave, tmp_path):
    codebook_of(session, wave, "sav", tmp_path / "codebook.csv")
    rows = {row["variable"]: row for row in tables.read_csv(tmp_path / "codebook.csv")}
    sharing = rows["data_sharing"]
    assert sharing["values"].splitlines()[0] == "1 = Explorer"
    assert sharing["missing"].splitlines()[:2] == ["Not answered (-9)", "I don’t know (-8)"]
    assert sharing["question"] == "data/sharing"
    assert rows["team_a"]["label"] == "Team A (Which teams?)"
