"""Where somebody goes on to once they are in."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask import url_for

from survey.operations import permissions

if TYPE_CHECKING:
    from survey.storage.accounts import Account


def onward(account: Account, wanted: str) -> str:
    """The page that was wanted, if it is one of ours; else where this account works."""
    if is_own_path(wanted):
        return wanted
    works_here = permissions.organisations_where(account, "author")
    return "/admin/" if works_here else url_for("profile.index")


def is_own_path(target: str) -> bool:
    """Whether the target is a path of this site, and nothing that a browser would take for
    another's: no host, no backslash, no control character."""
    parts = urlsplit(target)
    return (
        target.startswith("/")
        and not target.startswith("//")
        and not parts.netloc
        and not parts.scheme
        and "\\" not in target
        and target.isprintable()
    )
