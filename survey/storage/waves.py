"""One round of asking: the wave, the tree it is asked in, and its invitations."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    Select,
    String,
    bindparam,
    func,
    select,
)
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column

from survey.storage.model import AnyRow, Model, insert_into, is_postgresql
from survey.storage.organisations import Organisation

TAKES_ANSWERS = ("open", "closing")
"""The states of a wave in which answers can be sent; in the second, only by who has begun."""


class Wave(Model):
    """A questionnaire put to an organisation. What is promised is frozen at opening.

    `slug` is its name in addresses and commands, unique in the installation. `languages`: in which
    staff may answer and are written to. `contact`: whom staff may ask. `goal`: percent who should
    answer; `goal_reached_at`: when it was found that they had. `grace_minutes`: how long after the
    last moment those who have begun may finish. `breakdowns`: by which questions about themselves
    profiles are split, by id. `shares_figures`: whether those of everybody together may be given
    to other organisations. `audience`: who is asked (see `operations.audience`).
    `keep_people_days`: after closing, when invitations and who was asked are deleted;
    `forgotten_at`: when they were. `imported`: that its figures were counted elsewhere, and whether
    the same questions were asked there.
    """

    __tablename__ = "wave"
    __table_args__ = (
        CheckConstraint("state IN ('prepared', 'open', 'closing', 'closed')", name="state"),
        CheckConstraint("minimum_group >= 5", name="minimum_group"),
        CheckConstraint("goal BETWEEN 1 AND 100", name="goal"),
        CheckConstraint("imported IN ('same-questions', 'other-questions')", name="imported"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    version_digest: Mapped[str] = mapped_column(ForeignKey("version.digest"))
    name: Mapped[str] = mapped_column(String(200))
    state: Mapped[str] = mapped_column(String(10), default="prepared")
    minimum_group: Mapped[int]
    open_link: Mapped[bool] = mapped_column(default=False)
    send_invitations: Mapped[bool] = mapped_column(default=False)
    languages: Mapped[list[Any]] = mapped_column(default=lambda: ["en"])
    contact: Mapped[str] = mapped_column(String(254), default="")
    goal: Mapped[int] = mapped_column(default=60)
    goal_reached_at: Mapped[datetime | None]
    grace_minutes: Mapped[int] = mapped_column(default=60)
    breakdowns: Mapped[list[Any]] = mapped_column(default=list)
    shares_figures: Mapped[bool] = mapped_column(default=False)
    audience: Mapped[dict[str, Any]] = mapped_column(default=dict)
    keep_people_days: Mapped[int] = mapped_column(default=90)
    forgotten_at: Mapped[datetime | None]
    closes_at: Mapped[datetime | None]
    opened_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    simulated: Mapped[bool] = mapped_column(default=False)
    imported: Mapped[str | None] = mapped_column(String(20))


NEWEST_FIRST = (Wave.opened_at.desc().nulls_first(), Wave.id.desc())
"""The order of waves on pages: first those that have not opened."""


class WaveTree(Model):
    """The unit tree as it was when the wave opened: later reorganisations do not change it.

    `units`: [{"id", "slug", "name", "parent" (id or null), "invited" (in it or below)}], parents
    before children, the root first.
    """

    __tablename__ = "wave_tree"

    wave_id: Mapped[int] = mapped_column(ForeignKey("wave.id"), primary_key=True)
    units: Mapped[list[Any]]


class WaveDay(Model):
    """How many answers came in on a day, in the whole organisation: for a chart, and no row of a
    response says which day it was."""

    __tablename__ = "wave_day"

    wave_id: Mapped[int] = mapped_column(ForeignKey("wave.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    responses: Mapped[int]


class Invitation(Model):
    """One person's way into one wave. Does not know whether it was used: only the token says
    that, of which it has the digest (see `operations.tokens`).

    `sealed_shift` says, to whoever has the token, which modules this person is asked. `delivery`:
    none, mailed (the invitation, not reminders) or bounced, and then `bounce` has the status code.
    `person_id` is None once the person is erased.
    """

    __tablename__ = "invitation"
    __table_args__ = (
        CheckConstraint("delivery IN ('none', 'mailed', 'bounced')", name="delivery"),
        # By the token first, since it is what people come with; with the wave, since a distributed
        # database can check only what lies together.
        Index("uq_invitation_token_digest_wave_id", "token_digest", "wave_id", unique=True),
        Index("uq_invitation_wave_id_person_id", "wave_id", "person_id", unique=True),
    )

    wave_id: Mapped[int] = mapped_column(ForeignKey("wave.id"), primary_key=True)
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    unit_id: Mapped[int]
    token_digest: Mapped[bytes]
    sealed_shift: Mapped[int] = mapped_column(default=0)
    delivery: Mapped[str] = mapped_column(String(10), default="none")
    bounce: Mapped[str] = mapped_column(String(20), default="")


def waves_beside(session: Session, slug: str) -> list[AnyRow]:
    """The waves of the organisation that has the wave `slug`, the newest first; one query.

    Rows of a Wave, its Organisation and, of that wave alone, the frozen units.
    """
    return list(session.execute(_waves_beside(), {"slug": slug}))


@cache
def _waves_beside() -> Select[Any]:
    """Made once: making it takes longer than asking it, and every page of a profile asks it."""
    asked_for = aliased(Wave)
    return (
        select(Wave, Organisation, WaveTree.units)
        .select_from(asked_for)
        .join(Wave, Wave.organisation_id == asked_for.organisation_id)
        .join(Organisation, Organisation.id == Wave.organisation_id)
        .outerjoin(WaveTree, (WaveTree.wave_id == Wave.id) & (Wave.id == asked_for.id))
        .where(asked_for.slug == bindparam("slug"))
        .order_by(*NEWEST_FIRST)
    )


def count_day(session: Session, wave_id: int, day: date, responses: int) -> None:
    """Add answers to those of a day."""
    new = insert_into(session, WaveDay)
    session.connection().execute(
        new.on_conflict_do_update(
            index_elements=["wave_id", "day"],
            set_={"responses": WaveDay.responses + new.excluded.responses},
        ),
        {"wave_id": wave_id, "day": day, "responses": responses},
    )


def days_of(session: Session, wave_id: int) -> list[tuple[date, int]]:
    """The days on which answers came, and how many on each."""
    found = select(WaveDay.day, WaveDay.responses).where(WaveDay.wave_id == wave_id)
    return [(day, number) for day, number in session.execute(found.order_by(WaveDay.day))]


def version_digest_of(session: Session, wave_id: int) -> str:
    """The version that the wave asks."""
    return session.execute(select(Wave.version_digest).where(Wave.id == wave_id)).scalar_one()


def state_of(session: Session, wave_id: int) -> str | None:
    """The wave's state in the database at this moment; None where there is no such wave."""
    return session.scalar(select(Wave.state).where(Wave.id == wave_id))


