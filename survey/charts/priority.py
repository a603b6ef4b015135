"""What to do first: gaps against how much they matter to people, or in their order. Pure."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any, Final

from survey.charts import marks
from survey.charts.chart import Table
from survey.charts.look import Look
from survey.charts.marks import Across, Layer
from survey.charts.palette import Palette
from survey.charts.placing import LINE
from survey.findings import words
from survey.findings.speech import say

LABEL: Final = 22
"""Pixels that a number beside its dot needs, in either direction."""

BESIDE: Final = ((0, -16), (16, 0), (-16, 0), (0, 16), (15, -15), (-15, -15), (15, 15), (-15, 15))
BESIDE_FURTHER: Final = tuple((2 * right, 2 * down) for right, down in BESIDE)
BAR: Final = 24


@dataclass(frozen=True, slots=True)
class PriorityPoint:
    """A capability below its target. `gap` in steps; `importance` from 1 to 5, None where it was
    not asked; `priority`: see `maturity.priorities`."""

    id: str
    name: str
    gap: float
    importance: float | None
    priority: float


@dataclass(frozen=True, slots=True)
class _Priorities:
    """What both charts of them have."""

    title: str
    points: tuple[PriorityPoint, ...]
    scale: Sequence[str]

    @property
    def finding(self) -> str:
        """With what to begin."""
        if not self.points:
            return say("No capability is below its target")
        first = max(self.points, key=lambda point: point.priority)
        return say("Begin with %(name)s", name=first.name)

    def table(self) -> Table:
        """Gap, importance and priority of each, the most pressing first."""
        return Table(
            (say("Capability"), say("Gap"), say("Importance"), say("Priority")),
            tuple((one.name, one.gap, one.importance, one.priority) for one in self._ranked),
        )

    @property
    def _ranked(self) -> list[PriorityPoint]:
        return sorted(self.points, key=lambda point: (-point.priority, point.id))


@dataclass(frozen=True, slots=True)
class _Field:
    """Where the points are, in pixels; and the key, beside it or beneath."""

    width: int
    across: tuple[int, int]
    down: tuple[int, int]
    key: tuple[int, int]
    key_letters: int


WIDE: Final = _Field(960, (64, 600), (34, 430), (640, 40), 34)
NARROW: Final = _Field(340, (34, 332), (30, 330), (0, 396), 38)


@dataclass(frozen=True, slots=True)
class PriorityChart(_Priorities):
    """Points with a known importance: the wider the gap, the further right; the more it matters,
    the higher. Lines at the medians part them in four (Martilla & James 1977)."""

    @property
    def measured_in(self) -> str:
        """What is drawn."""
        return say(
            "Gap to the target in steps, and importance to people from 1 to 5; lines at the medians"
        )

    @property
    def note(self) -> str:
        """How many gaps are left out, since it is not known how much they matter."""
        left_out = sum(point.importance is None for point in self.points)
        return (
            say("Not drawn, since importance was not asked: %(number)s.", number=left_out)
            if left_out
            else ""
        )

    @property
    def description(self) -> str:
        """The chart in words."""
        return " ".join(
            say(
                "%(name)s: gap %(gap)s, importance %(importance)s.",
                name=point.name,
                gap=words.fixed(point.gap),
                importance=words.fixed(importance),
            )
            for point, importance in self._known
        )

    @property
    def _known(self) -> list[tuple[PriorityPoint, float]]:
        return [(one, one.importance) for one in self._ranked if one.importance is not None]

    def size(self, look: Look) -> tuple[int, int]:
        """Width and height of the drawing in pixels."""
        field = _field(look)
        key = field.key[1] + sum(len(lines) * LINE + 6 for lines in self._key(field))
        return field.width, max(field.down[1] + 56, key + 8)

    def _key(self, field: _Field) -> list[list[str]]:
        return [textwrap.wrap(point.name, field.key_letters) or [""] for point, _ in self._known]

    def specification(self, look: Look) -> Layer:
        """The chart in Vega-Lite."""
        field, palette = _field(look), look.palette
        known = self._known
        widest = max([1.0, *(point.gap for point, _ in known)])
        across = Across((0, widest * 1.06), field.across)
        places = [(_at(point.gap, across), _down(importance, field)) for point, importance in known]
        pixels = Across((0, field.width), (0, field.width))
        values = [
            {
                "x": x,
                "y": y,
                "Name": point.name,
                "Gap": words.fixed(point.gap),
                "Importance": words.fixed(importance),
            }
            for (point, importance), (x, y) in zip(known, places, strict=True)
        ]
        numbers = [
            {"x": x, "y": y, "text": str(place)} for place, (x, y) in enumerate(_beside(places), 1)
        ]
        looks = {"align": "center", "fontSize": 14, "fontWeight": "bold"}
        dot = {"shape": "circle", "size": 90, "fill": palette.target, "strokeWidth": 0}
        layers = [
            *_axes(across, field, palette),
            *_quadrants(places, field, palette, pixels),
            marks.points(values, pixels, **dot),
            marks.text(numbers, pixels.channel("x"), palette.ink, **looks),
            *self._named(field, palette),
        ]
        padding = {"left": 0, "right": 0, "top": 0, "bottom": 0}
        return marks.picture(
            layers, self.size(look), padding, self.title, self.description, palette
        )

    def _named(self, field: _Field, palette: Palette) -> Iterator[Layer]:
        """The key: which number is which capability."""
        x, y = field.key
        numbers, names = [], []
        for place, lines in enumerate(self._key(field), 1):
            numbers.append({"y": y, "text": f"{place}"})
            names.append({"y": y, "text": "\n".join(lines)})
            y += len(lines) * LINE + 6
        yield marks.text(numbers, x, palette.ink, fontWeight="bold")
        yield marks.text(names, x + 30, palette.ink)


@dataclass(frozen=True, slots=True)
class PriorityBars(_Priorities):
    """Gaps in the order of work, where it is not known how much each matters."""

    @property
    def measured_in(self) -> str:
        """What is drawn."""
        return say("Priority: the gap to the target in steps, times importance of 5")

    @property
    def note(self) -> str:
        """That importance counts in full where it is not known."""
        if all(point.importance is None for point in self.points) and self.points:
            return say("Importance was not asked, so it counts in full.")
        return ""

    @property
    def description(self) -> str:
        """The chart in words."""
        return " ".join(
            say("%(name)s: priority %(value)s.", name=one.name, value=words.fixed(one.priority))
            for one in self._ranked
        )

    def size(self, look: Look) -> tuple[int, int]:
        """Width and height of the drawing in pixels."""
        placed = self._placed(look)
        return (340 if look.narrow else 960), (placed[-1][3] if placed else 0) + 8

    def _placed(self, look: Look) -> list[tuple[PriorityPoint, list[str], int, int]]:
        """Each point, the lines of its name, the top of its bar and of what comes after it."""
        placed: list[tuple[PriorityPoint, list[str], int, int]] = []
        top = 4
        for point in self._ranked:
            lines = textwrap.wrap(point.name, 38 if look.narrow else 34) or [""]
            if look.narrow:
                bar = top + len(lines) * LINE + 2
                bottom = bar + BAR + 12
            else:
                bottom = top + max(BAR, len(lines) * LINE) + 12
                bar = (top + bottom - 12 - BAR) // 2
            placed.append((point, lines, bar, bottom))
            top = bottom
        return placed

    def specification(self, look: Look) -> Layer:
        """The chart in Vega-Lite."""
        palette, placed = look.palette, self._placed(look)
        most = max([1.0, *(point.priority for point, *_ in placed)])
        pixels = (0, 280) if look.narrow else (310, 880)
        across = Across((0, most), pixels)
        bars = [
            {
                "step": 1,
                "start": 0,
                "end": point.priority,
                "top": bar,
                "bottom": bar + BAR,
                "Name": point.name,
                "Priority": words.fixed(point.priority),
                "Gap": words.fixed(point.gap),
            }
            for point, _, bar, _ in placed
        ]
        names = [
            {
                "y": bar - len(lines) * LINE + 8
                if look.narrow
                else bar + 13 - (len(lines) - 1) * LINE / 2,
                "text": "\n".join(lines),
            }
            for _, lines, bar, _ in placed
        ]
        said = [
            {"x": point.priority, "y": bar + BAR / 2 + 1, "text": words.fixed(point.priority)}
            for point, _, bar, _ in placed
        ]
        layers = [
            marks.boxes(bars, across, [palette.target]),
            marks.text(names, 0, palette.ink, fontWeight="bold"),
            marks.text(said, across.channel("x"), palette.ink, dx=7),
        ]
        padding = {"left": 0, "right": 0, "top": 0, "bottom": 0}
        return marks.picture(
            layers, self.size(look), padding, self.title, self.description, palette
        )


def _name_at(bar: int, lines: int, look: Look) -> float:
    """Where the first line of a name stands: above its bar, or beside it."""
    return bar - lines * LINE + 8 if look.narrow else bar + 13 - (lines - 1) * LINE / 2


def _field(look: Look) -> _Field:
    return NARROW if look.narrow else WIDE


def _at(gap: float, across: Across) -> float:
    (first, last), (left, right) = across.domain, across.pixels
    return left + (gap - first) / (last - first) * (right - left)


def _down(importance: float, field: _Field) -> float:
    top, bottom = field.down
    return bottom - (importance - 1) / 4 * (bottom - top)


def _beside(places: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Where the numbers stand: beside their dots, where they cover no dot and no other number."""
    taken = list(places)
    found = []
    for x, y in places:
        free = (
            (x + right, y + down)
            for right, down in (*BESIDE, *BESIDE_FURTHER)
            if all(_is_apart((x + right, y + down), other) for other in taken if other != (x, y))
        )
        place = next(free, (x + BESIDE[0][0], y + BESIDE[0][1]))
        taken.append(place)
        found.append(place)
    return found


