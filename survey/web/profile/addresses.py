"""What the frame of a chart needs: the address that leads to it again, and its numbers in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from flask import request, url_for

from survey.findings import words

if TYPE_CHECKING:
    from survey.charts.chart import Cell

OF_A_UNIT: Final[Mapping[str, str]] = {
    "profile.organisation": "profile.unit",
    "profile.changes": "profile.unit_changes",
    "profile.units": "profile.unit_units",
    "profile.priorities": "profile.unit_priorities",
}
"""Pages of the whole, and the same of one unit."""
IN_THE_PATH: Final = ("capability", "by")
"""Parameters of charts that their pages have in the path."""


def this_view(arguments: Mapping[str, Any], anchor: str) -> str:
    """The whole address of a chart on the page that is shown. Whoever is limited to a unit is led
    to the page of that unit, so that others who follow the link see the same."""
    endpoint, path = request.endpoint or "", dict(request.view_args or {})
    if "unit" in arguments:
        endpoint = OF_A_UNIT.get(endpoint, endpoint)
    values = {name: value for name, value in arguments.items() if name not in IN_THE_PATH}
    return url_for(endpoint, _anchor=anchor, _external=True, **(values | path))


def cell(value: Cell) -> str:
    """A cell of a chart's table: numbers rounded, what is withheld or not there as a dash."""
    if value is None:
        return "–"
    if isinstance(value, float):
        return words.fixed(value)
    return f"{value:,}" if isinstance(value, int) else value
