"""Who signs in: accounts, what they may do, and their passwords."""

from __future__ import annotations

from functools import cache
from uuid import uuid4

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from email_validator import EmailNotValidError, validate_email
from sqlalchemy.orm import Session

from survey.operations import auditing
from survey.operations.errors import Conflict, Refused
from survey.operations.permissions import ROLES
from survey.storage.accounts import Account, Grant, account_by
from survey.storage.organisations import Organisation, Unit

SHORTEST_PASSWORD, LONGEST_PASSWORD = 12, 200

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
    password: str,
) -> Account:
    """An account with its first role.

    Raises Refused (address, role, unit or password will not do), Conflict (the address has one).
    """
    address = email_address(email)
    if account_by(session, Account.email, address) is not None:
        raise Conflict(
            f"There is an account for {address} already.", "Give it another role instead."
        )
    account = Account(
        email=address, password=_hash(password), active=True, fs_uniquifier=uuid4().hex, grants=[]
    )
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
    """Replace the password and end every sign-in of the account. Raises Refused (too short)."""
    account.password = _hash(password)
    account.fs_uniquifier = uuid4().hex
    session.flush()
    _note(session, account, "account.password")


def account_named(session: Session, email: str) -> Account | None:
    """The account with this e-mail address."""
    return account_by(session, Account.email, email.strip().lower())


def account_known_as(session: Session, uniquifier: str) -> Account | None:
    """The active account that a session cookie names."""
    account = account_by(session, Account.fs_uniquifier, uniquifier)
    return account if account and account.active else None


def sign_in(session: Session, email: str, password: str) -> Account | None:
    """The active account with this address and password; None says not which was wrong.

    Takes as long for an address that has no account.
    """
    account = account_named(session, email)
    stored = account.password if account and account.active else None
    right = _matches(stored or _nobodys_password(), password)
    if account is None or stored is None or not right:
        if account is not None:
            _note(session, account, "account.sign-in-refused")
        return None
    if HASHER.check_needs_rehash(stored):
        account.password = HASHER.hash(password)
        session.flush()
    _note(session, account, "account.sign-in", by=account.id)
    return account


def _note(session: Session, account: Account, action: str, by: int | None = None) -> None:
    """In the log of each organisation where the account has a role."""
    for organisation_id in sorted({grant.organisation_id for grant in account.grants}):
        auditing.note(session, action, f"account:{account.id}", organisation_id, by=by)


def _matches(stored: str, password: str) -> bool:
    try:
        return len(password) <= LONGEST_PASSWORD and HASHER.verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False


@cache
def _nobodys_password() -> str:
    return HASHER.hash(uuid4().hex)


def _hash(password: str) -> str:
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise Refused(
            f"A password has {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters; "
            f"this one has {len(password)}.",
            "Three random words make a good one.",
        )
    return HASHER.hash(password)
