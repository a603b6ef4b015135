"""Counts of ratings: all that a profile needs. And the targets it is held against."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Integer,
    LargeBinary,
    String,
    and_,
    bindparam,
    case,
    cast,
    delete,
    func,
    insert,
    null,
    or_,
    select,
    union_all,
    update,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from survey.storage.model import AnyRow, Model, insert_into, table_of


class Tally(Model):
    """What a unit, with all below it, has answered: one row however many responses.

    `figures` is a packed `maturity.tally.Tally`; `disclosure`, once the wave is closed, one byte
    an item: what may be shown of it (see `maturity.disclosure`), and a last one for how many
    answered.
    """

    __tablename__ = "tally"

    wave_id: Mapped[int] = mapped_column(ForeignKey("wave.id"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    responses: Mapped[int]
    figures: Mapped[bytes]
    disclosure: Mapped[bytes | None]


class BreakdownTally(Model):
    """What those who chose an option of a question about themselves have answered, in the whole
    organisation: counted once, when the wave closes.

    `figures`: the capabilities' rows of a packed `maturity.tally.Tally`; `disclosure`: one byte
    each (see `maturity.disclosure`).
    """

    __tablename__ = "breakdown_tally"

    wave_id: Mapped[int] = mapped_column(ForeignKey("wave.id"), primary_key=True)
    question: Mapped[str] = mapped_column(String(200), primary_key=True)
    option: Mapped[str] = mapped_column(String(200), primary_key=True)
    figures: Mapped[bytes]
    disclosure: Mapped[bytes]


class Target(Model):
    """The step that leads want to reach in a capability, and why."""

    __tablename__ = "target"
    __table_args__ = (CheckConstraint("step BETWEEN 1 AND 5", name="step"),)

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    capability: Mapped[str] = mapped_column(String(100), primary_key=True)
    step: Mapped[int]
    reason: Mapped[str] = mapped_column(String(1000))


def tallies_of(
    session: Session, wave_id: int, unit_ids: Sequence[int] | None = None
) -> dict[int, AnyRow]:
    """Responses, figures and disclosure of every unit that has answers, or of these alone, by
    unit."""
    mine = table_of(Tally).c
    found = select(mine.unit_id, mine.responses, mine.figures, mine.disclosure)
    found = found.where(mine.wave_id == wave_id)
    if unit_ids is not None:
        found = found.where(mine.unit_id.in_(unit_ids))
    return {row.unit_id: row for row in session.connection().execute(found)}


def tallies_of_waves(
    session: Session, units: Mapping[int, Collection[int]]
) -> dict[tuple[int, int], AnyRow]:
    """The same in one query for some units of each of several waves, by wave and unit."""
    mine = table_of(Tally).c
    wanted = [
        and_(mine.wave_id == wave_id, mine.unit_id.in_(sorted(ids)))
        for wave_id, ids in units.items()
    ]
    found = select(mine.wave_id, mine.unit_id, mine.responses, mine.figures, mine.disclosure)
    rows = session.connection().execute(found.where(or_(*wanted)))
    return {(row.wave_id, row.unit_id): row for row in rows}


def responses_by_unit(session: Session, wave_id: int) -> list[tuple[int, int]]:
    """Each unit that has a tally, with how many responses are in it."""
    mine = table_of(Tally).c
    rows = session.connection().execute(
        select(mine.unit_id, mine.responses).where(mine.wave_id == wave_id)
    )
    return [(row.unit_id, row.responses) for row in rows]


def store_tallies(session: Session, rows: Sequence[dict[str, Any]]) -> None:
    """Add or replace tallies: rows of wave_id, unit_id, responses, figures."""
    if rows:
        new = insert_into(session, Tally)
        session.connection().execute(
            new.on_conflict_do_update(
                index_elements=["wave_id", "unit_id"],
                set_={"responses": new.excluded.responses, "figures": new.excluded.figures},
            ),
            rows,
        )


def store_disclosure(session: Session, wave_id: int, by_unit: dict[int, bytes]) -> None:
    """Freeze what may be shown of each unit."""
    if by_unit:
        mine = table_of(Tally).c
        session.connection().execute(
            update(table_of(Tally))
            .where(mine.wave_id == wave_id, mine.unit_id == bindparam("unit"))
            .values(disclosure=bindparam("bytes")),
            [{"unit": unit_id, "bytes": found} for unit_id, found in by_unit.items()],
        )


def store_breakdowns(session: Session, rows: Sequence[dict[str, Any]]) -> None:
    """Keep what was counted by answers about oneself, by the names of the columns."""
    if rows:
        session.connection().execute(insert(table_of(BreakdownTally)), rows)


def breakdowns_of(session: Session, wave_id: int) -> dict[tuple[str, str], AnyRow]:
    """Figures and disclosure of each question and option."""
    mine = table_of(BreakdownTally).c
    rows = session.connection().execute(
        select(mine.question, mine.option, mine.figures, mine.disclosure).where(
            mine.wave_id == wave_id
        )
    )
    return {(row.question, row.option): row for row in rows}


def figures_and_targets(
    session: Session, wave_id: int, unit_ids: Sequence[int], organisation_id: int
) -> tuple[dict[int, AnyRow], dict[str, AnyRow]]:
    """What a profile needs, in one query: the tally of each unit, the target of each capability.

    Rows have number (responses; the target's step), text (the target's reason), figures (of
    these units only) and disclosure.
    """
    tally, target = table_of(Tally).c, table_of(Target).c
    both = union_all(
        select(
            tally.unit_id,
            cast(null(), String).label("capability"),
            tally.responses.label("number"),
            cast(null(), String).label("text"),
            case((tally.unit_id.in_(unit_ids), tally.figures)).label("figures"),
            tally.disclosure,
        ).where(tally.wave_id == wave_id),
        select(
            cast(null(), Integer),
            target.capability,
            target.step,
            target.reason,
            cast(null(), LargeBinary),
            cast(null(), LargeBinary),
        ).where(target.organisation_id == organisation_id),
    )
    rows = session.connection().execute(both).all()
    return (
        {row.unit_id: row for row in rows if row.unit_id is not None},
        {row.capability: row for row in rows if row.capability is not None},
    )


def item_by_unit(
    session: Session, wave_id: int, item: int, start: int, length: int
) -> list[AnyRow]:
    """One item of every unit's tally: unit_id, its packed figures, its disclosure.

    start, length: the bytes where the item's figures are.
    """
    mine = table_of(Tally).c
    found = select(
        mine.unit_id,
        func.substr(mine.figures, start + 1, length, type_=LargeBinary).label("figures"),
        func.substr(mine.disclosure, item + 1, 1, type_=LargeBinary).label("disclosure"),
    )
    return list(session.connection().execute(found.where(mine.wave_id == wave_id)))


def store_target(
    session: Session, organisation_id: int, capability: str, step: int, reason: str
) -> None:
    """Set or replace the target of a capability."""
    new = insert_into(session, Target)
    session.connection().execute(
        new.on_conflict_do_update(
            index_elements=["organisation_id", "capability"],
            set_={"step": new.excluded.step, "reason": new.excluded.reason},
        ),
        {
            "organisation_id": organisation_id,
            "capability": capability,
            "step": step,
            "reason": reason,
        },
    )


def remove_tallies(session: Session, wave_id: int) -> None:
    """Forget the counts of a wave, to be made afresh."""
    session.connection().execute(
        delete(table_of(Tally)).where(table_of(Tally).c.wave_id == wave_id)
    )
