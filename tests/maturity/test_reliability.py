"""Whether questions that belong together measure one thing."""

from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.maturity.moments import Moments, of_those_who_rated_all
from survey.maturity.reliability import (
    alpha,
    correlations,
    item_rest,
    loadings_of_three,
    omega,
    one_factor,
    reliability,
    standardised_alpha,
)

ROWS = [
    [int(digit) for digit in row]
    for row in ["232", "333", "454", "122", "544", "343", "223", "445"]
]
rows = st.integers(2, 6).flatmap(
    lambda questions: st.lists(
        st.lists(st.integers(1, 5), min_size=questions, max_size=questions),
        min_size=2,
        max_size=30,
    )
)


def test_t20_alpha_and_item_rest_correlations():
    found = Moments.of(ROWS)
    assert alpha(found) == pytest.approx(0.9123, abs=5e-5)
    assert item_rest(found) == pytest.approx([0.9080, 0.7925, 0.8078], abs=5e-5)


def test_t21_omega_of_three_questions():
    found = loadings_of_three(0.6, 0.5, 0.4)
    assert found == pytest.approx((0.8660, 0.6928, 0.5774), abs=5e-5)
    assert omega(found) == pytest.approx(0.7606, abs=5e-5)
    assert standardised_alpha([0.6, 0.5, 0.4], 3) == pytest.approx(0.75)


@given(rows)
def test_figures_of_moments_are_those_of_the_rows_themselves(rows):
    ratings, found = np.array(rows, float), Moments.of(rows)
    whole, k = ratings.sum(axis=1), ratings.shape[1]
    if not whole.var():
        assert alpha(found) is None
    else:
        variances = ratings.var(axis=0, ddof=1).sum() / whole.var(ddof=1)
        assert alpha(found) == pytest.approx(k / (k - 1) * (1 - variances))
    for place, r in enumerate(item_rest(found)):
        own, rest = ratings[:, place], whole - ratings[:, place]
        if not own.var() or not rest.var():
            assert r is None
        else:
            assert r == pytest.approx(np.corrcoef(own, rest)[0, 1])
    if ratings.var(axis=0).all():
        assert correlations(found) == pytest.approx(np.corrcoef(ratings.T))
    else:
        assert correlations(found) is None


@given(rows, st.integers(0, 30))
def test_moments_of_batches_add_up_to_those_of_all(rows, first):
    found = Moments.none(len(rows[0])) + Moments.of(rows[:first] or np.empty((0, len(rows[0]))))
    found += Moments.of(rows[first:] or np.empty((0, len(rows[0]))))
    assert found.people == len(rows)
    assert found.spread.tolist() == Moments.of(rows).spread.tolist()


def test_moments_are_of_those_who_rated_all():
    packed = np.array([[1, 2, 3], [0, 2, 3], [4, 6, 3], [4, 4, 7], [5, 5, 5]], np.uint8)
    found = of_those_who_rated_all(packed)
    assert (found.people, found.sums.tolist()) == (2, [6, 7, 8])


def test_a_million_people_are_counted_exactly():
    few = Moments.of([[5, 5, 5], [1, 5, 4]])
    many = Moments(few.people * 500_000, few.sums * 500_000, few.products * 500_000)
    assert many.spread.tolist() == (few.spread * 500_000**2).tolist()


@pytest.mark.parametrize("correlations", [(0.9, 0.9, 0.1), (0.5, -0.1, 0.5), (0, 0.5, 0.5)])
def test_loadings_that_cannot_be_are_not_estimated(correlations):
    assert loadings_of_three(*correlations) is None


def correlated(loadings):
    found = np.outer(loadings, loadings)
    np.fill_diagonal(found, 1)
    return found


@given(st.lists(st.floats(0.2, 0.95), min_size=3, max_size=8))
def test_the_loadings_of_one_factor_are_found_again(loadings):
    assert one_factor(correlated(loadings)) == pytest.approx(loadings, abs=1e-3)


@given(st.lists(st.integers(20, 80), min_size=10, max_size=10), st.integers(0, 4))
def test_no_loadings_close_by_leave_less_unexplained(drawn, place):
    r = np.eye(5)
    for (i, j), percent in zip(combinations(range(5), 2), drawn, strict=True):
        r[i, j] = r[j, i] = percent / 100
    found = one_factor(r)
    if found is None:
        return

    def unexplained(loadings):
        return sum((r[i, j] - loadings[i] * loadings[j]) ** 2 for i, j in combinations(range(5), 2))

    for step in (-1e-2, 1e-2):
        moved = np.array(found) + step * np.eye(5)[place]
        assert unexplained(moved) > unexplained(found)


@pytest.mark.parametrize(
    "r",
    [
        np.eye(4),
        correlated([0.8, 0.7, 0.6, -0.5]),
        [[1, 0.9, 0.9, 0.9], [0.9, 1, 0.1, 0.1], [0.9, 0.1, 1, 0.1], [0.9, 0.1, 0.1, 1]],
        None,
    ],
)
def test_one_factor_that_cannot_be_is_not_estimated(r):
    assert one_factor(r) is None


@pytest.mark.parametrize("rows", [np.empty((0, 3)), [[1, 2]], [[1], [2]], [[3, 3], [3, 3]]])
def test_there_is_no_alpha_where_nothing_varies(rows):
    assert alpha(Moments.of(rows)) is None


def test_ratings_are_rows_of_people():
    with pytest.raises(ValueError, match="a row a person"):
        Moments.of([1, 2, 3])


def test_a_question_that_everybody_answers_alike_correlates_with_nothing():
    assert item_rest(Moments.of([[3, 1, 2], [3, 2, 4], [3, 4, 5]]))[0] is None


def test_reliability_takes_fifty_people_and_three_questions():
    assert reliability(Moments.of((ROWS * 7)[:49])) is None
    assert reliability(Moments.of((ROWS * 7)[:50])).people == 50
    assert reliability(Moments.of([row[:2] for row in ROWS * 7])) is None
    assert reliability(Moments.of([[3, 4, 5]] * 60)) is None


def test_reliability_is_kept_to_two_places():
    found = reliability(Moments.of(ROWS * 7))
    assert (found.people, found.alpha) == (56, 0.91)
    assert found.item_rest == (0.91, 0.79, 0.81)
    assert found.omega is None, "a loading would be above 1"


def test_questions_with_equal_loadings_have_omega_equal_to_alpha():
    each_way = product((2, 3, 4), product((-1, 1), repeat=4))  # every two correlate 0.4
    rows = [[person + more for more in apart] for person, apart in each_way]
    found = reliability(Moments.of(rows * 2))
    assert (found.alpha, found.omega) == (0.73, 0.73), "4 x 0.4 / (1 + 3 x 0.4)"


def test_omega_is_left_open_where_a_question_does_not_vary():
    found = reliability(Moments.of([[*row, 3] for row in ROWS * 7]))
    assert found.omega is None
    assert found.item_rest[3] is None
