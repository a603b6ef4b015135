"""Which units of a former wave became a unit of a later one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.operations.unit_history import formerly
from survey.operations.unit_tree import tree_from


def tree(*rows):
    """Rows of id and parent, parents first."""
    return tree_from(
        [{"id": id_, "slug": f"u{id_}", "name": f"U{id_}", "parent": above} for id_, above in rows]
    )


def ids(former):
    return [unit.id for unit in former.units]


def test_a_unit_that_stayed_was_itself():
    same = tree((1, None), (2, 1), (3, 2))
    found = formerly(same, same, {})
    assert {id_: (ids(one), one.same_units) for id_, one in found.items()} == {
        1: ([1], True),
        2: ([2], True),
        3: ([3], True),
    }


def test_a_unit_that_was_merged_was_all_that_became_it():
    then, now = tree((1, None), (2, 1), (3, 1)), tree((1, None), (4, 1))
    found = formerly(then, now, {2: 4, 3: 4})
    assert (ids(found[4]), found[4].same_units) == ([2, 3], True)


def test_a_unit_that_took_in_another_was_both():
    then, now = tree((1, None), (2, 1), (3, 1)), tree((1, None), (2, 1))
    assert ids(formerly(then, now, {3: 2})[2]) == [2, 3]


def test_a_part_that_was_taken_in_counts_once():
    then, now = tree((1, None), (2, 1), (3, 2)), tree((1, None), (2, 1))
    found = formerly(then, now, {3: 2})
    assert (ids(found[2]), found[2].same_units) == ([2], True)


def test_what_was_carried_on_twice_is_followed_to_the_end():
    then, now = tree((1, None), (2, 1)), tree((1, None), (4, 1))
    assert ids(formerly(then, now, {2: 3, 3: 4})[4]) == [2]


def test_a_wave_in_between_is_compared_by_what_it_had():
    then, between = tree((1, None), (2, 1)), tree((1, None), (3, 1))
    assert ids(formerly(then, between, {2: 3, 3: 4})[3]) == [2]


def test_a_new_unit_was_nothing():
    found = formerly(tree((1, None)), tree((1, None), (2, 1)), {})
    assert (ids(found[2]), found[2].same_units) == ([], False)
    assert (ids(found[1]), found[1].same_units) == ([1], False)


@pytest.mark.parametrize("successors", [{3: None}, {}])
def test_what_nobody_carries_on_is_in_nothing_but_what_is_above(successors):
    found = formerly(tree((1, None), (3, 1)), tree((1, None)), successors)
    assert (ids(found[1]), found[1].same_units) == ([1], False)


def test_a_unit_that_moved_away_makes_what_it_left_unlike():
    then = tree((1, None), (2, 1), (3, 2), (4, 1))
    now = tree((1, None), (2, 1), (4, 1), (3, 4))
    found = formerly(then, now, {})
    assert (found[1].same_units, found[3].same_units) == (True, True)
    assert (found[2].same_units, found[4].same_units) == (False, False)


@st.composite
def reorganised(draw):
    """A tree, a later one, and who carried on whom."""

    def some_tree(first):
        size = draw(st.integers(0, 8))
        rows = [(1, None)]
        for number in range(size):
            rows.append((first + number, draw(st.sampled_from(rows))[0]))
        return rows

    then, now = some_tree(2), some_tree(draw(st.sampled_from([2, 6, 20])))
    alive = [id_ for id_, _ in now]
    ended = [id_ for id_, _ in then if id_ not in alive]
    successors = {id_: draw(st.sampled_from([None, *alive])) for id_ in ended}
    return tree(*then), tree(*now), successors


@given(reorganised())
def test_every_former_unit_is_in_one_unit_at_most_and_none_inside_another(case):
    then, now, successors = case
    found = formerly(then, now, successors)
    assert set(found) == {unit.id for unit in now.units}
    named = [unit.id for one in found.values() for unit in one.units]
    assert len(named) == len(set(named))
    for one in found.values():
        paths = [unit.path for unit in one.units]
        assert not any(a != b and a.startswith(b) for a in paths for b in paths)
