"""Which step each area is at, and how far it is to its target: areas down, five steps across, in
the manner of the BCS Learning Capability Model. Pure."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from survey.charts import captions, marks
from survey.charts.chart import Cell, Table
from survey.charts.look import Look
from survey.charts.marks import Across, Layer
from survey.charts.palette import Palette
from survey.charts.placing import LINE, Row
from survey.findings import words
from survey.findings.speech import say
from survey.maturity.profile import Shown
from survey.questionnaire.model import STEPS

BLOCK: Final = 34
HEADER: Final = 34
GAP: Final = 10


@dataclass(frozen=True, slots=True)
class _Frame:
    width: int
    letters: int
    steps: tuple[int, int]
    stacked: bool


WIDE: Final = _Frame(960, 30, (290, 958), stacked=False)
NARROW: Final = _Frame(340, 38, (2, 338), stacked=True)


@dataclass(frozen=True, slots=True)
class _Place:
    row: Row
    label: tuple[str, ...]
    top: int
    block: int
    bottom: int


@dataclass(frozen=True, slots=True)
class Ladder:
    """Rows, each on its step: a block with the number and name of the step; from there to the
    target, steps that are yet to be climbed."""

    title: str
    rows: tuple[Row, ...]
    scale: Sequence[str]

    @property
    def finding(self) -> str:
        """At which steps the rows are, and how many are below their target."""
        steps = [row.measure.step for row in self.rows if isinstance(row.measure, Shown)]
        if not steps:
            return say("No figure can be shown")
        low, high = (words.step_name(one, self.scale) for one in (min(steps), max(steps)))
        if low == high:
            return say("All are at %(step)s", step=low)
        return say("From %(low)s to %(high)s", low=low, high=high)

    @property
    def measured_in(self) -> str:
        """What is drawn, and of how many people."""
        what = say("The highest step at which more than half say that we are at least there")
        numbers = (row.measure.n for row in self.rows if isinstance(row.measure, Shown))
        return captions.with_people(what, numbers)

    @property
    def note(self) -> str:
        """What is withheld."""
        return captions.withheld((row.label, row.measure) for row in self.rows)

    @property
    def description(self) -> str:
        """What the chart says, row by row."""
        return " ".join(f"{row.label}: {self._said(row)}." for row in self.rows)

    def _said(self, row: Row) -> str:
        if not isinstance(row.measure, Shown):
            return words.withheld(row.measure).lower()
        step = words.step_name(row.measure.step, self.scale)
        if row.target is None:
            return step
        target = words.step_name(row.target, self.scale)
        return say("%(step)s, target %(target)s", step=step, target=target)

    def table(self) -> Table:
        """A row each: step, target, mean."""
        heads = (say("Name"), say("Step"), say("Target"), say("Mean"))
        return Table(heads, tuple(self._cells(row) for row in self.rows))

    def _cells(self, row: Row) -> tuple[Cell, ...]:
        if not isinstance(row.measure, Shown):
            return (row.label, words.withheld(row.measure), row.target, None)
        step = words.step_name(row.measure.step, self.scale)
        return (row.label, step, row.target, row.measure.mean)

    def size(self, look: Look) -> tuple[int, int]:
        """Width and height of the drawing in pixels."""
        frame = _frame(look)
        placed = _places(self.rows, frame)
        return frame.width, HEADER + (placed[-1].bottom if placed else 0) + 4

    def specification(self, look: Look) -> Layer:
        """The chart in Vega-Lite."""
        frame, palette = _frame(look), look.palette
        placed = _places(self.rows, frame)
        across = Across((1, 6), frame.steps)
        shown = [(p, p.row.measure) for p in placed if isinstance(p.row.measure, Shown)]
        layers = [
            *_header(self.scale, frame, across, palette),
            *_labels(placed, palette),
            *_rungs(shown, across, palette),
            *_present(shown, self.scale, across, palette),
            *_targets(shown, across, palette),
            *_withheld(placed, frame, palette),
        ]
        padding = {"left": 0, "right": 0, "top": HEADER, "bottom": 4}
        return marks.picture(
            layers, self.size(look), padding, self.title, self.description, palette
        )


def _frame(look: Look) -> _Frame:
    return NARROW if look.narrow else WIDE


def _places(rows: Sequence[Row], frame: _Frame) -> list[_Place]:
    placed: list[_Place] = []
    top = 0
    for row in rows:
        label = tuple(textwrap.wrap(row.label, frame.letters)) or ("",)
        if frame.stacked:
            block = top + len(label) * LINE + 4
            bottom = block + BLOCK + GAP
        else:
            bottom = top + max(BLOCK, len(label) * LINE) + GAP
            block = (top + bottom - GAP - BLOCK) // 2
        placed.append(_Place(row, label, top, block, bottom))
        top = bottom
    return placed


def _header(
    scale: Sequence[str], frame: _Frame, across: Across, palette: Palette
) -> Iterator[Layer]:
    names = [
        {"x": step + 0.5, "y": -16, "text": str(step) if frame.stacked else name}
        for step, name in ((step, words.step_name(step, scale)) for step in STEPS)
    ]
    looks = {"align": "center", "fontSize": 14, "fontWeight": "bold"}
    yield marks.text(names, across.channel("x"), palette.quiet, **looks)


def _labels(placed: Sequence[_Place], palette: Palette) -> Iterator[Layer]:
    names = [{"y": _label_at(place), "text": "\n".join(place.label)} for place in placed]
    yield marks.text(names, 0, palette.ink, fontSize=15, fontWeight="bold")


def _label_at(place: _Place) -> float:
    """Where the first line stands: above the block, or beside its middle."""
    if place.block >= place.top + len(place.label) * LINE:
        return place.top + 9
    return place.block + BLOCK / 2 - (len(place.label) - 1) * LINE / 2


def _rungs(
    shown: Sequence[tuple[_Place, Shown]], across: Across, palette: Palette
) -> Iterator[Layer]:
    """Five outlines a row; those between the present step and the target are thicker."""
    all_: list[dict[str, Any]] = []
    ahead: list[dict[str, Any]] = []
    for place, measure in shown:
        for step in STEPS:
            box = _box(place, step)
            target = place.row.target or 0
            (ahead if measure.step < step <= target else all_).append(box)
    yield marks.boxes(all_, across, [palette.paper], stroke=palette.line, strokeWidth=1)
    dashed = {"stroke": palette.target, "strokeWidth": 1.5, "strokeDash": [5, 4]}
    yield marks.boxes(ahead, across, [palette.paper], **dashed)


def _box(place: _Place, step: int) -> dict[str, Any]:
    return {
        "step": 1,
        "start": step + 0.02,
        "end": step + 0.98,
        "top": place.block,
        "bottom": place.block + BLOCK,
    }


def _present(
    shown: Sequence[tuple[_Place, Shown]], scale: Sequence[str], across: Across, palette: Palette
) -> Iterator[Layer]:
    blocks = [
        _box(place, measure.step)
        | {"step": measure.step}
        | {"Name": place.row.label, "Step": words.step_name(measure.step, scale)}
        | {"Mean": words.fixed(measure.mean), "People": f"{measure.n:,}"}
        for place, measure in shown
    ]
    yield marks.boxes(blocks, across, palette.steps, stroke=palette.ink, strokeWidth=1)
    bold = {"align": "center", "fontSize": 15, "fontWeight": "bold"}
    numbers = [
        {"x": measure.step + 0.5, "y": place.block + BLOCK / 2 + 1}
        | {"step": measure.step, "text": str(measure.step)}
        for place, measure in shown
    ]
    yield from marks.on_steps(numbers, across.channel("x"), palette.on_steps, **bold)


def _targets(
    shown: Sequence[tuple[_Place, Shown]], across: Across, palette: Palette
) -> Iterator[Layer]:
    values = [
        {
            "x": place.row.target + (0.5 if place.row.target != measure.step else 0.84),
            "y": place.block + BLOCK / 2,
            "Name": place.row.label,
            "Target": str(place.row.target),
        }
        for place, measure in shown
        if place.row.target is not None
    ]
    looks = {"shape": "diamond", "size": 190, "fill": palette.paper, "stroke": palette.target}
    yield marks.points(values, across, strokeWidth=2.5, **looks)


def _withheld(placed: Sequence[_Place], frame: _Frame, palette: Palette) -> Iterator[Layer]:
    said = [
        {"y": place.block + BLOCK / 2, "text": words.withheld(place.row.measure)}
        for place in placed
        if not isinstance(place.row.measure, Shown)
    ]
    size = 11 if frame.stacked else 13
    looks = {"fontStyle": "italic", "fontSize": size}
    yield marks.text(said, frame.steps[0], palette.quiet, **looks)
