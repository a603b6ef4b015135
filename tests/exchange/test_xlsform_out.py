"""XLSForms that the tools of others take."""

from io import BytesIO

import pytest
from openpyxl import load_workbook
from pyxform.xls2xform import convert

from survey.exchange.xlsform_out import to_xlsform
from survey.questionnaire.model import Option
from tests.exchange.examples import GOOD, READY_MADE, example
from tests.make import options, question, questionnaire, section


def sheets(of):
    """The sheets of its form, each row by column, without empty cells."""
    book = load_workbook(BytesIO(to_xlsform(of)))
    return {sheet.title: rows(sheet) for sheet in book.worksheets}


def rows(sheet):
    header, *others = sheet.iter_rows(values_only=True)
    return [
        {column: cell for column, cell in zip(header, row, strict=True) if cell is not None}
        for row in others
    ]


def asked(of):
    """The rows of its questions, by our id."""
    return {row["maturity::id"]: row for row in sheets(of)["survey"] if "maturity::kind" in row}


def offered(of, question_id):
    """What can be chosen for a question: name to the whole row."""
    made = sheets(of)
    row = next(row for row in made["survey"] if row.get("maturity::id") == question_id)
    list_name = row["type"].partition(" ")[2]
    return {row["name"]: row for row in made["choices"] if row["list_name"] == list_name}


def converted(of):
    """The XForm that pyxform makes of it, and what it warns of."""
    warnings = []
    made = convert(BytesIO(to_xlsform(of)), warnings=warnings, file_type=".xlsx")
    return made.xform, warnings


@pytest.mark.parametrize("name", [*GOOD, *READY_MADE])
def test_pyxform_takes_it(name):
    xform, warnings = converted(example(name))
    assert example(name).title in xform
    assert [one for one in warnings if "machine-readable codes" not in one] == []


def test_ids_become_names_that_differ():
    ids = ("a/b-c", "a-b/c", "a-b:c", "2-fast", "data-introduction", "data", "meta", "survey")
    asked_there = section(*(question(id, "text") for id in ids), id="data", introduction="Hello.")
    made = questionnaire(asked_there, introduction="Welcome.")
    names = [row["name"] for row in sheets(made)["survey"] if row["type"] != "end_group"]
    assert len({name.lower() for name in names}) == len(ids) + 3
    assert all(name.replace("_", "a").isalnum() and name[0].isalpha() for name in names)
    assert list(asked(made)) == list(ids)
    converted(made)


def test_a_section_is_a_group_and_one_page_a_field_list():
    made = questionnaire(
        section(question("a", "text"), id="one", title="First"),
        section(question("b", "text"), id="two", one_page=True),
    )
    first, second = (row for row in sheets(made)["survey"] if row["type"] == "begin_group")
    assert (first["name"], first["label::English (en)"]) == ("one", "First")
    assert "appearance" not in first
    assert second["appearance"] == "field-list"


def test_questions_about_the_person_come_first_in_a_group_of_their_own():
    begin, row, end = sheets(example("about-you"))["survey"][:3]
    assert (begin["type"], begin["maturity::id"]) == ("begin_group", "about-you")
    assert (row["maturity::id"], end["type"]) == ("grade", "end_group")


def test_modules_are_marked_since_a_form_cannot_share_them_out():
    groups = [row for row in sheets(example("modules"))["survey"] if row["type"] == "begin_group"]
    assert [row.get("maturity::module") for row in groups] == ["yes", "yes", None]


def test_introductions_are_notes():
    made = questionnaire(
        section(question("a", "text"), introduction="Think of *today*."), introduction="Welcome."
    )
    notes = [row for row in sheets(made)["survey"] if row["type"] == "note"]
    assert [row["label::English (en)"] for row in notes] == ["Welcome.", "Think of *today*."]


@pytest.mark.parametrize(
    ("kind", "type", "required"),
    [
        ("maturity", "select_one", "yes"),
        ("agreement", "select_one", "yes"),
        ("importance", "select_one", "yes"),
        ("choice", "select_one", "yes"),
        ("checklist", "select_multiple", "yes"),
        ("number", "decimal", None),  # left empty by those who don't know
        ("text", "text", None),
    ],
)
def test_an_answer_is_demanded_where_the_survey_demands_one(kind, type, required):
    row = asked(questionnaire(question("q", kind)))["q"]
    assert row["type"].partition(" ")[0] == type
    assert row.get("required") == required


