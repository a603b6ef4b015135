"""Who is asked: everybody, some units with all below them, or a random sample of each top-level
unit. With the wave stands {}, {"units": [ids]} or {"sample": {"half_width", "response_rate"}}."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from survey.maturity.sample_size import expected_half_width, people_to_ask
from survey.operations.errors import Refused
from survey.storage.organisations import Person, Unit, units_now
from survey.storage.waves import Wave

Row = Any
"""A person: id, and the path of their unit."""


@dataclass(frozen=True, slots=True)
class PlannedUnit:
    """A top-level unit and how it is asked: people in it, how many are asked, how many answers are
    expected, and how sure a mean of them would be (half-width in steps, 95 %)."""

    id: int
    name: str
    people: int
    asked: int
    answers: float
    half_width: float


def check_audience(session: Session, organisation_id: int, audience: Mapping[str, Any]) -> None:
    """Raises Refused where this cannot be asked."""
    if "units" in audience:
        mine = {unit.id for unit in units_now(session, organisation_id)}
        if not audience["units"] or not set(audience["units"]) <= mine:
            raise Refused("No unit is chosen.", "Choose one or more units, or ask everybody.")
    if "sample" in audience:
        wanted = audience["sample"]
        if not 0.05 <= wanted["half_width"] <= 2 or not 0.05 <= wanted["response_rate"] <= 1:
            raise Refused(
                "A sample like this cannot be drawn.",
                "Give a half-width from 0.05 to 2 steps and a share of answers from 5 to 100 %.",
            )


def asked(
    session: Session, wave: Wave, audience: Mapping[str, Any] | None = None, *, random: Random
) -> list[Row]:
    """The people who are asked, by id: rows of id and path. A sample is drawn afresh each time."""
    audience = wave.audience if audience is None else audience
    people = _people(session, wave.organisation_id)
    if "units" in audience:
        chosen = {str(id_) for id_ in audience["units"]}
        return [one for one in people if not chosen.isdisjoint(one.path.split("/"))]
    if "sample" in audience:
        return _sample(people, audience["sample"], wave.minimum_group, random)
    return people


def _people(session: Session, organisation_id: int) -> list[Row]:
    found = (
        select(Person.id, Unit.path)
        .join(Unit, Unit.id == Person.unit_id)
        .where(Person.organisation_id == organisation_id, Person.active)
        .order_by(Person.id)
    )
    return list(session.execute(found))


def _top_of(path: str) -> int:
    """The unit below the root; the root for itself."""
    ids = path.strip("/").split("/")
    return int(ids[1] if len(ids) > 1 else ids[0])


def random_for_sizes() -> Random:
    """Sizes of a sample do not depend on who is drawn."""
    return Random(0)  # noqa: S311 -- chance decides nothing that is kept


def _sample(
    people: Sequence[Row], wanted: Mapping[str, float], at_least: int, random: Random
) -> list[Row]:
    by_top = defaultdict(list)
    for one in people:
        by_top[_top_of(one.path)].append(one)
    drawn = [
        one
        for group in by_top.values()
        for one in random.sample(group, _size(len(group), wanted, at_least))
    ]
    return sorted(drawn, key=lambda one: one.id)


def _size(people: int, wanted: Mapping[str, float], at_least: int) -> int:
    return people_to_ask(people, wanted["half_width"], wanted["response_rate"], at_least)


def planned(session: Session, wave: Wave, audience: Mapping[str, Any]) -> list[PlannedUnit]:
    """How each top-level unit would be asked, by name; units without people are left out."""
    found = select(Unit.id, Unit.name).where(Unit.organisation_id == wave.organisation_id)
    names = {row.id: row.name for row in session.execute(found)}
    everybody: dict[int, int] = defaultdict(int)
    for one in _people(session, wave.organisation_id):
        everybody[_top_of(one.path)] += 1
    sample = audience.get("sample")
    rate = sample["response_rate"] if sample else wave.goal / 100
    chosen: dict[int, int] = defaultdict(int)
    if sample:
        for top, people in everybody.items():
            chosen[top] = _size(people, sample, wave.minimum_group)
    else:
        for one in asked(session, wave, audience, random=random_for_sizes()):
            chosen[_top_of(one.path)] += 1
    rows = [
        PlannedUnit(
            top, names[top], people, chosen[top], chosen[top] * rate,
            expected_half_width(chosen[top] * rate),
        )
        for top, people in everybody.items()
    ]  # fmt: skip
    return sorted(rows, key=lambda one: one.name)
