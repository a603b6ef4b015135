"""Charts are valid specifications of a known size that show what a table would, and no more."""

from __future__ import annotations

import json
from itertools import pairwise

import altair
import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.charts.drawing import Draughtsman
from survey.charts.look import Look
from survey.charts.placing import Row
from survey.charts.steps import Bars, Columns
from survey.maturity.profile import Withheld
from survey.questionnaire.model import STEP_NAMES
from tests.make_profile import shown

LOOKS = [Look(narrow, dark) for narrow in (False, True) for dark in (False, True)]
LONG = "Building and keeping services that every team across the council can use once more"
PEOPLE = ("person", "people")


def bars(*rows):
    return Bars("Users", rows, STEP_NAMES)


def columns(counts=(12, 61, 118, 47, 13)):
    return Columns("User research", counts, STEP_NAMES, PEOPLE, shown(counts), 4)


EVERY_ROW = bars(
    Row("User research", shown((12, 61, 118, 47, 13)), 4),
    Row(LONG, shown((40, 60, 20, 10, 0)), 3, beside=2.5),
    Row("Open data", Withheld("too-few"), 3),
    Row("Ethics", Withheld("protects-another")),
    Row("Data ethics", shown((30, 5, 3, 25, 8))),
)


@pytest.fixture(scope="module")
def draughtsman():
    draughtsman = Draughtsman()
    yield draughtsman
    draughtsman.close()


def values(specification):
    return [row for layer in specification["layer"] for row in layer["data"]["values"]]


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("chart", [EVERY_ROW, columns(), bars()])
def test_a_chart_is_valid_vega_lite(chart, look):
    altair.Chart.from_dict(chart.specification(look), validate=True)


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("chart", [EVERY_ROW, columns()])
def test_a_drawing_has_the_size_that_its_page_announces(draughtsman, chart, look):
    width, height = chart.size(look)
    svg = draughtsman.draw(chart.specification(look))
    assert f'width="{width}" height="{height}"' in svg


def test_a_chart_for_the_phone_fits_on_a_phone():
    assert EVERY_ROW.size(Look(narrow=True))[0] <= 340
    assert columns().size(Look(narrow=True))[0] <= 340


def test_a_withheld_figure_leaves_its_reason_and_no_number():
    chart = bars(Row("Open data", Withheld("too-few"), target=4))
    for look in LOOKS:
        rows = values(chart.specification(look))
        assert any("too few people" in " ".join(str(r.get("text")).split()) for r in rows)
        assert not any("Mean" in row or "People" in row or "Target" in row for row in rows)
    assert chart.description == "Open data: withheld: too few people answered."


def test_withheld_rows_look_alike_whatever_they_hide():
    once = bars(Row("Open data", Withheld("protects-another"))).specification(Look())
    again = bars(Row("Open data", Withheld("protects-another"))).specification(Look())
    assert once == again


def test_segments_carry_the_number_of_their_step_beside_its_colour():
    rows = values(bars(Row("User research", shown((10, 10, 10, 10, 10)))).specification(Look()))
    assert {row["text"] for row in rows if "People" in row} == {"1", "2", "3", "4", "5"}


def test_a_specification_names_no_address_to_load_from():
    hostile = 'http://example.org/x.png"}<script>'
    said = json.dumps(bars(Row(hostile, shown((5, 5, 5, 5, 5)))).specification(Look()))
    marks = {layer["mark"]["type"] for layer in json.loads(said)["layer"]}
    assert marks <= {"text", "rect", "rule", "point"}
    assert '"url"' not in said
    assert '"href"' not in said


@given(st.lists(st.integers(0, 500), min_size=5, max_size=5).filter(any))
def test_the_parts_of_a_bar_fill_it_without_gap_or_overlap(counts):
    rows = values(bars(Row("One", shown(tuple(counts)))).specification(Look()))
    parts = sorted(
        {(row["start"], row["end"]) for row in rows if "People" in row},
    )
    assert parts[0][0] == 0
    assert parts[-1][1] == pytest.approx(1)
    assert all(a[1] == b[0] for a, b in pairwise(parts))


@given(st.text(max_size=300), st.booleans())
def test_rows_never_overlap_however_long_their_names(name, narrow):
    chart = bars(Row(name, shown((1, 2, 3, 4, 5))), Row(name, Withheld("too-few")))
    height = chart.size(Look(narrow))[1]
    for row in values(chart.specification(Look(narrow))):
        assert -40 <= row.get("bottom", row.get("y")) <= height
