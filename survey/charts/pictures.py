"""Which charts a page shows. A page and the address of its image ask here alike, so that both
speak of the same figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.charts import dots
from survey.charts.comparison import of_units
from survey.charts.dumb_bells import DumbBells
from survey.charts.heat import Heat
from survey.charts.ladder import Ladder
from survey.charts.placing import Row
from survey.charts.priority import PriorityBars, PriorityChart, PriorityPoint
from survey.charts.steps import Bars, Columns
from survey.charts.trend import MOST, Trend
from survey.findings import order
from survey.findings.speech import noted, say
from survey.maturity.profile import Shown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from survey.charts.chart import Chart
    from survey.operations.benchmark_reporting import BenchmarkReport
    from survey.operations.heat_map_reporting import HeatMap, HeatRow
    from survey.operations.priority_reporting import PriorityReport, Work
    from survey.operations.profile import CapabilityByGroup, CapabilityOverTime
    from survey.operations.reporting import BreakdownReport, CapabilityReport, ChangeReport, Profile

CAPABILITIES = ("capability", "capabilities")
PEOPLE = ("person", "people")
OTHERS = noted("Other teams together")
NOT_IN_A_GROUP = noted("Others, and those who did not say")


def of_profile(profile: Profile, sort: str, beside: Profile | None = None) -> dict[str, Chart]:
    """The charts of an overview by name: capabilities at each step, all of them on a ladder where
    they fit one chart, then block by block."""
    means = means_of(beside) if beside else {}
    charts: dict[str, Chart] = {}
    if any(profile.overall):
        title = say("Capabilities at each step")
        charts["steps"] = Columns(title, profile.overall, profile.scale, CAPABILITIES)
    blocks = order.blocks(profile.groups, sort)
    if any(profile.overall) and len(profile.capabilities) <= order.A_CHART:
        everything = tuple(figure for block in blocks for figure in block.capabilities)
        rows = tuple(Row(one.name, one.measure, one.target) for one in everything)
        charts["ladder"] = Ladder(say("Every capability on its step"), rows, profile.scale)
    for block in blocks:
        rows = tuple(
            Row(figure.name, figure.measure, figure.target, means.get(figure.id))
            for figure in block.capabilities
        )
        charts[block.key] = Bars(block.title, rows, profile.scale)
    return charts


def of_capability(report: CapabilityReport) -> dict[str, Chart]:
    """The charts of one capability by name; only those that have something to show."""
    charts: dict[str, Chart] = {}
    figure, scale = report.figure, report.scale
    if isinstance(figure.measure, Shown):
        charts["distribution"] = Columns(
            figure.name, figure.measure.counts, scale, PEOPLE, figure.measure, figure.target
        )
    units = _side_by_side(report)
    practices = tuple(Row(question.text, question.measure) for question in report.practices)
    if _has_a_course(report.course):
        targets = {figure.id: figure.target} if figure.target else {}
        charts["trend"] = Trend(figure.name, (report.course,), scale, targets)
    if units:
        charts["units"] = Bars(say("Units side by side"), units, scale)
    for number, (question, row) in enumerate(report.breakdowns, start=1):
        rows = _groups(row, figure.target)
        if any(isinstance(one.measure, Shown) for one in rows):
            charts[f"groups.{number}"] = Bars(question.text, rows, scale)
    if practices:
        charts["practices"] = Bars(say("Practices"), practices, scale)
    return charts


def of_breakdown(report: BreakdownReport) -> dict[str, DumbBells]:
    """The charts of a profile split by a question, by name."""
    title, scale = report.question.text, report.scale
    return {
        key: DumbBells(title, tuple(map(dots.of_groups, rows)), scale, say("Mean of each group"))
        for key, rows in order.by_gap(report.capabilities)
    }


def of_change(report: ChangeReport) -> dict[str, Chart]:
    """The charts of what changed between waves, by name: the course of what moved most, then every
    capability."""
    title = say("What changed up to %(wave)s", wave=report.wave.name)
    scale = report.scale
    charts: dict[str, Chart] = {}
    courses = _moved_most(report.capabilities)
    if courses:
        charts["trend"] = Trend(say("What moved most"), courses, scale)
    for key, rows in order.by_change(report.capabilities):
        bells = tuple(map(dots.of_time, rows))
        charts[key] = DumbBells(title, bells, scale, say("Mean in each wave"))
    return charts


def of_heat_map(report: HeatMap) -> dict[str, Chart]:
    """The charts of capabilities in units, by name: group by group, never a giant one."""
    names = tuple(unit.name for unit in report.units)
    if not names:
        return {}
    return {
        f"heat-map.{number}": Heat(title, rows, names, report.scale)
        for number, (title, rows) in enumerate(_in_parts(report), start=1)
    }


def of_priorities(report: PriorityReport) -> dict[str, Chart]:
    """The chart of what to do first, by name: gap against importance, or the priority alone where
    nobody was asked how much it matters; none where nothing is below its target."""
    points = tuple(map(_point, report.work[: order.A_CHART]))
    if not points:
        return {}
    kind = PriorityBars if all(one.importance is None for one in points) else PriorityChart
    title = say("What to do first")
    if len(points) < len(report.work):
        title = say("What to do first: the %(number)s most pressing", number=len(points))
    return {"priority-chart": kind(title, points, report.profile.scale)}


def of_comparison(report: HeatMap) -> dict[str, Chart]:
    """The charts of a few units side by side, by name. report: with these units as its columns."""
    if not report.units:
        return {}
    return {
        f"unit-comparison.{number}": of_units(report, rows, title)
        for number, (title, rows) in enumerate(_in_parts(report), start=1)
    }


def of_benchmark(report: BenchmarkReport) -> dict[str, DumbBells]:
    """The charts of where an organisation stands among others, by name; none where no others are
    shown."""
    if all(row.quarter is None for row in report.standings):
        return {}
    title, scale = say("Where we stand among others"), report.profile.scale
    return {
        key: DumbBells(
            title, tuple(map(dots.of_standing, rows)), scale, say("Our mean among others")
        )
        for key, rows in order.by_standing(report.standings)
    }


def _groups(row: CapabilityByGroup, target: int | None) -> tuple[Row, ...]:
    rows = [Row(group.option.text, group.measure, target) for group in row.groups]
    if row.others is not None:
        rows.append(Row(say(NOT_IN_A_GROUP), row.others, target))
    return tuple(rows)


def _side_by_side(report: CapabilityReport) -> tuple[Row, ...]:
    """The units directly below, and last everybody who is in no unit that is shown. Units
    further down would make a giant picture; they are in the table."""
    highest = min((unit.depth for unit in report.units), default=0)
    rows = [
        Row(unit.name, unit.measure, report.figure.target)
        for unit in report.units
        if unit.depth == highest
    ]
    if report.others is not None:
        rows.append(Row(say(OTHERS), report.others, report.figure.target))
    return tuple(rows)


def _in_parts(report: HeatMap) -> list[tuple[str, tuple[HeatRow, ...]]]:
    return [
        (title, rows[start : start + order.A_CHART])
        for title, rows in report.groups
        for start in range(0, len(rows), order.A_CHART)
    ]


def _point(work: Work) -> PriorityPoint:
    figure = work.figure
    return PriorityPoint(
        figure.id, figure.name, figure.gap or 0.0, work.importance, work.priority.value
    )


def _moved_most(rows: Iterable[CapabilityOverTime]) -> tuple[CapabilityOverTime, ...]:
    """As many courses as can be told apart, what moved most first."""
    there = [row for row in rows if _has_a_course(row)]
    delta = {row.id: abs(row.last.change.delta) if row.last else 0.0 for row in there}
    return tuple(sorted(there, key=lambda row: (-delta[row.id], row.id))[:MOST])


def _has_a_course(row: CapabilityOverTime) -> bool:
    return sum(isinstance(one.measure, Shown) for one in row.moments) > 1


def means_of(profile: Profile) -> dict[str, float]:
    """The mean of each capability that is shown, by id."""
    return {
        figure.id: figure.measure.mean
        for group in profile.groups
        for figure in group.capabilities
        if isinstance(figure.measure, Shown)
    }
