"""The addresses of charts: `….svg` and `….png` are the drawing, `….json` its specification,
`….csv` its numbers."""

from __future__ import annotations

from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Response, abort, current_app, jsonify, make_response, request

from survey import access
from survey.charts.drawing import Drawings, NotDrawn, digest
from survey.charts.framed import framed
from survey.charts.look import Look
from survey.operations.errors import NotFound
from survey.web.pictured import look_asked_for
from survey.web.profile import charted
from survey.web.profile.numbers_file import as_csv

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Blueprint
    from flask.blueprints import BlueprintSetupState

    from survey.charts.chart import Chart
    from survey.charts.marks import Layer


def add_to(bp: Blueprint) -> None:
    """Give a blueprint the addresses of its charts, and the folder where drawings are kept."""
    bp.record_once(_keep_drawings)
    bp.add_url_rule("/<wave>/charts/<name>.svg", "chart", drawing)
    bp.add_url_rule("/<wave>/charts/<name>.png", "chart_picture", picture)
    bp.add_url_rule("/<wave>/charts/<name>.csv", "chart_numbers", numbers)
    bp.add_url_rule("/<wave>/charts/<name>.json", "chart_specification", specification)


@access.account
def drawing(wave: str, name: str) -> Response:
    """A chart as an image; with `download`, framed by what it says and as a file."""
    chart = _chart(wave, name)
    if "download" not in request.args:
        return as_image(chart, look_asked_for())
    return _as_file(_drawn(_framed(chart), "image/svg+xml", _svg), wave, f"{name}.svg")


@access.account
def picture(wave: str, name: str) -> Response:
    """A chart framed by what it says, as a file for slides and documents."""
    chart = _framed(_chart(wave, name))
    return _as_file(_drawn(chart, "image/png", _png), wave, f"{name}.png")


@access.account
def numbers(wave: str, name: str) -> Response:
    """The numbers of a chart, exact, as a file for spreadsheets."""
    response = make_response(as_csv(_chart(wave, name).table()))
    response.mimetype = "text/csv"
    response.headers["Cache-Control"] = "private, no-cache"
    return _as_file(response, wave, f"{name}.csv")


@access.account
def specification(wave: str, name: str) -> Response:
    """The same chart in Vega-Lite, to be made interactive in the browser."""
    response = make_response(jsonify(_chart(wave, name).specification(look_asked_for())))
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def as_image(chart: Chart, look: Look | None = None) -> Response:
    """A chart in a look, without one in that of the address: drawn once, then found by what it
    shows."""
    return _drawn(chart.specification(look or look_asked_for()), "image/svg+xml", _svg)


def _chart(wave: str, name: str) -> Chart:
    found = charted.charts(wave, name)
    if name not in found:
        raise NotFound("There is no such chart.")
    return found[name]


def _framed(chart: Chart) -> Layer:
    """As a drawing leaves the product: whoever takes it may print it."""
    return framed(chart, Look(paper=True))


def _drawn(chosen: Layer, mimetype: str, draw: Callable[[Layer], bytes]) -> Response:
    response = Response(mimetype=mimetype)
    response.set_etag(digest(chosen))
    response.headers["Cache-Control"] = "private, no-cache"
    if response.make_conditional(request).status_code != HTTPStatus.NOT_MODIFIED:
        try:
            response.data = draw(chosen)
        except NotDrawn:
            current_app.logger.exception("a chart was not drawn")
            abort(HTTPStatus.SERVICE_UNAVAILABLE)
    return response


def _svg(chosen: Layer) -> bytes:
    return _drawings().svg(chosen)


def _png(chosen: Layer) -> bytes:
    return _drawings().png(chosen)


def _drawings() -> Drawings:
    found: Drawings = current_app.extensions["drawings"]
    return found


def _as_file(response: Response, wave: str, name: str) -> Response:
    """The file is called after the wave, whom and what it shows."""
    asked = request.args
    whom = [asked.get("capability", ""), *asked.getlist("unit"), asked.get("by", "")]
    said = [one.replace("/", "-") for one in (wave, *whom, name) if one]
    response.headers.set("Content-Disposition", "attachment", filename="-".join(said))
    return response


def _keep_drawings(state: BlueprintSetupState) -> None:
    folder = Path(state.app.instance_path) / "charts"
    state.app.extensions["drawings"] = Drawings(folder)
