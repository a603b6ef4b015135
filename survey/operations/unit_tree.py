"""The units of a wave as a tree: as it was when the wave opened, or as it is while none has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from sqlalchemy.orm import Session

from survey.storage import organisations, waves
from survey.storage.waves import Wave


@dataclass(frozen=True, slots=True)
class UnitNode:
    """A unit in its tree. `parent` is its parent's place in the tree, -1 for the root;
    `invited` counts the people in it or below; the root has depth 0."""

    id: int
    slug: str
    name: str
    parent: int
    depth: int
    path: str
    invited: int


@dataclass(frozen=True)
class UnitTree:
    """Units by their place, as a tree is read: each followed by those below it, the root first."""

    units: tuple[UnitNode, ...]

    @cached_property
    def place_of(self) -> dict[int, int]:
        """Where in `units` each id is."""
        return {unit.id: place for place, unit in enumerate(self.units)}

    @property
    def parents(self) -> list[int]:
        """The place of each unit's parent, -1 for the root."""
        return [unit.parent for unit in self.units]

    @property
    def ids(self) -> list[str]:
        """Ids as text of equal length, so that they sort as the numbers do."""
        return [f"{unit.id:012d}" for unit in self.units]

    @property
    def root(self) -> UnitNode:
        """The organisation as a whole."""
        return self.units[0]

    def named(self, slug: str) -> UnitNode | None:
        """The unit with this slug."""
        return next((unit for unit in self.units if unit.slug == slug), None)

    def below(self, top: UnitNode) -> tuple[UnitNode, ...]:
        """`top` and everything under it, in the order of the tree."""
        return tuple(self.units[place] for place in sorted(self._inside[self.place_of[top.id]]))

    @cached_property
    def _inside(self) -> list[list[int]]:
        """The places of each unit and of everything under it."""
        found = [[place] for place in range(len(self.units))]
        for place in range(len(self.units) - 1, 0, -1):
            found[self.units[place].parent] += found[place]
        return found

    def children(self, top: UnitNode) -> tuple[UnitNode, ...]:
        """The units directly under `top`."""
        place = self.place_of[top.id]
        return tuple(unit for unit in self.units if unit.parent == place)

    def places(self, unit_ids: Sequence[int]) -> np.ndarray[Any, np.dtype[np.int64]]:
        """The place of each unit; the root's for one that the tree does not have."""
        return np.array([self.place_of.get(id_, 0) for id_ in unit_ids], dtype=np.int64)

    def sum_upwards(self, by_unit: np.ndarray[Any, Any]) -> None:
        """Add to each unit, the first axis, all that lies below it. In place."""
        for place in range(len(self.units) - 1, 0, -1):
            by_unit[self.units[place].parent] += by_unit[place]


def tree_from(units: Sequence[dict[str, Any]]) -> UnitTree:
    """A tree from rows of id, slug, name, parent (an id) and invited, parents first."""
    nodes: dict[int, tuple[int, UnitNode]] = {}
    for place, unit in enumerate(units):
        above_place, above = nodes.get(unit["parent"], (-1, None))
        nodes[unit["id"]] = (
            place,
            UnitNode(
                id=unit["id"],
                slug=unit["slug"],
                name=unit["name"],
                parent=above_place,
                depth=above.depth + 1 if above else 0,
                path=f"{above.path if above else ''}{unit['id']}/",
                invited=unit.get("invited", 0),
            ),
        )
    return UnitTree(tuple(node for _, node in nodes.values()))


def tree_of(session: Session, wave: Wave) -> UnitTree:
    """The wave's tree: frozen once it has opened."""
    frozen = waves.frozen_units(session, wave.id)
    return tree_from(frozen or organisations.live_units(session, wave.organisation_id))


def trees_of(session: Session, opened: Sequence[Wave]) -> dict[int, UnitTree]:
    """The tree of each of some waves, by the wave's id: one query where all have opened, none
    where there are no waves."""
    if not opened:
        return {}
    frozen = waves.frozen_units_of(session, [wave.id for wave in opened])
    return {
        wave.id: tree_from(frozen[wave.id]) if wave.id in frozen else tree_of(session, wave)
        for wave in opened
    }
