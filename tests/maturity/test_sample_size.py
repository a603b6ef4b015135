"""How many to ask: enough to be sure, and to be many."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.maturity.sample_size import answers_needed, expected_half_width, people_to_ask

# Krejcie & Morgan (1970), Educational and Psychological Measurement 30, table 1: the same formula
# for a share of one half (spread 0.5) that is sure to 5 points.
TABLE = {10: 10, 50: 44, 100: 80, 200: 132, 500: 217, 1000: 278, 5000: 357, 100_000: 384}


@pytest.mark.parametrize(("people", "needed"), TABLE.items())
def test_answers_needed_are_those_of_the_published_table(people, needed):
    assert answers_needed(people, 0.05, 0.5) == pytest.approx(needed, abs=1)


def test_people_to_ask_counts_on_those_who_will_not_answer():
    assert answers_needed(200, 0.3) == 42
    assert people_to_ask(200, 0.3, 0.6, at_least=10) == 70
    assert people_to_ask(30, 0.3, 0.6, at_least=10) == 30


def test_a_small_unit_is_asked_whole_so_that_it_reaches_the_minimum_group():
    assert people_to_ask(12, 1.5, 0.5, at_least=10) == 12


def test_nobody_is_asked_where_nobody_is():
    assert answers_needed(0, 0.3) == people_to_ask(0, 0.3, 0.6, at_least=10) == 0


def test_no_width_at_all_is_refused():
    with pytest.raises(ValueError, match="half-width"):
        answers_needed(10, 0)


@given(st.integers(1, 100_000), st.floats(0.05, 2), st.floats(0.05, 1), st.integers(5, 50))
def test_never_more_are_asked_than_there_are_and_answers_are_sure_enough(people, half, rate, k):
    asked = people_to_ask(people, half, rate, at_least=k)
    assert min(k, people) <= asked <= people
    needed = answers_needed(people, half)
    assert (
        needed == people
        or expected_half_width(needed) * (1 - needed / people) ** 0.5 <= half * 1.01
    )
