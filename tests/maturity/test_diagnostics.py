"""What stands out of questions: each threshold, just below it and at it."""

import pytest

from survey.maturity.diagnostics import capability_flags, question_flags, set_apart
from survey.maturity.disclosure import disclosed, may_be_held_against, share_shown
from survey.maturity.profile import Withheld
from survey.maturity.reliability import Reliability
from tests.maturity.counting import row_of


def shown(*counts, dont_know=0, not_applicable=0):
    return disclosed(row_of(counts, dont_know, not_applicable), 0)


@pytest.mark.parametrize(
    ("counts", "flags"),
    [
        ((49, 51, 0, 0, 0), {}),
        ((50, 50, 0, 0, 0), {"floor": 0.5}),
        ((0, 0, 0, 51, 49), {}),
        ((0, 0, 0, 50, 50), {"ceiling": 0.5}),
        ((50, 0, 0, 0, 50), {"floor": 0.5, "ceiling": 0.5}),
        ((0, 21, 79, 0, 0), {}),
        ((0, 20, 80, 0, 0), {"one-step": 0.8}),
        ((90, 10, 0, 0, 0), {"floor": 0.9}),
    ],
)
def test_questions_at_which_answers_pile_up(counts, flags):
    assert question_flags(shown(*counts), None) == flags


@pytest.mark.parametrize(
    ("rated", "dont_know", "not_applicable", "flags"),
    [(67, 33, 0, {}), (66, 34, 0, {"dont-know": 0.34}), (67, 33, 900, {})],
)
def test_questions_that_few_can_answer(rated, dont_know, not_applicable, flags):
    third = rated // 3
    found = shown(
        0, third, third, rated - 2 * third, 0, dont_know=dont_know, not_applicable=not_applicable
    )
    assert question_flags(found, None) == flags


@pytest.mark.parametrize(("share", "flags"), [(None, {}), (0.05, {}), (0.051, {"left-out": 0.051})])
def test_questions_that_are_left_out(share, flags):
    assert question_flags(shown(0, 10, 10, 10, 0), share) == flags


@pytest.mark.parametrize(
    ("alpha", "flags"),
    [
        (0.69, {"low-alpha": 0.69}),
        (0.70, {}),
        (0.95, {}),
        (0.96, {"high-alpha": 0.96}),
        (-0.2, {"low-alpha": -0.2}),
    ],
)
def test_questions_that_measure_several_things_or_one_too_often(alpha, flags):
    assert capability_flags(Reliability(60, alpha, None, ())) == flags


def test_questions_that_say_something_else_than_the_rest():
    found = Reliability(60, 0.8, None, (0.30, 0.29, -0.5, None))
    assert set_apart(found) == {1: 0.29, 2: -0.5}


@pytest.mark.parametrize(
    ("some", "share"),
    [(0, 0.0), (1, None), (4, None), (5, 0.05), (95, 0.95), (96, None), (99, None), (100, 1.0)],
)
def test_a_share_tells_of_no_fewer_than_the_minimum_group_nor_of_so_few_others(some, share):
    assert share_shown(some, 100, 5) == share


def test_of_too_few_people_no_share_is_told():
    assert share_shown(0, 4, 5) is None
    assert share_shown(0, 0, 5) is None


@pytest.mark.parametrize(
    ("more", "may"), [(0, True), (1, False), (4, False), (5, True), (40, True)]
)
def test_a_figure_is_held_against_others_of_the_same_people_and_more(more, may):
    others = shown(0, 30, 30 + more, 0, 0)
    assert may_be_held_against(60, [shown(0, 30, 30, 0, 0), others], 5) is may


def test_a_figure_is_not_held_against_what_is_withheld_or_of_few():
    assert not may_be_held_against(60, [Withheld("protects-another")], 5)
    assert not may_be_held_against(4, [shown(0, 0, 4, 0, 0)], 5)
