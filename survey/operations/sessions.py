"""Sign-ins: each device has its own, can be listed and can be ended."""

from __future__ import annotations

from datetime import datetime, timedelta
from secrets import token_urlsafe
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from survey.operations.tokens import digest_of
from survey.storage import accounts as stored
from survey.storage.accounts import Account, AccountSession

IDLE: Final = timedelta(hours=12)
LONGEST: Final = timedelta(days=7)
SEEN_EVERY: Final = timedelta(minutes=5)
LATELY: Final = timedelta(minutes=15)
"""How long after signing in somebody may change how they sign in."""


def begin_session(session: Session, account: Account, device: str, *, now: datetime) -> str:
    """The token of a new sign-in, for the browser's cookie alone.

    device: what the browser says it is; shown to its owner, and to nobody else.
    """
    session.execute(delete(AccountSession).where(AccountSession.seen_at < now - LONGEST))
    token = token_urlsafe(32)
    session.add(
        AccountSession(
            digest=digest_of(token),
            account_id=account.id,
            begun_at=now,
            seen_at=now,
            device=describe(device),
        )
    )
    session.flush()
    return token


def account_of_session(
    session: Session, token: str, *, now: datetime
) -> tuple[Account | None, bool]:
    """The active account that signed in with this token, if that still holds; and whether the
    sign-in was marked as seen, which is to be committed."""
    found = stored.account_and_session(session, digest_of(token))
    if found is None or not found[0].active:
        return None, False
    account, signed_in = found
    if abs(now - signed_in.seen_at) > IDLE or now - signed_in.begun_at > LONGEST:
        return None, False  # seen too long ago, or by a clock that had gone far ahead
    seen_now = now - signed_in.seen_at >= SEEN_EVERY
    if seen_now:
        signed_in.seen_at = now
        session.flush()
    return account, seen_now


def began_lately(session: Session, token: str, *, now: datetime) -> bool:
    """Whether the sign-in with this token is no older than LATELY."""
    found = session.get(AccountSession, digest_of(token))
    return found is not None and now - found.begun_at <= LATELY


def sessions_of(session: Session, account: Account) -> list[AccountSession]:
    """Where the account is signed in, the last seen first."""
    mine = select(AccountSession).where(AccountSession.account_id == account.id)
    return list(session.scalars(mine.order_by(AccountSession.seen_at.desc())))


def end_session(session: Session, token: str) -> None:
    """Sign out one device."""
    session.execute(delete(AccountSession).where(AccountSession.digest == digest_of(token)))


def end_all_sessions(session: Session, account: Account, *, but: str | None = None) -> None:
    """Sign out everywhere, but for the device with this token."""
    stored.end_sessions(session, account.id, digest_of(but) if but else None)


BROWSERS: Final = (
    ("Edg", "Edge"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS: Final = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


def describe(user_agent: str) -> str:
    """A browser and its system in words; what it says of its version is left out."""
    browser = next((name for mark, name in BROWSERS if mark in user_agent), "A browser")
    system = next((name for mark, name in SYSTEMS if mark in user_agent), "")
    return f"{browser} on {system}" if system else browser
