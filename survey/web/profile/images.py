"""The addresses of charts: `….svg` is the drawing, `….json` its specification."""

from __future__ import annotations

from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Response, abort, current_app, jsonify, make_response, request

from survey import access
from survey.charts import pictures
from survey.charts.drawing import Drawings, NotDrawn, digest
from survey.charts.dumb_bells import DumbBells
from survey.charts.look import Look
from survey.charts.steps import Chart
from survey.database import db
from survey.findings import order
from survey.operations import reporting
from survey.operations.benchmark_reporting import benchmark_report
from survey.operations.errors import NotFound

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask import Blueprint
    from flask.blueprints import BlueprintSetupState

    from survey.operations.reporting import Profile


def add_to(bp: Blueprint) -> None:
    """Give a blueprint the addresses of its charts, and the folder where drawings are kept."""
    bp.record_once(_keep_drawings)
    bp.add_url_rule("/<wave>/charts/<name>.svg", "chart", drawing)
    bp.add_url_rule("/<wave>/charts/<name>.json", "chart_specification", specification)


@access.account
def drawing(wave: str, name: str) -> Response:
    """A chart as an image."""
    return as_image(_chart(wave, name))


def as_image(chart: Chart | DumbBells) -> Response:
    """A chart in the look that the address asks for: drawn once, then found by what it shows."""
    chosen = chart.specification(_look())
    response = Response(mimetype="image/svg+xml")
    response.set_etag(digest(chosen))
    response.headers["Cache-Control"] = "private, no-cache"
    if response.make_conditional(request).status_code != HTTPStatus.NOT_MODIFIED:
        try:
            response.data = current_app.extensions["drawings"].svg(chosen)
        except NotDrawn:
            current_app.logger.exception("a chart was not drawn")
            abort(HTTPStatus.SERVICE_UNAVAILABLE)
    return response


@access.account
def specification(wave: str, name: str) -> Response:
    """The same chart in Vega-Lite, to be made interactive in the browser."""
    response = make_response(jsonify(_chart(wave, name).specification(_look())))
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def sort_asked_for() -> str:
    """The order in the address; the map's own where it is none of ours."""
    asked = request.args.get("sort", order.IN_MAP_ORDER)
    return asked if asked in order.SORTS else order.IN_MAP_ORDER


def whole_organisation(wave: str) -> Profile | None:
    """The organisation's profile to compare a unit with, where this account may see it."""
    profile = reporting.organisation_profile(db.session, wave, access.signed_in_account())
    return None if profile.unit else profile  # a unit: the account is limited to it


def _chart(wave: str, name: str) -> Chart | DumbBells:
    account, capability = access.signed_in_account(), request.args.get("capability")
    unit, by = request.args.get("unit"), request.args.get("by")
    charts: Mapping[str, Chart | DumbBells]
    if by:
        charts = pictures.of_breakdown(reporting.breakdown_report(db.session, wave, by, account))
    elif name.startswith("change."):
        charts = pictures.of_change(reporting.change_report(db.session, wave, account, unit))
    elif name.startswith("benchmark."):
        charts = pictures.of_benchmark(benchmark_report(db.session, wave, account))
    elif capability:
        charts = pictures.of_capability(
            reporting.capability_report(db.session, wave, capability, account)
        )
    else:
        profile = reporting.organisation_profile(db.session, wave, account, unit)
        if profile.state != "closed":
            raise NotFound("There are no charts before the wave has closed.")
        beside = whole_organisation(wave) if unit else None
        charts = pictures.of_profile(profile, sort_asked_for(), beside)
    if name not in charts:
        raise NotFound("There is no such chart.")
    return charts[name]


def _look() -> Look:
    return Look(request.args.get("width") == "narrow", request.args.get("theme") == "dark")


def _keep_drawings(state: BlueprintSetupState) -> None:
    folder = Path(state.app.instance_path) / "charts"
    state.app.extensions["drawings"] = Drawings(folder)
