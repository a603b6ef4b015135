"""Which pages a person sees, in which order."""

import pytest
from hypothesis import given

from survey.questionnaire.conditions import holds
from survey.questionnaire.path import (
    next_page,
    pages,
    previous_page,
    progress,
    visible_questions,
)
from tests import make
from tests.questionnaire.strategies import answered


def ids(way):
    return [[question.id for question in page.questions] for page in way]


def asked_if(name, test, **changes):
    return make.question(name, condition=test, **changes)


LOW = {"question": "a", "at_most": 2}


def test_there_is_one_question_a_page_and_a_page_is_called_after_it():
    questionnaire = make.questionnaire(make.question("a"), make.question("b"))
    way = pages(questionnaire, {}, ())
    assert ids(way) == [["a"], ["b"]]
    assert [page.id for page in way] == ["a", "b"]


def test_what_is_asked_about_the_person_comes_first_on_one_page():
    questionnaire = make.questionnaire(
        make.question("a"),
        about_you=(make.question("grade", "choice"), make.question("years", "number")),
    )
    first = pages(questionnaire, {}, ())[0]
    assert first.section is None
    assert [question.id for question in first.questions] == ["grade", "years"]


def test_a_section_may_be_one_page():
    questionnaire = make.questionnaire(
        make.section(make.question("a"), make.question("b"), one_page=True)
    )
    assert ids(pages(questionnaire, {}, ())) == [["a", "b"]]


def test_a_question_that_depends_on_its_own_page_comes_on_a_later_one():
    questionnaire = make.questionnaire(
        make.section(make.question("a"), asked_if("b", LOW), make.question("c"), one_page=True)
    )
    assert ids(pages(questionnaire, {"a": 4}, ())) == [["a", "c"]]
    assert ids(pages(questionnaire, {"a": 1}, ())) == [["a", "c"], ["b"]]


def test_a_question_waits_for_its_condition():
    questionnaire = make.questionnaire(make.question("a"), asked_if("b", LOW), make.question("c"))
    assert ids(pages(questionnaire, {}, ())) == [["a"], ["c"]]
    assert ids(pages(questionnaire, {"a": 2}, ())) == [["a"], ["b"], ["c"]]


def test_a_hidden_answer_counts_as_not_given():
    second = asked_if("b", LOW)
    third = asked_if("c", {"question": "b", "answered": True})
    questionnaire = make.questionnaire(make.question("a"), second, third)
    assert ids(pages(questionnaire, {"a": 1, "b": 3}, ())) == [["a"], ["b"], ["c"]]
    assert ids(pages(questionnaire, {"a": 5, "b": 3}, ())) == [["a"]]


def test_only_the_modules_that_were_dealt_are_asked_and_counted():
    questionnaire = make.questionnaire(
        make.section(make.question("a"), id="core"),
        make.section(make.question("b"), id="left", module=True),
        make.section(make.question("c"), id="right", module=True),
        make.section(asked_if("d", {"question": "b", "answered": True}), id="end"),
        modules_per_person=1,
    )
    assert ids(pages(questionnaire, {"b": 1}, ["left"])) == [["a"], ["b"], ["d"]]
    assert ids(pages(questionnaire, {"b": 1}, ["right"])) == [["a"], ["c"]]


def test_a_page_knows_its_neighbours_and_its_place():
    way = pages(make.questionnaire(*map(make.question, "abc")), {}, ())
    assert [next_page(way, page.id) for page in way] == [way[1], way[2], None]
    assert [previous_page(way, page.id) for page in way] == [None, way[0], way[1]]
    assert [progress(way, page.id) for page in way] == [(1, 3), (2, 3), (3, 3)]
    with pytest.raises(KeyError):
        progress(way, "nowhere")


@given(answered())
def test_a_question_is_shown_exactly_if_its_condition_holds_of_shown_answers(case):
    questionnaire, answers, modules = case
    shown = visible_questions(questionnaire, answers, modules)
    counted = {q.id: answers[q.id] for q in shown if q.id in answers}
    away = {q.id for s in questionnaire.modules if s.id not in modules for q in s.questions}
    expected = [
        q.id
        for q in questionnaire.questions
        if q.id not in away and (q.condition is None or holds(q.condition, counted))
    ]
    assert [q.id for q in shown] == expected


@given(answered())
def test_no_page_is_empty_and_no_question_decides_about_its_own_page(case):
    questionnaire, answers, modules = case
    for page in pages(questionnaire, answers, modules):
        assert page.questions
        here = {question.id for question in page.questions}
        without = {name: answer for name, answer in answers.items() if name not in here}
        again = [p for p in pages(questionnaire, without, modules) if p.id == page.id]
        assert again == [page]
