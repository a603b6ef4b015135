"""Who signs in, by what, from where, and what they may do where."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    delete,
    func,
    select,
)
from sqlalchemy.orm import InstrumentedAttribute, Mapped, Session, mapped_column, relationship

from survey.storage.model import Model
from survey.storage.organisations import Organisation

OF_ACCOUNT = "account.id"


class Account(Model):
    """Somebody who signs in. Without a password they have not taken up their invitation, or come
    by single sign-on alone.

    `totp`: the secret of their authenticator app, encrypted; `totp_used`: the last 30 seconds in
    which a code of it was taken; `recovery`: hashes of codes that work once in its place.
    `failures` in a row lead to `locked_until`. `issuer` and `subject` are who single sign-on says
    they are.
    """

    __tablename__ = "account"
    __table_args__ = (Index("uq_account_issuer_subject", "issuer", "subject", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    password: Mapped[str | None] = mapped_column(String(255))
    active: Mapped[bool] = mapped_column(default=True)
    failures: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None]
    totp: Mapped[str | None] = mapped_column(String(255))
    totp_used: Mapped[int] = mapped_column(default=0)
    recovery: Mapped[list[Any]] = mapped_column(default=list)
    issuer: Mapped[str | None] = mapped_column(String(255))
    subject: Mapped[str | None] = mapped_column(String(255))

    grants: Mapped[list[Grant]] = relationship(lazy="joined", cascade="all, delete-orphan")


class Grant(Model):
    """A role in an organisation; in a unit and all below it, where one is named."""

    __tablename__ = "grant"
    __table_args__ = (
        CheckConstraint("role IN ('admin', 'author', 'lead', 'viewer', 'moderator')", name="role"),
        UniqueConstraint("account_id", "organisation_id", "role", "unit_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey(OF_ACCOUNT, ondelete="CASCADE"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    role: Mapped[str] = mapped_column(String(10))

    organisation: Mapped[Organisation] = relationship(lazy="joined", innerjoin=True)


class AccountSession(Model):
    """One sign-in of an account on one device; ends when the row is gone. `digest` is of the token
    in the browser's cookie."""

    __tablename__ = "account_session"

    digest: Mapped[bytes] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey(OF_ACCOUNT, ondelete="CASCADE"), index=True)
    begun_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    device: Mapped[str] = mapped_column(String(100))


class AccountLink(Model):
    """A link by which somebody sets a password, once. `digest` is of the token in it."""

    __tablename__ = "account_link"
    __table_args__ = (CheckConstraint("purpose IN ('invitation', 'reset')", name="purpose"),)

    digest: Mapped[bytes] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey(OF_ACCOUNT, ondelete="CASCADE"), index=True)
    purpose: Mapped[str] = mapped_column(String(10))
    expires_at: Mapped[datetime]


class AccountMail(Model):
    """That an account is to get a link by e-mail; gone once it was sent. The link itself is made
    when it is sent, and stands nowhere."""

    __tablename__ = "account_mail"

    account_id: Mapped[int] = mapped_column(
        ForeignKey(OF_ACCOUNT, ondelete="CASCADE"), primary_key=True
    )
    purpose: Mapped[str] = mapped_column(String(10), primary_key=True)
    due_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)


class Passkey(Model):
    """A passkey of an account (WebAuthn): its id, public key and how often it was used."""

    __tablename__ = "passkey"

    id: Mapped[bytes] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey(OF_ACCOUNT, ondelete="CASCADE"), index=True)
    public_key: Mapped[bytes]
    sign_count: Mapped[int]
    name: Mapped[str] = mapped_column(String(100))
    added_at: Mapped[datetime]


def account_by(session: Session, column: InstrumentedAttribute[Any], value: Any) -> Account | None:
    """The account with this value in a unique column, its grants and their organisations:
    one query."""
    return session.scalars(select(Account).where(column == value)).unique().one_or_none()


def account_and_session(session: Session, digest: bytes) -> tuple[Account, AccountSession] | None:
    """The account that signed in with the token of this digest, and the sign-in: one query."""
    found = (
        select(Account, AccountSession)
        .join(AccountSession, AccountSession.account_id == Account.id)
        .where(AccountSession.digest == digest)
    )
    row = session.execute(found).unique().one_or_none()
    return None if row is None else (row[0], row[1])


def accounts_in(session: Session, organisation_id: int) -> list[Account]:
    """Everybody with a role in the organisation, by address."""
    mine = select(Grant.account_id).where(Grant.organisation_id == organisation_id)
    found = select(Account).where(Account.id.in_(mine)).order_by(Account.email)
    return list(session.scalars(found).unique())


def with_passkeys(session: Session, account_ids: Collection[int]) -> frozenset[int]:
    """Those of the accounts that have a passkey."""
    theirs = select(Passkey.account_id).where(Passkey.account_id.in_(account_ids)).distinct()
    return frozenset(session.scalars(theirs))


def with_password_alone(session: Session) -> int:
    """How many active accounts have a password, and neither an app nor a passkey."""
    has_passkey = select(Passkey.id).where(Passkey.account_id == Account.id).exists()
    found = (
        select(func.count())
        .select_from(Account)
        .where(Account.active, Account.password.is_not(None), Account.totp.is_(None), ~has_passkey)
    )
    return session.scalar(found) or 0


def end_sessions(session: Session, account_id: int, but: bytes | None = None) -> None:
    """End every sign-in of the account, but for the one with this digest."""
    mine = delete(AccountSession).where(AccountSession.account_id == account_id)
    session.execute(mine if but is None else mine.where(AccountSession.digest != but))


def forget_links(session: Session, account_id: int) -> None:
    """Let no link of the account work any more."""
    session.execute(delete(AccountLink).where(AccountLink.account_id == account_id))
