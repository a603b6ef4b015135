"""Who comes by single sign-on (OpenID Connect): known by what the provider calls them, and the
first time by their address, if the provider vouches for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from survey.operations.accounts import account_named, note_everywhere
from survey.operations.errors import Refused
from survey.storage.accounts import Account


def account_of(
    session: Session, claims: Mapping[str, Any], *, trust_email: bool = False
) -> Account:
    """The active account of whoever the checked claims are about. Accounts are not made here: an
    admin invites people first.

    claims: of the ID token: iss, sub, and it may be email and email_verified. trust_email: every
    address of this provider is its user's own, as where it serves one organisation alone.
    Raises Refused where there is none.
    """
    issuer, subject = str(claims["iss"]), str(claims["sub"])
    known = session.scalars(
        select(Account).where(Account.issuer == issuer, Account.subject == subject)
    )
    account = known.unique().one_or_none() or _by_address(session, claims, trust_email)
    if account is None or not account.active:
        raise Refused(
            "There is no account for you here yet.",
            "Ask an administrator of your organisation to invite you, by the address with which "
            "you just signed in.",
        )
    if account.subject is None:
        account.issuer, account.subject = issuer, subject
        session.flush()
        note_everywhere(session, account, "account.single-sign-on")
    return account


def _by_address(session: Session, claims: Mapping[str, Any], trust_email: bool) -> Account | None:
    address = str(claims.get("email") or "")
    if not address or not (claims.get("email_verified") is True or trust_email):
        return None
    found = account_named(session, address)
    # Who is known by another subject is somebody else with the same address.
    return found if found and found.subject is None else None
