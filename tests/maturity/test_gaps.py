"""How far it is to a target."""

import pytest

from survey.maturity.gaps import Gap, gap_to
from survey.maturity.profile import measure
from tests.maturity.counting import V, row_of


def test_a_gap_is_the_target_less_the_mean():
    gap = gap_to(4, measure(row_of(V)))
    assert gap.gap == pytest.approx(1.0478, abs=5e-5)
    assert gap.step_gap == 1
    assert gap.short == (12 + 61 + 118) / 251


def test_a_target_that_is_passed_is_a_gap_below_nothing():
    assert gap_to(2, measure(row_of((0, 0, 0, 10, 0)))) == Gap(gap=-2.0, step_gap=-2, short=0.0)


def test_nobody_is_short_of_the_first_step():
    assert gap_to(1, measure(row_of(V))).short == 0


@pytest.mark.parametrize("target", [0, 6])
def test_a_target_is_a_step(target):
    with pytest.raises(ValueError, match="from 1 to 5"):
        gap_to(target, measure(row_of(V)))
