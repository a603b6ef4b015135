"""Who gave one answer throughout."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from survey.maturity.straight_lining import longest_run, pressed, straight_lined


def test_one_answer_throughout_is_noticed_from_ten_on():
    rows = np.array([[3] * 12, [3] * 9 + [0] * 3, [3] * 11 + [4], [3] * 10 + [4, 4]])
    assert longest_run(rows).tolist() == [12, 9, 11, 10]
    assert straight_lined(rows).tolist() == [1, 0, 1, 0]


def test_what_was_not_rated_does_not_break_a_run():
    assert longest_run(np.array([[3, 0, 3, 3, 2]])).tolist() == [3]


def test_what_counts_is_what_was_pressed():
    packed = np.array([[4, 2, 4, 6], [0, 5, 7, 1]], np.uint8)
    found = pressed(packed, [False, True, False, False])
    assert found.tolist() == [[4, 4, 4, 0], [0, 1, 0, 1]]
    assert straight_lined(pressed(np.array([[4, 2] * 5], np.uint8), [False, True] * 5)) == [1]


def test_there_may_be_nothing_to_press():
    assert straight_lined(pressed(np.empty((3, 0), np.uint8), [])).tolist() == [0, 0, 0]


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