def wave_before(session: Session, wave: Wave) -> Wave | None:
    """The organisation's closed wave that opened last before this one, of those asked here; None
    also while this one has not opened."""
    if wave.opened_at is None:
        return None
    earlier = select(Wave).where(
        Wave.organisation_id == wave.organisation_id,
        Wave.state == "closed",
        Wave.imported.is_(None),
        Wave.opened_at < wave.opened_at,
    )
    return session.scalar(earlier.order_by(Wave.opened_at.desc()).limit(1))


def frozen_units(session: Session, wave_id: int) -> list[dict[str, Any]] | None:
    """The unit tree of a wave that has opened, parents first; None before."""
    return session.scalar(select(WaveTree.units).where(WaveTree.wave_id == wave_id))


def frozen_units_of(session: Session, wave_ids: Sequence[int]) -> dict[int, list[dict[str, Any]]]:
    """The unit tree of each of these waves that has opened."""
    rows = session.execute(
        select(WaveTree.wave_id, WaveTree.units).where(WaveTree.wave_id.in_(wave_ids))
    )
    return {row.wave_id: row.units for row in rows}


# Locks for each wave, held until the transaction ends. On SQLite the write lock is all of them.
# 3 is that of the audit log.
SUBMISSIONS, FOLDING, MAILING = 1, 2, 4


_SHARE = select(func.pg_advisory_xact_lock_shared(SUBMISSIONS, bindparam("wave", type_=Integer)))


def share_submissions(session: Session, wave_id: int) -> None:
    """Keep the wave from closing until this submission is in; submissions do not wait."""
    if is_postgresql(session):
        session.connection().execute(_SHARE, {"wave": wave_id})


def hold_submissions(session: Session, wave_id: int) -> None:
    """Wait for the submissions under way, and let none begin: the wave is about to close."""
    lock_wave(session, wave_id, SUBMISSIONS)


def lock_wave(session: Session, wave_id: int, purpose: int = FOLDING) -> None:
    """Wait until nobody else does the same to this wave."""
    if is_postgresql(session):
        session.execute(select(func.pg_advisory_xact_lock(purpose, wave_id)))
    else:  # any SELECT … FOR UPDATE takes SQLite's write lock
        session.execute(select(Wave.id).where(Wave.id == wave_id).with_for_update())
