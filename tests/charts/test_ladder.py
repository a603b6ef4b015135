"""Areas on their steps, in the manner of the BCS model."""

import altair
import pytest

from survey.charts.ladder import Ladder
from survey.charts.look import Look
from survey.charts.placing import Row
from survey.maturity.profile import Withheld
from survey.questionnaire.model import STEP_NAMES
from tests.make_profile import shown

AT_TWO, AT_THREE = shown([2, 20, 5, 1, 0]), shown([12, 61, 118, 47, 13])


def ladder(*rows):
    return Ladder("Digital", rows, STEP_NAMES)


def values(drawn, named, look=None):
    layers = drawn.specification(look or Look())["layer"]
    return [v for layer in layers for v in layer["data"]["values"] if named in v]


def test_each_row_is_on_its_step():
    blocks = values(ladder(Row("Users", AT_THREE), Row("Data", AT_TWO)), "Step")
    assert [(one["Name"], one["step"]) for one in blocks] == [("Users", 3), ("Data", 2)]
    assert [one["start"] for one in blocks] == [3.02, 2.02]


def test_the_steps_from_the_present_one_to_the_target_are_yet_to_be_climbed():
    drawn = ladder(Row("Data", AT_TWO, target=4))
    dashed = [
        layer["data"]["values"]
        for layer in drawn.specification(Look())["layer"]
        if "strokeDash" in layer["mark"]
    ]
    assert [one["start"] for one in dashed[0]] == [3.02, 4.02]
    (target,) = values(drawn, "Target")
    assert target["x"] == 4.5


def test_a_target_that_is_reached_hides_no_number():
    (target,) = values(ladder(Row("Data", AT_TWO, target=2)), "Target")
    assert target["x"] > 2.5


def test_what_is_withheld_is_on_no_step_and_that_is_said():
    drawn = ladder(Row("Data", Withheld("protects-another"), target=3))
    assert values(drawn, "Step") == values(drawn, "Target") == []
    assert "Data" in drawn.note
    assert drawn.table().rows[0][1].startswith("Withheld")
    assert drawn.finding == "No figure can be shown"


def test_the_finding_is_where_the_rows_are():
    assert ladder(Row("A", AT_THREE), Row("B", AT_TWO)).finding == "From 2 Enabler to 3 Embedded"
    assert ladder(Row("A", AT_THREE)).finding == "All are at 3 Embedded"


@pytest.mark.parametrize("look", [Look(), Look(narrow=True), Look(dark=True), Look(paper=True)])
@pytest.mark.parametrize("names", [[], ["A"], ["A", "word " * 40, "تصميم", "🎉"]])
def test_whatever_there_is_becomes_a_chart_of_the_size_announced(look, names):
    drawn = ladder(*(Row(name, AT_THREE, 5) for name in names))
    told = drawn.specification(look)
    padding = told["padding"]
    height = told["height"] + padding["top"] + padding["bottom"]
    assert (told["width"], height) == drawn.size(look)
    if look == Look():
        altair.LayerChart.from_dict(told)
