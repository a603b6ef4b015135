"""Where the rows of a chart go: every place in pixels, so that a drawing has the size its page
announces and no text is cut."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from survey.maturity.profile import Shown, Withheld

LINE = 19
BAR = 26


@dataclass(frozen=True, slots=True)
class Row:
    """One thing whose figures are drawn: a capability, a unit, a question.

    `beside` is another mean to compare with, that of the whole organisation.
    """

    label: str
    measure: Shown | Withheld
    target: int | None = None
    beside: float | None = None


@dataclass(frozen=True, slots=True)
class Frame:
    """The columns of a bar chart, in pixels. Stacked: everything of a row under its label."""

    width: int
    label_letters: int
    bars: tuple[int, int]
    track: tuple[int, int]
    agreement: int
    stacked: bool


WIDE = Frame(960, 27, (250, 590), (634, 814), 846, stacked=False)
NARROW = Frame(340, 36, (0, 340), (14, 326), 340, stacked=True)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row's parts are, from the top of the chart, in pixels."""

    row: Row
    top: int
    label: tuple[str, ...]
    note: int
    bar: int
    track: int
    bottom: int


def places(rows: Sequence[Row], frame: Frame) -> tuple[Place, ...]:
    """The rows one under the other."""
    placed: list[Place] = []
    top = 0
    for row in rows:
        placed.append(_place(row, frame, top))
        top = placed[-1].bottom
    return tuple(placed)


def _place(row: Row, frame: Frame, top: int) -> Place:
    label = tuple(textwrap.wrap(row.label, frame.label_letters)) or ("",)
    note = top + 10 + len(label) * LINE
    shown = isinstance(row.measure, Shown)
    if frame.stacked:
        bar = note + (LINE + 4 if shown else -6)
        track = bar + BAR + 16
        bottom = track + 22 if shown else bar + BAR + LINE
        return Place(row, top, label, note, bar, track, bottom)
    height = max(note + LINE + 8 - top, BAR + 32)
    bar = top + (height - BAR) // 2
    return Place(row, top, label, note, bar, bar + BAR // 2, top + height)
