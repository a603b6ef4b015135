"""Each kind of chart: specification to SVG with a warm drawing process, PNG, and from the folder.
Goals: SVG 60 ms, from the folder 2 ms."""

from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from types import SimpleNamespace

from ground import table

from survey.charts.bells import Bell, Dot, letter
from survey.charts.drawing import Drawings
from survey.charts.dumb_bells import DumbBells
from survey.charts.framed import framed
from survey.charts.heat import Heat
from survey.charts.ladder import Ladder
from survey.charts.look import Look
from survey.charts.placing import Row
from survey.charts.priority import PriorityBars, PriorityChart, PriorityPoint
from survey.charts.steps import Bars, Columns
from survey.charts.trend import Trend
from survey.operations.heat_map_reporting import HeatRow
from survey.operations.profile import CapabilityOverTime, Moment
from survey.questionnaire.model import STEP_NAMES
from tests.make_profile import shown

TIMES = 12
GOAL, GOAL_KEPT = 60.0, 2.0
LOW, HIGH = shown((12, 61, 118, 47, 13)), shown((8, 45, 120, 65, 18))


def charts(number):
    """Each kind, of so many capabilities; `number` also makes drawings that differ."""
    name = f"Drawing {number}"
    rows = tuple(Row(f"Capability {n}", (LOW, HIGH)[n % 2], 4) for n in range(12))
    dots = tuple(Dot(letter(n), f"Group {n}", (LOW, HIGH)[n % 2], True) for n in range(4))
    cells = (LOW, HIGH) * 5
    points = tuple(
        PriorityPoint(f"c{n}", f"Capability {n}", 0.2 + n / 9, 2 + n / 5, 0.1 + n / 9)
        for n in range(12)
    )
    moments = tuple(Moment(SimpleNamespace(name=f"Wave {n}"), LOW) for n in range(4))
    return {
        "12 bars": Bars(name, rows, STEP_NAMES),
        "columns": Columns(name, LOW.counts, STEP_NAMES, ("person", "people"), LOW, 4),
        "ladder of 12": Ladder(name, rows, STEP_NAMES),
        "12 dumb-bells": DumbBells(
            name, tuple(Bell(str(n), f"C {n}", dots) for n in range(12)), STEP_NAMES, "Mean"
        ),
        "heat map, 12 by 10": Heat(
            name,
            tuple(HeatRow(str(n), f"C {n}", LOW, cells) for n in range(12)),
            tuple(f"Unit {n}" for n in range(10)),
            STEP_NAMES,
        ),
        "12 priorities": PriorityChart(name, points, STEP_NAMES),
        "12 priority bars": PriorityBars(name, points, STEP_NAMES),
        "trend of 4": Trend(
            name,
            tuple(CapabilityOverTime(f"c{n}", f"Capability {n}", moments) for n in range(4)),
            STEP_NAMES,
        ),
    }


def milliseconds(work):
    begun = perf_counter()
    work()
    return 1000 * (perf_counter() - begun)


def measured(drawings, kind):
    """The median of drawing an SVG anew, of finding it, and of a framed PNG."""
    drawn, found, png = [], [], []
    for number in range(TIMES):
        chart = charts(number)[kind]
        drawn.append(milliseconds(lambda c=chart: drawings.svg(c.specification(Look()))))
        found.append(milliseconds(lambda c=chart: drawings.svg(c.specification(Look()))))
        if number % 4 == 0:
            paper = framed(chart, Look(paper=True))
            png.append(milliseconds(lambda p=paper: drawings.png(p)))
    return median(drawn), median(found), median(png)


def main():
    rows = [("", "SVG (ms)", "from the folder (ms)", "PNG (ms)", "goal")]
    with TemporaryDirectory() as folder:
        drawings = Drawings(Path(folder))
        for kind, chart in charts("first").items():
            drawings.svg(chart.specification(Look()))
            svg, kept, png = measured(drawings, kind)
            met = "met" if svg <= GOAL and kept <= GOAL_KEPT else "missed"
            rows.append((kind, f"{svg:.0f}", f"{kept:.1f}", f"{png:.0f}", met))
        drawings.draughtsman.close()
    table(f"Charts, median of {TIMES}", rows)


if __name__ == "__main__":
    main()
