"""Charts as figures of a printed report, each drawn for paper."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from survey.charts.look import Look
from survey.reports import document_blocks as blocks

if TYPE_CHECKING:
    from survey.charts.chart import Chart
    from survey.charts.drawing import Drawings
    from survey.reports.document_blocks import Block


class Pictured(Protocol):
    """Makes a figure of a chart."""

    def __call__(self, chart: Chart, *, share: int = 100) -> Block:
        """share: of the page's width, in percent. Raises drawing.NotDrawn."""


def pictures_by(drawings: Drawings, drawn: Callable[[], None]) -> Pictured:
    """What makes figures. drawn: called after each, to say how far it is."""

    def pictured(chart: Chart, *, share: int = 100) -> Block:
        svg = drawings.svg(chart.specification(Look(paper=True))).decode()
        drawn()
        said = (chart.measured_in, chart.note)
        return blocks.figure(
            svg,
            f"{chart.title}. {chart.description}",
            chart.finding,
            [one for one in said if one],
            share,
        )

    return pictured
