"""Whether every part of an organisation answered alike."""

from __future__ import annotations

from collections.abc import Mapping

from survey.maturity.response_rate import ResponseRate, response_rate
from survey.operations.unit_tree import UnitNode, UnitTree


def evenness(
    tree: UnitTree, unit: UnitNode, responded: Mapping[int, int | None]
) -> ResponseRate | None:
    """The response over the units directly below `unit`; None where rates are not known.

    Those whose response is withheld count as one part, with everybody who is in none of them:
    that part can be worked out anyway.
    responded: by unit id, None where withheld.
    """
    whole = responded[unit.id]
    if whole is None:
        return None
    parts = [
        (child.invited, answered)
        for child in tree.children(unit)
        if (answered := responded[child.id]) is not None
    ]
    rest = (
        unit.invited - sum(invited for invited, _ in parts),
        whole - sum(answered for _, answered in parts),
    )
    parts = [part for part in (*parts, rest) if part[0]]
    if len(parts) < 2 or any(not 0 <= answered <= invited for invited, answered in parts):
        return None
    return response_rate([invited for invited, _ in parts], [answered for _, answered in parts])
