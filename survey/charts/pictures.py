"""Which charts a page shows. A page and the address of its image ask here alike, so that both
speak of the same figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.charts import dots
from survey.charts.dumb_bells import DumbBells
from survey.charts.placing import Row
from survey.charts.steps import Bars, Chart, Columns
from survey.findings import order
from survey.maturity.profile import Shown

if TYPE_CHECKING:
    from survey.operations.benchmark_reporting import BenchmarkReport
    from survey.operations.profile import CapabilityByGroup
    from survey.operations.reporting import BreakdownReport, CapabilityReport, ChangeReport, Profile

CAPABILITIES = ("capability", "capabilities")
PEOPLE = ("person", "people")
OTHERS = "Other teams together"
NOT_IN_A_GROUP = "Others, and those who did not say"


def of_profile(profile: Profile, sort: str, beside: Profile | None = None) -> dict[str, Chart]:
    """The charts of an overview by name: capabilities at each step, then block by block."""
    means = means_of(beside) if beside else {}
    charts: dict[str, Chart] = {}
    if any(profile.overall):
        title = "Capabilities at each step"
        charts["steps"] = Columns(title, profile.overall, profile.scale, CAPABILITIES)
    for block in order.blocks(profile.groups, sort):
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
    if units:
        charts["units"] = Bars("Units side by side", units, scale)
    for number, (question, row) in enumerate(report.breakdowns, start=1):
        rows = _groups(row, figure.target)
        if any(isinstance(one.measure, Shown) for one in rows):
            charts[f"groups.{number}"] = Bars(question.text, rows, scale)
    if practices:
        charts["practices"] = Bars("Practices", practices, scale)
    return charts


def of_breakdown(report: BreakdownReport) -> dict[str, DumbBells]:
    """The charts of a profile split by a question, by name."""
    title, scale = report.question.text, report.scale
    return {
        key: DumbBells(title, tuple(map(dots.of_groups, rows)), scale, "Mean of each group")
        for key, rows in order.by_gap(report.capabilities)
    }


def of_change(report: ChangeReport) -> dict[str, DumbBells]:
    """The charts of what changed between waves, by name."""
    title, scale = f"What changed up to {report.wave.name}", report.scale
    return {
        key: DumbBells(title, tuple(map(dots.of_time, rows)), scale, "Mean in each wave")
        for key, rows in order.by_change(report.capabilities)
    }


def of_benchmark(report: BenchmarkReport) -> dict[str, DumbBells]:
    """The charts of where an organisation stands among others, by name; none where no others are
    shown."""
    if all(row.quarter is None for row in report.standings):
        return {}
    title, scale = "Where we stand among others", report.profile.scale
    return {
        key: DumbBells(title, tuple(map(dots.of_standing, rows)), scale, "Our mean among others")
        for key, rows in order.by_standing(report.standings)
    }


def _groups(row: CapabilityByGroup, target: int | None) -> tuple[Row, ...]:
    rows = [Row(group.option.text, group.measure, target) for group in row.groups]
    if row.others is not None:
        rows.append(Row(NOT_IN_A_GROUP, row.others, target))
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
        rows.append(Row(OTHERS, report.others, report.figure.target))
    return tuple(rows)


def means_of(profile: Profile) -> dict[str, float]:
    """The mean of each capability that is shown, by id."""
    return {
        figure.id: figure.measure.mean
        for group in profile.groups
        for figure in group.capabilities
        if isinstance(figure.measure, Shown)
    }
