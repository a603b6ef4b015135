"""The order in which a tree of units is walked."""

from __future__ import annotations

from collections.abc import Sequence


def parents_first(parents: Sequence[int]) -> list[int]:
    """Units by index so that each comes after its parent; reversed, deepest first.

    parents: index of each unit's parent, -1 for a root.
    Raises ValueError for a parent that does not exist, or parents that go round in a circle.
    """
    children: list[list[int]] = [[] for _ in parents]
    order: list[int] = []
    for unit, parent in enumerate(parents):
        if not -1 <= parent < len(parents):
            raise ValueError(f"unit {unit} has a parent that does not exist: {parent}")
        (order if parent < 0 else children[parent]).append(unit)
    for unit in order:  # grows while it is walked
        order.extend(children[unit])
    if len(order) != len(parents):
        raise ValueError("some units are, through their parents, below themselves")
    return order
