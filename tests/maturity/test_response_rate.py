"""How many answered, and whether as many everywhere."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.maturity.response_rate import response_rate

groups = st.lists(
    st.integers(0, 200).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n))), min_size=1
)


def test_t15_response_by_group():
    found = response_rate([200, 150, 62], [140, 90, 38])
    assert found.rate == 268 / 412
    assert found.r_indicator == pytest.approx(0.9033, abs=5e-5)
    assert found.spread == pytest.approx(0.0483, abs=5e-5)
    assert found.bias_ceiling == pytest.approx(0.0743, abs=5e-5)
    assert found.word is None


def test_response_is_uneven_below_four_fifths():
    assert response_rate([100, 100], [90, 20]).word == "uneven"


def test_groups_that_answered_alike_are_as_even_as_can_be():
    found = response_rate([100, 50, 10], [50, 25, 5])
    assert (found.r_indicator, found.bias_ceiling, found.word) == (1, 0, None)


def test_there_is_no_ceiling_where_nobody_answered():
    found = response_rate([10, 20], [0, 0])
    assert (found.rate, found.bias_ceiling) == (0, None)


@pytest.mark.parametrize("invited", [[], [0, 0]])
def test_there_is_no_rate_where_nobody_was_invited(invited):
    assert response_rate(invited, invited) is None


@pytest.mark.parametrize("answered", [[11], [-1]])
def test_no_more_answer_than_were_invited(answered):
    with pytest.raises(ValueError, match="than were invited"):
        response_rate([10], answered)


@given(groups.filter(lambda found: any(invited for invited, _ in found)))
def test_the_order_of_groups_makes_no_difference_and_figures_stay_in_range(found):
    one = response_rate(*zip(*found, strict=True))
    other = response_rate(*zip(*reversed(found), strict=True))
    assert one.r_indicator == pytest.approx(other.r_indicator)
    assert 0 <= one.rate <= 1
    assert one.r_indicator <= 1
