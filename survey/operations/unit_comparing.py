"""Some units side by side, each capability in each of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy.orm import Session

from survey.operations.errors import NotFound, Refused
from survey.operations.heat_map_reporting import HeatMap, heat_map_of
from survey.operations.profile import UnitReport
from survey.operations.unit_tree import UnitNode
from survey.operations.viewing import View, view_closed
from survey.storage.accounts import Account

MOST_COMPARED: Final = 4
"""Units that can still be told apart in a chart."""


@dataclass(frozen=True, slots=True)
class UnitComparison:
    """`map`: the units chosen, as its columns, beside the whole that the account sees. `choices`:
    the units that can be chosen, in the order of the tree."""

    map: HeatMap
    choices: tuple[UnitReport, ...]


def compare_units(
    session: Session, wave_slug: str, account: Account | None, slugs: Sequence[str]
) -> UnitComparison:
    """What may be seen of some units of a closed wave: two queries.

    account: see `viewing.view`. slugs: of units below what the account sees; one that comes again
    counts once. Raises NotFound, also for a unit that the account may not see; Refused for more
    than `MOST_COMPARED`.
    """
    seen = view_closed(session, wave_slug, account)
    below = seen.tree.below(seen.unit)[1:]
    units = _chosen(seen, below, dict.fromkeys(slugs))
    return UnitComparison(
        map=heat_map_of(session, seen, units),
        choices=tuple(UnitReport.of(unit) for unit in below),
    )


def _chosen(seen: View, below: Sequence[UnitNode], slugs: dict[str, None]) -> list[UnitNode]:
    if len(slugs) > MOST_COMPARED:
        raise Refused(
            f"You chose {len(slugs)} units.", f"Choose {MOST_COMPARED} or fewer to compare."
        )
    by_slug = {unit.slug: unit for unit in below}
    missing = next((slug for slug in slugs if slug not in by_slug), None)
    if missing is not None:
        raise NotFound("There is no such unit.", "Choose units from the list.")
    return [by_slug[slug] for slug in slugs]
