"""The example of “How to read a profile”: its figures, and the charts that show them."""

from __future__ import annotations

from typing import Final

from survey.charts.dots import is_clear
from survey.charts.dumb_bells import Bell, Dot, DumbBells, letter
from survey.charts.placing import Row
from survey.charts.steps import Bars
from survey.findings import words
from survey.maturity.example import Example, Said, worked_out
from survey.questionnaire.model import STEP_NAMES

SAID: Final = Said()
CAPABILITY: Final = "Learning from complaints"
COUNCIL: Final = "The whole council"
YEARS: Final = ("First year", "The year after")

ExampleChart = Bars | DumbBells


def example() -> Example:
    """What the page says: worked out anew, so that it says what a profile would say."""
    return worked_out(SAID)


def charts(shown: Example) -> dict[str, ExampleChart]:
    """The pictures of the page by name."""
    return {
        "capability": Bars(CAPABILITY, (_whole(shown),), STEP_NAMES),
        "units": Bars("Units side by side", _units(shown), STEP_NAMES),
        "groups": _dumb_bells(
            "Managers and front-line staff", _groups(shown), "Mean of each group"
        ),
        "change": _dumb_bells("What changed", _change(shown), "Mean in each year"),
        "others": _dumb_bells("Among other councils", _others(shown), "Our mean among others"),
    }


def _dumb_bells(title: str, row: Bell, heading: str) -> DumbBells:
    return DumbBells(title, (row,), STEP_NAMES, heading)


def _whole(shown: Example) -> Row:
    return Row(CAPABILITY, shown.whole, shown.said.target)


def _units(shown: Example) -> tuple[Row, ...]:
    return tuple(Row(name, measure, shown.said.target) for name, measure in shown.units)


def _groups(shown: Example) -> Bell:
    dots = tuple(
        Dot(
            letter(place),
            name,
            measure,
            is_clear(differs),
            f"{words.compared(differs.words)} beside all others",
        )
        for place, (name, measure, differs) in enumerate(shown.groups)
    )
    return Bell("example", CAPABILITY, dots, shown.whole.mean)


def _change(shown: Example) -> Bell:
    first = Dot(letter(0), YEARS[0], shown.whole, clear=False)
    said = f"{shown.change.words} than before"
    after = Dot(letter(1), YEARS[1], shown.later, is_clear(shown.change), said)
    return Bell("example", CAPABILITY, (first, after))


def _others(shown: Example) -> Bell:
    others = shown.others
    compared = words.QUARTERS[others.quarter_of(shown.whole.mean)]
    return Bell(
        "example",
        CAPABILITY,
        (Dot("", "Own mean", shown.whole, clear=True, compared=compared),),
        others.median,
        whole_name="Median of the others",
        band=(others.lower, others.upper),
        band_name="Middle half of the others",
    )
