"""Every capability in every unit: a cell in the colour of its step, with its mean. Pure."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from survey.charts import captions, marks
from survey.charts.chart import Table
from survey.charts.heat_grid import CELL, Cell, Grid, grid
from survey.charts.look import Look
from survey.charts.marks import Across, Layer
from survey.charts.palette import Palette
from survey.findings import words
from survey.findings.speech import say, say_many
from survey.maturity.profile import Shown, Withheld

if TYPE_CHECKING:
    from survey.operations.heat_map_reporting import HeatRow

LEGEND: Final = 30
"""The height of a line of what colours mean."""
SIGN: Final = 16


@dataclass(frozen=True, slots=True)
class Heat:
    """Capabilities down, the whole and its units across. `columns`: the names of the units, in the
    order of the cells of each row."""

    title: str
    rows: tuple[HeatRow, ...]
    columns: tuple[str, ...]
    scale: Sequence[str]

    @property
    def finding(self) -> str:
        """On which capability the units differ most."""
        apart = [(row.spread, row.name) for row in self.rows if row.spread is not None]
        if not apart:
            return say("No two units can be shown beside one another")
        spread, name = max(apart)
        if not spread:
            return say("Units see every capability alike")
        steps = words.steps(spread)
        return say("Units are furthest apart on %(name)s: %(steps)s", name=name, steps=steps)

    @property
    def measured_in(self) -> str:
        """What is drawn, and of how many people."""
        said = say("Mean from 1 to 5 in each unit, in the colour of its step")
        cells = (cell for row in self.rows for cell in (row.whole, *row.cells))
        return captions.with_people(said, (one.n for one in cells if isinstance(one, Shown)))

    @property
    def note(self) -> str:
        """How many figures are withheld, and why."""
        cells = [cell for row in self.rows for cell in (row.whole, *row.cells)]
        why = [cell.reason for cell in cells if isinstance(cell, Withheld)]
        few, others = why.count("too-few"), why.count("protects-another")
        said = [
            say_many(
                "%(number)s figure is withheld, since too few people answered.",
                "%(number)s figures are withheld, since too few people answered.",
                few,
            )
            if few
            else "",
            say_many(
                "%(number)s figure is withheld, since showing it would reveal another group’s "
                "answers.",
                "%(number)s figures are withheld, since showing them would reveal another group’s "
                "answers.",
                others,
            )
            if others
            else "",
        ]
        return " ".join(filter(None, said))

    @property
    def description(self) -> str:
        """The chart in words: of each capability the lowest and the highest unit."""
        return " ".join(_in_words(row, self.columns) for row in self.rows)

    def table(self) -> Table:
        """The mean of each capability in the whole and in each unit."""
        heads = (say("Capability"), say("Everybody"), *self.columns)
        return Table(heads, tuple(_means(row) for row in self.rows))

    def size(self, look: Look) -> tuple[int, int]:
        """Width and height of the drawing in pixels."""
        placed = self._grid(look)
        return placed.width, placed.bottom + 4 + LEGEND * len(_legend_rows(look))

    def _grid(self, look: Look) -> Grid:
        names = (say("Everybody"), *self.columns)
        return grid(tuple(row.name for row in self.rows), names, narrow=look.narrow)

    def specification(self, look: Look) -> Layer:
        """The chart in Vega-Lite."""
        placed, palette = self._grid(look), look.palette
        across = Across((0, placed.width), (0, placed.width))
        layers = [
            *_legend(self.scale, look, across),
            *_words(placed, across, palette),
            *_cells(self.rows, placed, across, self.scale, palette),
        ]
        above = LEGEND * len(_legend_rows(look))
        padding = {"left": 0, "right": 0, "top": above, "bottom": 4}
        return marks.picture(
            layers, self.size(look), padding, self.title, self.description, palette
        )


def _in_words(row: HeatRow, columns: Sequence[str]) -> str:
    shown = [
        (one.mean, name)
        for one, name in zip(row.cells, columns, strict=True)
        if isinstance(one, Shown)
    ]
    if not shown:
        return say("%(name)s: no unit can be shown.", name=row.name)
    (low, lowest), (high, highest) = min(shown), max(shown)
    return say(
        "%(name)s: from %(low)s in %(lowest)s to %(high)s in %(highest)s.",
        name=row.name,
        low=words.fixed(low),
        lowest=lowest,
        high=words.fixed(high),
        highest=highest,
    )


def _means(row: HeatRow) -> tuple[str | float | None, ...]:
    measures = (row.whole, *row.cells)
    return (row.name, *(one.mean if isinstance(one, Shown) else None for one in measures))


def _cells(
    rows: Sequence[HeatRow],
    placed: Grid,
    across: Across,
    scale: Sequence[str],
    palette: Palette,
) -> Iterator[Layer]:
    shown: list[dict[str, Any]] = []
    hidden: list[dict[str, Any]] = []
    for cell in placed.cells:
        row = rows[cell.row]
        measure = (row.whole, *row.cells)[cell.column]
        named = {"Name": row.name, "Unit": cell.name}
        if isinstance(measure, Shown):
            shown.append(_box(cell) | named | _figures(measure, scale))
        else:
            hidden.append(_box(cell) | named | {"Withheld": words.withheld(measure), "step": 1})
    yield marks.boxes(shown, across, palette.steps, stroke=palette.quiet, strokeWidth=0.75)
    yield from _hidden(hidden, across, palette)
    size = 14 if placed.cell_width >= 34 else 11
    looks = {"align": "center", "fontSize": size, "fontWeight": "bold"}
    yield from marks.on_steps(shown, across.channel("x"), palette.on_steps, **looks)


def _box(cell: Cell) -> dict[str, Any]:
    return {
        "start": cell.left,
        "end": cell.right,
        "top": cell.top,
        "bottom": cell.top + CELL,
        "x": (cell.left + cell.right) / 2,
        "y": cell.top + CELL / 2 + 1,
    }


def _figures(measure: Shown, scale: Sequence[str]) -> dict[str, Any]:
    return {
        "step": measure.step,
        "text": words.fixed(measure.mean, 1),
        "Step": words.step_name(measure.step, scale),
        "Mean": f"{words.fixed(measure.mean)} ({words.interval(measure)})",
        "People": f"{measure.n:,}",
    }


def _hidden(values: Sequence[dict[str, Any]], across: Across, palette: Palette) -> Iterator[Layer]:
    """Cells that are withheld: empty, with a dashed edge and a line across."""
    dashed = {"stroke": palette.quiet, "strokeWidth": 0.75, "strokeDash": [2, 2]}
    yield marks.boxes(values, across, [palette.paper], **dashed)
    lines = [one | {"top": one["bottom"], "bottom": one["top"]} for one in values]
    yield marks.rules(lines, across, palette.quiet, strokeWidth=0.75)


def _words(placed: Grid, across: Across, palette: Palette) -> Iterator[Layer]:
    labels = [{"y": label.y, "text": label.text} for label in placed.labels]
    yield marks.text(labels, 0, palette.ink, fontSize=14, fontWeight="bold", lineHeight=17)
    heads = [{"x": head.x, "y": head.y, "text": head.text} for head in placed.heads]
    looks: dict[str, Any] = {"fontSize": 13, "lineHeight": 15}
    upright = {"angle": 270, "align": "left"} if placed.upright else {"align": "center"}
    yield marks.text(heads, across.channel("x"), palette.quiet, **looks, **upright)
    keys = [{"x": key.x, "y": key.y, "text": key.text} for key in placed.keys]
    yield marks.text(keys, across.channel("x"), palette.ink, fontSize=13, lineHeight=17)


def _legend_rows(look: Look) -> list[tuple[int, ...]]:
    """Which signs stand in each line: the steps, and 0 for what is withheld."""
    return [(1, 2, 3), (4, 5, 0)] if look.narrow else [(1, 2, 3, 4, 5, 0)]


def _legend(scale: Sequence[str], look: Look, across: Across) -> Iterator[Layer]:
    palette, rows = look.palette, _legend_rows(look)
    every = 113 if look.narrow else 158
    boxes: list[dict[str, Any]] = []
    hidden: list[dict[str, Any]] = []
    names: list[dict[str, Any]] = []
    for line, signs in enumerate(rows):
        top = (line - len(rows)) * LEGEND + 4
        for place, step in enumerate(signs):
            left = place * every + 1
            box = {"start": left, "end": left + SIGN, "top": top, "bottom": top + SIGN}
            (boxes if step else hidden).append(box | {"step": step or 1})
            said = words.step_name(step, scale) if step else say("Withheld")
            names.append({"x": left + SIGN + 6, "y": top + SIGN / 2, "text": _short(said, look)})
    yield marks.boxes(boxes, across, palette.steps, stroke=palette.quiet, strokeWidth=0.75)
    yield from _hidden(hidden, across, palette)
    yield marks.text(names, across.channel("x"), palette.quiet, fontSize=13)


def _short(name: str, look: Look) -> str:
    return textwrap.shorten(name, 14 if look.narrow else 20, placeholder="…") or name[:12]
