"""Every capability in every unit directly below one: where each stands, at a glance."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from sqlalchemy.orm import Session

from survey.maturity.disclosure import SHOWN
from survey.maturity.profile import Measure, Shown
from survey.maturity.tally import SUM, Tally, rated_and_asked
from survey.operations.figures import UnitFigures, unit_figures
from survey.operations.profile import UnitReport
from survey.operations.unit_tree import UnitNode
from survey.operations.versions import groups_of, measured
from survey.operations.viewing import View, view_closed
from survey.storage import tallies
from survey.storage.accounts import Account
from survey.storage.organisations import Organisation
from survey.storage.waves import Wave

Floats = NDArray[np.float64]

MOST_UNITS: Final = 30
"""That can be taken in at a glance: the largest."""


@dataclass(frozen=True, slots=True)
class HeatRow:
    """A capability: in the whole that is looked at, and in each unit."""

    id: str
    name: str
    whole: Measure
    cells: tuple[Measure, ...]

    @property
    def spread(self) -> float | None:
        """The highest mean of a unit less the lowest; None below two that are shown."""
        means = [cell.mean for cell in self.cells if isinstance(cell, Shown)]
        return max(means) - min(means) if len(means) > 1 else None


@dataclass(frozen=True, slots=True)
class HeatMap:
    """The organisation (`unit` is None) or a unit. `units`: those directly below, in the order of
    the tree, of which there are `of_units`; `groups` of rows as a profile has them."""

    wave: Wave
    organisation: Organisation
    unit: UnitReport | None
    scale: tuple[str, ...]
    units: tuple[UnitReport, ...]
    of_units: int
    groups: tuple[tuple[str, tuple[HeatRow, ...]], ...]

    @property
    def rows(self) -> tuple[HeatRow, ...]:
        """Those of all groups."""
        return tuple(row for _, rows in self.groups for row in rows)


def heat_map(
    session: Session, wave_slug: str, account: Account | None, unit_slug: str | None = None
) -> HeatMap:
    """What may be seen of the units below one in a closed wave: two queries.

    account, unit_slug: see `viewing.view`. Raises NotFound.
    """
    seen = view_closed(session, wave_slug, account, unit_slug)
    units = _largest(seen.tree.children(seen.unit))
    return heat_map_of(session, seen, units)


def heat_map_of(
    session: Session,
    seen: View,
    units: Sequence[UnitNode],
    among: Collection[str] | None = None,
) -> HeatMap:
    """The same of what is looked at, with these units as its columns: one query. among: the ids of
    the capabilities wanted, None for all."""
    wanted = measured(seen.questionnaire) if among is None else among
    return _map(seen, units, wanted, _figures(session, seen, units))


def furthest_apart(session: Session, seen: View, among: Collection[str]) -> HeatMap:
    """The map with one row alone: of these capabilities the one on which the units directly below
    what is looked at differ most; no row where that cannot be said. One query."""
    units = _largest(seen.tree.children(seen.unit))
    figures = _figures(session, seen, units) if units else []
    widest = _widest(figures[1:], seen, among)
    return _map(seen, units, [widest] if widest else [], figures)


def _largest(units: tuple[UnitNode, ...]) -> tuple[UnitNode, ...]:
    kept = sorted(units, key=lambda unit: -unit.invited)[:MOST_UNITS]
    ids = {unit.id for unit in kept}
    return tuple(unit for unit in units if unit.id in ids)


def _figures(session: Session, seen: View, units: Sequence[UnitNode]) -> list[UnitFigures]:
    """Of what is looked at, then of each unit."""
    ids = [seen.unit.id, *(unit.id for unit in units)]
    found = tallies.tallies_of(session, seen.wave.id, ids)
    return [unit_figures(seen.questionnaire, found.get(id_)) for id_ in ids]


def _widest(parts: Sequence[UnitFigures], seen: View, among: Collection[str]) -> str | None:
    """On which of the capabilities the means that may be seen lie furthest apart; of two alike the
    last by name. None where no two may be seen."""
    ids = [id_ for id_ in measured(seen.questionnaire) if id_ in among]
    means = [_means(part, part.tally, ids) for part in parts if part.tally is not None]
    if not ids or len(means) < 2:
        return None
    found = np.stack(means)
    several = (~np.isnan(found)).sum(axis=0) > 1
    highest = np.where(np.isnan(found), -np.inf, found).max(axis=0)
    lowest = np.where(np.isnan(found), np.inf, found).min(axis=0)
    names = [seen.questionnaire.capabilities[id_].name for id_ in ids]
    spreads = [
        (highest[place] - lowest[place], names[place], ids[place])
        for place in np.flatnonzero(several)
    ]
    return max(spreads)[-1] if spreads else None


def _means(part: UnitFigures, tally: Tally, ids: Sequence[str]) -> Floats:
    """The mean of each capability in ten-thousandths of a step; not a number where it may not be
    seen."""
    items = [part.capabilities[id_] for id_ in ids]
    figures = tally.figures[items]
    status = np.frombuffer(part.disclosure, dtype=np.uint8)[items]
    rated, _ = rated_and_asked(figures)
    visible = (status == SHOWN) & (rated > 0)
    return np.where(visible, figures[:, SUM] / np.maximum(rated, 1), np.nan)


def _map(
    seen: View, units: Sequence[UnitNode], ids: Collection[str], figures: Sequence[UnitFigures]
) -> HeatMap:
    return HeatMap(
        wave=seen.wave,
        organisation=seen.organisation,
        unit=UnitReport.of(seen.unit) if seen.unit.depth else None,
        scale=seen.questionnaire.scale,
        units=tuple(UnitReport.of(unit) for unit in units),
        of_units=len(seen.tree.children(seen.unit)),
        groups=_groups(seen, ids, figures) if figures else (),
    )


def _groups(
    seen: View, ids: Collection[str], figures: Sequence[UnitFigures]
) -> tuple[tuple[str, tuple[HeatRow, ...]], ...]:
    whole, *parts = figures
    rows = {
        id_: HeatRow(
            id_,
            seen.questionnaire.capabilities[id_].name,
            whole.capability(id_),
            tuple(part.capability(id_) for part in parts),
        )
        for id_ in ids
    }
    groups = (
        (group.title, tuple(rows[id_] for id_ in group.capabilities if id_ in rows))
        for group in groups_of(seen.questionnaire)
    )
    return tuple(group for group in groups if group[1])
