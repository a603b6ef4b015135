"""Means side by side: each row a line from the lowest of several means to the highest, each a dot
with its letter. Groups that see a capability differently, what became of it over time, or the own
mean before the middle half of others. Pure."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from survey.charts import bell_captions, marks
from survey.charts.bells import Bell, Dot, letter
from survey.charts.chart import Table
from survey.charts.look import Look
from survey.charts.marks import Across, Layer
from survey.charts.palette import Palette
from survey.charts.placing import LINE
from survey.charts.steps import BELOW, HEADER, SIDE
from survey.findings import words
from survey.questionnaire.model import STEPS

__all__ = ["Bell", "Dot", "DumbBells", "letter"]

ROOM: Final = 15
"""Pixels that a letter needs from left to right."""
ABOVE_THE_LINE: Final = 17
ROW: Final = 52


@dataclass(frozen=True, slots=True)
class _Frame:
    width: int
    label_letters: int
    track: tuple[int, int]
    stacked: bool


WIDE: Final = _Frame(960, 30, (290, 906), stacked=False)
NARROW: Final = _Frame(340, 38, (14, 322), stacked=True)


@dataclass(frozen=True, slots=True)
class _Place:
    row: Bell
    label: tuple[str, ...]
    top: int
    line: int
    bottom: int


@dataclass(frozen=True, slots=True)
class DumbBells:
    """Capabilities, each with its dots. `heading`: what the dots are."""

    title: str
    rows: tuple[Bell, ...]
    scale: Sequence[str]
    heading: str

    @property
    def finding(self) -> str:
        """Which dots of which row are clearly apart by most."""
        return bell_captions.finding(self.rows)

    @property
    def measured_in(self) -> str:
        """Means, and of how many people."""
        return bell_captions.measured_in(self.heading, self.rows)

    @property
    def note(self) -> str:
        """Of what no dot, or not every dot, can be shown."""
        return bell_captions.note(self.rows)

    def table(self) -> Table:
        """A row for each dot."""
        return bell_captions.table(self.rows)

    def size(self, look: Look) -> tuple[int, int]:
        """Width and height of the drawing in pixels."""
        frame = _frame(look)
        placed = _places(self.rows, frame)
        return frame.width, (placed[-1].bottom if placed else 0) + HEADER + BELOW

    @property
    def description(self) -> str:
        """What the chart says, row by row."""
        return " ".join(f"{row.name}: {_said(row)}." for row in self.rows)

    def specification(self, look: Look) -> Layer:
        """The chart in Vega-Lite."""
        frame, palette = _frame(look), look.palette
        placed = _places(self.rows, frame)
        across = Across((1, 5), frame.track)
        layers = [
            *_labels(placed, frame, palette),
            *_tracks(placed, across, palette),
            *_dots(placed, across, palette),
            *_header(self.scale, self.heading, frame, across, palette),
        ]
        padding = {"left": SIDE, "right": SIDE, "top": HEADER, "bottom": BELOW}
        return marks.picture(
            layers, self.size(look), padding, self.title, self.description, palette
        )


def _frame(look: Look) -> _Frame:
    return NARROW if look.narrow else WIDE


def _said(row: Bell) -> str:
    if not row.dots:
        return row.note
    said = [f"{dot.name} {words.fixed(dot.measure.mean)}" for dot in row.dots]
    if row.band is not None and row.whole is not None:
        said.append(f"{row.band_name} {_range(row.band)}")
        said.append(f"{row.whole_name} {words.fixed(row.whole)}")
    return ", ".join(said)


def _places(rows: Sequence[Bell], frame: _Frame) -> list[_Place]:
    placed: list[_Place] = []
    top = 0
    for row in rows:
        label = tuple(textwrap.wrap(row.name, frame.label_letters)) or ("",)
        if frame.stacked:
            line = top + 12 + len(label) * LINE + ABOVE_THE_LINE + 6
            bottom = line + 18
        else:
            bottom = top + max(ROW, len(label) * LINE + 16)
            line = (top + bottom) // 2 + 7
        placed.append(_Place(row, label, top, line, bottom))
        top = bottom
    return placed


def _labels(placed: Sequence[_Place], frame: _Frame, palette: Palette) -> list[Layer]:
    names = [
        {
            "y": place.top + 20
            if frame.stacked
            else (place.top + place.bottom - (len(place.label) - 1) * LINE) / 2,
            "text": "\n".join(place.label),
        }
        for place in placed
    ]
    lines = [{"start": 0, "end": 1, "top": p.top, "bottom": p.top} for p in placed[1:]]
    notes = [{"y": p.line, "text": p.row.note} for p in placed if not p.row.dots]
    whole = Across((0, 1), (0, frame.width - 4))
    return [
        marks.rules(lines, whole, palette.line, strokeWidth=1),
        marks.text(names, 0, palette.ink, fontSize=15, fontWeight="bold"),
        marks.text(notes, frame.track[0], palette.quiet, fontStyle="italic", fontSize=13),
    ]


def _tracks(placed: Sequence[_Place], across: Across, palette: Palette) -> list[Layer]:
    there = [place for place in placed if place.row.dots]
    lines = [{"start": 1, "end": 5, "top": p.line, "bottom": p.line} for p in there]
    lines += [
        {"start": step, "end": step, "top": p.line - 5, "bottom": p.line + 5}
        for p in there
        for step in STEPS
    ]
    bars = [
        {"start": start, "end": end, "top": p.line, "bottom": p.line} | _told(p.row)
        for p in there
        for start, end in (_line(p.row),)
    ]
    wholes = [
        {"start": p.row.whole, "end": p.row.whole, "top": p.line - 9, "bottom": p.line + 9}
        | {"Name": p.row.name, p.row.whole_name: words.fixed(p.row.whole)}
        for p in there
        if p.row.whole is not None
    ]
    return [
        marks.rules(lines, across, palette.line, strokeWidth=1),
        marks.rules(bars, across, palette.quiet, strokeWidth=6, opacity=0.5),
        marks.rules(wholes, across, palette.ink, strokeWidth=2),
    ]


def _line(row: Bell) -> tuple[float, float]:
    means = [dot.measure.mean for dot in row.dots]
    return row.band or (min(means), max(means))


def _told(row: Bell) -> dict[str, str]:
    """What is said of the line under the pointer."""
    if row.band is None:
        return {}
    return {"Name": row.name, row.band_name: _range(row.band)}


def _range(band: tuple[float, float]) -> str:
    return words.up_to(words.fixed(band[0]), words.fixed(band[1]))


def _dots(placed: Sequence[_Place], across: Across, palette: Palette) -> list[Layer]:
    values: dict[bool, list[dict[str, Any]]] = {True: [], False: []}
    letters = []
    for place in placed:
        dots = sorted(place.row.dots, key=lambda dot: dot.measure.mean)
        for dot, shifted in zip(dots, _spread(dots, across), strict=True):
            values[dot.clear].append(_value(place, dot))
            letters.append({"x": shifted, "y": place.line - ABOVE_THE_LINE, "text": dot.letter})
    looks = {"shape": "circle", "size": 90, "stroke": palette.ink, "strokeWidth": 2}
    pixels = Across((across.pixels[0], across.pixels[1]), across.pixels)
    small = {"align": "center", "fontSize": 13, "fontWeight": "bold"}
    return [
        marks.points(values[False], across, fill=palette.paper, **looks),
        marks.points(values[True], across, fill=palette.ink, **looks),
        marks.text(letters, pixels.channel("x"), palette.ink, **small),
    ]


def _value(place: _Place, dot: Dot) -> dict[str, Any]:
    said = {
        "Name": place.row.name,
        "Who": f"{dot.letter} {dot.name}".strip(),
        "Mean": words.fixed(dot.measure.mean),
        "People": f"{dot.measure.n:,}",
    }
    compared = {"Compared": dot.compared} if dot.compared else {}
    return said | compared | {"x": dot.measure.mean, "y": place.line}


def _spread(dots: Sequence[Dot], across: Across) -> list[float]:
    """Where the letters stand, in pixels: over their dots, moved apart where they would touch."""
    (first, last), (left, right) = across.domain, across.pixels
    scale = (right - left) / (last - first)
    at = [left + (dot.measure.mean - first) * scale for dot in dots]
    for place in range(1, len(at)):
        at[place] = max(at[place], at[place - 1] + ROOM)
    limit = float(right)
    for place in reversed(range(len(at))):
        at[place] = min(at[place], limit)
        limit = at[place] - ROOM
    return at


def _header(
    scale: Sequence[str], heading: str, frame: _Frame, across: Across, palette: Palette
) -> list[Layer]:
    names = [
        {"x": step, "y": -12, "text": str(step) if frame.stacked else f"{step} {name}"}
        for step, name in zip(STEPS, scale, strict=True)
    ]
    looks = {"align": "center", "fontSize": 13}
    return [
        marks.text([{"y": -34, "text": heading}], frame.track[0], palette.quiet, fontSize=13),
        marks.text(names, across.channel("x"), palette.quiet, **looks),
    ]
