"""Who signs in: accounts, what they may do, and their passwords."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import cache
from typing import Final
from uuid import uuid4

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from email_validator import EmailNotValidError, validate_email
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from survey.operations import auditing
from survey.operations.errors import Conflict, NotFound, Refused
from survey.operations.passwords import is_guessable
from survey.operations.permissions import ROLES
from survey.storage.accounts import Account, Grant, account_by, accounts_in, end_sessions
from survey.storage.organisations import Organisation, Unit

SHORTEST_PASSWORD, LONGEST_PASSWORD = 12, 200
FREE_TRIES: Final = 5
LOCKED_FIRST: Final = timedelta(minutes=1)
LOCKED_LONGEST: Final = timedelta(hours=1)

HASHER = PasswordHasher()
"""Argon2id, with the parameters of RFC 9106 for little memory (its second choice)."""


def email_address(typed: str) -> str:
    """The address as it is stored: without spaces around it, in lower case.

    Raises Refused for what cannot be an address.
    """
    typed = typed.strip()
    try:
        address = validate_email(typed, check_deliverability=False, test_environment=True)
    except EmailNotValidError as fault:
        raise Refused(
            f"“{typed[:100]}” is not an e-mail address.",
            "Write it like name@council.example.",
        ) from fault
    return address.normalized.lower()


def create_account(
    session: Session,
    email: str,
    *,
    role: str,
    organisation: Organisation,
    unit: Unit | None = None,
    password: str | None = None,
) -> Account:
    """An account with its first role. Without a password it waits for a link to set one, or for
    single sign-on.

    Raises Refused (address, role, unit or password will not do), Conflict (the address has one).
    """
    address = email_address(email)
    if account_by(session, Account.email, address) is not None:
        raise Conflict(
            f"There is an account for {address} already.", "Give it another role instead."
        )
    hashed = None if password is None else _hash(password, (address, organisation.name))
    account = Account(email=address, password=hashed, active=True, grants=[])
    add_grant(session, account, role=role, organisation=organisation, unit=unit)
    return account


def add_grant(
    session: Session,
    account: Account,
    *,
    role: str,
    organisation: Organisation,
    unit: Unit | None = None,
) -> Grant:
    """Give a role in the organisation, or in a unit and all below it. Giving it twice is
    harmless."""
    if role not in ROLES:
        raise Refused(f"There is no role “{role}”.", f"Choose one of {', '.join(ROLES)}.")
    if unit is not None and unit.organisation_id != organisation.id:
        raise Refused(f"{unit.name} is not part of {organisation.name}.", "Choose another unit.")
    if unit is not None and role not in ("lead", "viewer"):
        raise Refused(f"An {role} is one for the whole organisation.", "Leave the unit out.")
    unit_id = unit and unit.id
    for grant in account.grants:
        if (grant.role, grant.organisation_id, grant.unit_id) == (role, organisation.id, unit_id):
            return grant
    grant = Grant(role=role, organisation=organisation, unit_id=unit_id)
    account.grants.append(grant)
    session.add(account)
    session.flush()
    auditing.note(
        session,
        "account.grant",
        f"account:{account.id}",
        organisation.id,
        role=role,
        unit=unit and unit.slug,
    )
    return grant


def set_password(session: Session, account: Account, password: str) -> None:
    """Replace the password and end every sign-in of the account. Raises Refused (too short, or too
    easily guessed)."""
    names = (grant.organisation.name for grant in account.grants)
    account.password = _hash(password, (account.email, *names))
    end_sessions(session, account.id)
    session.flush()
    note_everywhere(session, account, "account.password")


def account_named(session: Session, email: str) -> Account | None:
    """The account with this e-mail address."""
    return account_by(session, Account.email, email.strip().lower())


def sign_in(session: Session, email: str, password: str, *, now: datetime) -> Account | None:
    """The active account with this address and password; None says not which was wrong, nor that
    it is locked after too many tries.

    Takes as long for an address that has no account.
    """
    account = account_named(session, email)
    stored = account.password if account and account.active else None
    right = is_of(stored or _nobodys_password(), password)
    if account is None or stored is None:
        return None
    if not right or is_locked(account, now=now):
        note_failure(session, account, now=now)
        return None
    if HASHER.check_needs_rehash(stored):
        account.password = HASHER.hash(password)
    session.flush()
    return account


def is_locked(account: Account, *, now: datetime) -> bool:
    """Whether nobody may try now. A lock that lasts longer than any was set by a clock that had
    gone ahead, and holds nobody up."""
    until = account.locked_until
    return until is not None and now < until <= now + LOCKED_LONGEST


def note_failure(session: Session, account: Account, *, now: datetime) -> None:
    """Count a wrong password or code; after several in a row the account is locked for a while,
    each time twice as long."""
    account.failures = Account.failures + 1  # by the database: others may fail at this moment
    session.flush()
    beyond = account.failures - FREE_TRIES
    if beyond >= 0:
        account.locked_until = now + min(LOCKED_FIRST * 2 ** min(beyond, 20), LOCKED_LONGEST)
    session.flush()
    note_everywhere(session, account, "account.sign-in-refused")


def note_success(session: Session, account: Account) -> None:
    """Somebody is in: forget what failed before."""
    account.failures, account.locked_until = 0, None
    session.flush()
    note_everywhere(session, account, "account.sign-in", by=account.id)


def note_everywhere(
    session: Session, account: Account, action: str, *, by: int | None = None
) -> None:
    """Note an event in the log of each organisation where the account has a role."""
    for organisation_id in sorted({grant.organisation_id for grant in account.grants}):
        auditing.note(session, action, f"account:{account.id}", organisation_id, by=by)


def revoke_grant(session: Session, account: Account, grant_id: int, organisation_id: int) -> None:
    """Take a role away. Raises NotFound; Refused for the last admin of the organisation."""
    grant = next(
        (
            one
            for one in account.grants
            if (one.id, one.organisation_id) == (grant_id, organisation_id)
        ),
        None,
    )
    if grant is None:
        raise NotFound("This account has no such role.", "Look at the list again.")
    if grant.role == "admin" and _admins(session, organisation_id) == 1:
        raise Refused("Somebody has to be admin.", "Make another account admin first.")
    auditing.note(
        session, "account.revoke", f"account:{account.id}", organisation_id, role=grant.role
    )
    account.grants.remove(grant)
    session.flush()


def _admins(session: Session, organisation_id: int) -> int:
    found = (
        select(func.count())
        .select_from(Grant)
        .where(Grant.organisation_id == organisation_id, Grant.role == "admin")
    )
    return session.scalar(found) or 0


def accounts_of(session: Session, organisation_id: int) -> list[Account]:
    """Everybody with a role in the organisation, by address."""
    return accounts_in(session, organisation_id)


def account_in(session: Session, organisation_id: int, account_id: int) -> Account:
    """An account that has a role in the organisation. Raises NotFound."""
    found = session.get(Account, account_id)
    if found is None or all(one.organisation_id != organisation_id for one in found.grants):
        raise NotFound("There is no such account here.", "Choose one from the list.")
    return found


def active_account(session: Session, account_id: int) -> Account | None:
    """The account with this id, if it may sign in."""
    found = account_by(session, Account.id, account_id)
    return found if found and found.active else None


def there_are_none(session: Session) -> bool:
    """Whether this installation has no account yet."""
    return session.scalar(select(Account.id).limit(1)) is None


def is_of(stored: str, password: str) -> bool:
    """Whether what is stored was made of this password."""
    try:
        return len(password) <= LONGEST_PASSWORD and HASHER.verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False


@cache
def _nobodys_password() -> str:
    return HASHER.hash(uuid4().hex)


def _hash(password: str, known: Iterable[str]) -> str:
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise Refused(
            f"A password has {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters; "
            f"this one has {len(password)}.",
            "Three random words make a good one.",
        )
    if is_guessable(password, known):
        raise Refused(
            "This password would be among the first that somebody tries.",
            "Three random words make a good one.",
        )
    return HASHER.hash(password)
