"""How long a questionnaire takes."""

import pytest
from hypothesis import given

from survey.questionnaire.minutes import estimated_minutes
from tests import make
from tests.questionnaire.strategies import questionnaires

TEN_WORDS = " ".join(["word"] * 10)


def seconds(*parts, **changes):
    return estimated_minutes(make.questionnaire(*parts, **changes)) * 60


def question(name, kind="agreement"):
    return make.question(name, kind, text=TEN_WORDS)


READING = 10 / 238 * 60


def test_a_closed_question_takes_its_words_five_seconds_and_a_page():
    assert seconds(question("a")) == pytest.approx(READING + 5 + 2)


def test_an_open_question_takes_fifteen_seconds_to_answer():
    assert seconds(question("a", "text")) == pytest.approx(READING + 15 + 2)


def test_a_maturity_question_with_descriptors_takes_about_23_seconds():
    step = " ".join(["word"] * 13)
    asked = make.question("a", text=" ".join(["word"] * 8), steps=(step,) * 5)
    assert seconds(asked) == pytest.approx(73 / 238 * 60 + 7)  # methods §4: 23 s and a page


def test_questions_on_one_page_turn_it_once():
    part = make.section(question("a"), question("b"), one_page=True)
    assert seconds(part) == pytest.approx(2 * (READING + 5) + 2)


def test_only_the_longest_modules_that_one_person_can_be_dealt_count():
    short, long, longer = (
        make.section(*(question(f"{size}-{n}") for n in range(size)), id=f"m{size}", module=True)
        for size in (1, 2, 3)
    )
    dealt = seconds(short, long, longer, modules_per_person=2)
    assert dealt == pytest.approx(5 * (READING + 5 + 2))


@given(questionnaires())
def test_every_question_takes_time(questionnaire):
    assert estimated_minutes(questionnaire) > 0
