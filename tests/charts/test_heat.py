"""Units and capabilities at a glance: every cell in its place, and none that may not be seen."""

from itertools import combinations

import altair
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from survey.charts.drawing import Draughtsman
from survey.charts.heat import Heat
from survey.charts.heat_grid import CELL, grid
from survey.charts.look import Look
from survey.maturity.profile import Withheld
from survey.operations.heat_map_reporting import HeatRow
from survey.questionnaire.model import STEP_NAMES
from tests.make_profile import shown

LOOKS = [Look(), Look(narrow=True), Look(dark=True), Look(paper=True)]
LOW, HIGH = shown((20, 10, 5, 0, 0)), shown((0, 0, 5, 10, 20))
FEW, PROTECTS = Withheld("too-few"), Withheld("protects-another")


def row(*cells, name="User research", whole=LOW):
    return HeatRow(f"digital/{name}", name, whole, cells)


def heat(*rows, units=("Adults", "Planning", "Parks")):
    return Heat("Users", rows, units[: len(rows[0].cells)] if rows else units, STEP_NAMES)


USUAL = heat(row(LOW, HIGH, FEW), row(PROTECTS, LOW, LOW, name="Open data"))


def values(chart, look=None):
    layers = chart.specification(look or Look())["layer"]
    return [value for layer in layers for value in layer["data"]["values"]]


@pytest.fixture(scope="module")
def draughtsman():
    draughtsman = Draughtsman()
    yield draughtsman
    draughtsman.close()


@pytest.mark.parametrize("look", LOOKS[:2])
def test_a_map_is_valid_and_as_large_as_it_says(draughtsman, look):
    specification = USUAL.specification(look)
    altair.Chart.from_dict(specification, validate=True)
    width, height = USUAL.size(look)
    assert f'width="{width}" height="{height}"' in draughtsman.draw(specification)


@pytest.mark.parametrize("look", LOOKS)
def test_a_cell_carries_its_mean_beside_the_colour_of_its_step(look):
    said = {
        (one["Name"], one["Unit"]): (one["step"], one["text"])
        for one in values(USUAL, look)
        if "Mean" in one
    }
    assert said[("User research", "Adults")] == (LOW.step, "1.6")
    assert said[("User research", "Planning")] == (HIGH.step, "4.4")
    assert said[("User research", "Everybody")] == (LOW.step, "1.6")
    assert len(said) == 6


@pytest.mark.parametrize("look", LOOKS)
def test_what_is_withheld_has_its_reason_and_no_number(look):
    hidden = [one for one in values(USUAL, look) if "Withheld" in one]
    assert {one["Unit"] for one in hidden} == {"Parks", "Adults"}
    assert not any("Mean" in one or "People" in one or "text" in one for one in hidden)
    assert {one["step"] for one in hidden} == {1}  # the colour of paper, whatever they hide


def test_the_finding_is_where_units_are_furthest_apart():
    assert USUAL.finding == "Units are furthest apart on User research: 2.86 steps"
    assert heat(row(LOW, LOW)).finding == "Units see every capability alike"
    assert heat(row(LOW, FEW)).finding == "No two units can be shown beside one another"
    assert heat().finding == "No two units can be shown beside one another"


def test_a_note_counts_what_is_withheld_by_reason():
    assert USUAL.note == (
        "1 figure is withheld, since too few people answered. "
        "1 figure is withheld, since showing it would reveal another group’s answers."
    )
    assert heat(row(LOW, HIGH)).note == ""


def test_its_words_say_the_lowest_and_the_highest_unit():
    assert USUAL.description.startswith("User research: from 1.57 in Adults to 4.43 in Planning.")
    assert "Open data: no unit" in heat(row(FEW, FEW, name="Open data")).description


def test_its_table_has_exact_means_and_gaps_where_they_are_withheld():
    table = USUAL.table()
    assert table.columns == ("Capability", "Everybody", "Adults", "Planning", "Parks")
    assert table.rows[0] == ("User research", LOW.mean, LOW.mean, HIGH.mean, None)
    assert USUAL.measured_in.endswith("; 35 people")


def test_the_name_of_a_unit_that_is_cut_stands_whole_beneath_the_pointer():
    name = "Digital, data and technology services for the whole of the council " * 3
    chart = heat(row(*[LOW] * 30), units=(name, *(f"Unit {n}" for n in range(29))))
    assert any(one.get("Unit") == name for one in values(chart))
    assert any(str(one.get("text")).endswith("…") for one in values(chart))


names = st.text(max_size=220)


@settings(max_examples=40)
@given(
    st.lists(names, min_size=1, max_size=3),
    st.lists(names, min_size=1, max_size=31),
    st.booleans(),
)
def test_cells_never_overlap_and_none_leaves_the_picture(rows, columns, narrow):
    placed = grid(rows, columns, narrow=narrow)
    assert len(placed.cells) == len(rows) * len(columns)
    for cell in placed.cells:
        assert 0 <= cell.left < cell.right <= placed.width
        assert 0 <= cell.top <= placed.bottom - CELL
    for one, other in combinations(placed.cells, 2):
        apart = one.right <= other.left or other.right <= one.left
        assert apart or abs(one.top - other.top) >= CELL
