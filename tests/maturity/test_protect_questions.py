"""Questions held against their capability tell of nobody, or of at least k."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from survey.maturity.disclosure import (
    PROTECTS_ANOTHER,
    SHOWN,
    TOO_FEW,
    protect_questions,
    publish_set,
)
from survey.maturity.tally import CapabilityItem, TallyPlan, tally
from tests.maturity.trees import ID, derivable, trees, with_all_below

K = 10
TWO = TallyPlan(2, (CapabilityItem((0, 1), (1, 1)),))


def protected(parents, rated, k=K, plan=TWO):
    """Statuses of people rated with all below, before and after questions are protected."""
    ids = [ID(unit) for unit in range(len(parents))]
    before = publish_set(parents, rated, rated, k, ids)
    return before, protect_questions(before, parents, np.array(rated), plan, k, ids)


def test_t28_one_person_who_answered_one_question_only_is_not_told():
    ratings = [bytes([3, 3])] * 12 + [bytes([0, 4])]
    figures = tally(ratings, TWO).figures
    # Both questions and the capability together would say it: 2 x 40 - 36 - 40 = 4.
    assert (figures[0, 7], figures[1, 7], figures[2, 7]) == (360_000, 400_000, 400_000)
    before, after = protected([-1], figures[:, :5].sum(axis=1)[None])
    assert before.tolist() == [[SHOWN] * 3]
    assert after.tolist() == [[PROTECTS_ANOTHER, PROTECTS_ANOTHER, SHOWN]]


@pytest.mark.parametrize(
    ("question", "shown"), [(30, True), (29, False), (21, False), (20, True), (31, False)]
)
def test_as_many_rated_both_or_at_least_k_more_the_capability(question, shown):
    _, after = protected([-1], [[question, 30, 30]])
    assert after[0, 2] == SHOWN
    assert (after[0, :2] == (SHOWN if shown else PROTECTS_ANOTHER)).all()


def test_the_difference_between_units_is_protected_too():
    # In both units 12 and 10 more rated the capability: in the rest of the first only 2.
    _, after = protected([-1, 0], [[48, 60, 60], [20, 30, 30]])
    assert after.tolist() == [[SHOWN] * 3, [PROTECTS_ANOTHER, PROTECTS_ANOTHER, SHOWN]]


def test_a_unit_whose_difference_is_nobody_is_not_hidden_for_another():
    _, after = protected([-1, 0, 0], [[88, 100, 100], [30, 40, 40], [20, 20, 20]])
    assert (after[1, :2] == PROTECTS_ANOTHER).all()
    assert (after[2] == SHOWN).all()


def test_a_question_is_never_shown_where_its_capability_is_withheld():
    _, after = protected([-1], [[12, 12, 9]])
    assert after.tolist() == [[PROTECTS_ANOTHER, PROTECTS_ANOTHER, TOO_FEW]]


def test_too_few_stay_too_few():
    _, after = protected([-1], [[5, 29, 30]])
    assert after.tolist() == [[TOO_FEW, PROTECTS_ANOTHER, SHOWN]]


def test_questions_that_rate_nothing_or_alone_are_left_as_they_were():
    plan = TallyPlan(3, (CapabilityItem((1,), (1,)),))
    before, after = protected([-1, 0], [[40, 33, 12, 33], [11, 20, 10, 20]], plan=plan)
    assert after.tolist() == before.tolist()


def test_the_statuses_given_are_not_changed():
    before, after = protected([-1], [[12, 13, 13]])
    assert before.tolist() == [[SHOWN] * 3]
    assert after is not before


@st.composite
def answered(draw):
    """Parents, and people in each unit itself who answered both questions, the first only, the
    second only; those who answered one are at a step too, or at none."""
    parents, k = draw(trees(most=6)), draw(st.integers(2, 4))
    both = [draw(st.integers(0, 3 * k)) for _ in parents]
    some = st.sampled_from([0, 0, 0, 1, k - 1, k, k + 1])
    first, second, at_none = ([draw(some) for _ in parents] for _ in range(3))
    own = [
        (b + f + n, b + s, b + f + s)
        for b, f, s, n in zip(both, first, second, at_none, strict=True)
    ]
    return parents, np.array(own), k


@settings(max_examples=300, deadline=None)
@given(answered())
def test_no_region_that_can_be_worked_out_holds_a_question_against_few(council):
    parents, own, k = council
    before, after = protected(parents, with_all_below(parents, own), k)
    for question in (0, 1):
        published = after[:, question] == SHOWN
        assert (after[published, 2] == SHOWN).all()
        assert (before[published, question] == SHOWN).all()
        for group in derivable(parents, published, own.max(axis=1)):
            more = own[group, 2].sum() - own[group, question].sum()
            assert more == 0 or more >= k
            rated = own[group, question].sum()
            assert rated == 0 or rated >= k


@given(answered())
def test_questions_of_a_capability_are_shown_together_or_not_at_all(council):
    parents, own, k = council
    before, after = protected(parents, with_all_below(parents, own), k)
    hidden = (before[:, :2] == SHOWN) & (after[:, :2] != SHOWN)
    assert not ((after[:, :2] == SHOWN) & hidden.any(axis=1, keepdims=True)).any()
    assert (after[:, 2] == before[:, 2]).all()
