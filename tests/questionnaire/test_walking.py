"""Going through a questionnaire: page after page, as the answers lead."""

import pytest
from hypothesis import given, settings

from survey.questionnaire.minutes import estimated_minutes
from survey.questionnaire.path import next_page, pages
from survey.questionnaire.walking import Walker
from survey.questionnaire.way_minutes import WayMinutes
from tests import make
from tests.questionnaire.strategies import answered

LOW = {"question": "a", "at_most": 2}
BRANCHING = make.questionnaire(
    make.question("a"), make.question("why", "text", condition=LOW), make.question("b")
)


def walk(questionnaire, answers, modules=()):
    def answer(questions):
        return {question.id: answers.get(question.id) for question in questions}

    return Walker(questionnaire).walk(tuple(modules), answer)


def page_after_page(questionnaire, answers, modules):
    """The way worked out afresh after every page, as a survey does."""
    kept, seen = {}, []
    page = next(iter(pages(questionnaire, kept, modules)), None)
    while page is not None:
        seen.append(page)
        kept |= {q.id: answers[q.id] for q in page.questions if q.id in answers}
        page = next_page(pages(questionnaire, kept, modules), page.id)
    return tuple(seen), kept


@pytest.mark.parametrize(("step", "asked"), [(1, ["a", "why", "b"]), (4, ["a", "b"])])
def test_an_answer_decides_what_comes_next(step, asked):
    found = walk(BRANCHING, {"a": step, "why": "no time", "b": 3})
    assert [question.id for question in found.questions] == asked
    assert list(found.answers) == asked


def test_a_question_left_empty_is_no_answer():
    found = walk(BRANCHING, {"b": 3})
    assert found.answers == {"b": 3}
    assert [question.id for question in found.questions] == ["a", "b"]


def test_only_the_modules_dealt_are_walked_through():
    one, other = (make.section(make.question(id_), id=id_, module=True) for id_ in "ab")
    found = walk(make.questionnaire(one, other, modules_per_person=1), {"a": 1, "b": 2}, ["b"])
    assert found.answers == {"b": 2}
    assert found.modules == ("b",)


@settings(max_examples=50)
@given(answered())
def test_the_way_is_the_one_worked_out_after_every_page(case):
    questionnaire, answers, modules = case
    found = walk(questionnaire, answers, modules)
    assert (found.pages, found.answers) == page_after_page(questionnaire, answers, modules)


def test_minutes_are_those_of_the_pages_that_were_seen():
    measure = WayMinutes(BRANCHING)
    short, long = (measure.of(walk(BRANCHING, {"a": step}).pages) for step in (4, 1))
    seconds = 60 * (long - short)
    assert seconds == pytest.approx(2 + 3 / 238 * 60 + 15)  # a page, its words, an open question


@pytest.mark.parametrize("one_page", [True, False])
def test_somebody_who_sees_every_page_takes_the_estimated_minutes(one_page):
    words = "Some words to begin with."
    whole = make.questionnaire(
        *(
            make.section(
                make.question(f"{id_}-1"),
                make.question(f"{id_}-2", "text"),
                id=id_,
                introduction=words,
                one_page=one_page,
            )
            for id_ in ("one", "two")
        ),
        about_you=(make.question("grade", "choice"),),
        introduction=words,
    )
    taken = WayMinutes(whole).of(walk(whole, {}).pages)
    assert taken == pytest.approx(estimated_minutes(whole))
