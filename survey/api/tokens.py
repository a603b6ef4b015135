"""Who asks, of programs: every endpoint of the API has the mark `token`, or is `public`. A session
cookie opens nothing here, so that no page elsewhere can act for whoever is signed in."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from typing import TYPE_CHECKING, Any

from flask import request

from survey import access
from survey.api import limits
from survey.api.errors import ScopeMissing, TokenNeeded, TokenWorksNot
from survey.api.resource import View, documented, faults
from survey.database import db
from survey.operations import api_tokens, auditing, organising, permissions
from survey.operations.slugs import is_slug

if TYPE_CHECKING:
    from survey.operations.errors import NotFound
    from survey.storage.accounts import Account
    from survey.storage.organisations import Organisation

log = logging.getLogger(__name__)


def token(scope: str) -> Callable[[View], View]:
    """Mark a view for programs whose token has this scope: it receives first the account for which
    they act."""

    def mark(view: View) -> View:
        @wraps(view)
        def checked(*arguments: Any, **values: Any) -> Any:
            return view(_asking(scope), *arguments, **values)

        return documented(
            operationId=view.__name__,
            security=[{"token": [scope]}],
            responses=faults(401, 403, 404, 429, 503),
        )(access.marked(checked, "token"))

    return mark


def _asking(scope: str) -> Account:
    """The account for which the program acts. Raises TokenNeeded, ScopeMissing, TooManyRequests."""
    sent = request.authorization
    if sent is None or sent.type != "bearer" or not sent.token:
        limits.count_stranger()
        raise TokenNeeded("The request has no token.")
    bearer = api_tokens.bearer(db.primary, sent.token, now=datetime.now(UTC))
    if bearer is None:
        limits.count_stranger()
        raise TokenWorksNot(
            "This token is unknown, has expired, or was revoked.",
            "Make another on your account page.",
        )
    limits.count_token(sent.token)
    if bearer.used_now:
        db.primary.commit()
    if bearer.may_write:  # and would look for what it has just written
        db.read_where_written()
    if scope not in bearer.scopes:
        raise ScopeMissing(scope)
    auditing.act_as(db.session, auditing.Actor(bearer.account.id, "api"))
    return bearer.account


def organisation_of(asking: Account, slug: str, action: str = "author") -> Organisation:
    """The organisation with this short name, in which the account may do this.

    Raises NotFound, of another's as of none.
    """
    found = _organisation(slug)
    require(asking, action, found)
    return found


def organisation_in_part(asking: Account, slug: str, action: str = "") -> Organisation:
    """The organisation with this short name, in some unit of which, or in all of it, the account
    may do this; where nothing is said, in which it has any role.

    Raises NotFound, of another's as of none.
    """
    found = _organisation(slug)
    roles = permissions.ROLES_FOR[action] if action else permissions.ROLES
    if not any(one.organisation_id == found.id and one.role in roles for one in asking.grants):
        raise _refused(asking, action or "do anything", found)
    return found


def require(
    asking: Account, action: str, owner: Organisation, unit_path: str | None = None
) -> None:
    """Raise NotFound where the account may not do this in the organisation, or in its unit with
    this path (see `permissions.may`)."""
    if not permissions.may(asking, action, owner.id, unit_path):
        raise _refused(asking, action, owner)


def _organisation(slug: str) -> Organisation:
    if not is_slug(slug):
        raise permissions.no_such_page()
    with access.hidden():
        return organising.organisation(db.session, slug)


def _refused(asking: Account, action: str, owner: Organisation) -> NotFound:
    """What is said of what there is not; an operator reads more in the log."""
    log.warning(
        "A token of account %s may not %s in organisation %s (endpoint %s)",
        asking.id,
        action,
        owner.id,
        request.endpoint,
    )
    return permissions.no_such_page()
