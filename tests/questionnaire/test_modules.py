"""Modules are dealt evenly, and pairs of them as evenly as can be."""

from collections import Counter
from itertools import combinations, islice
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.questionnaire.modules import assign, blocks, number_of_shifts, shift_sequence
from tests import make


def pairs(dealt):
    return Counter(pair for block in dealt for pair in combinations(block, 2))


def test_thirteen_modules_four_each_begin_as_published():
    dealt = blocks(13, 4)
    assert dealt[:2] == ((0, 1, 3, 9), (1, 2, 4, 10))  # methods, T19
    assert Counter(place for block in dealt for place in block) == dict.fromkeys(range(13), 4)
    assert pairs(dealt) == dict.fromkeys(combinations(range(13), 2), 1)


@pytest.mark.parametrize(("modules", "each"), [(7, 3), (21, 5), (31, 6), (11, 5), (13, 9)])
def test_where_a_difference_set_exists_every_pair_is_dealt_as_often_as_any_other(modules, each):
    counts = pairs(blocks(modules, each))
    assert len(counts) == modules * (modules - 1) // 2
    assert len(set(counts.values())) == 1


@given(st.integers(1, 24).flatmap(lambda v: st.tuples(st.just(v), st.integers(1, v))))
def test_every_module_is_dealt_as_often_as_any_other(case):
    modules, each = case
    dealt = blocks(modules, each)
    assert all(len(set(block)) == each for block in dealt)
    counts = Counter(place for block in dealt for place in block)
    assert counts == dict.fromkeys(range(modules), each)


@pytest.mark.parametrize(
    ("modules", "each"), [(8, 3), (10, 4), (12, 5), (16, 6), (26, 5), (30, 10)]
)
def test_other_numbers_deal_no_pair_much_oftener_than_another(modules, each):
    counts = pairs(blocks(modules, each))
    often = [counts[pair] for pair in combinations(range(modules), 2)]
    assert max(often) - min(often) <= 2


@pytest.mark.parametrize(("modules", "each"), [(3, 0), (3, 4), (0, 1)])
def test_more_modules_than_there_are_cannot_be_dealt(modules, each):
    with pytest.raises(ValueError, match="cannot deal"):
        blocks(modules, each)


def dealt_out(modules, each):
    parts = [make.section(make.question(f"q{n}"), id=f"m{n}", module=True) for n in range(modules)]
    return make.questionnaire(make.question("core"), *parts, modules_per_person=each)


def test_each_shift_gives_its_modules():
    questionnaire = dealt_out(13, 4)
    assert number_of_shifts(questionnaire) == 13
    assert assign(questionnaire, 0) == ("m0", "m1", "m3", "m9")
    assert assign(questionnaire, 14) == assign(questionnaire, 1) == ("m1", "m2", "m4", "m10")


def test_without_modules_there_is_one_shift_and_nothing_to_deal():
    questionnaire = make.questionnaire()
    assert number_of_shifts(questionnaire) == 1
    assert assign(questionnaire, 0) == ()


@given(st.integers(1, 31), st.randoms(use_true_random=False))
def test_shifts_come_each_once_a_cycle(shifts, random):
    sequence = list(islice(shift_sequence(shifts, random), 3 * shifts))
    for start in range(0, len(sequence), shifts):
        assert sorted(sequence[start : start + shifts]) == list(range(shifts))


def test_the_same_chance_gives_the_same_shifts():
    first = list(islice(shift_sequence(13, Random(1)), 50))
    assert first == list(islice(shift_sequence(13, Random(1)), 50))
