"""The ready-made questionnaires: worth ten minutes of anybody's time, as they are."""

import re

import pytest

from survey.operations.shipped import FOLDER, library, ready_made
from survey.questionnaire.check import expand
from survey.questionnaire.library import capability_in, check_file
from survey.questionnaire.minutes import estimated_minutes
from survey.questionnaire.wording import advise
from tests.content.test_frameworks import SOURCES, members

LONGEST = 15
ENOUGH_TO_ASK = 5
SAME_GROUND = (
    {"digital/strategic-planning", "digital/strategy-and-planning"},
    {"digital/innovation", "digital/digital-innovation"},
    {"digital/portfolio-management", "digital/portfolio-management-support"},
    {"digital/performance-management", "digital/performance-management-outcomes"},
    {"data/data-science", "data/data-science-understanding"},
    {"innovation/project-management", "innovation/innovation-project-management-and-delivery"},
    {
        "innovation/exploration-and-testing-new-ideas",
        "innovation/experimentation-and-testing",
        "innovation/testing-and-experimentation",
    },
)
"""Capabilities that the model holds more than once, from different sources."""

OF_THE_MODEL = (
    "ten-minute-check",
    "digital-in-full",
    "data-in-full",
    "innovation-in-full",
    "councillors-and-chief-officers",
)

each = pytest.mark.parametrize("name", ready_made())


@each
def test_its_wording_calls_for_no_advice(name):
    remarks = advise(expand(ready_made()[name], library()))
    assert [str(one) for one in remarks if one.level != "note"] == []


@each
def test_nobody_needs_more_than_a_quarter_of_an_hour(name):
    assert estimated_minutes(expand(ready_made()[name], library())) <= LONGEST


@each
def test_it_asks_about_the_people_who_answer(name):
    assert expand(ready_made()[name], library()).about_you


@pytest.mark.parametrize("name", OF_THE_MODEL)
def test_what_the_model_holds_twice_is_asked_once(name):
    asked = set(expand(ready_made()[name], library()).capabilities)
    assert [same for same in SAME_GROUND if len(same & asked) > 1] == []


def test_the_ten_minute_check_takes_ten_minutes_across_the_domains():
    asked = expand(ready_made()["ten-minute-check"], library())
    assert estimated_minutes(asked) <= 10
    assert {id_.partition("/")[0] for id_ in asked.capabilities} == {
        "digital",
        "data",
        "innovation",
    }
    assert 18 <= len(asked.capabilities) <= 22


@pytest.mark.parametrize("domain", ["digital", "data", "innovation"])
def test_a_domain_is_asked_in_full_but_for_what_it_holds_twice(domain):
    asked = set(expand(ready_made()[f"{domain}-in-full"], library()).capabilities)
    unasked = set(members(domain)) - asked
    assert all(any(id_ in same and same & asked for same in SAME_GROUND) for id_ in unasked)
    assert asked <= set(members(domain))


def test_every_map_that_lists_enough_capabilities_has_its_questionnaire():
    asked = [set(expand(text, library()).capabilities) for text in ready_made().values()]
    long = [set(members(id_)) for id_ in SOURCES if len(members(id_)) >= ENOUGH_TO_ASK]
    assert [sorted(one) for one in long if one not in asked] == []


def test_the_questionnaire_for_the_top_asks_how_important_each_capability_is():
    asked = expand(ready_made()["councillors-and-chief-officers"], library())
    weighed = {question.capability for question in asked.questions if question.kind == "importance"}
    assert weighed == set(asked.capabilities)


def examples():
    """The JSON of the guide for authors."""
    return re.findall(r"```json\n(.*?)```", (FOLDER / "README.md").read_text(), re.DOTALL)


def test_the_examples_of_the_guide_can_be_used_as_they_are():
    capability, questionnaire = examples()
    library_with_it = (FOLDER / "capabilities" / "digital" / "queue-care.json").as_posix()
    assert check_file(library_with_it, capability, library()) == ()
    assert check_file("mine.json", questionnaire, library()) == ()


def test_the_examples_of_the_guide_follow_its_own_advice():
    capability, questionnaire = examples()
    worded = capability_in("capabilities/digital/queue-care.json", capability, library())
    remarks = [*advise(worded), *advise(expand(questionnaire, library()))]
    assert [str(one) for one in remarks if one.level != "note"] == []


def test_the_guide_names_every_map_and_every_questionnaire_of_the_model():
    guide = (FOLDER / "README.md").read_text()
    assert [id_ for id_ in (*SOURCES, *OF_THE_MODEL) if f"`{id_}`" not in guide] == []
