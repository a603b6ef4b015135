"""Answers drawn by chance are such as the questions take."""

import pytest

from survey.operations.simulating import Respondent, Simulation
from survey.questionnaire.rating import rate
from tests import make


@pytest.mark.parametrize(
    "changes",
    [
        {"minimum": 20, "maximum": 40},
        {"minimum": 20},
        {"maximum": -5},
        {"minimum": 0.5, "maximum": 0.9},
        {"cut_points": (-9, -6, -3, -1)},
        {"cut_points": (-1, -3, -6, -9), "maximum": 0},
    ],
)
def test_made_up_numbers_are_such_as_the_question_takes(changes):
    values = {"cut_points": ()} | changes
    asked = make.question("n", "number", capability="digital/user-research", **values)
    given = [Simulation(1, 0).answer(asked, Respondent(f"p{n}", ())) for n in range(200)]
    numbers = [one for one in given if isinstance(one, int | float)]
    assert numbers
    assert all(one >= changes.get("minimum", one) for one in numbers)
    assert all(one <= changes.get("maximum", one) for one in numbers)
    if "cut_points" in changes:
        assert len({rate(asked, one) for one in numbers}) >= 3
