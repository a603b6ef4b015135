"""Which charts an address has: those of the page that shows them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from flask import request

from survey import access
from survey.charts import pictures
from survey.database import db
from survey.findings import order
from survey.operations import reporting
from survey.operations.benchmark_reporting import benchmark_report
from survey.web.profile import seen

if TYPE_CHECKING:
    from survey.charts.chart import Chart

Charts = Mapping[str, "Chart"]


def charts(wave: str, name: str) -> Charts:
    """The charts of the page to which the chart of this name belongs: of a breakdown (`by`), of a
    capability, else of the page that its name says. Raises NotFound."""
    account, asked = access.signed_in_account(), request.args
    if by := asked.get("by"):
        return pictures.of_breakdown(reporting.breakdown_report(db.session, wave, by, account))
    if capability := asked.get("capability"):
        found = reporting.capability_report(db.session, wave, capability, account)
        return pictures.of_capability(found)
    of_page = PAGES.get(name.partition(".")[0], _of_overview)
    return of_page(wave, asked.get("unit"))


def sort_asked_for() -> str:
    """The order in the address; the map's own where it is none of ours."""
    asked = request.args.get("sort", order.IN_MAP_ORDER)
    return asked if asked in order.SORTS else order.IN_MAP_ORDER


def _of_overview(wave: str, unit: str | None) -> Charts:
    profile = seen.closed_profile(wave, unit)
    beside = seen.whole_organisation(wave) if unit else None
    return pictures.of_profile(profile, sort_asked_for(), beside)


def _of_changes(wave: str, unit: str | None) -> Charts:
    return pictures.of_change(seen.changes(wave, unit))


def _of_heat_map(wave: str, unit: str | None) -> Charts:
    return pictures.of_heat_map(seen.heat(wave, unit))


def _of_priorities(wave: str, unit: str | None) -> Charts:
    return pictures.of_priorities(seen.priorities(wave, unit)[0])


def _of_comparison(wave: str, _: str | None) -> Charts:
    return pictures.of_comparison(seen.comparison(wave).map)


def _of_benchmark(wave: str, _: str | None) -> Charts:
    return pictures.of_benchmark(benchmark_report(db.session, wave, access.signed_in_account()))


PAGES: Final[Mapping[str, Callable[[str, str | None], Charts]]] = {
    "change": _of_changes,
    "trend": _of_changes,
    "heat-map": _of_heat_map,
    "priority-chart": _of_priorities,
    "unit-comparison": _of_comparison,
    "benchmark": _of_benchmark,
}
"""By the first word of a chart's name; all others are of the overview."""
