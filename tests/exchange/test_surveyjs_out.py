"""Surveys as SurveyJS reads them. Tried once with its own library, survey-core 2.5, under Node."""

import json

import pytest

from survey.exchange.surveyjs_out import to_surveyjs
from tests.exchange.examples import GOOD, READY_MADE, example
from tests.make import options, question, questionnaire, section


def elements(of):
    """Its questions by name."""
    return {one["name"]: one for page in to_surveyjs(of)["pages"] for one in page["elements"]}


@pytest.mark.parametrize("name", [*GOOD, *READY_MADE])
def test_every_question_stands_there_once_under_its_own_id(name):
    survey = to_surveyjs(example(name))
    assert json.loads(json.dumps(survey)) == survey
    names = [one["name"] for page in survey["pages"] for one in page["elements"]]
    assert names == [question.id for question in example(name).questions]


def test_a_section_is_a_page():
    made = questionnaire(
        section(question("a", "text"), id="one", title="First", introduction="Think."),
        section(question("b", "text"), id="two", module=True),
        about_you=(question("who", "choice"),),
    )
    about_you, one, two = to_surveyjs(made)["pages"]
    assert (about_you["name"], about_you["title"]) == ("about-you", "About you")
    assert (one["name"], one["title"], one["description"]) == ("one", "First", "Think.")
    assert "maturityModule" not in one
    assert two["maturityModule"] is True


@pytest.mark.parametrize(
    ("kind", "type", "required"),
    [
        ("maturity", "radiogroup", True),
        ("agreement", "radiogroup", True),
        ("importance", "radiogroup", True),
        ("choice", "radiogroup", True),
        ("checklist", "checkbox", True),
        ("number", "text", False),
        ("text", "comment", False),
    ],
)
def test_an_answer_is_demanded_where_the_survey_demands_one(kind, type, required):
    element = elements(questionnaire(question("q", kind)))["q"]
    assert (element["type"], element["maturityKind"]) == (type, kind)
    assert element.get("isRequired", False) is required


def test_answers_on_a_scale_are_numbers_and_opting_out_is_not():
    element = elements(questionnaire(question("q", not_applicable=True)))["q"]
    values = [choice["value"] for choice in element["choices"]]
    assert values == [1, 2, 3, 4, 5, "dont-know", "not-applicable"]


def test_what_opts_out_of_a_checklist_stands_alone():
    element = elements(questionnaire(question("q", "checklist")))["q"]
    alone = [choice["value"] for choice in element["choices"] if choice.get("isExclusive")]
    assert alone == ["none", "dont-know"]


def test_a_number_keeps_its_bounds_also_nought():
    made = questionnaire(question("q", "number", minimum=0, maximum=10), question("r", "number"))
    bounded, free = elements(made).values()
    assert (bounded["inputType"], bounded["min"], bounded["max"]) == ("number", 0, 10)
    assert not {"min", "max"} & free.keys()


def test_conditions_become_expressions():
    found = {name: one.get("visibleIf") for name, one in elements(example("conditions")).items()}
    ladder = "{digital/user-research}"
    assert found == {
        "digital/user-research": None,
        "share": None,
        "tick": None,
        "any": f"({ladder} = 1 or {ladder} = 2 or {ladder} = 'dont-know') or {{tick}} contains 'a'",
        "all": "{share} >= 2.5 and {share} <= 3",
        "not": "!({any} notempty)",
        "out": f"{ladder} = 'not-applicable'",
    }


def test_hidden_answers_do_not_count():
    assert to_surveyjs(questionnaire())["clearInvisibleValues"] == "onHidden"


def test_what_rates_an_answer_stands_in_properties_of_our_own():
    made = questionnaire(
        question("a", "agreement", reverse=True, weight=3, capability="digital/user-research"),
        question("n", "number", cut_points=(30, 14, 7, 1.5), not_applicable=True),
        question("c", "choice", options=options(1, 5, None)),
    )
    agreement, number, choice = elements(made).values()
    assert agreement["maturityReverse"] is True
    assert agreement["maturityWeight"] == 3
    assert agreement["maturityCapability"] == "digital/user-research"
    assert number["maturityCutPoints"] == [30, 14, 7, 1.5]
    assert number["maturityNotApplicable"] is True
    assert [one.get("maturityStep") for one in choice["choices"]] == [1, 5, None, None]


def test_texts_stand_in_every_language_that_has_them():
    survey = to_surveyjs(example("translations"))
    assert survey["locale"] == "en-GB"
    assert survey["title"] == {"default": "Example", "cy": "Enghraifft", "zh-Hant-TW": "例"}
    why = elements(example("translations"))["why"]
    assert why["title"] == {"default": "Why?", "cy": "Pam?"}
    assert why["choices"][-1]["text"] == {"default": "I don’t know", "cy": "Dydw i ddim yn gwybod"}


def test_the_text_without_a_language_is_english_whichever_is_the_main_one():
    made = questionnaire(title="Arolwg", language="cy", translations={"en": {"title": "A survey"}})
    survey = to_surveyjs(made)
    assert survey["locale"] == "cy"
    assert survey["title"] == {"default": "A survey", "cy": "Arolwg", "en": "A survey"}
