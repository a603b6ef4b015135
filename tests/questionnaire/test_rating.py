"""How each kind of answer becomes a step, and how a response's ratings are packed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.questionnaire.answers import drop_hidden
from survey.questionnaire.model import DONT_KNOW, NOT_APPLICABLE
from survey.questionnaire.path import visible_questions
from survey.questionnaire.rating import (
    capability_columns,
    importance_columns,
    pack,
    rate,
    unpack,
)
from tests import make
from tests.questionnaire.strategies import answered, answers_to, questions

MORE_IS_BETTER = {"cut_points": (1, 3, 6, 9)}
LESS_IS_BETTER = {"cut_points": (9, 6, 3, 1)}


@pytest.mark.parametrize("answer", [1, 2, 3, 4, 5])
def test_a_maturity_answer_is_its_step(answer):
    assert rate(make.question(), answer) == answer


@pytest.mark.parametrize(("answer", "step"), [(1, 5), (2, 4), (3, 3), (4, 2), (5, 1)])
def test_agreement_is_its_number_and_turned_round_where_it_says_so(answer, step):
    assert rate(make.question(kind="agreement"), answer) == answer
    assert rate(make.question(kind="agreement", reverse=True), answer) == step


def test_a_choice_gives_its_options_step_or_none():
    question = make.question(kind="choice", options=make.options(1, 4, None))
    assert [rate(question, answer) for answer in ("one", "four", "unrated")] == [1, 4, None]


@pytest.mark.parametrize(
    ("ticked", "step"),
    [
        ([], 1),
        (["two"], 2),
        (["three"], 1),
        (["two", "three"], 3),
        (["two", "four", "five"], 2),
        (["two", "three", "four", "five"], 5),
    ],
)
def test_a_checklist_gives_the_highest_step_with_all_evidence_up_to_it(ticked, step):
    assert rate(make.question(kind="checklist"), ticked) == step


def test_all_pieces_of_evidence_for_a_step_are_needed():
    options = (*make.options(2, 3), *make.options(None))
    more = make.Option("more", "More", 3)
    question = make.question(kind="checklist", options=(*options, more))
    assert rate(question, ["two", "three"]) == 2
    assert rate(question, ["two", "three", "more"]) == 3
    assert rate(question, ["unrated"]) == 1


@pytest.mark.parametrize(
    ("points", "answer", "step"),
    [
        (MORE_IS_BETTER, 0, 1),
        (MORE_IS_BETTER, 0.999, 1),
        (MORE_IS_BETTER, 1, 2),
        (MORE_IS_BETTER, 3, 3),
        (MORE_IS_BETTER, 8.999, 4),
        (MORE_IS_BETTER, 9, 5),
        (LESS_IS_BETTER, 9.001, 1),
        (LESS_IS_BETTER, 9, 2),
        (LESS_IS_BETTER, 6, 3),
        (LESS_IS_BETTER, 1.001, 4),
        (LESS_IS_BETTER, 1, 5),
        (LESS_IS_BETTER, -4, 5),
    ],
)
def test_a_number_is_placed_between_cut_points(points, answer, step):
    assert rate(make.question(kind="number", **points), answer) == step


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        (make.question(), None),
        (make.question(), DONT_KNOW),
        (make.question(kind="checklist"), NOT_APPLICABLE),
        (make.question(kind="number"), DONT_KNOW),
        (make.question(kind="number", cut_points=()), 4),
        (make.question(kind="importance"), 4),
        (make.question(kind="text"), "five"),
    ],
)
def test_silence_importance_and_words_are_not_steps(question, answer):
    assert rate(question, answer) is None


@given(questions("q").flatmap(lambda q: st.tuples(st.just(q), answers_to(q))))
def test_a_rating_is_a_step_or_none(case):
    question, answer = case
    rating = rate(question, answer)
    assert rating in (None, 1, 2, 3, 4, 5)
    if answer in (DONT_KNOW, NOT_APPLICABLE) or not question.is_rated:
        assert rating is None
    else:
        assert rating is not None


@given(questions("q", kinds=["number"]), st.floats(-60, 60), st.floats(-60, 60))
def test_a_better_number_never_gives_a_lower_step(question, one, other):
    worse, better = sorted((one, other))
    if question.cut_points[0] > question.cut_points[-1]:
        worse, better = better, worse
    assert rate(question, worse) <= rate(question, better)


MIXED = make.questionnaire(
    make.question("grade-of-team", "choice", options=make.options(None, 2)),
    make.question("step", capability="digital/user-research", weight=2),
    make.question("practice", "agreement", capability="digital/user-research", reverse=True),
    make.question("wanted", "importance", capability="digital/user-research"),
    make.question("why", "text", capability="digital/user-research"),
    make.question("other", capability="data/data-governance"),
    about_you=(make.question("role", "choice"),),
)


def test_ratings_are_one_byte_a_counted_question_in_order():
    answers = {"role": "one", "step": 3, "practice": 5, "wanted": 4, "why": "?"}
    assert pack(MIXED, answers) == bytes([0, 3, 1, 4, 0])
    assert pack(MIXED, {"step": DONT_KNOW, "other": NOT_APPLICABLE}) == bytes([0, 6, 0, 0, 7])
    assert pack(MIXED, {"grade-of-team": "unrated", "wanted": DONT_KNOW}) == bytes([0, 0, 0, 6, 0])


def test_packed_ratings_are_read_again_by_question():
    assert unpack(MIXED, bytes([0, 6, 5, 2, 7])) == {
        "step": DONT_KNOW,
        "practice": 5,
        "wanted": 2,
        "other": NOT_APPLICABLE,
    }


def test_ratings_of_another_version_are_refused():
    with pytest.raises(ValueError, match="argument 2"):
        unpack(MIXED, b"\x01")


def test_a_capability_knows_the_columns_that_rate_it_and_their_weights():
    assert capability_columns(MIXED) == {
        "digital/user-research": ((1, 2), (2, 1)),
        "data/data-governance": ((4,), (1,)),
    }
    assert importance_columns(MIXED) == {"digital/user-research": 3}


@given(answered())
def test_what_is_packed_is_what_was_said(case):
    questionnaire, answers, modules = case
    kept, _ = drop_hidden(questionnaire, answers, modules)
    packed = pack(questionnaire, kept)
    assert len(packed) == len(questionnaire.counted_questions)
    said = {}
    for question in visible_questions(questionnaire, answers, modules):
        answer = kept.get(question.id)
        if question in questionnaire.counted_questions and answer is not None:
            opted_out = answer in (DONT_KNOW, NOT_APPLICABLE)
            own = opted_out or question.kind == "importance"
            said[question.id] = answer if own else rate(question, answer)
    assert unpack(questionnaire, packed) == said
