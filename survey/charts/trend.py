"""What became of some capabilities: their means wave by wave. Pure."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from survey.charts import marks
from survey.charts.chart import Table
from survey.charts.look import Look
from survey.charts.marks import Across, Layer
from survey.charts.palette import Palette
from survey.findings import words
from survey.findings.speech import say
from survey.maturity.profile import Shown, Withheld
from survey.questionnaire.model import STEPS

if TYPE_CHECKING:
    from survey.operations.profile import CapabilityOverTime, Moment

MOST: Final = 4
"""Courses that can be told apart in one chart."""

DASHES: Final = ([1, 0], [9, 4], [3, 3], [12, 3, 2, 3])
SHAPES: Final = ("circle", "square", "triangle-up", "diamond")
TOP, HEIGHT = 20, 280
ROOM: Final = 20
"""Pixels that a name needs from top to bottom."""


@dataclass(frozen=True, slots=True)
class Trend:
    """Up to MOST capabilities over the closed waves. `targets`: steps that are aimed for, by
    capability."""

    title: str
    courses: tuple[CapabilityOverTime, ...]
    scale: Sequence[str]
    targets: Mapping[str, int] = field(default_factory=dict)

    @property
    def finding(self) -> str:
        """How the first capability, which moved most, changed."""
        for course in self.courses:
            last = course.last
            if last is not None and last.words != "no clear change":
                return say(
                    "%(name)s: %(change)s than before", name=course.name, change=say(last.words)
                )
        return say("No clear change")

    @property
    def measured_in(self) -> str:
        """What is drawn, and of how many people."""
        people = [m.n for course in self.courses for _, m in _shown(course)]
        if not people:
            return say("Mean from 1 to 5 in each wave")
        return say(
            "Mean from 1 to 5 in each wave, and where it very likely lies; %(least)s to %(most)s "
            "people",
            least=f"{min(people):,}",
            most=f"{max(people):,}",
        )

    @property
    def note(self) -> str:
        """Where waves cannot be compared, and what is withheld."""
        moments = [moment for course in self.courses for moment in course.moments]
        said = [
            say("Where there is no line, other questions were asked.")
            if any(moment.broken for moment in moments)
            else "",
            say("Some figures are withheld.")
            if any(isinstance(moment.measure, Withheld) for moment in moments)
            else "",
        ]
        return " ".join(filter(None, said))

    @property
    def description(self) -> str:
        """The chart in words."""
        return " ".join(
            f"{course.name}: {', '.join(_said(moment) for moment in course.moments)}."
            for course in self.courses
        )

    def table(self) -> Table:
        """A row a capability and wave."""
        return Table(
            (say("Capability"), say("Wave"), say("Mean"), say("From"), say("To"), say("People")),
            tuple(
                (course.name, moment.wave.name, *_numbers(moment))
                for course in self.courses
                for moment in course.moments
            ),
        )

    def size(self, look: Look) -> tuple[int, int]:
        """Width and height of the drawing in pixels."""
        names = sum(self._rows(look)) if look.narrow else 0
        return (340 if look.narrow else 960), TOP + HEIGHT + 62 + names

    def _rows(self, look: Look) -> list[int]:
        """The height of each name."""
        letters = 34 if look.narrow else 26
        return [
            len(textwrap.wrap(course.name, letters) or [""]) * 17 + 6 for course in self.courses
        ]

    def specification(self, look: Look) -> Layer:
        """The chart in Vega-Lite."""
        palette, size = look.palette, self.size(look)
        waves = [moment.wave.name for moment in self.courses[0].moments] if self.courses else []
        pixels = (46, 300) if look.narrow else (120, 690)
        inset = 0 if len(waves) > 1 else (pixels[1] - pixels[0]) // 2
        across = Across(
            (0, max(1, len(waves) - 1)), (pixels[0] + 30 + inset, pixels[1] - 30 + inset)
        )
        layers = [*_grid(self.scale, waves, across, pixels, look)]
        for place, course in enumerate(self.courses):
            target = self.targets.get(course.id)
            layers += _course(course, place, across, palette, target, pixels)
        layers += self._names(look, across)
        padding = {"left": 0, "right": 0, "top": 0, "bottom": 0}
        return marks.picture(layers, size, padding, self.title, self.description, palette)

    def _names(self, look: Look, across: Across) -> Iterator[Layer]:
        """What each line is: at its end, or beneath the chart where there is no room."""
        palette = look.palette
        pixels = Across((0, 960), (0, 960))
        ends = [(_last_y(course), place, course) for place, course in enumerate(self.courses)]
        if look.narrow:
            y = float(TOP + HEIGHT + 62)
            placed = []
            for (_, place, course), height in zip(ends, self._rows(look), strict=True):
                placed.append((y + 8, place, course))
                y += height
            x, letters = 20, 34
        else:
            placed, x, letters = _apart(ends), across.pixels[1] + 34, 26
        for y, place, course in placed:
            lines = textwrap.wrap(course.name, letters) or [""]
            middle = y if look.narrow else y - (len(lines) - 1) * 8.5
            yield marks.text(
                [{"y": middle, "text": "\n".join(lines)}], x, palette.ink, lineHeight=17
            )
            sign = [{"x": x - 12, "y": y}]
            yield marks.points(sign, pixels, **_sign(place, palette))


def _said(moment: Moment) -> str:
    if isinstance(moment.measure, Shown):
        return f"{moment.wave.name} {words.fixed(moment.measure.mean)}"
    if isinstance(moment.measure, Withheld):
        return f"{moment.wave.name} {words.withheld(moment.measure).lower()}"
    return say("%(wave)s not asked", wave=moment.wave.name)


def _numbers(moment: Moment) -> tuple[float | None, float | None, float | None, int | None]:
    if not isinstance(moment.measure, Shown):
        return None, None, None, None
    return moment.measure.mean, *moment.measure.interval, moment.measure.n


def _shown(course: CapabilityOverTime) -> list[tuple[int, Shown]]:
    """The waves, by their place, in which it is shown."""
    return [
        (place, moment.measure)
        for place, moment in enumerate(course.moments)
        if isinstance(moment.measure, Shown)
    ]


def _y(mean: float) -> float:
    return TOP + HEIGHT - (mean - 1) / 4 * HEIGHT


def _last_y(course: CapabilityOverTime) -> float:
    shown = _shown(course)
    return _y(shown[-1][1].mean) if shown else _y(1)


def _apart(
    ends: Sequence[tuple[float, int, CapabilityOverTime]],
) -> list[tuple[float, int, CapabilityOverTime]]:
    """Names moved apart where they would touch."""
    ranked = sorted(ends, key=lambda end: (end[0], end[1]))
    lines = [len(textwrap.wrap(end[2].name, 26) or [""]) * 17 for end in ranked]
    at = [end[0] for end in ranked]
    for place in range(1, len(at)):
        needed = (lines[place - 1] + lines[place]) / 2 + 4
        at[place] = max(at[place], at[place - 1] + needed)
    limit = float(TOP + HEIGHT + 30)
    for place in reversed(range(len(at))):
        at[place] = min(at[place], limit)
        limit = at[place] - ((lines[place] + lines[place - 1]) / 2 + 4)
    return [(y, end[1], end[2]) for y, end in zip(at, ranked, strict=True)]


def _sign(place: int, palette: Palette, *, filled: bool = True) -> dict[str, Any]:
    colour = palette.ink if place % 2 == 0 else palette.target
    return {
        "shape": SHAPES[place % MOST],
        "size": 80,
        "fill": colour if filled else palette.paper,
        "stroke": colour,
        "strokeWidth": 2,
    }


def _course(
    course: CapabilityOverTime,
    place: int,
    across: Across,
    palette: Palette,
    target: int | None,
    pixels: tuple[int, int],
) -> Iterator[Layer]:
    shown = _shown(course)
    colour = palette.ink if place % 2 == 0 else palette.target
    segments = [
        {"start": here, "end": there, "top": _y(one.mean), "bottom": _y(other.mean)}
        for (here, one), (there, other) in pairwise(shown)
        if not course.moments[here].broken and not course.moments[there].broken
    ]
    whiskers = [
        {"start": at, "end": at, "top": _y(one.interval[1]), "bottom": _y(one.interval[0])}
        for at, one in shown
    ]
    yield marks.rules(whiskers, across, palette.quiet, strokeWidth=5, opacity=0.35)
    yield marks.rules(segments, across, colour, strokeWidth=2, strokeDash=DASHES[place % MOST])
    for broken in (False, True):
        values = [
            {
                "x": at,
                "y": _y(one.mean),
                "Name": course.name,
                "Wave": course.moments[at].wave.name,
                "Mean": f"{words.fixed(one.mean)} ({words.interval(one)})",
                "People": f"{one.n:,}",
            }
            for at, one in shown
            if bool(course.moments[at].broken) is broken
        ]
        yield marks.points(values, across, **_sign(place, palette, filled=not broken))
    if target is not None:
        diamond = {"shape": "diamond", "size": 190, "fill": "transparent"}
        value = [{"x": pixels[1], "y": _y(target), "Name": course.name, "Target": str(target)}]
        yield marks.points(
            value, Across(pixels, pixels), stroke=palette.target, strokeWidth=2.5, **diamond
        )


def _grid(
    scale: Sequence[str],
    waves: Sequence[str],
    across: Across,
    pixels: tuple[int, int],
    look: Look,
) -> Iterator[Layer]:
    palette = look.palette
    lines = [{"start": 0, "end": 1, "top": _y(step), "bottom": _y(step)} for step in STEPS]
    yield marks.rules(lines, Across((0, 1), pixels), palette.line, strokeWidth=1)
    names = [
        {"y": _y(step), "text": str(step) if look.narrow else words.step_name(step, scale)}
        for step in STEPS
    ]
    yield marks.text(names, 20 if look.narrow else 0, palette.quiet, fontSize=13)
    room = max(8, (pixels[1] - pixels[0]) // max(1, len(waves)) // 8)
    below = [
        {
            "x": place,
            "y": TOP + HEIGHT + 22,
            "text": "\n".join(textwrap.wrap(name, room, max_lines=2, placeholder="…") or [""]),
        }
        for place, name in enumerate(waves)
    ]
    looks = {"align": "center", "fontSize": 12 if look.narrow else 13, "lineHeight": 16}
    yield marks.text(below, across.channel("x"), palette.ink, **looks)
