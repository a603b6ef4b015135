"""Whether questions that belong together measure one thing."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.maturity.reliability import (
    alpha,
    item_rest,
    loadings_of_three,
    longest_run,
    omega,
    standardised_alpha,
    straight_lined,
)

ROWS = [
    [int(digit) for digit in row]
    for row in ["232", "333", "454", "122", "544", "343", "223", "445"]
]


def test_t20_alpha_and_item_rest_correlations():
    assert alpha(ROWS) == pytest.approx(0.9123, abs=5e-5)
    assert item_rest(ROWS) == pytest.approx([0.9080, 0.7925, 0.8078], abs=5e-5)


def test_t21_omega_of_three_questions():
    found = loadings_of_three(0.6, 0.5, 0.4)
    assert found == pytest.approx((0.8660, 0.6928, 0.5774), abs=5e-5)
    assert omega(found) == pytest.approx(0.7606, abs=5e-5)
    assert standardised_alpha([0.6, 0.5, 0.4], 3) == pytest.approx(0.75)


@pytest.mark.parametrize("correlations", [(0.9, 0.9, 0.1), (0.5, -0.1, 0.5), (0, 0.5, 0.5)])
def test_loadings_that_cannot_be_are_not_estimated(correlations):
    assert loadings_of_three(*correlations) is None


@pytest.mark.parametrize("rows", [[], [[1, 2]], [[1], [2]], [[3, 3], [3, 3]]])
def test_there_is_no_alpha_where_nothing_varies(rows):
    assert alpha(rows) is None


def test_a_question_that_everybody_answers_alike_correlates_with_nothing():
    assert item_rest([[3, 1, 2], [3, 2, 4], [3, 4, 5]])[0] is None


def test_one_answer_throughout_is_noticed_from_ten_on():
    rows = np.array([[3] * 12, [3] * 9 + [0] * 3, [3] * 11 + [4], [3] * 10 + [4, 4]])
    assert longest_run(rows).tolist() == [12, 9, 11, 10]
    assert straight_lined(rows).tolist() == [1, 0, 1, 0]


def test_what_was_not_rated_does_not_break_a_run():
    assert longest_run(np.array([[3, 0, 3, 3, 2]])).tolist() == [3]


@given(st.lists(st.lists(st.integers(0, 5), min_size=6, max_size=6), min_size=1, max_size=8))
def test_a_run_is_the_longest_of_equal_answers(rows):
    def by_hand(row):
        rated, best = [one for one in row if one], 0
        for start in range(len(rated)):
            end = start
            while end < len(rated) and rated[end] == rated[start]:
                end += 1
            best = max(best, end - start)
        return best

    assert longest_run(np.array(rows)).tolist() == [by_hand(row) for row in rows]
