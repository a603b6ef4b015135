"""Who may do what, in one table. An account may do what one of its grants allows."""

from __future__ import annotations

from typing import Final

from survey.operations.errors import NotFound, NotSignedIn
from survey.storage.accounts import Account, Grant
from survey.storage.organisations import Organisation

ROLES: Final = ("admin", "author", "lead", "viewer", "moderator")

ROLES_FOR: Final = {
    "read-profile": {"lead", "viewer", "admin"},
    "set-target": {"lead", "admin"},
    "plan": {"lead", "admin"},
    "share": {"lead", "admin"},
    "author": {"author", "admin"},
    "run-wave": {"admin"},
    "administer": {"admin"},
    "moderate": {"moderator", "admin"},
    "read-comments": {"lead", "viewer", "admin"},
}


def may(
    account: Account | None, action: str, organisation_id: int, unit_path: str | None = None
) -> bool:
    """Whether the account may do this in the organisation, or in the unit with this path.

    unit_path: ids from the root down, "1/4/9/"; None means the organisation as a whole, which a
    grant for a unit does not cover.
    Raises KeyError for an action that the table does not have.
    """
    roles = ROLES_FOR[action]
    if account is None or not account.active:
        return False
    return any(
        grant.role in roles
        and grant.organisation_id == organisation_id
        and _covers(grant, unit_path)
        for grant in account.grants
    )


def _covers(grant: Grant, unit_path: str | None) -> bool:
    if grant.unit_id is None:
        return True
    return unit_path is not None and str(grant.unit_id) in unit_path.split("/")


def require(
    account: Account | None, action: str, organisation_id: int, unit_path: str | None = None
) -> Account:
    """The account, which may do this.

    Raises NotSignedIn where there is none; NotFound where it may not, as for what does not
    exist: nobody learns what others have.
    """
    if account is None:
        raise NotSignedIn("You need to sign in to see this page.")
    if not may(account, action, organisation_id, unit_path):
        raise no_such_page()
    return account


def no_such_page() -> NotFound:
    """What is said of what an account may not see, and so of what there is not."""
    return NotFound(
        "There is no such page, or your account may not see it.",
        "Check the address, or ask an administrator for access.",
    )


def units_of(account: Account, action: str, organisation_id: int) -> frozenset[int] | None:
    """The units, each with all below it, where the account may do this; None means everywhere."""
    granted = {
        grant.unit_id
        for grant in account.grants
        if grant.role in ROLES_FOR[action] and grant.organisation_id == organisation_id
    }
    return None if None in granted else frozenset(unit for unit in granted if unit is not None)


def organisations_of(account: Account | None) -> tuple[Organisation, ...]:
    """The organisations in which the account has any role, by name."""
    grants = account.grants if account else []
    found = {grant.organisation_id: grant.organisation for grant in grants}
    return tuple(sorted(found.values(), key=lambda organisation: organisation.name))


def organisations_where(account: Account | None, action: str) -> tuple[Organisation, ...]:
    """Those of them as a whole in which the account may do this."""
    return tuple(one for one in organisations_of(account) if may(account, action, one.id))


def may_anywhere(account: Account | None, action: str) -> bool:
    """Whether some grant of the account allows this, wherever that is."""
    grants = account.grants if account and account.active else []
    return any(grant.role in ROLES_FOR[action] for grant in grants)
