"""A chart as it leaves the product: with its finding above it, and beneath it what is withheld and
where it comes from, so that nothing is lost on the way into a slide. Pure."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Final

from survey.charts import marks
from survey.findings.speech import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from survey.charts.chart import Chart
    from survey.charts.look import Look
    from survey.charts.marks import Layer

MARGIN: Final = 20
FINDING, SMALL = 26, 18
"""The height of a line of either, in pixels."""
A_LETTER: Final = {FINDING: 11.5, SMALL: 7.2}
"""How wide one is at most, on average."""


def framed(chart: Chart, look: Look, source: str = "") -> Layer:
    """The chart in Vega-Lite with everything that its page says around it. source: whose it is,
    for the last line."""
    drawn = chart.specification(look)
    inside = dict(drawn["padding"])
    width = drawn["width"] + inside["left"] + inside["right"]
    finding = _wrapped(chart.finding, width, FINDING)
    measured = _wrapped(chart.measured_in, width, SMALL)
    beneath = [
        *_wrapped(chart.note, width, SMALL),
        *_wrapped(source or say("Maturity Survey"), width, SMALL),
    ]
    head = len(finding) * FINDING + len(measured) * SMALL + 14
    foot = len(beneath) * SMALL + 10
    top = -inside["top"] - head
    bottom = drawn["height"] + inside["bottom"] + 10 + SMALL / 2
    ink, quiet = look.palette.ink, look.palette.quiet
    around = [
        _lines(finding, top + FINDING / 2, FINDING, ink, fontSize=20, fontWeight="bold"),
        _lines(measured, top + len(finding) * FINDING + SMALL / 2, SMALL, quiet, fontSize=13),
        _lines(beneath, bottom, SMALL, quiet, fontSize=13),
    ]
    padding = {
        "left": inside["left"] + MARGIN,
        "right": inside["right"] + MARGIN,
        "top": inside["top"] + head + MARGIN,
        "bottom": inside["bottom"] + foot + MARGIN,
    }
    return drawn | {"padding": padding, "layer": [*drawn["layer"], *around]}


def _wrapped(text: str, width: int, line: int) -> list[str]:
    return textwrap.wrap(text, max(int(width / A_LETTER[line]), 12))


def _lines(lines: Sequence[str], start: float, height: int, colour: str, **looks: object) -> Layer:
    values = [{"y": start + place * height, "text": text} for place, text in enumerate(lines)]
    return marks.text(values, 0, colour, **looks)
