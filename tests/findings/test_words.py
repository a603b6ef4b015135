"""Numbers are rounded once, ties down; findings are sentences."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.findings import words
from survey.maturity.profile import Withheld
from survey.questionnaire.model import STEP_NAMES
from tests.make_profile import shown


@pytest.mark.parametrize(
    ("number", "places", "expected"),
    [
        (2.952191, 2, "2.95"),
        (1.0478, 2, "1.05"),
        (2.5, 0, "2"),
        (3.125, 2, "3.12"),
        (3.1251, 2, "3.13"),
        (-0.3, 1, "−0.3"),
        (-0.001, 2, "0.00"),
        (4, 2, "4.00"),
    ],
)
def test_numbers_are_rounded_once_and_ties_go_down(number, places, expected):
    assert words.fixed(number, places) == expected


def test_a_share_is_a_whole_percentage():
    assert words.percent(118 / 251) == "47%"


def test_a_step_range_of_one_step_is_clear():
    assert words.position(shown((0, 0, 40, 0, 0)), STEP_NAMES) == "clearly Embedded"


def test_a_step_range_names_both_ends():
    assert words.position(shown((0, 5, 5, 0, 0)), STEP_NAMES) == "Enabler to Embedded"


def test_two_camps_override_the_word_for_agreement():
    assert words.agreement(shown((10, 25, 6, 24, 5))) == "two camps"


def test_too_few_people_have_no_word_for_agreement():
    assert words.agreement(shown((2, 2, 2, 2, 2))) == ""


@pytest.mark.parametrize("reason", ["too-few", "protects-another"])
def test_what_is_withheld_is_said_with_its_reason(reason):
    said = words.withheld(Withheld(reason))
    assert said.startswith("Withheld: ")
    assert not any(character.isdigit() for character in said)


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ((0, 2, 7, 1, 0), "mostly Embedded: 7 of 10 capabilities"),
        ((0, 5, 5, 0, 0), "mostly Enabler to Embedded: 10 of 10 capabilities"),
        ((1, 0, 0, 0, 0), "mostly Explorer: 1 of 1 capability"),
        ((1, 1, 1, 1, 1), "mostly Explorer to Embedded: 3 of 5 capabilities"),
        ((0, 0, 0, 0, 0), "no capability can be shown"),
    ],
)
def test_the_finding_is_the_shortest_run_of_steps_with_more_than_half(counts, expected):
    assert words.where_most_are(counts, STEP_NAMES) == expected


@given(st.lists(st.integers(0, 300), min_size=5, max_size=5).filter(any))
def test_the_finding_always_holds_more_than_half(counts):
    said = words.where_most_are(counts, STEP_NAMES)
    held = int(said.rpartition(": ")[2].split(" ")[0])
    assert held * 2 > sum(counts)
