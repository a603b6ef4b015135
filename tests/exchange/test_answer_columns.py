"""Answers as numbers: each question a column, each checklist one for each option."""

import pytest

from survey.exchange.answer_columns import answer_columns
from survey.exchange.column_names import column_names
from survey.exchange.table import (
    BESIDE_NEGATIVES,
    DONT_KNOW,
    NOT_ANSWERED,
    NOT_APPLICABLE,
    NOT_ASKED,
    NOT_SAID,
)
from survey.exchange.why_missing import WhyMissing, hang_on_about_you
from survey.questionnaire.model import Option, Question, Section
from tests import make_stored as make

DESIGN = "digital/design"
TOOLS = Question(
    "tools",
    "checklist",
    "Which of these?",
    options=(Option("a-b", "A", step=2), Option("a_b", "B", step=3)),
    not_applicable=True,
)


def asked(*questions, **changes):
    return make.questionnaire(sections=(Section("one", "One", questions),), **changes)


def cells(questionnaire, answer, missing=NOT_ANSWERED):
    """What stands in the columns of the last question for this answer."""
    last = questionnaire.questions[-1].id
    columns = answer_columns(questionnaire)
    return [one.cell(answer, missing) for one in columns if one.question.id == last]


def test_scales_keep_their_numbers_and_options_are_numbered():
    columns = answer_columns(make.questionnaire())
    by_name = {one.column.name: one.column for one in columns}
    assert by_name["digital_design"].values[0] == (1, "Explorer")
    assert by_name["digital_design"].label == "Where is digital/design?"
    assert by_name["digital_design_watch"].values[4] == (5, "Strongly agree")
    assert by_name["grade"].values == ((1, "Front line"), (2, "Manager"))
    assert by_name["grade"].missing == (
        (DONT_KNOW, "Prefer not to say"),
        (NOT_SAID, "Not answered, or shared by too few people to be given away"),
    )
    assert "digital_design_comment" not in by_name
    assert cells(make.questionnaire(), "money") == [2]


def test_a_checklist_has_a_column_for_each_option():
    of = asked(TOOLS)
    names = [one.column.name for one in answer_columns(of)][1:]
    assert names == ["tools_a_b", "tools_a_b_2"]
    assert cells(of, ["a_b"]) == [0, 1]
    assert cells(of, []) == [0, 0]
    assert cells(of, "dont-know") == [DONT_KNOW] * 2
    assert cells(of, "not-applicable") == [NOT_APPLICABLE] * 2
    assert cells(of, None, NOT_ASKED) == [NOT_ASKED] * 2


@pytest.mark.parametrize(
    ("minimum", "shift"), [(0, 0), (-5, BESIDE_NEGATIVES), (None, BESIDE_NEGATIVES)]
)
def test_codes_are_told_from_numbers_below_nought(minimum, shift):
    of = asked(Question("share", "number", "How many?", minimum=minimum))
    assert cells(of, -8 if shift else 8) == [-8 if shift else 8]
    assert cells(of, "dont-know") == [DONT_KNOW + shift]
    (column,) = [one.column for one in answer_columns(of) if one.column.name == "share"]
    assert (NOT_ANSWERED + shift, "Not answered") in column.missing
    assert column.kind == "number"


def test_every_code_that_can_stand_in_a_column_is_declared():
    of = make.questionnaire()
    for one in answer_columns(of):
        codes = dict(one.column.missing)
        assert set(WhyMissing(of).codes({}).values()) >= {NOT_ANSWERED, NOT_SAID}
        assert WhyMissing(of).codes({})[one.question.id] in codes


def test_names_are_short_and_different_and_no_words_of_spss():
    long = "a/" * 60
    names = column_names([f"{long}1", f"{long}2", "by", "BY", "7-eleven", "ünder"])
    assert len(set(map(str.lower, names))) == 6
    assert all(len(name) <= 64 and name.isascii() for name in names)
    assert not {"by", "BY"} & set(names)
    assert all(name[0].isalpha() for name in names)


def codes(questionnaire, **answers):
    return WhyMissing(questionnaire).codes(answers)


def test_what_was_not_asked_is_told_from_what_was_left_open():
    of = make.questionnaire()
    assert codes(of, **{DESIGN: 4})["what-else"] == NOT_ASKED
    assert codes(of, **{DESIGN: 2})["what-else"] == NOT_ANSWERED
    assert codes(of)["what-else"] == NOT_ASKED, "since the first was left open"
    assert "what-else" not in codes(of, **{DESIGN: 2, "what-else": "time"})


def test_where_it_hangs_on_what_is_not_given_away_it_is_not_told():
    grade = {"question": "grade", "is": "manager"}
    first = Question("first", "number", "?", condition=grade)
    then = Question("then", "number", "?", condition={"question": "first", "at_least": 1})
    why = Question("why", "text", "?")
    after = Question("after", "number", "?", condition={"question": "why", "answered": True})
    of = asked(first, then, why, after)
    assert codes(of)["first"] == codes(of)["then"] == codes(of)["after"] == NOT_SAID
    assert codes(of, grade="manager")["first"] == NOT_ANSWERED
    assert codes(of, grade="front-line")["first"] == NOT_ASKED
    assert codes(of, first=0)["then"] == NOT_ASKED
    assert hang_on_about_you(of) == {"first": {"grade"}, "then": {"grade"}}


def test_modules_that_were_not_dealt_were_not_asked():
    def module(name):
        return Section(
            name,
            name,
            (Question(name, "number", "?"), Question(f"{name}2", "number", "?")),
            module=True,
        )

    of = make.questionnaire(sections=tuple(map(module, "abc")), modules_per_person=2)
    one = codes(of, a=1)
    assert (one["a2"], one["b"]) == (NOT_ANSWERED, NOT_SAID)
    two = codes(of, a=1, b=1)
    assert (two["a2"], two["b2"], two["c"]) == (NOT_ANSWERED, NOT_ANSWERED, NOT_ASKED)
    everybody = make.questionnaire(sections=tuple(map(module, "abc")), modules_per_person=3)
    assert codes(everybody, a=1)["c"] == NOT_ANSWERED
