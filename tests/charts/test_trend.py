"""What became of a capability, drawn."""

from types import SimpleNamespace

import altair
import pytest

from survey.charts.look import Look
from survey.charts.trend import Trend
from survey.maturity.change import differences
from survey.maturity.profile import Withheld
from survey.operations.profile import CapabilityOverTime, Moment
from survey.questionnaire.model import STEP_NAMES
from tests.make_profile import shown

OLD, NEW = (12, 61, 118, 47, 13), (8, 45, 120, 65, 18)
(CHANGED,) = differences([(OLD, NEW)])


def moment(wave, measure, broken="", change=None):
    return Moment(SimpleNamespace(name=wave), measure, broken, change)


def course(*moments, name="Design"):
    return CapabilityOverTime(f"digital/{name}", name, moments)


def chart(*courses, **more):
    return Trend("Trend", courses, STEP_NAMES, **more)


TWO = course(moment("2024", shown(OLD)), moment("2025", shown(NEW), change=CHANGED))


def lines(drawn):
    """Lines between waves: those that are not grid or whiskers."""
    return [
        v
        for layer in drawn.specification(Look())["layer"]
        if "strokeDash" in layer["mark"]
        for v in layer["data"]["values"]
    ]


def dots(drawn):
    layers = drawn.specification(Look())["layer"]
    return [v for layer in layers for v in layer["data"]["values"] if "Mean" in v]


def test_a_line_leads_from_wave_to_wave_and_up_is_higher():
    (line,) = lines(chart(TWO))
    assert (line["start"], line["end"]) == (0, 1)
    assert line["top"] > line["bottom"], "the mean rose"
    assert [dot["Mean"][:4] for dot in dots(chart(TWO))] == ["2.95", "3.16"]


def test_the_finding_is_what_changed():
    assert chart(TWO).finding == "Design: slightly higher than before"
    assert chart(course(moment("2025", shown(NEW)))).finding == "No clear change"


def test_what_cannot_be_compared_is_not_joined():
    broken = course(
        moment("2024", shown(OLD), broken="Other questions."), moment("2025", shown(NEW))
    )
    assert lines(chart(broken)) == []
    assert "no line" in chart(broken).note


def test_what_is_withheld_has_no_number_anywhere():
    drawn = chart(course(moment("2024", Withheld("too-few")), moment("2025", shown(NEW))))
    assert len(dots(drawn)) == 1
    assert drawn.table().rows[0] == ("Design", "2024", None, None, None, None)
    assert "withheld" in drawn.note
    assert "2024 withheld: too few people answered" in drawn.description


def test_its_numbers_are_a_table():
    (first, _) = chart(TWO).table().rows
    assert first[:2] == ("Design", "2024")
    assert first[2] == pytest.approx(2.9522, abs=1e-4)
    assert first[5] == 251


@pytest.mark.parametrize("look", [Look(), Look(narrow=True), Look(dark=True)])
@pytest.mark.parametrize("number", [0, 1, 4])
def test_any_number_of_courses_becomes_a_chart_of_the_size_announced(look, number):
    courses = [course(*TWO.moments, name="Long name " * (place + 1)) for place in range(number)]
    drawn = chart(*courses, targets={TWO.id: 4})
    told = drawn.specification(look)
    if look == Look():
        altair.LayerChart.from_dict(told)
    assert (told["width"], told["height"]) == drawn.size(look)


def test_nobody_ever_seen_is_a_chart_too():
    drawn = chart(course(moment("2024", None), moment("2025", Withheld("protects-another"))))
    assert dots(drawn) == []
    assert drawn.measured_in == "Mean from 1 to 5 in each wave"
