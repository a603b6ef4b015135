"""The smallest and the largest number that a constraint of another tool lets pass."""

from __future__ import annotations

from typing import Final, NamedTuple

from survey.exchange.condition_dialects import Dialect
from survey.exchange.foreign_conditions import (
    CannotBeSaid,
    Compared,
    Joined,
    Name,
    Node,
    Value,
    parse,
)
from survey.exchange.marks import as_number

ITSELF: Final = "."
"""What XLSForm calls the answer at hand."""

_TURNED: Final = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


class Bounds(NamedTuple):
    """Bounds, as far as they are plain. is_all: whether they say all that the constraint does."""

    lowest: float | None = None
    highest: float | None = None
    is_all: bool = True


def bounds(constraint: str, dialect: Dialect, *, whole: bool) -> Bounds:
    """What a constraint says of the answer at hand. whole: it is a whole number."""
    if not constraint.strip():
        return Bounds()
    try:
        node = parse(constraint, dialect)
    except CannotBeSaid:
        return Bounds(is_all=False)
    parts = node.parts if isinstance(node, Joined) and node.how == "all" else (node,)
    found = Bounds()
    for part in parts:
        found = _narrower(found, _bound(part, whole=whole))
    return found


def _narrower(one: Bounds, other: Bounds) -> Bounds:
    low = [bound for bound in (one.lowest, other.lowest) if bound is not None]
    high = [bound for bound in (one.highest, other.highest) if bound is not None]
    is_all = one.is_all and other.is_all
    return Bounds(max(low, default=None), min(high, default=None), is_all)


def _bound(node: Node, *, whole: bool) -> Bounds:
    if not isinstance(node, Compared):
        return Bounds(is_all=False)
    operator, left, right = node.operator, node.left, node.right
    if isinstance(left, Value):
        operator, left, right = _TURNED.get(operator, operator), right, left
    number = as_number(right.value) if isinstance(right, Value) else None
    if left != Name(ITSELF) or number is None or operator not in _TURNED:
        return Bounds(is_all=False)
    is_strict = operator in ("<", ">")
    step = int(is_strict and whole)
    exact = not is_strict or whole
    if operator.startswith(">"):
        return Bounds(lowest=number + step, is_all=exact)
    return Bounds(highest=number - step, is_all=exact)
