"""Charts of a profile: figures in, one Vega-Lite specification each out. Pure.

Specifications are written as plain values: loading a library to write the same values costs
each worker most of a second and says no more.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from survey.charts import captions, marks, row_captions
from survey.charts.chart import Table
from survey.charts.look import Look
from survey.charts.marks import Across, Layer
from survey.charts.palette import Palette
from survey.charts.placing import BAR, Frame, Place, Row, places
from survey.findings import words
from survey.findings.speech import say
from survey.maturity.profile import Shown, Withheld
from survey.questionnaire.model import STEPS

HEADER = 46
SIDE = 2
BELOW = 6
COLUMN = 150
COLUMN_TOP = 26
LABELLED_PIXELS = 15
"""The narrowest part of a bar that its number fits into."""


@dataclass(frozen=True, slots=True)
class Bars:
    """Rows as bars over the five steps, with mean, likely range, target and agreement."""

    title: str
    rows: tuple[Row, ...]
    scale: Sequence[str]

    def size(self, look: Look) -> tuple[int, int]:
        """Width and height of the drawing in pixels, known before anything is drawn."""
        placed = places(self.rows, look.frame)
        height = placed[-1].bottom if placed else 0
        return look.frame.width, height + _above(look.frame) + BELOW

    @property
    def finding(self) -> str:
        """Which row is lowest."""
        return row_captions.lowest(self.rows, self.scale)

    @property
    def measured_in(self) -> str:
        """Shares and means, and of how many people."""
        numbers = (measure.n for _, measure in row_captions.shown(self.rows))
        said = say("Share of people at each step, and mean from 1 to 5")
        return captions.with_people(said, numbers)

    @property
    def note(self) -> str:
        """Which rows are withheld, and why."""
        return row_captions.note(self.rows)

    @property
    def description(self) -> str:
        """What the chart says, row by row."""
        return row_captions.in_words(self.rows, self.scale)

    def table(self) -> Table:
        """The figures of each row."""
        return row_captions.table(self.rows, self.scale)

    def specification(self, look: Look) -> Layer:
        """The chart in Vega-Lite."""
        frame, palette, scale = look.frame, look.palette, self.scale
        placed = places(self.rows, frame)
        shown = [(p, p.row.measure) for p in placed if isinstance(p.row.measure, Shown)]
        tracks = [_Track(p.row, measure, p.track) for p, measure in shown]
        layers = [
            *_labels(placed, scale, frame, palette),
            *_shares(shown, scale, frame, palette),
            *_tracks(tracks, scale, Across((1, 5), frame.track), palette),
            *_agreements(shown, frame, palette),
            *_withheld(placed, frame, palette),
            *(_header(frame, palette) if shown else ()),
        ]
        padding = {"left": SIDE, "right": SIDE, "top": _above(frame), "bottom": BELOW}
        return marks.picture(
            layers, self.size(look), padding, self.title, self.description, palette
        )


@dataclass(frozen=True, slots=True)
class Columns:
    """How many of something are at each step; beneath it, mean, likely range and target."""

    title: str
    counts: tuple[int, ...]
    scale: Sequence[str]
    noun: tuple[str, str]
    measure: Shown | None = None
    target: int | None = None

    def size(self, look: Look) -> tuple[int, int]:
        """Width and height of the drawing in pixels."""
        height = COLUMN_TOP + COLUMN + 52 + BELOW
        return (340 if look.narrow else 640), height + (30 if self.measure else 0)

    @property
    def description(self) -> str:
        """What the chart says, step by step."""
        said = (
            f"{words.step_name(step, self.scale)}: {words.how_many(count, *self.noun)}"
            for step, count in zip(STEPS, self.counts, strict=True)
        )
        return ". ".join(said) + "."

    @property
    def finding(self) -> str:
        """Where it stands, or where most of what is counted lies."""
        if self.measure is not None:
            return row_captions.at_step(self.title, self.measure, self.scale)
        return words.sentence(words.where_most_are(self.counts, self.scale))

    @property
    def measured_in(self) -> str:
        """What is counted, and of how many."""
        total = f"{sum(self.counts):,}"
        if self.noun[1] == "people":
            return say("Number of people at each step; %(total)s in all", total=total)
        return say("Number of capabilities at each step; %(total)s in all", total=total)

    @property
    def note(self) -> str:
        """Nothing: what is withheld is at no step."""
        return ""

    def table(self) -> Table:
        """How many are at each step."""
        head = say("People") if self.noun[1] == "people" else say("Capabilities")
        names = (words.step_name(step, self.scale) for step in STEPS)
        return Table((say("Step"), head), tuple(zip(names, self.counts, strict=True)))

    def specification(self, look: Look) -> Layer:
        """The chart in Vega-Lite."""
        size, palette = self.size(look), look.palette
        across = Across((0.5, 5.5), (0, size[0] - 2 * SIDE))
        values = [self._column(step, count) for step, count in zip(STEPS, self.counts, strict=True)]
        names = [
            {"x": step, "y": COLUMN + 18, "text": f"{step}\n{name}"}
            for step, name in zip(STEPS, self.scale, strict=True)
        ]
        small = {"align": "center", "fontSize": 12 if look.narrow else 14}
        layers = [
            marks.boxes(values, across, palette.steps, stroke=palette.ink, strokeWidth=0.5),
            marks.text(values, across.channel("x"), palette.ink, **small),
            marks.text(names, across.channel("x"), palette.ink, **small),
        ]
        if self.measure:
            row = Row(self.title, self.measure, self.target)
            layers += _tracks([_Track(row, self.measure, COLUMN + 64)], self.scale, across, palette)
        padding = {"left": SIDE, "right": SIDE, "top": COLUMN_TOP, "bottom": BELOW}
        return marks.picture(layers, size, padding, self.title, self.description, palette)

    def _column(self, step: int, count: int) -> dict[str, Any]:
        total = sum(self.counts)
        top = COLUMN - COLUMN * count / max(*self.counts, 1)
        share = f" ({words.percent(count / total)})" if count else ""
        return {
            "step": step,
            "start": step - 0.42,
            "end": step + 0.42,
            "top": top,
            "bottom": COLUMN,
            "x": step,
            "y": top - 12,
            "text": f"{count:,}{share}",
            "Step": words.step_name(step, self.scale),
            self.noun[1].capitalize(): f"{count:,} of {total:,}{share}",
        }


Chart = Bars | Columns


def _above(frame: Frame) -> int:
    return 4 if frame.stacked else HEADER


def _labels(
    placed: Sequence[Place], scale: Sequence[str], frame: Frame, palette: Palette
) -> list[Layer]:
    names = [{"y": p.top + 20, "text": "\n".join(p.label)} for p in placed]
    notes = [
        {"y": p.note + 10, "text": _note(p.row.measure, scale, frame)}
        for p in placed
        if isinstance(p.row.measure, Shown)
    ]
    lines = [{"start": 0, "end": 1, "top": p.top, "bottom": p.top} for p in placed[1:]]
    whole = Across((0, 1), (0, frame.width - 4))
    return [
        marks.rules(lines, whole, palette.line, strokeWidth=1),
        marks.text(names, 0, palette.ink, fontSize=15, fontWeight="bold"),
        marks.text(notes, 0, palette.quiet, fontSize=13),
    ]


def _note(shown: Shown, scale: Sequence[str], frame: Frame) -> str:
    step = say("Step %(step)s", step=words.step_name(shown.step, scale))
    if not frame.stacked:
        return say("%(step)s, %(people)s", step=step, people=words.people(shown.n))
    return ", ".join(filter(None, (step, words.agreement(shown) or words.people(shown.n))))


def _shares(
    shown: Sequence[tuple[Place, Shown]], scale: Sequence[str], frame: Frame, palette: Palette
) -> list[Layer]:
    values = [part for place, measure in shown for part in _parts(place, measure, scale)]
    across = Across((0, 1), frame.bars)
    room = LABELLED_PIXELS / (frame.bars[1] - frame.bars[0])
    layers = [marks.boxes(values, across, palette.steps, stroke=palette.quiet, strokeWidth=0.75)]
    fits = [one for one in values if one["end"] - one["start"] >= room]
    bold = {"align": "center", "fontSize": 13, "fontWeight": "bold"}
    return [*layers, *marks.on_steps(fits, across.channel("x"), palette.on_steps, **bold)]


def _parts(place: Place, shown: Shown, scale: Sequence[str]) -> list[dict[str, Any]]:
    ends = [sum(shown.counts[:step]) / shown.n for step in (0, *STEPS)]
    return [
        {
            "step": step,
            "start": ends[step - 1],
            "end": ends[step],
            "top": place.bar,
            "bottom": place.bar + BAR,
            "x": (ends[step - 1] + ends[step]) / 2,
            "y": place.bar + BAR / 2 + 1,
            "text": str(step),
            "Name": place.row.label,
            "Step": words.step_name(step, scale),
            "People": say(
                "%(part)s of %(whole)s (%(share)s)",
                part=f"{count:,}",
                whole=f"{shown.n:,}",
                share=words.percent(count / shown.n),
            ),
        }
        for step, count in zip(STEPS, shown.counts, strict=True)
        if count
    ]


def _agreements(
    shown: Sequence[tuple[Place, Shown]], frame: Frame, palette: Palette
) -> list[Layer]:
    if frame.stacked:
        return []
    said = [{"y": place.track, "text": words.agreement(measure)} for place, measure in shown]
    return [marks.text(said, frame.agreement, palette.ink)]


@dataclass(frozen=True, slots=True)
class _Track:
    """A line from step 1 to 5 on which mean, likely range and target are marked."""

    row: Row
    shown: Shown
    y: int

    def said(self, scale: Sequence[str]) -> dict[str, Any]:
        mean = say(
            "%(mean)s, very likely %(range)s",
            mean=words.fixed(self.shown.mean),
            range=words.interval(self.shown),
        )
        step = words.step_name(self.shown.step, scale)
        return {"Name": self.row.label, "Mean": mean, "Step": step}

    def line(self, start: float, end: float, reach: int = 0) -> dict[str, Any]:
        return {"start": start, "end": end, "top": self.y - reach, "bottom": self.y + reach}


def _tracks(
    tracks: Sequence[_Track], scale: Sequence[str], across: Across, palette: Palette
) -> list[Layer]:
    lines = [track.line(1, 5) for track in tracks]
    lines += [track.line(step, step, 7) for track in tracks for step in STEPS]
    ranges = [track.said(scale) | track.line(*track.shown.interval) for track in tracks]
    means = [track.said(scale) | {"x": track.shown.mean, "y": track.y} for track in tracks]
    beside = [
        {"Name": t.row.label, say("Whole organisation"): words.fixed(t.row.beside)}
        | t.line(t.row.beside, t.row.beside, 11)
        for t in tracks
        if t.row.beside is not None
    ]
    targets = [
        {"Name": t.row.label, "Target": words.step_name(t.row.target, scale)}
        | {"x": t.row.target, "y": t.y}
        for t in tracks
        if t.row.target is not None
    ]
    dot = {"shape": "circle", "size": 52, "fill": palette.ink, "strokeWidth": 0}
    diamond = {"shape": "diamond", "size": 190, "fill": "transparent", "stroke": palette.target}
    return [
        marks.rules(lines, across, palette.line, strokeWidth=1),
        marks.rules(ranges, across, palette.quiet, strokeWidth=10, opacity=0.4),
        marks.rules(beside, across, palette.ink, strokeWidth=2.5),
        marks.points(means, across, **dot),
        marks.points(targets, across, strokeWidth=2.5, **diamond),
    ]


def _withheld(placed: Sequence[Place], frame: Frame, palette: Palette) -> list[Layer]:
    letters = frame.label_letters if frame.stacked else 3 * frame.label_letters
    said = [
        {"y": place.bar + BAR / 2 + 1, "text": textwrap.fill(words.withheld(measure), letters)}
        for place in placed
        if isinstance(measure := place.row.measure, Withheld)
    ]
    return [marks.text(said, frame.bars[0], palette.quiet, fontStyle="italic", fontSize=13)]


def _header(frame: Frame, palette: Palette) -> list[Layer]:
    if frame.stacked:
        return []
    heads = [
        {"x": frame.bars[0], "y": -32, "text": say("Share of people at each step")},
        {"x": frame.track[0], "y": -32, "text": say("Mean, likely range, target")},
        {"x": frame.agreement, "y": -32, "text": say("Agreement")},
    ]
    pixels, across = Across((0, frame.width), (0, frame.width)), Across((1, 5), frame.track)
    numbers = [{"x": step, "y": -10, "text": str(step)} for step in STEPS]
    looks = {"align": "center", "fontSize": 13}
    return [
        marks.text(heads, pixels.channel("x"), palette.quiet, fontSize=13),
        marks.text(numbers, across.channel("x"), palette.quiet, **looks),
    ]
