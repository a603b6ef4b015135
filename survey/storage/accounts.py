"""Who signs in, and what they may do where."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint, select
from sqlalchemy.orm import InstrumentedAttribute, Mapped, Session, mapped_column, relationship

from survey.storage.model import Model
from survey.storage.organisations import Organisation


class Account(Model):
    """Somebody who signs in. Column names are those the sign-in library asks for."""

    __tablename__ = "account"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    password: Mapped[str | None] = mapped_column(String(255))
    active: Mapped[bool] = mapped_column(default=True)
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True)

    grants: Mapped[list[Grant]] = relationship(lazy="joined", cascade="all, delete-orphan")


class Grant(Model):
    """A role in an organisation; in a unit and all below it, where one is named."""

    __tablename__ = "grant"
    __table_args__ = (
        CheckConstraint("role IN ('admin', 'author', 'lead', 'viewer')", name="role"),
        UniqueConstraint("account_id", "organisation_id", "role", "unit_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    role: Mapped[str] = mapped_column(String(10))

    organisation: Mapped[Organisation] = relationship(lazy="joined", innerjoin=True)


def account_by(session: Session, column: InstrumentedAttribute[str], value: str) -> Account | None:
    """The account with this value in a unique column, its grants and their organisations:
    one query."""
    return session.scalars(select(Account).where(column == value)).unique().one_or_none()
