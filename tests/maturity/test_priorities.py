"""What to do first, and who is needed for it."""

import pytest

from survey.maturity.priorities import borich, in_order, needed_roles, priority


def test_t35_a_need_by_what_is_wanted_and_what_is():
    assert borich([4, 5, 4, 3, 5], [2, 3, 3, 3, 4]) == pytest.approx(5.04)


def test_t36_priorities_and_the_roles_they_call_for():
    gaps, importance = (1.05, 0.9, 0.6, 0.2), (4.4, 4.6, 3.1, 3.5)
    found = [
        priority(str(number), gap, weight, 0.5)
        for number, (gap, weight) in enumerate(zip(gaps, importance, strict=True), 1)
    ]
    assert [one.value for one in found] == pytest.approx([0.924, 0.828, 0.372, 0.140])
    needs = needed_roles(found, {"1": ["a"], "3": ["a"], "2": ["b"], "4": ["b"]})
    assert [(one.role, one.capabilities) for one in needs] == [("a", ("1", "3")), ("b", ("2", "4"))]
    assert [one.value for one in needs] == pytest.approx([1.296, 0.968])


def test_a_target_that_is_reached_calls_for_nobody():
    done = priority("done", -0.5, 5, 0.1)
    assert done.value == 0
    assert needed_roles([done], {"done": ["a"]}) == []


def test_importance_that_was_not_asked_puts_nothing_behind():
    assert priority("x", 1, None, 0).value == 1


def test_among_equals_the_one_with_more_people_short_comes_first():
    found = in_order(
        [priority(id_, 1, 5, short) for id_, short in (("b", 0.2), ("a", 0.2), ("c", 0.9))]
    )
    assert [one.id for one in found] == ["c", "a", "b"]


def test_of_nobody_there_is_no_need():
    with pytest.raises(ValueError, match="nobody"):
        borich([], [])
