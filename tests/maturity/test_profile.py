"""Figures of a capability and of a group, from a row of a tally."""

from statistics import fmean, median_low

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.maturity.profile import (
    GroupShown,
    Shown,
    Withheld,
    at_or_above,
    group_figure,
    measure,
    median,
    overall,
    step,
)
from survey.maturity.tally import CapabilityItem, TallyPlan, tally
from tests.maturity.counting import V, counts, one_by_one, row_of


def near(expected, places=4):
    return pytest.approx(expected, abs=0.5 * 10**-places)


def at(shape):
    return measure(row_of(shape))


def test_t2_mean_median_and_step():
    figures = at(V)
    assert (figures.n, figures.mean, figures.median) == (251, near(2.9522), near(2.9449))
    assert figures.step == 3


@pytest.mark.parametrize(
    ("shape", "expected_step", "expected_median"),
    [((0, 5, 5, 0, 0), 2, 2.5), ((5, 0, 0, 5, 0), 1, 2.5), ((1, 1, 3, 0, 6), 5, 4.5833)],
)
def test_t3_the_step_that_more_than_half_have_reached(shape, expected_step, expected_median):
    assert step(shape) == expected_step
    assert median(shape) == near(expected_median)


def test_t4_shares_at_each_step_or_higher():
    assert at(V).shares == near((1, 0.9522, 0.7092, 0.2390, 0.0518))


def test_t11_to_t13_stand_in_a_measure():
    figures = at(V)
    assert figures.interval == near((2.8402, 3.0651))
    assert figures.step_range == (3, 3)
    assert at((0, 8, 0, 0, 2)).share_intervals[1] == (near(0.7225), 1)
    assert at((2, 0, 8, 0, 0)).share_intervals[2] == near((0.4902, 0.9433))


def test_agreement_stands_in_a_measure():
    assert at(V).agreement == near(0.5179)
    assert (at(V).agreement_words, at(V).two_camps) == ("broadly agree", False)
    assert (at((1, 8, 2, 7, 2)).agreement_words, at((1, 8, 2, 7, 2)).two_camps) == (
        "two camps",
        True,
    )


def test_silence_is_not_a_score():
    silent, loud = measure(row_of(V)), measure(row_of(V, dont_know=900, not_applicable=70))
    assert (loud.dont_know, loud.not_applicable) == (900, 70)
    assert (loud.n, loud.mean, loud.step, loud.interval) == (
        silent.n,
        silent.mean,
        silent.step,
        silent.interval,
    )


def test_fractions_of_a_step_count_in_the_mean_and_the_interval():
    plan = TallyPlan(2, (CapabilityItem((0, 1), (1, 1)),))
    figures = measure(tally([bytes([3, 4])] * 10, plan).figures[-1])
    assert figures.counts == (0, 0, 10, 0, 0)
    assert (figures.step, figures.median, figures.mean) == (3, 3.0, 3.5)
    assert figures.interval[0] < 3.5 < figures.interval[1]


@pytest.mark.parametrize("row", [row_of((0,) * 5), row_of((0,) * 5, dont_know=40)])
def test_figures_are_withheld_where_nobody_rated(row):
    assert measure(row) == Withheld("too-few")


def test_a_row_has_nine_numbers():
    with pytest.raises(ValueError, match="9 numbers, not 8"):
        measure(np.zeros(8, dtype=np.int64))


def test_a_withheld_figure_has_no_number():
    assert Withheld.__slots__ == ("reason",)


@given(counts)
def test_the_step_is_the_lower_median(shape):
    assert step(shape) == median_low(one_by_one(shape))


@given(counts)
def test_the_median_lies_in_the_step_unless_just_half_are_there(shape):
    halves = {2 * sum(shape[: place + 1]) for place in range(5)}
    if sum(shape) not in halves:
        assert abs(median(shape) - step(shape)) <= 1 / 2
    else:
        assert median(shape) >= step(shape) + 1 / 2
    assert 1 / 2 <= median(shape) <= 11 / 2


@given(counts)
def test_the_median_turns_round_with_the_scale(shape):
    assert median(shape[::-1]) == pytest.approx(6 - median(shape))


@given(counts)
def test_figures_hold_together(shape):
    figures = at(shape)
    steps = one_by_one(shape)
    assert figures.n == len(steps)
    assert figures.mean == pytest.approx(fmean(steps))
    assert figures.step_range[0] <= figures.step <= figures.step_range[1]
    assert list(figures.shares) == sorted(figures.shares, reverse=True)
    assert figures.shares[0] == 1
    for share, (low, high) in zip(figures.shares, figures.share_intervals, strict=True):
        assert low <= share + 1e-12
        assert share - 1e-12 <= high
    if figures.n > 1:
        assert figures.interval[0] <= figures.mean + 1e-12
        assert figures.mean - 1e-12 <= figures.interval[1]


@given(counts)
def test_at_or_above_counts_everybody_down_to_a_step(shape):
    assert at_or_above(shape) == tuple(sum(shape[place:]) for place in range(5))


@given(st.lists(counts, min_size=1, max_size=9))
def test_a_group_whose_members_are_all_shown_is_the_mean_of_their_means(shapes):
    members = [at(shape) for shape in shapes]
    group = group_figure(members)
    assert isinstance(group, GroupShown)
    assert group.mean == pytest.approx(fmean(member.mean for member in members))
    assert sum(group.counts) == group.published == group.total == len(members)


def test_a_group_uses_its_published_members_only_however_many_answered():
    large, small = at((0, 0, 0, 0, 500)), at((10, 0, 0, 0, 0))
    group = group_figure([large, small, Withheld("too-few"), Withheld("protects-another")])
    assert group == GroupShown(mean=3.0, counts=(1, 0, 0, 0, 1), published=2, total=4)


@pytest.mark.parametrize("shown", [0, 1])
def test_a_group_is_withheld_unless_half_of_it_is_published(shown):
    members = [at(V)] * shown + [Withheld("protects-another")] * (3 - shown)
    assert group_figure(members) == Withheld("too-few")


def test_a_group_without_members_is_withheld():
    assert group_figure([]) == Withheld("too-few")


def test_overall_counts_the_capabilities_at_each_step():
    members = [at(V), at((0, 5, 5, 0, 0)), at((1, 1, 3, 0, 6)), Withheld("too-few"), at(V)]
    assert overall(members) == (0, 1, 2, 0, 1)
    assert overall([]) == (0, 0, 0, 0, 0)


def test_figures_are_values():
    assert at(V) == at(V)
    assert isinstance(at(V), Shown)
    assert hash(at(V)) == hash(at(V))
