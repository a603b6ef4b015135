"""Links to a profile for people without an account, and profiles that an organisation publishes."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from survey.storage.accounts import OF_ACCOUNT
from survey.storage.model import Model
from survey.storage.organisations import Organisation
from survey.storage.waves import Wave

LOWEST_PUBLIC_GROUP = 10


class SharedLink(Model):
    """A link by which anybody who has it reads a profile, until it expires or is revoked.

    `unit` is the short name of what is shown, None for the whole. `name` says for whom it is. The
    link itself is signed and stands nowhere.
    """

    __tablename__ = "shared_link"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    wave_id: Mapped[int] = mapped_column(ForeignKey("wave.id", ondelete="CASCADE"), index=True)
    unit: Mapped[str | None] = mapped_column(String(80))
    name: Mapped[str] = mapped_column(String(100))
    account_id: Mapped[int | None] = mapped_column(ForeignKey(OF_ACCOUNT, ondelete="SET NULL"))
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]

    def works(self, now: datetime) -> bool:
        """Whether it has neither expired nor been revoked."""
        return self.revoked_at is None and now < self.expires_at


class PublishedProfile(Model):
    """That a wave's profile stands on a public page. `minimum_group`: the fewest people behind a
    figure there, never fewer than within the organisation."""

    __tablename__ = "published_profile"
    __table_args__ = (
        CheckConstraint(f"minimum_group >= {LOWEST_PUBLIC_GROUP}", name="minimum_group"),
    )

    wave_id: Mapped[int] = mapped_column(
        ForeignKey("wave.id", ondelete="CASCADE"), primary_key=True
    )
    minimum_group: Mapped[int]
    at: Mapped[datetime]


def links_of(session: Session, wave_id: int) -> list[SharedLink]:
    """The links to a wave's profile, the newest first."""
    found = select(SharedLink).where(SharedLink.wave_id == wave_id)
    return list(session.scalars(found.order_by(SharedLink.made_at.desc(), SharedLink.id)))


def link_with_wave(session: Session, link_id: UUID) -> tuple[SharedLink, Wave] | None:
    """A link, and the wave to whose profile it leads: one query."""
    found = (
        select(SharedLink, Wave)
        .join(Wave, Wave.id == SharedLink.wave_id)
        .where(SharedLink.id == link_id)
    )
    row = session.execute(found).one_or_none()
    return None if row is None else (row[0], row[1])


def published(session: Session, organisation_slug: str) -> list[tuple[PublishedProfile, Wave]]:
    """What an organisation publishes, the newest wave first: one query."""
    found = (
        select(PublishedProfile, Wave)
        .join(Wave, Wave.id == PublishedProfile.wave_id)
        .join(Organisation, Organisation.id == Wave.organisation_id)
        .where(Organisation.slug == organisation_slug)
        .order_by(Wave.closed_at.desc(), Wave.id.desc())
    )
    return [(row[0], row[1]) for row in session.execute(found)]
