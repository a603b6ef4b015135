"""Ratings are counted exactly, however they are ordered, batched or grouped."""

from fractions import Fraction
from itertools import product
from math import ceil

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.maturity import tally as module
from survey.maturity.tally import CapabilityItem, Tally, TallyPlan, tally, tally_by_group

PLAN = TallyPlan(
    questions=9,
    capabilities=(
        CapabilityItem((0,), (7,)),
        CapabilityItem((1, 2), (1, 1)),
        CapabilityItem((1, 3, 4), (2, 2, 1)),
        CapabilityItem((0, 2, 3, 5, 6, 7, 8), (100, 3, 1, 1, 2, 50, 1)),
    ),
)
responses = st.lists(st.binary(min_size=9, max_size=9).map(lambda b: bytes(x % 8 for x in b)))


def capability(weights, *ratings):
    """The figures of one capability, of responses given as lists of bytes."""
    plan = TallyPlan(len(weights), (CapabilityItem(tuple(range(len(weights))), weights),))
    return tally([bytes(rating) for rating in ratings], plan).figures[-1].tolist()


def by_hand(item, response):
    """What one response adds to the nine columns of a capability, by exact fractions."""
    asked = [
        (w, response[q]) for q, w in zip(item.questions, item.weights, strict=True) if response[q]
    ]
    rated = [(w, byte) for w, byte in asked if byte <= 5]
    adds = [0] * 9
    if rated and 2 * sum(w for w, _ in rated) >= sum(w for w, _ in asked):
        s = Fraction(sum(w * r for w, r in rated), sum(w for w, _ in rated))
        whole = ceil(s * 10_000 - Fraction(1, 2))
        adds[ceil(s - Fraction(1, 2)) - 1] = 1
        adds[7:] = whole, whole**2
    elif asked:
        adds[6 if all(byte == 7 for _, byte in asked) else 5] = 1
    return adds


def test_t1_a_person_is_at_the_nearest_step_and_halves_go_down():
    assert capability((2, 2, 1), [4, 3, 2]) == [0, 0, 1, 0, 0, 0, 0, 32_000, 32_000**2]
    assert capability((1, 1), [3, 4])[:5] == [0, 0, 1, 0, 0]
    assert capability((1, 1), [2, 3])[:5] == [0, 1, 0, 0, 0]


def test_a_rating_is_kept_as_whole_ten_thousandths_halves_down():
    assert capability((1, 1, 1), [1, 1, 2])[7] == 13_333
    assert capability((1, 1, 1), [1, 2, 2])[7] == 16_667
    # 1 + 1/32 is 10,312.5 ten-thousandths
    assert capability((31, 1), [1, 2])[7] == 10_312


def test_the_step_comes_from_the_exact_fraction_not_from_the_kept_one():
    threes, twos = (100,) * 100 + (51,), (100,) * 100 + (50,)
    s = Fraction(3 * sum(threes) + 2 * sum(twos), sum(threes) + sum(twos))
    assert Fraction(5, 2) < s < Fraction(5, 2) + Fraction(1, 20_000)
    figures = capability(threes + twos, [3] * len(threes) + [2] * len(twos))
    assert figures[:5] == [0, 0, 1, 0, 0]
    assert figures[7] == 25_000


def test_a_person_who_rated_less_than_half_the_weight_is_at_no_step():
    assert capability((1, 1, 1), [5, 6, 6])[:7] == [0, 0, 0, 0, 0, 1, 0]
    assert capability((1, 1), [5, 6])[:7] == [0, 0, 0, 0, 1, 0, 0]
    assert capability((1, 2), [5, 7])[:7] == [0, 0, 0, 0, 0, 1, 0]


def test_what_was_not_shown_takes_nothing_from_what_was_rated():
    assert capability((1, 100), [5, 0])[:7] == [0, 0, 0, 0, 1, 0, 0]


def test_nobody_is_counted_who_was_not_asked():
    assert capability((1, 1), [0, 0]) == [0] * 9


def test_a_capability_does_not_apply_where_none_of_its_questions_does():
    assert capability((1, 1), [7, 7])[5:7] == [0, 1]
    assert capability((1, 1), [0, 7])[5:7] == [0, 1]
    assert capability((1, 1), [6, 7])[5:7] == [1, 0]


def test_questions_are_counted_as_they_were_answered():
    plan = TallyPlan(1, ())
    found = tally([bytes([byte]) for byte in (0, 1, 1, 3, 5, 6, 6, 6, 7)], plan)
    assert found.responses == 9
    assert found.figures.tolist() == [
        [2, 0, 1, 0, 1, 3, 1, 100_000, (1 + 1 + 9 + 25) * 10_000**2],
    ]


