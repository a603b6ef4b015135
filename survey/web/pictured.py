"""Charts on pages: the looks in which they are drawn, and how large they are in each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Flask, request

from survey.charts.look import Look

if TYPE_CHECKING:
    from survey.charts.chart import Chart

WIDE, NARROW = Look(), Look(narrow=True)

Size = tuple[int, int]


def look_asked_for() -> Look:
    """The look in the address of an image: `width=narrow`, `light=dark`."""
    return Look(request.args.get("width") == "narrow", request.args.get("light") == "dark")


def sizes(chart: Chart) -> tuple[Size, Size]:
    """Width and height in pixels on a wide screen, and on a narrow one."""
    return chart.size(WIDE), chart.size(NARROW)


def init_app(app: Flask) -> None:
    """Let every template ask how large a chart is."""
    app.jinja_env.globals["sizes"] = sizes
