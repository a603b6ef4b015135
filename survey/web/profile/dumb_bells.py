"""The perception gap as a chart: each row a line from the lowest mean of any group to the highest,
each group a dot with its letter. Pure."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from survey.maturity.profile import Shown
from survey.operations.profile import CapabilityByGroup, GroupFigure
from survey.web.profile import marks, words
from survey.web.profile.charts import BELOW, HEADER, SIDE, STEPS, Look
from survey.web.profile.marks import Across, Layer
from survey.web.profile.palette import Palette
from survey.web.profile.placing import LINE

LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
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
    row: CapabilityByGroup
    label: tuple[str, ...]
    top: int
    line: int
    bottom: int


@dataclass(frozen=True, slots=True)
class DumbBells:
    """Capabilities as the groups of one question see them."""

    title: str
    rows: tuple[CapabilityByGroup, ...]
    scale: Sequence[str]

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
            *_groups(placed, across, palette),
            *_header(self.scale, frame, across, palette),
        ]
        padding = {"left": SIDE, "right": SIDE, "top": HEADER, "bottom": BELOW}
        return marks.picture(
            layers, self.size(look), padding, self.title, self.description, palette
        )


def letter(place: int) -> str:
    """By which a group is known in the chart: A, B … Z, A2, B2 …"""
    more, at = divmod(place, len(LETTERS))
    return LETTERS[at] + (str(more + 1) if more else "")


def is_clear(group: GroupFigure) -> bool:
    """Whether a group differs from all others by more than chance."""
    return group.differs is not None and group.differs.words != "no clear change"


def _frame(look: Look) -> _Frame:
    return NARROW if look.narrow else WIDE


def _said(row: CapabilityByGroup) -> str:
    shown = [one for one in row.groups if isinstance(one.measure, Shown)]
    if not shown:
        return "no group can be shown"
    return ", ".join(f"{one.option.text} {words.fixed(_mean(one))}" for one in shown)


def _mean(group: GroupFigure) -> float:
    return group.measure.mean if isinstance(group.measure, Shown) else 0.0


def _places(rows: Sequence[CapabilityByGroup], frame: _Frame) -> list[_Place]:
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
    withheld = [
        {"y": place.line, "text": "Withheld: no group can be shown"}
        for place in placed
        if place.row.gap is None and not _dots(place)
    ]
    whole = Across((0, 1), (0, frame.width - 4))
    return [
        marks.rules(lines, whole, palette.line, strokeWidth=1),
        marks.text(names, 0, palette.ink, fontSize=15, fontWeight="bold"),
        marks.text(withheld, frame.track[0], palette.quiet, fontStyle="italic", fontSize=13),
    ]


def _tracks(placed: Sequence[_Place], across: Across, palette: Palette) -> list[Layer]:
    there = [place for place in placed if _dots(place)]
    lines = [{"start": 1, "end": 5, "top": p.line, "bottom": p.line} for p in there]
    lines += [
        {"start": step, "end": step, "top": p.line - 5, "bottom": p.line + 5}
        for p in there
        for step in STEPS
    ]
    bars = [
        {"start": min(means), "end": max(means), "top": p.line, "bottom": p.line}
        for p in there
        for means in ([_mean(one) for _, one in _dots(p)],)
    ]
    wholes = [
        {"start": mean, "end": mean, "top": p.line - 9, "bottom": p.line + 9}
        | {"Name": p.row.name, "Whole organisation": words.fixed(mean)}
        for p in there
        if isinstance(p.row.measure, Shown)
        for mean in (p.row.measure.mean,)
    ]
    return [
        marks.rules(lines, across, palette.line, strokeWidth=1),
        marks.rules(bars, across, palette.quiet, strokeWidth=6, opacity=0.5),
        marks.rules(wholes, across, palette.ink, strokeWidth=2),
    ]


def _dots(place: _Place) -> list[tuple[int, GroupFigure]]:
    shown = [
        (number, one)
        for number, one in enumerate(place.row.groups)
        if isinstance(one.measure, Shown)
    ]
    return sorted(shown, key=lambda found: (_mean(found[1]), found[0]))


def _groups(placed: Sequence[_Place], across: Across, palette: Palette) -> list[Layer]:
    clear: list[dict[str, Any]] = []
    unclear: list[dict[str, Any]] = []
    letters: list[dict[str, Any]] = []
    for place in placed:
        dots = _dots(place)
        for (number, group), shifted in zip(dots, _spread(dots, across), strict=True):
            value = _value(place, number, group)
            (clear if is_clear(group) else unclear).append(value)
            letters.append({"x": shifted, "y": place.line - ABOVE_THE_LINE, "text": letter(number)})
    looks = {"shape": "circle", "size": 90, "stroke": palette.ink, "strokeWidth": 2}
    pixels = Across((across.pixels[0], across.pixels[1]), across.pixels)
    small = {"align": "center", "fontSize": 13, "fontWeight": "bold"}
    return [
        marks.points(unclear, across, fill=palette.paper, **looks),
        marks.points(clear, across, fill=palette.ink, **looks),
        marks.text(letters, pixels.channel("x"), palette.ink, **small),
    ]


def _value(place: _Place, number: int, group: GroupFigure) -> dict[str, Any]:
    said = {
        "Name": place.row.name,
        "Group": f"{letter(number)} {group.option.text}",
        "Mean": words.fixed(_mean(group)),
    }
    if isinstance(group.measure, Shown):
        said["People"] = f"{group.measure.n:,}"
    if group.differs is not None:
        said["Beside all others"] = words.compared(group.differs.words)
    return said | {"x": _mean(group), "y": place.line}


def _spread(dots: Sequence[tuple[int, GroupFigure]], across: Across) -> list[float]:
    """Where the letters stand, in pixels: over their dots, moved apart where they would touch."""
    (first, last), (left, right) = across.domain, across.pixels
    at = [left + (_mean(one) - first) / (last - first) * (right - left) for _, one in dots]
    for place in range(1, len(at)):
        at[place] = max(at[place], at[place - 1] + ROOM)
    over = max(0.0, (at[-1] if at else 0.0) - right)
    for place in reversed(range(len(at))):
        limit = right if place == len(at) - 1 else at[place + 1] - ROOM
        at[place] = min(at[place], limit) if over else at[place]
    return at


def _header(scale: Sequence[str], frame: _Frame, across: Across, palette: Palette) -> list[Layer]:
    names = [
        {"x": step, "y": -12, "text": str(step) if frame.stacked else f"{step} {name}"}
        for step, name in zip(STEPS, scale, strict=True)
    ]
    looks = {"align": "center", "fontSize": 13}
    said = [{"y": -34, "text": "Mean of each group"}]
    return [
        marks.text(said, frame.track[0], palette.quiet, fontSize=13),
        marks.text(names, across.channel("x"), palette.quiet, **looks),
    ]