def test_ways_not_to_answer_are_choices():
    made = questionnaire(question("q", not_applicable=True), question("r"))
    assert list(offered(made, "q")) == ["1", "2", "3", "4", "5", "dont-know", "not-applicable"]
    assert list(offered(made, "r")) == ["1", "2", "3", "4", "5", "dont-know"]
    about = questionnaire(about_you=(question("who", "choice"),))
    assert offered(about, "who")["dont-know"]["label::English (en)"] == "Prefer not to say"


def test_what_opts_out_of_a_checklist_stands_alone():
    row = asked(questionnaire(question("q", "checklist")))["q"]
    assert row["constraint"] == (
        "count-selected(.) <= 1 or not(selected(., 'none') or selected(., 'dont-know'))"
    )


def test_the_same_choices_are_listed_once():
    made = questionnaire(question("q", "agreement"), question("r", "agreement"))
    assert len(sheets(made)["choices"]) == 6


def test_a_number_is_held_within_its_bounds():
    made = questionnaire(
        question("q", "number", minimum=0, maximum=10.5),
        question("r", "number", minimum=-1),
        question("s", "number"),
    )
    constraints = [row.get("constraint") for row in asked(made).values()]
    assert constraints == [". >= 0 and . <= 10.5", ". >= -1", None]
    message = asked(made)["q"]["constraint_message::English (en)"]
    assert message == "A number from 0 to 10.5."


def test_conditions_become_relevance():
    relevant = {id: row.get("relevant") for id, row in asked(example("conditions")).items()}
    ladder = "${digital_user_research}"
    assert relevant == {
        "digital/user-research": None,
        "share": None,
        "tick": None,
        "any": f"({ladder} = 1 or {ladder} = 2 or {ladder} = 'dont-know')"
        " or selected(${tick}, 'a')",
        "all": "${share} >= 2.5 and ${share} <= 3",
        "not": "not(${any} != '')",
        "out": f"{ladder} = 'not-applicable'",
    }


def test_to_opt_out_of_a_number_is_to_leave_it_empty():
    condition = {"question": "q", "is": "dont-know"}
    made = questionnaire(question("q", "number"), question("r", "text", condition=condition))
    assert asked(made)["r"]["relevant"] == "${q} = ''"
    assert "guidance_hint::English (en)" in asked(made)["q"]


def test_what_rates_an_answer_stands_in_columns_of_our_own():
    made = questionnaire(
        question("a", "agreement", reverse=True, weight=3, capability="digital/user-research"),
        question("n", "number", cut_points=(30, 14, 7, 1.5), not_applicable=True),
        question("c", "choice", options=options(1, 5, None)),
    )
    found = asked(made)
    assert found["a"]["maturity::reverse"] == "yes"
    assert found["a"]["maturity::weight"] == "3"
    assert found["a"]["maturity::capability"] == "digital/user-research"
    assert found["n"]["maturity::cut_points"] == "30,14,7,1.5"
    assert found["n"]["maturity::not_applicable"] == "yes"
    steps = [row.get("maturity_step") for row in offered(made, "c").values()]
    assert steps == ["1", "5", None, None]


def test_every_language_has_columns_and_a_missing_text_is_the_main_ones():
    row = asked(example("translations"))["why"]
    assert row["label::English (en-GB)"] == "Why?"
    assert row["label::Cymraeg (cy)"] == "Pam?"
    assert row["label::中文 (zh-Hant-TW)"] == "Why?"
    choices = offered(example("translations"), "why")
    assert choices["dont-know"]["label::Cymraeg (cy)"] == "Dydw i ddim yn gwybod"


def test_a_text_that_begins_as_a_formula_does_stays_a_text():
    made = questionnaire(question("q", "text", text="=1+1"), title="=2+2")
    assert asked(made)["q"]["label::English (en)"] == "=1+1"
    cells = load_workbook(BytesIO(to_xlsform(made)))["settings"]["A2"]
    assert (cells.value, cells.data_type) == ("=2+2", "s")


def test_characters_that_xml_forbids_are_left_out():
    made = questionnaire(
        question("q", "choice", text="a\ufffeb", options=(Option("x", "\uffffX"), Option("y", "Y")))
    )
    assert asked(made)["q"]["label::English (en)"] == "ab"
    converted(made)


def test_a_text_names_no_question_by_chance():
    made = questionnaire(question("q", "text", text="Is it ${free}?", hint="${"))
    assert asked(made)["q"]["label::English (en)"] == "Is it $ {free}?"
    converted(made)


def test_the_form_is_known_by_its_version():
    one, other = (sheets(questionnaire(title=title))["settings"][0] for title in ("A", "B"))
    assert one["form_id"] == other["form_id"] == "survey"
    assert one["version"] != other["version"]
