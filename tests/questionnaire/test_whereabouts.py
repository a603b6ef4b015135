"""What a place in a questionnaire's text is about."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.questionnaire.asked import Asking
from survey.questionnaire.source import read
from survey.questionnaire.whereabouts import question_at
from tests import make

LIBRARY = make.library(make.capability(), make.capability("data/sharing"))
TEXT = """{
  "format": 1, "id": "ours", "title": "Ours",
  "answer_sets": {"extent": [{"id": "never", "text": "Never"}, {"id": "often", "text": "Often"}]},
  "about_you": [
    {"id": "grade", "kind": "choice", "text": "Your role?", "options": [
      {"id": "manager", "text": "Manager"}, {"id": "other", "text": "Another"}]}
  ],
  "sections": [
    {"id": "one", "title": "The first", "questions": [
      {"capability": "digital/user-research", "depth": "full"},
      {"id": "how-often", "kind": "choice", "text": "How often?", "options": "extent"}
    ], "introduction": "Think of lately."},
    {"framework": "map"},
    {"id": "last", "title": "The last", "questions": [
      {"id": "why", "kind": "text", "text": "Why?"}
    ]}
  ],
  "translations": {"cy": {"why.text": "Pam?", "one.title": "Y cyntaf", "title": "Ein un ni"}}
}"""


def question_of(words):
    return question_at(read(TEXT), TEXT.index(words), LIBRARY)


@pytest.mark.parametrize(
    ("words", "question"),
    [
        ("Your role?", "grade"),
        ('"manager"', "grade"),
        ('digital/user-research", "depth', "digital/user-research"),
        ('"full"', "digital/user-research"),
        ("How often?", "how-often"),
        ('"map"', "digital/user-research"),
        ("Why?", "why"),
    ],
)
def test_a_place_inside_an_entry_is_about_its_first_question(words, question):
    assert question_of(words) == question


@pytest.mark.parametrize(
    ("words", "question"),
    [
        ("The first", "digital/user-research"),
        ("Think of lately", "digital/user-research"),
        ("The last", "why"),
        ('[\n    {"id": "grade"', "grade"),
    ],
)
def test_the_head_of_a_section_is_about_its_first_question(words, question):
    assert question_of(words) == question


def test_between_two_questions_the_one_before_is_meant():
    assert question_of(',\n      {"id": "how-often"') == "digital/user-research"


def test_a_translation_is_about_what_it_translates():
    assert question_of("Pam?") == "why"
    assert question_of("Y cyntaf") == "digital/user-research"
    assert question_of("Ein un ni") is None


def test_an_answer_set_is_about_the_first_question_that_offers_it():
    assert question_of('"Never"') == "how-often"


@pytest.mark.parametrize("words", ['"Ours"', '"format"', "{"])
def test_what_stands_before_all_questions_is_about_none(words):
    assert question_of(words) is None


@given(st.integers(0, len(TEXT) + 10), st.integers(0, len(TEXT)))
def test_no_place_in_no_text_is_too_odd(offset, length):
    whole, cut = read(TEXT), read(TEXT[:length])
    asked = {one.id for one in Asking(json.loads(TEXT), LIBRARY).questions}
    assert question_at(whole, offset, LIBRARY) in {None, *asked}
    assert question_at(cut, offset, LIBRARY) in {None, *asked}


def test_a_text_that_is_no_questionnaire_asks_nothing():
    for text in ("", "[1, 2]", '{"sections": [{"questions": [3]}], "about_you": 4}'):
        assert question_at(read(text), 20, LIBRARY) is None