def test_every_way_to_answer_three_questions_counts_as_by_hand():
    item = CapabilityItem((0, 1, 2), (2, 2, 1))
    plan = TallyPlan(3, (item,))
    for many in (1, 9):  # so many that the scores are looked up
        ratings = [bytes(p) for p in product(range(8), repeat=3)] * many
        expected = np.sum([by_hand(item, r) for r in ratings], axis=0)
        assert tally(ratings, plan).figures[-1].tolist() == expected.tolist()
    for response in product(range(8), repeat=3):
        assert tally([bytes(response)], plan).figures[-1].tolist() == by_hand(item, response)


@given(responses)
def test_each_capability_counts_as_by_hand(ratings):
    found = tally(ratings, PLAN).figures[PLAN.questions :]
    for item, row in zip(PLAN.capabilities, found.tolist(), strict=True):
        assert row == np.sum([[0] * 9, *(by_hand(item, r) for r in ratings)], axis=0).tolist()


@given(responses, responses)
def test_two_tallies_added_are_the_tally_of_both(first, second):
    assert tally(first, PLAN) + tally(second, PLAN) == tally(first + second, PLAN)


@given(responses, responses, responses)
def test_tallies_add_up_in_any_order(first, second, third):
    a, b, c = (tally(ratings, PLAN) for ratings in (first, second, third))
    assert a + b == b + a
    assert (a + b) + c == a + (b + c)
    assert a + Tally.empty(PLAN) == a


@given(responses.flatmap(lambda found: st.tuples(st.just(found), st.permutations(found))))
def test_the_order_of_responses_makes_no_difference(both):
    assert tally(both[0], PLAN) == tally(both[1], PLAN)


@given(st.lists(st.tuples(st.integers(0, 3), responses.map(b"".join))))
def test_groups_are_counted_each_for_itself(lots):
    ratings = [(group, lot[i : i + 9]) for group, lot in lots for i in range(0, len(lot), 9)]
    joined = b"".join(response for _, response in ratings)
    figures, people = tally_by_group(joined, [group for group, _ in ratings], 4, PLAN)
    for group in range(4):
        own = tally([response for g, response in ratings if g == group], PLAN)
        assert Tally(responses=int(people[group]), figures=figures[group]) == own


def test_chunks_make_no_difference(monkeypatch):
    random = np.random.default_rng(3)
    ratings = random.integers(0, 8, (700, 9), dtype=np.uint8).tobytes()
    groups = random.integers(0, 5, 700)
    whole = tally_by_group(ratings, groups, 5, PLAN)
    monkeypatch.setattr(module, "CHUNK", 64)
    pieces = tally_by_group(ratings, groups, 5, PLAN)
    assert all(np.array_equal(a, b) for a, b in zip(whole, pieces, strict=True))


@given(responses)
def test_a_tally_survives_being_stored(ratings):
    found = tally(ratings, PLAN)
    assert Tally.from_bytes(found.to_bytes(), PLAN) == found


def test_bytes_are_little_endian_and_the_responses_come_first():
    blob = tally([bytes([3])] * 258, TallyPlan(1, ())).to_bytes()
    assert blob[:8] == bytes([2, 1, 0, 0, 0, 0, 0, 0])
    assert blob[8 * 3 : 8 * 4] == blob[:8]  # all at step 3
    assert len(blob) == 8 * 10


def test_what_does_not_fit_the_plan_is_refused():
    with pytest.raises(ValueError, match="9 bytes"):
        tally([bytes(8), bytes(10)], PLAN)
    with pytest.raises(ValueError, match="0 to 7, not 8"):
        tally([bytes([8] * 9)], PLAN)
    with pytest.raises(ValueError, match="2 responses"):
        tally_by_group(bytes(17), [0, 0], 1, PLAN)
    with pytest.raises(ValueError, match="0 to 1"):
        tally_by_group(bytes(18), [0, 2], 2, PLAN)
    with pytest.raises(ValueError, match="bytes, not 5"):
        Tally.from_bytes(bytes(5), PLAN)
    with pytest.raises(ValueError, match="different plans"):
        Tally.empty(PLAN) + Tally.empty(TallyPlan(1, ()))


@pytest.mark.parametrize(
    ("questions", "weights"), [((), ()), ((0,), ()), ((0,), (0,)), ((0,), (101,))]
)
def test_weights_are_whole_numbers_from_1_to_100_one_a_question(questions, weights):
    with pytest.raises(ValueError, match="weight"):
        CapabilityItem(questions, weights)


@pytest.mark.parametrize("column", [-1, 2])
def test_a_capability_is_rated_by_columns_that_are_there(column):
    with pytest.raises(ValueError, match=r"outside 0\.\.1"):
        TallyPlan(2, (CapabilityItem((column,), (1,)),))


def test_no_responses_give_an_empty_tally():
    assert tally([], PLAN) == Tally.empty(PLAN)
    figures, people = tally_by_group(b"", [], 3, PLAN)
    assert figures.shape == (3, PLAN.items, 9)
    assert not figures.any()
    assert people.tolist() == [0, 0, 0]