def _is_apart(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return abs(one[0] - other[0]) >= LABEL * 0.8 or abs(one[1] - other[1]) >= LABEL * 0.7


def _axes(across: Across, field: _Field, palette: Palette) -> Iterator[Layer]:
    (left, right), (top, bottom) = field.across, field.down
    pixels = Across((0, field.width), (0, field.width))
    frame = [
        {"start": left, "end": right, "top": bottom, "bottom": bottom},
        {"start": left, "end": left, "top": top, "bottom": bottom},
    ]
    yield marks.rules(frame, pixels, palette.quiet, strokeWidth=1)
    gaps = range(int(across.domain[1]) + 1)
    under: list[dict[str, Any]] = [
        {"x": _at(gap, across), "y": bottom + 16, "text": str(gap)} for gap in gaps
    ]
    beside = [{"x": left - 14, "y": _down(n, field), "text": str(n)} for n in range(1, 6)]
    looks = {"align": "center", "fontSize": 13}
    yield marks.text([*under, *beside], pixels.channel("x"), palette.quiet, **looks)
    titles: list[dict[str, Any]] = [
        {"x": left, "y": bottom + 38, "text": say("Gap to the target, in steps →")},
        {
            "x": max(0, left - 28),
            "y": top - 20,
            "text": say("↑ How much it matters to people, of 5"),
        },
    ]
    yield marks.text(titles, pixels.channel("x"), palette.quiet, fontSize=13)


def _quadrants(
    places: Sequence[tuple[float, float]], field: _Field, palette: Palette, pixels: Across
) -> Iterator[Layer]:
    if len(places) < 2:
        return
    (left, right), (top, bottom) = field.across, field.down
    x, y = median(place[0] for place in places), median(place[1] for place in places)
    lines = [
        {"start": x, "end": x, "top": top, "bottom": bottom},
        {"start": left, "end": right, "top": y, "bottom": y},
    ]
    yield marks.rules(lines, pixels, palette.line, strokeWidth=1, strokeDash=[5, 4])
    italic = {"fontSize": 13, "fontStyle": "italic"}
    rights = [
        {"x": right - 4, "y": top + 10, "text": say("Do first")},
        {"x": right - 4, "y": bottom - 12, "text": say("Plan for later")},
    ]
    lefts = [
        {"x": left + 6, "y": top + 10, "text": say("Keep at it")},
        {"x": left + 6, "y": bottom - 12, "text": say("Leave as it is")},
    ]
    yield marks.text(rights, pixels.channel("x"), palette.quiet, align="right", **italic)
    yield marks.text(lefts, pixels.channel("x"), palette.quiet, **italic)
