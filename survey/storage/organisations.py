"""Who is measured: organisations, their units as a tree, and the people on the staff list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Protocol, TypeVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from survey.storage.model import Model


class Organisation(Model):
    """A council, a company: everything else belongs to one.

    `sign_off_needed`: a second person signs a questionnaire off before it is published.
    `glossary`: words that its staff know, one a line, so that no advice calls them jargon.
    """

    __tablename__ = "organisation"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    sign_off_needed: Mapped[bool] = mapped_column(default=False)
    glossary: Mapped[str] = mapped_column(Text, default="")


class Unit(Model):
    """A part of an organisation. The root, whose parent is None, is the organisation itself.

    `path` is the ids from the root down, "1/4/9/": a sub-tree is one range of paths. A unit that
    has ended stays for the waves that were asked before; `successor_id` carries on its work.
    """

    __tablename__ = "unit"
    __table_args__ = (
        UniqueConstraint("organisation_id", "slug"),
        Index("ix_unit_organisation_id_path", "organisation_id", "path"),
        CheckConstraint("successor_id IS NULL OR ended_at IS NOT NULL", name="successor"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    slug: Mapped[str] = mapped_column(String(80))
    name: Mapped[str] = mapped_column(String(200))
    path: Mapped[str] = mapped_column(String(400))
    ended_at: Mapped[datetime | None]
    successor_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))


class Person(Model):
    """Somebody on the staff list, known by an e-mail address, a staff number, or both. Knows
    nothing of answers."""

    __tablename__ = "person"
    __table_args__ = (
        UniqueConstraint("organisation_id", "email"),
        UniqueConstraint("organisation_id", "staff_number"),
        CheckConstraint("email IS NOT NULL OR staff_number IS NOT NULL", name="known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    email: Mapped[str | None] = mapped_column(String(254))
    staff_number: Mapped[str | None] = mapped_column(String(40))
    active: Mapped[bool] = mapped_column(default=True)


class _Placed(Protocol):
    """A unit, or a row of one."""

    id: Any
    name: Any
    slug: Any
    path: Any


Placed = TypeVar("Placed", bound=_Placed)


def in_tree_order(units: Sequence[Placed]) -> list[Placed]:
    """All units of an organisation as a tree is read: each followed by those below it, by name."""
    names = {unit.id: (unit.name, unit.slug) for unit in units}
    return sorted(units, key=lambda unit: [names[int(id_)] for id_ in unit.path.split("/")[:-1]])


def units_now(session: Session, organisation_id: int) -> list[Unit]:
    """The units that have not ended, as the database has them now, in any order."""
    mine = select(Unit).where(Unit.organisation_id == organisation_id, Unit.ended_at.is_(None))
    return list(session.scalars(mine.execution_options(populate_existing=True)))


def units_ended(session: Session, organisation_id: int) -> list[Unit]:
    """The units that have ended, the latest first."""
    mine = select(Unit).where(Unit.organisation_id == organisation_id, Unit.ended_at.is_not(None))
    return list(session.scalars(mine.order_by(Unit.ended_at.desc(), Unit.name)))


def unit_named(session: Session, organisation_id: int, slug: str) -> Unit | None:
    """The unit with this short name, whether it has ended or not."""
    return session.scalar(
        select(Unit).where(Unit.organisation_id == organisation_id, Unit.slug == slug)
    )


def successors(session: Session, organisation_id: int) -> dict[int, int | None]:
    """The id of each unit that has ended, to that of the one that carries on its work."""
    ended = select(Unit.id, Unit.successor_id).where(
        Unit.organisation_id == organisation_id, Unit.ended_at.is_not(None)
    )
    rows = session.execute(ended)
    return {unit_id: successor_id for unit_id, successor_id in rows}  # noqa: C416 -- rows, typed


def live_units(session: Session, organisation_id: int) -> list[dict[str, Any]]:
    """The units as they are now, in the order of the tree, as a wave's frozen tree has them."""
    return [
        {"id": unit.id, "slug": unit.slug, "name": unit.name, "parent": unit.parent_id}
        for unit in in_tree_order(units_now(session, organisation_id))
    ]
