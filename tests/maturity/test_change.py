"""Change between waves and differences between groups: size, certainty, words."""

from itertools import product
from math import atan, pi, sqrt

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from survey.maturity.change import (
    benjamini_hochberg,
    change,
    change_words,
    mann_whitney_u,
    smallest_visible_change,
)
from survey.maturity.student_t import two_sided_p
from tests.maturity.counting import V

B = (8, 45, 120, 65, 18)
five = st.tuples(*[st.integers(0, 30)] * 5)


def test_t31_change_between_two_waves():
    found = change(V, B)
    assert found.delta == pytest.approx(0.125, abs=5e-4)
    assert found.p == pytest.approx(0.0089, abs=5e-5)
    assert (found.low, found.high) == pytest.approx((0.031, 0.217), abs=5e-4)
    assert (found.n, found.m) == (251, 256)
    assert change_words(found.delta, found.p) == "slightly higher"


def test_t31_the_brunner_munzel_test_as_a_published_library_computes_it():
    assert change(V, B).p == pytest.approx(0.008895537975678325, rel=1e-9)


def test_t32_pairs_in_which_the_second_is_higher():
    assert mann_whitney_u(V, B) == pytest.approx(36144, abs=1)


def test_t33_many_tests_are_corrected_together():
    q = benjamini_hochberg([0.001, 0.008, 0.039, 0.041, 0.042, 0.06, 0.074, 0.205])
    assert q[:2] == pytest.approx([0.008, 0.032])
    assert [one < 0.05 for one in q] == [True, True] + [False] * 6
    assert q[2:] == pytest.approx([0.0672, 0.0672, 0.0672, 0.08, 0.0845714, 0.205], rel=1e-5)


def test_the_same_opinion_is_no_change():
    found = change(V, V)
    assert (found.delta, found.p) == (pytest.approx(0), pytest.approx(1))
    assert found.low < 0 < found.high


@pytest.mark.parametrize(("n", "people"), [(0.16, 250), (0.35, 50), (0.56, 20), (0.72, 12)])
def test_the_smallest_change_that_can_be_seen(n, people):
    assert smallest_visible_change(people, people) == pytest.approx(n, abs=5e-3)


def test_a_change_of_one_person_is_none():
    assert change((1, 0, 0, 0, 0), V) is None
    assert change(V, (0, 0, 0, 0, 1)) is None


def test_all_higher_is_certain_only_as_far_as_people_go():
    found = change((10, 0, 0, 0, 0), (0, 0, 0, 0, 10))
    assert (found.delta, found.high) == (1, 1)
    assert 0.3 < found.low < 1
    assert found.p == pytest.approx(2 / 184756)


def test_all_at_one_step_is_no_change_and_not_of_zero_width():
    found = change((0, 0, 10, 0, 0), (0, 0, 12, 0, 0))
    assert (found.delta, found.p) == (0, 1)
    assert found.low < 0 < found.high


@given(five, five)
def test_delta_is_that_of_all_pairs_and_turning_round_turns_its_sign(before, after):
    assume(sum(before) >= 2 and sum(after) >= 2)
    found, turned = change(before, after), change(after, before)
    pairs = product(enumerate(before), enumerate(after))
    score = sum(a * b * ((j > i) - (j < i)) for (i, a), (j, b) in pairs)
    assert found.delta == pytest.approx(score / (sum(before) * sum(after)), abs=1e-12)
    assert turned.delta == pytest.approx(-found.delta, abs=1e-12)
    assert turned.p == pytest.approx(found.p, rel=1e-6)
    assert (turned.low, turned.high) == pytest.approx((-found.high, -found.low), abs=1e-9)


@given(five, five)
def test_limits_hold_the_delta_and_have_a_width(before, after):
    assume(sum(before) >= 2 and sum(after) >= 2)
    found = change(before, after)
    assert -1 <= found.low <= found.delta + 1e-12
    assert found.delta - 1e-12 <= found.high <= 1
    assert found.low < found.high
    assert 0 <= found.p <= 1


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_corrected_values_keep_the_order_and_are_never_smaller(p):
    q = benjamini_hochberg(p)
    assert all(b >= a - 1e-15 for a, b in zip(p, q, strict=True))
    assert [q[i] for i in sorted(range(len(p)), key=p.__getitem__)] == sorted(q)
    assert max(q) <= 1


@pytest.mark.parametrize(
    ("delta", "q", "said"),
    [
        (0.147, 0.049, "higher"),
        (0.146, 0.049, "slightly higher"),
        (0.9, 0.05, "no clear change"),
        (-0.146, 0.01, "slightly lower"),
        (-0.147, 0.01, "lower"),
    ],
)
def test_a_change_in_words(delta, q, said):
    assert change_words(delta, q) == said


@given(st.floats(0.001, 200))
def test_t_has_its_closed_forms(t):
    assert two_sided_p(t, 1) == pytest.approx(1 - 2 / pi * atan(t), rel=1e-9, abs=1e-12)
    assert two_sided_p(t, 2) == pytest.approx(1 - t / sqrt(2 + t * t), rel=1e-7, abs=1e-12)


@pytest.mark.parametrize(
    ("t", "degrees", "p"),
    [
        (2.228138852, 10, 0.05),
        (2.750, 30, 0.01),
        (1.959963985, 1e9, 0.05),
        (0, 7, 1),
        (63.657, 1, 0.01),
    ],
)
def test_t_as_in_printed_tables(t, degrees, p):
    assert two_sided_p(t, degrees) == pytest.approx(p, rel=2e-4)


def test_t_needs_degrees_of_freedom():
    with pytest.raises(ValueError, match="degrees"):
        two_sided_p(1, 0)
