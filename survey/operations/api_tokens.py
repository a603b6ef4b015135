"""Tokens by which programs act for an account, within scopes and for a time."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_urlsafe
from typing import Final

from sqlalchemy.orm import Session

from survey.operations.accounts import note_everywhere
from survey.operations.errors import NotFound, Refused
from survey.operations.tokens import digest_of
from survey.storage import tokens as stored
from survey.storage.accounts import Account
from survey.storage.tokens import ApiToken

READ: Final = "questionnaires:read"
WRITE: Final = "questionnaires:write"
PUBLISH: Final = "questionnaires:publish"
READ_LIBRARY: Final = "library:read"
READ_WAVES: Final = "waves:read"
RUN_WAVES: Final = "waves:run"
READ_PROFILES: Final = "profiles:read"
READ_ACTIONS: Final = "actions:read"
WRITE_ACTIONS: Final = "actions:write"
READ_EXPORTS: Final = "exports:read"
READ_ROWS: Final = "exports:rows"

SCOPES: Final[Mapping[str, str]] = {
    READ: "Check questionnaires, read drafts and published versions",
    WRITE: "Begin, change and delete drafts",
    PUBLISH: "Publish drafts",
    READ_LIBRARY: "Read capabilities, capability maps and roles",
    READ_WAVES: "Read waves and response rates",
    RUN_WAVES: "Prepare, open, extend and close waves, remind people",
    READ_PROFILES: "Read profiles, gaps and changes",
    READ_ACTIONS: "Read what is planned",
    WRITE_ACTIONS: "Plan, change and remove actions",
    READ_EXPORTS: "Download figures",
    READ_ROWS: "Download answers row by row, which takes an admin and a reason",
}
"""What a token can be for, by resource. It never allows what its account may not do."""

RESOURCES: Final[Mapping[str, str]] = {
    "questionnaires": "Questionnaires",
    "library": "Library",
    "waves": "Waves",
    "profiles": "Profiles",
    "actions": "Plan",
    "exports": "Downloads",
}
"""What people call each resource, by the part of its scopes before the colon."""

BEGINS: Final = "ms_"
"""How every token begins, so that one that got lost is known for what it is."""

DAYS: Final = (30, 90, 365)
LONGEST_NAME: Final = 100
MOST: Final = 20
USED_EVERY: Final = timedelta(hours=1)
ENDED_KEPT: Final = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Bearer:
    """The account for which a program acts, and the scopes of its token. `used_now`: that the
    token was used has been noted, which is to be committed."""

    account: Account
    scopes: frozenset[str]
    used_now: bool

    @property
    def may_write(self) -> bool:
        """Whether it can do more than read. Reading rows is noted, too."""
        return not all(scope.endswith(":read") for scope in self.scopes)


def make_token(
    session: Session,
    account: Account,
    *,
    name: str,
    scopes: Collection[str],
    days: int,
    now: datetime,
) -> tuple[str, ApiToken]:
    """A new token, which is stored nowhere, and what is kept of it.

    Raises Refused: no name, an unknown scope or none, another time than those of DAYS, too many.
    """
    called = name.strip()
    if not called or len(called) > LONGEST_NAME:
        raise Refused(
            f"A token needs a name of at most {LONGEST_NAME} characters.",
            "Name the program that will use it.",
        )
    if not scopes or not set(scopes) <= set(SCOPES):
        raise Refused("A token needs one scope or more.", f"Choose from {', '.join(SCOPES)}.")
    if days not in DAYS:
        raise Refused(f"A token cannot last {days} days.", f"Choose from {_listed(DAYS)} days.")
    stored.forget_ended(session, account.id, now - ENDED_KEPT)
    if sum(one.works(now) for one in stored.tokens_of(session, account.id)) >= MOST:
        raise Refused(f"An account has at most {MOST} tokens.", "Revoke one first.")
    token = BEGINS + token_urlsafe(32)
    made = ApiToken(
        digest=digest_of(token),
        account_id=account.id,
        name=called,
        scopes=[scope for scope in SCOPES if scope in scopes],
        made_at=now,
        expires_at=now + timedelta(days=days),
    )
    session.add(made)
    session.flush()
    note_everywhere(session, account, "account.token-made")
    return token, made


def _listed(numbers: Collection[int]) -> str:
    return ", ".join(str(number) for number in numbers)


def bearer(session: Session, token: str, *, now: datetime) -> Bearer | None:
    """Who acts with this token, if it still works and its account is active."""
    found = stored.account_and_token(session, digest_of(token))
    if found is None or not found[0].active or not found[1].works(now):
        return None
    account, kept = found
    used_now = kept.last_used_at is None or now - kept.last_used_at >= USED_EVERY
    if used_now:
        kept.last_used_at = now
        session.flush()
    return Bearer(account, frozenset(kept.scopes), used_now)


def tokens_of(session: Session, account: Account) -> list[ApiToken]:
    """The tokens of an account, the newest first; those that ended lately among them."""
    return stored.tokens_of(session, account.id)


def revoke(session: Session, account: Account, token_id: int, *, now: datetime) -> ApiToken:
    """End a token of the account. Doing it twice is harmless. Raises NotFound."""
    found = session.get(ApiToken, token_id)
    if found is None or found.account_id != account.id:
        raise NotFound("There is no such token.", "Choose one from the list.")
    if found.works(now):
        found.revoked_at = now
        session.flush()
        note_everywhere(session, account, "account.token-revoked")
    return found
