"""What to do first, drawn."""

import altair
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from survey.charts.look import Look
from survey.charts.priority import PriorityBars, PriorityChart, PriorityPoint
from survey.questionnaire.model import STEP_NAMES

LOOKS = [Look(), Look(narrow=True), Look(dark=True)]
NAMES = st.text(min_size=1, max_size=200).filter(str.strip)


def point(place, gap=1.0, importance=4.0, priority=0.8, name=""):
    return PriorityPoint(
        f"digital/c{place}", name or f"Capability {place}", gap, importance, priority
    )


def chart(*points, kind=PriorityChart):
    return kind("First", points, STEP_NAMES)


POINTS = st.lists(
    st.builds(
        point,
        st.integers(0, 99),
        st.floats(0.01, 4),
        st.floats(1, 5),
        st.floats(0, 4),
        NAMES,
    ),
    max_size=20,
    unique_by=lambda one: one.id,
)


def texts(drawn):
    """Every text that a chart says."""
    layers = drawn.specification(Look())["layer"]
    return [v["text"] for layer in layers for v in layer["data"]["values"] if "text" in v]


def dots(drawn):
    layers = drawn.specification(Look())["layer"]
    return [v for layer in layers for v in layer["data"]["values"] if "Gap" in v]


@settings(deadline=None, max_examples=30)
@given(POINTS)
def test_whatever_there_is_becomes_a_chart_of_the_size_announced(points):
    for kind in (PriorityChart, PriorityBars):
        drawn = chart(*points, kind=kind)
        for look in LOOKS:
            told = drawn.specification(look)
            assert (told["width"], told["height"]) == drawn.size(look)


@pytest.mark.parametrize("kind", [PriorityChart, PriorityBars])
def test_it_is_a_chart_that_the_drawing_library_knows(kind):
    altair.LayerChart.from_dict(chart(point(1), point(2, 0.5), kind=kind).specification(Look()))


def test_the_finding_is_with_what_to_begin():
    drawn = chart(point(1, priority=0.5), point(2, priority=0.9))
    assert drawn.finding == "Begin with Capability 2"
    assert chart().finding == "No capability is below its target"


def test_what_matters_more_is_higher_and_what_is_further_off_is_further_right():
    low, high = dots(chart(point(1, 0.5, 2.0, 0.9), point(2, 2.0, 4.5, 0.5)))
    assert low["x"] < high["x"]
    assert low["y"] > high["y"]


def test_numbers_cover_no_dot_and_no_other_number():
    crowd = [point(place, 1.0 + place / 50, 4.0, place) for place in range(6)]
    layers = chart(*crowd).specification(Look())["layer"]
    numbers = next(
        layer["data"]["values"]
        for layer in layers
        if [v.get("text") for v in layer["data"]["values"]] == ["1", "2", "3", "4", "5", "6"]
        and "x" in layer["data"]["values"][0]
    )
    places = [(one["x"], one["y"]) for one in (*numbers, *dots(chart(*crowd)))]
    assert len(set(places)) == 12


def test_a_gap_of_unknown_importance_is_not_drawn_and_that_is_said():
    drawn = chart(point(1), point(2, importance=None))
    assert len(dots(drawn)) == 1
    assert "importance was not asked: 1" in drawn.note
    assert len(drawn.table().rows) == 2


def test_without_importance_bars_say_the_order_of_work():
    drawn = chart(
        point(1, importance=None, priority=0.5),
        point(2, importance=None, priority=1.25),
        kind=PriorityBars,
    )
    assert texts(drawn) == ["Capability 2", "Capability 1", "1.25", "0.50"]
    assert "counts in full" in drawn.note


@pytest.mark.parametrize("kind", [PriorityChart, PriorityBars])
def test_its_numbers_are_a_table(kind):
    drawn = chart(point(1, 1.05, 4.4, 0.924), point(2, 0.9, 4.6, 0.828), kind=kind)
    assert drawn.table().columns == ("Capability", "Gap", "Importance", "Priority")
    assert drawn.table().rows == (
        ("Capability 1", 1.05, 4.4, 0.924),
        ("Capability 2", 0.9, 4.6, 0.828),
    )
