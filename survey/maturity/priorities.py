"""What to do first: gaps and how much they matter, and the roles and skills that carry them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

MOST_IMPORTANT = 5.0
"""Importance of a capability whose importance was not asked: it is not put behind those that
were."""


@dataclass(frozen=True, slots=True)
class Priority:
    """A capability's place in the order of work, with the factors it comes from: `gap` in steps,
    `importance` from 1 to 5, `short` the share of people below the target."""

    id: str
    value: float
    gap: float
    importance: float
    short: float


@dataclass(frozen=True, slots=True)
class Need:
    """How much a role is needed: the priorities of the capabilities that name it, added up."""

    role: str
    value: float
    capabilities: tuple[str, ...]


def priority(id_: str, gap: float, importance: float | None, short: float) -> Priority:
    """max(0, gap) x importance / 5; importance counts as 5 where it was not asked.

    Source: ours (methods, section 8).
    """
    weight = MOST_IMPORTANT if importance is None else importance
    return Priority(id_, max(0.0, gap) * weight / MOST_IMPORTANT, gap, weight, short)


def in_order(priorities: Sequence[Priority]) -> list[Priority]:
    """The most pressing first; among equals the one of which more people fall short, then by id."""
    return sorted(priorities, key=lambda one: (-one.value, -one.short, one.id))


def needed_roles(priorities: Sequence[Priority], roles: Mapping[str, Sequence[str]]) -> list[Need]:
    """The roles that the gaps call for, the most needed first. Of roles, never of people.

    need_r = sum of the priority of each capability that names the role; those whose target is
    reached call for nobody. roles: of each capability's id. Source: ours (methods, section 8).
    """
    called: dict[str, list[Priority]] = {}
    for one in in_order(priorities):
        for role in roles.get(one.id, ()) if one.value else ():
            called.setdefault(role, []).append(one)
    needs = [
        Need(role, sum(one.value for one in those), tuple(one.id for one in those))
        for role, those in called.items()
    ]
    return sorted(needs, key=lambda need: (-need.value, need.role))


def borich(wanted: Sequence[float], current: Sequence[float]) -> float:
    """A need by people who said both: mean wanted x mean of (wanted - current).

    Raises ValueError where nobody, or not the same people, said both.
    Source: Borich (1980), J. Teacher Education 31 (3), 39-42.
    """
    if not wanted:
        raise ValueError("nobody said both what is wanted and what is")
    differences = [w - c for w, c in zip(wanted, current, strict=True)]
    return sum(wanted) / len(wanted) * sum(differences) / len(differences)
