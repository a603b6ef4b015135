"""Intervals: published values, and what must hold of any counts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.maturity.intervals import (
    finite_population_factor,
    mean_interval,
    step_range,
    wilson,
    worst_case_share,
)
from survey.maturity.profile import at_or_above
from tests.maturity.counting import V, counts, one_by_one

scores = st.lists(st.integers(10_000, 50_000), min_size=2, max_size=60)


def near(low, high, places=4):
    return pytest.approx((low, high), abs=0.5 * 10**-places)


def interval_of(shape):
    steps = one_by_one(shape)
    return mean_interval(len(steps), sum(steps), sum(step * step for step in steps))


@pytest.mark.parametrize(
    ("shape", "expected"),
    [
        (V, (2.8402, 3.0651)),
        ((10, 0, 0, 0, 0), (1, 1.9440)),
        ((0, 0, 10, 0, 0), (2.6626, 3.3374)),
    ],
)
def test_t11_interval_of_the_mean(shape, expected):
    assert interval_of(shape) == near(*expected)


def test_t12_interval_of_a_share():
    assert wilson(8, 10) == near(0.4902, 0.9433)


@pytest.mark.parametrize(
    ("shape", "expected"), [(V, (3, 3)), ((0, 5, 5, 0, 0), (2, 3)), ((1, 2, 4, 2, 1), (2, 4))]
)
def test_t13_range_of_the_step(shape, expected):
    assert step_range(at_or_above(shape)) == expected


def test_t14_a_finite_population_and_everybody_who_was_silent():
    assert finite_population_factor(251, 412) == pytest.approx(0.6251, abs=5e-5)
    assert worst_case_share(at_or_above(V)[2], 251, 412) == near(0.4320, 0.8228)


@given(scores)
def test_the_interval_contains_the_mean_and_is_never_of_no_width(ratings):
    ratings = [rating / 10_000 for rating in ratings]
    low, high = mean_interval(len(ratings), sum(ratings), sum(r * r for r in ratings))
    mean = sum(ratings) / len(ratings)
    assert 1 <= low <= mean + 1e-12
    assert mean - 1e-12 <= high <= 5
    assert high - low > 0


@given(counts)
def test_the_interval_turns_round_with_the_scale(shape):
    low, high = interval_of(shape)
    assert interval_of(shape[::-1]) == pytest.approx((6 - high, 6 - low))


@given(st.integers(1, 10_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_of_a_share_contains_it(share):
    part, n = share
    low, high = wilson(part, n)
    assert 0 <= low <= part / n + 1e-12
    assert part / n - 1e-12 <= high <= 1
    assert high > low


@pytest.mark.parametrize(("part", "n"), [(0, 0), (-1, 5), (6, 5)])
def test_what_is_no_share_is_refused(part, n):
    with pytest.raises(ValueError, match="not a share"):
        wilson(part, n)


@given(st.integers(1, 100).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_bounds_close_when_everybody_answers(share):
    part, n = share
    assert worst_case_share(part, n, n) == (part / n, part / n)
    assert finite_population_factor(n, n) == 0
