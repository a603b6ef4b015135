"""Units over time: which units of a former wave became a unit of a later one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from survey.operations.unit_tree import UnitNode, UnitTree


@dataclass(frozen=True, slots=True)
class Former:
    """What a unit was in a former wave: the units that became it, none of them inside another;
    none where it is new. `same_units`: whether what lies in it is what lay in them, so that like
    is compared with like."""

    units: tuple[UnitNode, ...]
    same_units: bool


def formerly(
    then: UnitTree, now: UnitTree, successors: Mapping[int, int | None]
) -> dict[int, Former]:
    """For each unit of the later tree, by id, what it was in the former one.

    successors: the id of each unit that has ended to that of the one which carries it on; None
    where nothing does.
    """
    became = {unit.id: carried_on_by(unit.id, now, successors) for unit in then.units}
    parts: dict[int, list[UnitNode]] = {unit.id: [] for unit in now.units}
    for unit in then.units:
        carried = became[unit.id]
        if carried is not None and not _is_inside(unit, parts[carried]):
            parts[carried].append(unit)
    return {
        unit.id: Former(tuple(parts[unit.id]), _same(unit, parts[unit.id], then, now, became))
        for unit in now.units
    }


def carried_on_by(id_: int, now: UnitTree, successors: Mapping[int, int | None]) -> int | None:
    """The id of the unit of a tree that is, or carries on, the one with this id; None where none
    does."""
    found: int | None = id_
    while found is not None and found not in now.place_of:
        found = successors.get(found)
    return found


def _is_inside(unit: UnitNode, others: list[UnitNode]) -> bool:
    return any(unit.path.startswith(other.path) for other in others)


def _same(
    unit: UnitNode,
    parts: list[UnitNode],
    then: UnitTree,
    now: UnitTree,
    became: Mapping[int, int | None],
) -> bool:
    was = {became[one.id] for part in parts for one in then.below(part)}
    return was == {one.id for one in now.below(unit)}
