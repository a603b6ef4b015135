"""Tokens by which programs act for an account."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, delete, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from survey.storage.accounts import OF_ACCOUNT, Account
from survey.storage.model import Model


class ApiToken(Model):
    """A token of an account: what it may do, until when, when it was used last. `digest` is of the
    token itself, which stands nowhere."""

    __tablename__ = "api_token"

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[bytes] = mapped_column(unique=True)
    account_id: Mapped[int] = mapped_column(ForeignKey(OF_ACCOUNT, ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(100))
    scopes: Mapped[list[Any]]
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    last_used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]

    def works(self, now: datetime) -> bool:
        """Whether it has neither expired nor been revoked."""
        return self.revoked_at is None and now < self.expires_at


def account_and_token(session: Session, digest: bytes) -> tuple[Account, ApiToken] | None:
    """The account for which the token of this digest acts, and what is known of the token: one
    query."""
    found = (
        select(Account, ApiToken)
        .join(ApiToken, ApiToken.account_id == Account.id)
        .where(ApiToken.digest == digest)
    )
    row = session.execute(found).unique().one_or_none()
    return None if row is None else (row[0], row[1])


def tokens_of(session: Session, account_id: int) -> list[ApiToken]:
    """The tokens of an account, the newest first."""
    mine = select(ApiToken).where(ApiToken.account_id == account_id)
    return list(session.scalars(mine.order_by(ApiToken.made_at.desc(), ApiToken.id.desc())))


def forget_ended(session: Session, account_id: int, before: datetime) -> None:
    """Delete the tokens of an account that ended before this."""
    session.execute(
        delete(ApiToken).where(
            ApiToken.account_id == account_id,
            or_(ApiToken.expires_at < before, ApiToken.revoked_at < before),
        )
    )
