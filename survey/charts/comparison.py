"""Up to four units side by side, capability by capability. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.charts.dumb_bells import Bell, Dot, DumbBells, letter
from survey.findings.speech import say
from survey.maturity.profile import Shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from survey.operations.heat_map_reporting import HeatMap, HeatRow


def of_units(compared: HeatMap, rows: Sequence[HeatRow], title: str) -> DumbBells:
    """A chart of some rows: a dot with its letter for each unit that is shown, and a line for the
    whole beside which they stand."""
    bells = tuple(_bell(row, [unit.name for unit in compared.units]) for row in rows)
    return DumbBells(title, bells, compared.scale, say("Mean in each unit"))


def _bell(row: HeatRow, names: Sequence[str]) -> Bell:
    dots = tuple(
        Dot(letter(place), name, measure, clear=True)
        for place, (name, measure) in enumerate(zip(names, row.cells, strict=True))
        if isinstance(measure, Shown)
    )
    whole = row.whole.mean if isinstance(row.whole, Shown) else None
    return Bell(row.id, row.name, dots, whole, say("Withheld: none of these units can be shown"))
