"""Groups side by side: valid charts in which every group that may be seen has its letter."""

from itertools import pairwise

import altair
import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.charts.dots import of_groups
from survey.charts.drawing import Draughtsman
from survey.charts.dumb_bells import ROOM, DumbBells, letter
from survey.charts.look import Look
from survey.maturity.change import differences
from survey.maturity.profile import Withheld
from survey.operations.profile import CapabilityByGroup, GroupFigure
from survey.questionnaire.model import STEP_NAMES, Option
from tests.make_profile import shown

LOOKS = [Look(narrow, dark) for narrow in (False, True) for dark in (False, True)]
LOW, HIGH, REST = (20, 20, 5, 0, 0), (0, 1, 5, 20, 20), (10, 15, 10, 10, 10)


def group(place, measure, rest=REST):
    (differs,) = differences([(rest, measure.counts)] if hasattr(measure, "counts") else [None])
    return GroupFigure(Option(f"option-{place}", f"Option {place}"), measure, differs)


def row(*measures, name="User research"):
    groups = tuple(group(place, measure) for place, measure in enumerate(measures))
    return CapabilityByGroup("digital/user-research", name, shown(REST), groups, None)


def chart(*rows):
    return DumbBells("Which role?", tuple(map(of_groups, rows)), STEP_NAMES, "Mean of each group")


USUAL = chart(
    row(shown(LOW), shown(REST), shown(HIGH)),
    row(shown(LOW), Withheld("too-few"), Withheld("protects-another")),
    row(Withheld("too-few"), Withheld("too-few"), name="A long name " * 8),
)


def letters(look, *measures):
    """The letters of a chart of one row, with where they stand."""
    layers = chart(row(*measures)).specification(look)["layer"]
    named = {letter(place) for place in range(len(measures))}
    return sorted(
        (value["x"], value["text"])
        for layer in layers
        for value in layer["data"]["values"]
        if value.get("text") in named
    )


def values(specification):
    return [value for layer in specification["layer"] for value in layer["data"]["values"]]


@pytest.mark.parametrize("look", LOOKS)
def test_a_chart_is_valid_and_as_large_as_it_says(look):
    specification = USUAL.specification(look)
    altair.Chart.from_dict(specification, validate=True)
    width, height = USUAL.size(look)
    draughtsman = Draughtsman()
    try:
        assert f'width="{width}" height="{height}"' in draughtsman.draw(specification)
    finally:
        draughtsman.close()


def test_what_is_withheld_has_neither_dot_nor_number():
    said = values(USUAL.specification(Look()))
    dots = [value for value in said if "Who" in value]
    assert len(dots) == 4
    assert any(value.get("text") == "Withheld: no group can be shown" for value in said)
    assert "Withheld: no group can be shown" in USUAL.description


def test_groups_that_clearly_differ_are_filled():
    *_, unclear, clear, _, _, _ = chart(row(shown(LOW), shown(REST), shown(HIGH))).specification(
        Look()
    )["layer"]
    assert [value["Who"] for value in clear["data"]["values"]] == ["A Option 0", "C Option 2"]
    assert [value["Who"] for value in unclear["data"]["values"]] == ["B Option 1"]


counts = st.lists(st.integers(0, 30), min_size=5, max_size=5).filter(any).map(tuple)


@given(st.lists(counts, min_size=2, max_size=7), st.booleans())
def test_letters_never_touch_and_stand_in_the_order_of_their_dots(groups, narrow):
    measures = [shown(found) for found in groups]
    placed = letters(Look(narrow), *measures)
    assert all(b - a >= ROOM - 1e-9 for (a, _), (b, _) in pairwise(placed))
    means = {letter(place): measure.mean for place, measure in enumerate(measures)}
    order = [means[name] for _, name in placed]
    assert order == sorted(order)


def test_there_are_letters_for_any_number_of_groups():
    assert [letter(place) for place in (0, 25, 26, 52)] == ["A", "Z", "A2", "A3"]
