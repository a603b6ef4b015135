"""How far people agree: published values, and what must hold of any counts."""

from fractions import Fraction
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.maturity.agreement import (
    agreement_words,
    icc,
    r_wg,
    r_wg_j,
    tastle_wierman,
    two_camps,
    van_der_eijk,
)
from tests.maturity.counting import V, counts

SEVEN = (30, 40, 210, 130, 530, 50, 10)


def near(expected, places=4):
    return pytest.approx(expected, abs=0.5 * 10**-places)


def test_t5_agreement_of_seven_categories_is_as_published():
    assert float(van_der_eijk(SEVEN)) == near(0.611333, 6)
    assert tastle_wierman(SEVEN) == near(0.725688, 6)


def test_t6_agreement_of_a_real_distribution():
    assert float(van_der_eijk(V)) == near(0.5179)
    assert tastle_wierman(V) == near(0.7147)
    assert r_wg(V) == near(0.5851)


@pytest.mark.parametrize(
    ("shape", "ordinal", "metric"),
    [((2, 2, 2, 2, 2), 0, 0.4340), ((5, 0, 0, 0, 5), -1, 0), ((0, 0, 10, 0, 0), 1, 1)],
)
def test_t7_agreement_runs_from_two_extremes_to_one_step(shape, ordinal, metric):
    assert van_der_eijk(shape) == ordinal
    assert tastle_wierman(shape) == near(metric)


@pytest.mark.parametrize(
    ("shape", "camps"),
    [((1, 8, 2, 7, 2), True), ((10, 25, 6, 24, 5), True), ((2, 2, 2, 2, 2), False), (V, False)],
)
def test_t8_two_camps(shape, camps):
    assert two_camps(shape) is camps


@pytest.mark.parametrize(
    ("shape", "camps"),
    [
        ((0, 4, 0, 4, 0), True),  # P(Bin(4, 1/2) = 0) = .0625
        ((0, 3, 0, 3, 0), False),  # .125
        ((0, 12, 6, 12, 0), False),  # P(Bin(18, 1/2) <= 6) = .119
        ((0, 14, 7, 14, 0), True),  # .095
        ((0, 25, 0, 24, 51), True),
        ((0, 24, 0, 38, 38), False),  # fewer than a quarter below
        ((0, 40, 20, 40, 0), True),
        ((0, 40, 21, 40, 0), False),  # more than half the smaller peak
        ((0, 400_000, 200_000, 400_000, 0), True),
        ((0, 100, 0, 0, 0), False),
    ],
)
def test_a_valley_has_a_quarter_on_each_side_and_is_too_deep_for_chance(shape, camps):
    assert two_camps(shape) is camps


@given(
    st.integers(1, 120).flatmap(lambda peak: st.tuples(st.just(peak), st.integers(0, peak // 2)))
)
def test_a_valley_is_one_where_chance_would_rarely_make_it(found):
    peak, here = found
    tossed = here + peak
    chance = sum(comb(tossed, fewer) for fewer in range(here + 1)) / 2**tossed
    assert two_camps((0, peak, here, peak, 0)) is (chance <= 0.10)


def test_t9_agreement_on_parallel_questions():
    assert r_wg_j([0.8, 0.6, 1.0]) == near(0.8182)


def test_t10_units_that_differ():
    units = [(2, 3, 2, 3), (3, 4, 4, 3), (1, 2, 2, 1)]
    sums = [(len(unit), sum(unit), sum(r * r for r in unit)) for unit in units]
    assert icc(sums) == (near(0.7333), near(0.9167))


@pytest.mark.parametrize(
    "units", [[], [(4, 10, 30)], [(1, 2, 4), (1, 3, 9)], [(2, 4, 8), (2, 4, 8)], [(0, 0, 0)] * 3]
)
def test_whether_units_differ_is_not_said_of_too_little(units):
    assert icc(units) is None


@pytest.mark.parametrize(
    ("shape", "words"),
    [
        ((0, 0, 20, 0, 0), "people agree"),
        (V, "broadly agree"),
        ((4, 8, 10, 8, 4), "views differ"),
        ((4, 4, 4, 4, 4), "views are spread"),
        ((1, 8, 2, 7, 2), "two camps"),
        ((0, 0, 19, 0, 0), None),
        ((0, 9, 0, 9, 0), None),
    ],
)
def test_agreement_in_words(shape, words):
    assert agreement_words(shape) == words


def test_the_cuts_of_the_words_belong_to_the_better_word():
    exactly = (6, 6, 76, 6, 6)  # 30 people spread evenly, A = 0; 70 at one step, A = 1
    assert van_der_eijk(exactly) == Fraction(7, 10)
    assert agreement_words(exactly) == "people agree"
    assert agreement_words((7, 6, 75, 6, 6)) == "broadly agree"


@given(counts)
def test_agreement_is_the_same_with_the_scale_turned_round(shape):
    assert van_der_eijk(shape) == van_der_eijk(shape[::-1])
    assert two_camps(shape) == two_camps(shape[::-1])
    assert r_wg(shape) == r_wg(shape[::-1])
    assert tastle_wierman(shape) == pytest.approx(tastle_wierman(shape[::-1]))


@given(counts, st.integers(2, 50))
def test_agreement_is_the_same_with_many_times_the_people(shape, times):
    assert van_der_eijk(shape) == van_der_eijk([times * people for people in shape])


@given(counts)
def test_agreement_lies_between_minus_one_and_one(shape):
    assert -1 <= van_der_eijk(shape) <= 1
    assert -1e-12 <= tastle_wierman(shape) <= 1 + 1e-12


@given(st.integers(0, 4), st.integers(1, 1000))
def test_people_at_one_step_agree_fully(step, people):
    shape = [people if place == step else 0 for place in range(5)]
    assert van_der_eijk(shape) == 1
    assert not two_camps(shape)
    assert r_wg(shape) == (1 if people > 1 else None)


@pytest.mark.parametrize("shape", [(0, 0, 0, 0, 0), (1, 2), (1, -1, 1, 1, 1)])
def test_counts_without_people_or_steps_are_refused(shape):
    with pytest.raises(ValueError, match="counts of people"):
        van_der_eijk(shape)
