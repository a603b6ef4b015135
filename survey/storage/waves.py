"""One round of asking: the wave, the tree it is asked in, and its invitations."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from survey.storage.model import Model


class Wave(Model):
    """A questionnaire put to an organisation. What is promised is frozen at opening.

    `slug` is its name in addresses and commands, unique in the installation.
    """

    __tablename__ = "wave"
    __table_args__ = (
        CheckConstraint("state IN ('prepared', 'open', 'closed')", name="state"),
        CheckConstraint("minimum_group >= 5", name="minimum_group"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    version_digest: Mapped[str] = mapped_column(ForeignKey("version.digest"))
    name: Mapped[str] = mapped_column(String(200))
    state: Mapped[str] = mapped_column(String(10), default="prepared")
    minimum_group: Mapped[int]
    open_link: Mapped[bool] = mapped_column(default=False)
    closes_at: Mapped[datetime | None]
    opened_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    simulated: Mapped[bool] = mapped_column(default=False)


class WaveTree(Model):
    """The unit tree as it was when the wave opened: later reorganisations do not change it.

    `units`: [{"id", "slug", "name", "parent" (id or null), "invited" (in it or below)}], parents
    before children, the root first.
    """

    __tablename__ = "wave_tree"

    wave_id: Mapped[int] = mapped_column(ForeignKey("wave.id"), primary_key=True)
    units: Mapped[list[Any]]


class Invitation(Model):
    """One person's way into one wave. Knows whether it was used; not when, nor the response.

    `shift` says which modules this person is asked (see `questionnaire.modules`).
    """

    __tablename__ = "invitation"
    __table_args__ = (
        Index("ix_invitation_token_digest", "token_digest", unique=True),
        Index("uq_invitation_wave_id_person_id", "wave_id", "person_id", unique=True),
    )

    wave_id: Mapped[int] = mapped_column(ForeignKey("wave.id"), primary_key=True)
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    unit_id: Mapped[int]
    token_digest: Mapped[bytes]
    shift: Mapped[int] = mapped_column(default=0)
    used: Mapped[bool] = mapped_column(default=False)
