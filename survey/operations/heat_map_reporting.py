"""Every capability in every unit directly below one: where each stands, at a glance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlalchemy.orm import Session

from survey.maturity.profile import Measure, Shown
from survey.operations.figures import unit_figures
from survey.operations.profile import UnitReport
from survey.operations.unit_tree import UnitNode
from survey.operations.versions import groups_of, measured
from survey.operations.viewing import View, view_closed
from survey.storage import tallies
from survey.storage.accounts import Account
from survey.storage.organisations import Organisation
from survey.storage.waves import Wave

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
    below = seen.tree.children(seen.unit)
    units = _largest(below)
    return HeatMap(
        wave=seen.wave,
        organisation=seen.organisation,
        unit=UnitReport.of(seen.unit) if seen.unit.depth else None,
        scale=seen.questionnaire.scale,
        units=tuple(UnitReport.of(unit) for unit in units),
        of_units=len(below),
        groups=_groups(session, seen, units),
    )


def _largest(units: tuple[UnitNode, ...]) -> tuple[UnitNode, ...]:
    kept = sorted(units, key=lambda unit: -unit.invited)[:MOST_UNITS]
    ids = {unit.id for unit in kept}
    return tuple(unit for unit in units if unit.id in ids)


def _groups(
    session: Session, seen: View, units: tuple[UnitNode, ...]
) -> tuple[tuple[str, tuple[HeatRow, ...]], ...]:
    ids = [seen.unit.id, *(unit.id for unit in units)]
    found = tallies.tallies_of(session, seen.wave.id, ids)
    whole, *parts = (unit_figures(seen.questionnaire, found.get(id_)) for id_ in ids)
    rows = {
        id_: HeatRow(
            id_,
            seen.questionnaire.capabilities[id_].name,
            whole.capability(id_),
            tuple(part.capability(id_) for part in parts),
        )
        for id_ in measured(seen.questionnaire)
    }
    return tuple(
        (group.title, tuple(rows[id_] for id_ in group.capabilities if id_ in rows))
        for group in groups_of(seen.questionnaire)
    )
