"""What an account has beside its password: an authenticator app, passkeys, or nothing yet."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy.orm import Session
from webauthn.helpers import bytes_to_base64url

from survey.operations import passkeys, second_factor
from survey.operations.errors import Refused
from survey.storage import accounts as stored
from survey.storage.accounts import Account, Passkey


def has_one(session: Session, account: Account) -> bool:
    """Whether the account has an app or a passkey."""
    return account.totp is not None or bool(passkeys.passkeys_of(session, account))


def number_of(account: Account, its_passkeys: Collection[Passkey]) -> int:
    """How many the account has: the app counts one, each passkey one."""
    return (account.totp is not None) + len(its_passkeys)


def leave_one(session: Session, account: Account) -> None:
    """Let one be taken away only if another is left. Raises Refused."""
    if number_of(account, passkeys.passkeys_of(session, account)) <= 1:
        raise Refused(
            "This is your only second factor, and one is required here.",
            "Set up another one first: an authenticator app, or a passkey.",
        )


def take_all(session: Session, account: Account) -> None:
    """Forget the app and every passkey, as an admin wants it for somebody who lost them."""
    for one in passkeys.passkeys_of(session, account):
        passkeys.remove(session, account, bytes_to_base64url(one.id))
    second_factor.turn_off(session, account)


def with_one(session: Session, accounts: Iterable[Account]) -> frozenset[int]:
    """The ids of those accounts that have an app or a passkey: one query."""
    asked = list(accounts)
    apps = frozenset(account.id for account in asked if account.totp is not None)
    return apps | stored.with_passkeys(session, [account.id for account in asked])


def number_without(session: Session) -> int:
    """How many active accounts have a password and nothing beside it."""
    return stored.with_password_alone(session)
