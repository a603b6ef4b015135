"""What the figures would be had every group answered alike."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.maturity.weighting import at_mix, post_stratified, raked, shrunk


def test_t16_groups_weighted_to_who_was_invited():
    found = post_stratified([100, 300], [50, 30], [3, 2])
    assert (found.mean, found.weighted_mean) == (2.625, pytest.approx(2.25))
    assert found.weights == pytest.approx((0.4, 2))
    assert found.design_effect == pytest.approx(1.6)
    assert found.effective_n == pytest.approx(50)
    assert found.is_worth_saying


def test_t17_a_table_fitted_to_its_totals():
    assert raked([[30, 20], [10, 40]], [60, 40], [50, 50]) == [
        pytest.approx([40, 20]),
        pytest.approx([10, 30]),
    ]


def test_t18_small_units_are_drawn_to_the_mean_of_all():
    found = shrunk([12, 15, 40, 30], [2, 3.2, 2.9, 3.1], [0.8, 0.9, 0.7, 0.9])
    assert found == pytest.approx([2.2601, 3.1000, 2.8912, 3.0577], abs=5e-5)


def test_nobody_weighs_more_than_three():
    assert max(post_stratified([100, 900], [90, 10], [3, 2]).weights) == 3


def test_groups_that_answered_alike_weigh_alike():
    found = post_stratified([100, 50], [50, 25], [3, 2])
    assert found.weights == (1, 1)
    assert (found.design_effect, found.is_worth_saying) == (1, False)


def test_a_group_that_did_not_answer_has_no_weight():
    assert post_stratified([100, 50], [50, 0], [3, 0]).weights == (1,)
    assert post_stratified([100, 50], [0, 0], [0, 0]) is None


def test_a_change_at_the_old_mix():
    assert at_mix([10, 30], [3, 2]) == 2.25


@pytest.mark.parametrize(
    ("table", "rows", "columns"),
    [
        ([[1, 1], [1, 1]], [1, 2], [2, 2]),
        ([[0, 0], [1, 1]], [1, 1], [1, 1]),
        ([[1, 0], [1, 0]], [1, 1], [1, 1]),
    ],
)
def test_totals_that_cannot_be_are_refused(table, rows, columns):
    with pytest.raises(ValueError, match="total"):
        raked(table, rows, columns)


@given(st.lists(st.lists(st.integers(1, 50), min_size=3, max_size=3), min_size=2, max_size=4))
def test_a_fitted_table_has_its_totals(table):
    rows = [float(sum(row)) for row in reversed(table)]
    columns = [sum(rows) / 3] * 3
    fitted = raked(table, rows, columns)
    assert [sum(row) for row in fitted] == pytest.approx(rows)
    assert [sum(column) for column in zip(*fitted, strict=True)] == pytest.approx(columns)


def test_units_that_do_not_differ_are_drawn_together():
    assert shrunk([10, 10], [3, 3], [1, 1]) == [3, 3]
