"""Who is measured: organisations, their units as a tree, and the people on the staff list."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from survey.storage.model import Model


class Organisation(Model):
    """A council, a company: everything else belongs to one."""

    __tablename__ = "organisation"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(200))


class Unit(Model):
    """A part of an organisation. The root, whose parent is None, is the organisation itself.

    `path` is the ids from the root down, "1/4/9/": a sub-tree is one range of paths.
    """

    __tablename__ = "unit"
    __table_args__ = (
        UniqueConstraint("organisation_id", "slug"),
        Index("ix_unit_organisation_id_path", "organisation_id", "path"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    slug: Mapped[str] = mapped_column(String(80))
    name: Mapped[str] = mapped_column(String(200))
    path: Mapped[str] = mapped_column(String(400))


class Person(Model):
    """Somebody on the staff list. Knows nothing of answers."""

    __tablename__ = "person"
    __table_args__ = (UniqueConstraint("organisation_id", "email"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    email: Mapped[str] = mapped_column(String(254))
    active: Mapped[bool] = mapped_column(default=True)


def live_units(session: Session, organisation_id: int) -> list[dict[str, Any]]:
    """The units as they are now, parents before children, as a wave's frozen tree has them."""
    depth = func.length(Unit.path) - func.length(func.replace(Unit.path, "/", ""))
    rows = session.execute(
        select(Unit.id, Unit.slug, Unit.name, Unit.parent_id.label("parent"))
        .where(Unit.organisation_id == organisation_id)
        .order_by(depth, Unit.id)
    )
    return [dict(row._mapping) for row in rows]
