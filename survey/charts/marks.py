"""The parts of which charts are made: Vega-Lite layers, every `y` in pixels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from survey.charts.palette import Palette

Layer = dict[str, Any]
Values = Sequence[Mapping[str, Any]]

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"


@dataclass(frozen=True, slots=True)
class Across:
    """How a figure becomes a place from left to right: from `domain` to pixels."""

    domain: tuple[float, float]
    pixels: tuple[int, int]

    def channel(self, field: str) -> Layer:
        """The encoding of a field."""
        scale = {"domain": list(self.domain), "range": list(self.pixels), "nice": False}
        return {"field": field, "type": "quantitative", "scale": scale, "axis": None}


def text(values: Values, x: int | Layer, colour: str, **mark: Any) -> Layer:
    """Words, from the fields `text` and `y`; lines are split at line feeds."""
    looks = {"type": "text", "align": "left", "baseline": "middle", "lineBreak": "\n"}
    needed = [{key: one[key] for key in ("x", "y", "text") if key in one} for one in values]
    return {
        "data": {"values": needed},
        "mark": looks | {"fontSize": 14, "lineHeight": 19, "color": colour} | mark,
        "encoding": {
            "text": {"field": "text", "type": "nominal"},
            "x": {"value": x} if isinstance(x, int) else x,
            "y": _down("y"),
        },
    }


def on_steps(values: Values, x: Layer, colours: Sequence[str], **mark: Any) -> list[Layer]:
    """Words on the colours of steps, each in the one of `colours` that goes with its `step`: a
    layer a colour, since layers are what drawing takes its time for."""
    return [
        text([one for one in values if colours[one["step"] - 1] == colour], x, colour, **mark)
        for colour in dict.fromkeys(colours)
    ]


def boxes(values: Values, across: Across, colours: Sequence[str], **mark: Any) -> Layer:
    """Rectangles from `start` to `end` and `top` to `bottom`, coloured by `step`."""
    steps = list(range(1, len(colours) + 1))
    return {
        "data": {"values": list(values)},
        "mark": {"type": "rect"} | mark,
        "encoding": {
            "x": across.channel("start"),
            "x2": {"field": "end"},
            "y": _down("top"),
            "y2": {"field": "bottom"},
            "fill": {
                "field": "step",
                "type": "ordinal",
                "scale": {"domain": steps, "range": list(colours)},
                "legend": None,
            },
            "tooltip": tooltip(values),
        },
    }


def rules(values: Values, across: Across, colour: str, **mark: Any) -> Layer:
    """Lines from `start` and `top` to `end` and `bottom`."""
    return {
        "data": {"values": list(values)},
        "mark": {"type": "rule", "color": colour} | mark,
        "encoding": {
            "x": across.channel("start"),
            "x2": {"field": "end"},
            "y": _down("top"),
            "y2": {"field": "bottom"},
            "tooltip": tooltip(values),
        },
    }


def points(values: Values, across: Across, **mark: Any) -> Layer:
    """Signs at `x` and `y`."""
    return {
        "data": {"values": list(values)},
        "mark": {"type": "point", "opacity": 1} | mark,
        "encoding": {
            "x": across.channel("x"),
            "y": _down("y"),
            "tooltip": tooltip(values),
        },
    }


def picture(
    layers: Sequence[Layer],
    size: tuple[int, int],
    padding: Mapping[str, int],
    title: str,
    description: str,
    palette: Palette,
) -> Layer:
    """The whole specification. The drawing is exactly of this size, padding included."""
    width = size[0] - padding["left"] - padding["right"]
    height = size[1] - padding["top"] - padding["bottom"]
    below = {"domain": [0, height], "range": [0, height], "nice": False, "zero": False}
    return {
        "$schema": SCHEMA,
        "usermeta": {"title": title},
        "description": description,
        "width": width,
        "height": height,
        "padding": dict(padding),
        "autosize": {"type": "none"},
        "background": palette.ground,
        "encoding": {"y": {"type": "quantitative", "scale": below, "axis": None}},
        "resolve": {"scale": {"x": "independent", "fill": "independent"}},
        "layer": [one for one in layers if one["data"]["values"]] or list(layers),
        "config": {
            "font": palette.font,
            "mark": {"aria": False},
            "view": {"stroke": None},
            "text": {"color": palette.ink},
        },
    }


def tooltip(values: Values) -> list[Layer] | None:
    """What is said of a mark under the pointer: its fields with a capital."""
    names = [name for name in values[0] if name[0].isupper()] if values else []
    return [{"field": name, "type": "nominal"} for name in names] or None


def _down(field: str) -> Layer:
    return {"field": field, "type": "quantitative", "axis": None}
