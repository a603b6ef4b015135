"""Questionnaires of ours that went to another tool and came back."""

import json
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import HealthCheck, assume, given, settings

from survey.exchange.surveyjs_in import from_surveyjs
from survey.exchange.surveyjs_out import to_surveyjs
from survey.exchange.xlsform_in import from_xlsform
from survey.exchange.xlsform_out import to_xlsform
from survey.questionnaire import check_conditions
from survey.questionnaire.conditions import holds
from survey.questionnaire.derive import expand_document
from survey.questionnaire.model import DONT_KNOW, NOT_APPLICABLE
from survey.questionnaire.question_schemas import kinds_with
from survey.questionnaire.translate import in_language
from tests.exchange.examples import GOOD, READY_MADE, example, library_of
from tests.exchange.importing import expanded
from tests.make import library
from tests.questionnaire.strategies import answered

TRIPS = {
    "xlsform": lambda one: from_xlsform(to_xlsform(one)),
    "surveyjs": lambda one: from_surveyjs(json.dumps(to_surveyjs(one)).encode()),
}


@cache
def back(name, tool):
    """What came of an example that went to a tool."""
    return TRIPS[tool](example(name))


def questions(questionnaire):
    """Its questions, but for what is of earlier versions: no other tool has such."""
    return [replace(one, comparable_with=()) for one in questionnaire.questions]


def sections(questionnaire):
    return [
        (
            one.id,
            one.title,
            one.introduction,
            one.module,
            one.one_page,
            [q.id for q in one.questions],
        )
        for one in questionnaire.sections
    ]


@pytest.mark.parametrize("tool", TRIPS)
@pytest.mark.parametrize("name", [*GOOD, *READY_MADE])
def test_the_same_comes_back(name, tool):
    sent, came = example(name), expanded(back(name, tool), library_of(name))
    assert questions(came) == questions(sent)
    assert came.about_you == sent.about_you
    assert sections(came) == sections(sent)
    assert (came.id, came.title, came.introduction) == (sent.id, sent.title, sent.introduction)
    assert came.languages == sent.languages
    for language in sent.languages:
        there, here = in_language(sent, language), in_language(came, language)
        assert questions(here) == questions(there)
        assert sections(here) == sections(there)
    assert back(name, tool).left_out == ()


def rules(question):
    """What decides how it is answered and rated, as far as its kind has it."""
    kept = ("kind", "capability", "steps", "options", "cut_points", "reverse")
    named = [key for key in ("weight", "not_applicable") if question.kind in kinds_with(key)]
    return [question.id, *(getattr(question, one) for one in (*kept, *named))]


def opts_out_of_a_number(sent):
    """Whether a condition asks who opted out of a number: elsewhere they leave it empty."""
    numbers = {one.id for one in sent.questions if one.kind == "number"}
    conditions = [one.condition for one in sent.questions]
    return any(
        test["question"] in numbers and test.get("is") in (DONT_KNOW, NOT_APPLICABLE)
        for condition in conditions
        for _, test in check_conditions.tests_in(condition, "")
    )


def leaves_evidence_out(sent):
    """Whether a checklist is none that a file may have."""
    lists = [one for one in sent.questions if one.kind == "checklist"]
    steps = [{option.step for option in one.options} for one in lists]
    return any(one != set(range(2, max(one) + 1)) for one in steps)


@settings(deadline=None, max_examples=20, suppress_health_check=[HealthCheck.filter_too_much])
@given(answered())
def test_any_question_comes_back_with_its_rules_and_asked_of_the_same_people(drawn):
    sent, answers, _ = drawn
    assume(not opts_out_of_a_number(sent) and not leaves_evidence_out(sent))
    came = expand_document(TRIPS["surveyjs"](sent).document, library())
    assert [rules(one) for one in came.questions] == [rules(one) for one in sent.questions]
    for one, other in zip(came.questions, sent.questions, strict=True):
        assert holds(one.condition, answers) == holds(other.condition, answers)
