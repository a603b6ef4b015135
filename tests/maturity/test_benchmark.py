"""Where an organisation stands among others, and what that tells of each of them."""

from itertools import pairwise
from math import atan, pi, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.maturity.benchmark import (
    NoQuartiles,
    Quartiles,
    quantile,
    quantile_weights,
    quartiles,
)
from survey.maturity.incomplete_beta import incomplete_beta

T34 = (2.1, 2.4, 2.6, 2.6, 2.8, 2.9, 3.0, 3.1, 3.3, 3.6)
SHARES = (0.25, 0.5, 0.75)
means = st.lists(st.floats(1, 5), min_size=10, max_size=40)


def even(values):
    """The quartiles of organisations of one size."""
    return quartiles([(value, 100) for value in values])


def percentile_rank(value, others):
    """100 (below + ties / 2) / peers."""
    below, ties = (sum(o < value for o in others), sum(o == value for o in others))
    return 100 * (below + ties / 2) / len(others)


def test_t34_where_an_organisation_stands_among_others():
    assert percentile_rank(2.9, T34) == 55
    assert even(T34).quarter_of(2.9) == 3


def test_quartiles_are_those_of_a_published_library():
    """scipy.stats.mstats.hdquantiles."""
    found = even(T34)
    expected = (2.5215074514930143, 2.8331630888369603, 3.1588678846440597)
    assert (found.lower, found.median, found.upper) == pytest.approx(expected, rel=1e-12)


@given(st.permutations(T34))
def test_the_order_in_which_files_came_does_not_matter(order):
    assert even(order) == even(T34)


@given(means)
def test_quartiles_rise_within_what_there_is(values):
    found = even(values)
    limits = [min(values), found.lower, found.median, found.upper, max(values)]
    assert all(a <= b + 1e-9 for a, b in pairwise(limits))


@given(means)
def test_turning_the_scale_round_turns_the_quartiles_round(values):
    lower, upper = quantile(values, 0.25), quantile([6 - value for value in values], 0.75)
    assert lower == pytest.approx(6 - upper)


@pytest.mark.parametrize(("value", "quarter"), [(1, 1), (2, 1), (2.5, 2), (4, 3), (4.1, 4)])
def test_a_quartile_belongs_to_the_quarter_below_it(value, quarter):
    assert Quartiles(10, 2, 3, 4).quarter_of(value) == quarter


def test_nine_are_too_few_and_ten_are_enough():
    assert even(T34[:9]) == NoQuartiles(9, "too-few")
    assert isinstance(even(T34), Quartiles)


def test_nobody_gives_more_than_a_quarter_of_the_people():
    nine = [(mean, 100) for mean in T34[1:]]
    assert isinstance(quartiles([(2.1, 300), *nine]), Quartiles)
    assert quartiles([(2.1, 301), *nine]) == NoQuartiles(10, "one-gives-too-many")


def weights(number):
    return np.array([quantile_weights(number, share) for share in SHARES])


def is_told(rows, place):
    """Whether some sum of the rows, with any factors, is this one organisation's mean."""
    wanted = np.eye(rows.shape[1])[place]
    factors, *_ = np.linalg.lstsq(rows.T, wanted, rcond=None)
    return np.linalg.norm(rows.T @ factors - wanted) < 0.01


@pytest.mark.parametrize("number", [10, 11, 12, 25])
def test_attack_15_no_mean_can_be_worked_out_even_by_who_knows_the_order(number):
    assert not any(is_told(weights(number), place) for place in range(number))
    assert weights(number).max() < 0.5


@pytest.mark.parametrize("number", [10, 11, 25])
def test_attack_15_nor_by_who_saw_the_page_before_and_after_one_more_was_taken_in(number):
    after = weights(number + 1)
    for new in range(number + 1):
        both = np.vstack([np.insert(weights(number), new, 0, axis=1), after])
        assert not any(is_told(both, place) for place in range(number + 1))


def test_the_attack_finds_what_a_usual_median_would_tell():
    odd = np.eye(11)[[5]]
    assert is_told(odd, 5)


@given(st.floats(0, 1))
def test_the_beta_function_where_it_has_a_short_formula(x):
    assert incomplete_beta(x, 1, 1) == pytest.approx(x)
    assert incomplete_beta(x, 3, 1) == pytest.approx(x**3)
    if x < 1:
        arcsine = 2 / pi * atan(sqrt(x / (1 - x)))
        assert incomplete_beta(x, 0.5, 0.5) == pytest.approx(arcsine)


def test_what_has_no_answer_is_refused():
    with pytest.raises(ValueError, match="nobody"):
        quantile([], 0.5)
    for x, a, b in ((1.5, 1, 1), (0.5, 0, 1), (0.5, 1, -1)):
        with pytest.raises(ValueError, match="expected"):
            incomplete_beta(x, a, b)
