"""The example of help: the vectors of the methods, worked out as a profile is."""

from dataclasses import replace

import pytest

from survey.maturity.example import Said, worked_out
from survey.maturity.profile import Shown, Withheld


@pytest.fixture(scope="module")
def example():
    return worked_out(Said())


def test_the_council_is_the_vector_of_the_methods(example):
    assert example.whole.counts == (12, 61, 118, 47, 13)
    assert example.whole.mean == pytest.approx(2.9522, abs=5e-5)  # T2
    assert example.whole.agreement == pytest.approx(0.5179, abs=5e-5)  # T6
    assert example.whole.interval == pytest.approx((2.8402, 3.0651), abs=5e-5)  # T11
    assert example.whole.step_range == (3, 3)  # T13


def test_the_year_after_is_slightly_higher(example):
    assert example.change.change.delta == pytest.approx(0.125)  # T31
    assert example.change.words == "slightly higher"


def test_it_has_one_of_each_that_is_explained(example):
    measures = dict(example.units)
    assert [name for name, one in measures.items() if isinstance(one, Shown) and one.two_camps]
    assert [one.reason for one in measures.values() if isinstance(one, Withheld)] == [
        "protects-another",
        "too-few",
    ]


def test_what_is_withheld_cannot_be_subtracted(example):
    shown = sum(one.n for _, one in example.units if isinstance(one, Shown))
    assert example.whole.n - shown >= example.said.minimum_group


@pytest.mark.parametrize(
    "wrong",
    [
        {"minimum_group": 300},
        {"groups": {"Managers": (13, 0, 0, 0, 0)}},
        {"groups": {"Managers": (0, 0, 1, 0, 0)}},
        {"later": (0, 0, 0, 0, 0)},
        {"others": ((3.0, 100),)},
    ],
)
def test_what_would_be_no_example_is_refused(wrong):
    with pytest.raises(ValueError, match=r"\w"):
        worked_out(replace(Said(), **wrong))
