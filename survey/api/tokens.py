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
from survey.api.errors import ScopeMissing, TokenNeeded, TokenWorksNot
from survey.api.resource import View, documented, faults
from survey.database import db
from survey.operations import api_tokens, auditing, organising, permissions
from survey.operations.errors import NotFound
from survey.operations.slugs import is_slug

if TYPE_CHECKING:
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

        checked.access = "token"  # type: ignore[attr-defined]  # a test asks every endpoint
        return documented(
            operationId=view.__name__,
            security=[{"token": [scope]}],
            responses=faults(401, 403, 404),
        )(checked)

    return mark


def _asking(scope: str) -> Account:
    """The account for which the program acts. Raises TokenNeeded, ScopeMissing."""
    sent = request.authorization
    if sent is None or sent.type != "bearer" or not sent.token:
        raise TokenNeeded("The request has no token.")
    bearer = api_tokens.bearer(db.session, sent.token, now=datetime.now(UTC))
    if bearer is None:
        raise TokenWorksNot(
            "This token is unknown, has expired, or was revoked.",
            "Make another on your account page.",
        )
    if bearer.used_now:
        db.session.commit()
    if scope not in bearer.scopes:
        raise ScopeMissing(scope)
    auditing.act_as(db.session, auditing.Actor(bearer.account.id, "api"))
    return bearer.account


def organisation_of(asking: Account, slug: str, action: str = "author") -> Organisation:
    """The organisation with this short name, in which the account may do this.

    Raises NotFound, of another's as of none.
    """
    if not is_slug(slug):
        raise permissions.no_such_page()
    with access.hidden():
        found = organising.organisation(db.session, slug)
    try:
        permissions.require(asking, action, found.id)
    except NotFound:
        log.warning(
            "A token of account %s may not %s in organisation %s (endpoint %s)",
            asking.id,
            action,
            found.id,
            request.endpoint,
        )
        raise
    return found
