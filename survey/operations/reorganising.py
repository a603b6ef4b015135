"""Units come to an end, and others carry on their work. Waves that were asked before keep the tree
they were asked in; what is compared over time follows the unit that carries on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from survey.operations import auditing
from survey.operations.errors import NotFound, Refused
from survey.operations.importing import locked_units, set_paths
from survey.storage.model import rows_changed
from survey.storage.organisations import (
    Organisation,
    Person,
    Unit,
    unit_named,
    units_ended,
    units_now,
)
from survey.storage.waves import Wave


@dataclass(frozen=True, slots=True)
class Ended:
    """What a unit's end moved to the one that carries on."""

    people: int
    units: int


def what_would_move(session: Session, unit: Unit) -> Ended:
    """People and units directly in this one."""
    people = select(func.count()).where(Person.unit_id == unit.id)
    below = select(func.count()).where(Unit.parent_id == unit.id, Unit.ended_at.is_(None))
    return Ended(session.scalar(people) or 0, session.scalar(below) or 0)


def end_unit(
    session: Session,
    organisation: Organisation,
    slug: str,
    successor: str | None,
    *,
    now: datetime,
) -> Ended:
    """End a unit; its people and the units in it go to the one that carries on.

    successor: the short name of that one; None where the work ends, for a unit without people and
    units. Raises NotFound; Refused where it cannot end like this.
    """
    live = {unit.slug: unit for unit in locked_units(session, organisation)}
    if slug not in live or (successor is not None and successor not in live):
        raise NotFound("There is no such unit now.", "Choose one in the tree.")
    ended = carry_on(session, live, live[slug], live[successor] if successor else None, now=now)
    set_paths(live)
    session.flush()
    return ended


def carry_on(
    session: Session,
    live: dict[str, Unit],
    ending: Unit,
    successor: Unit | None,
    *,
    now: datetime,
) -> Ended:
    """End a unit of `live`, and take it out of there. The caller sets the paths afterwards.

    Raises Refused.
    """
    moved = what_would_move(session, ending)
    _check(ending, successor, moved)
    if successor is not None:
        _move(session, live.values(), ending, successor)
    ending.ended_at = now
    ending.successor_id = successor.id if successor else None
    del live[ending.slug]
    session.flush()
    auditing.note(
        session,
        "unit.end",
        f"unit:{ending.slug}",
        ending.organisation_id,
        successor=successor.slug if successor else None,
        people=moved.people,
        units=moved.units,
    )
    return moved


def _check(ending: Unit, successor: Unit | None, moved: Ended) -> None:
    if ending.parent_id is None:
        raise Refused("The organisation itself cannot end.", "Choose a unit in it.")
    if successor is ending:
        raise Refused("A unit cannot carry on its own work.", "Choose another.")
    if successor is None and (moved.people or moved.units):
        raise Refused(
            f"{ending.name} has {moved.people} people and {moved.units} units.",
            "Choose the unit that carries on, or move them first.",
        )


def _move(session: Session, live: Iterable[Unit], ending: Unit, successor: Unit) -> None:
    if successor.path.startswith(ending.path):
        successor.parent_id = ending.parent_id
    for unit in live:
        if unit.parent_id == ending.id:
            unit.parent_id = successor.id
    people = update(Person).where(Person.unit_id == ending.id)
    rows_changed(session, people.values(unit_id=successor.id))
    prepared = select(Wave).where(
        Wave.organisation_id == ending.organisation_id, Wave.state == "prepared"
    )
    for wave in session.scalars(prepared):
        asked = wave.audience.get("units", [])
        if ending.id in asked:
            now_asked = dict.fromkeys(successor.id if id_ == ending.id else id_ for id_ in asked)
            wave.audience = wave.audience | {"units": list(now_asked)}


def ended_units(session: Session, organisation_id: int) -> list[tuple[Unit, Unit | None]]:
    """Units that have ended, the latest first, each with the one that carries on its work."""
    ended = units_ended(session, organisation_id)
    every = {unit.id: unit for unit in [*units_now(session, organisation_id), *ended]}
    return [(unit, every.get(unit.successor_id or 0)) for unit in ended]


def bring_back(session: Session, organisation: Organisation, slug: str) -> Unit:
    """Undo a unit's end: it is there again, where it was if that is still there, and empty.

    Raises NotFound.
    """
    live = {unit.slug: unit for unit in locked_units(session, organisation)}
    found = unit_named(session, organisation.id, slug)
    if found is None or found.ended_at is None:
        raise NotFound("No such unit has ended.", "Choose one in the list.")
    ids = {unit.id for unit in live.values()}
    if found.parent_id not in ids:
        found.parent_id = next(unit.id for unit in live.values() if unit.parent_id is None)
    found.ended_at = found.successor_id = None
    live[slug] = found
    set_paths(live)
    session.flush()
    auditing.note(session, "unit.return", f"unit:{slug}", organisation.id)
    return found
