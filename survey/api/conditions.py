"""Requests on condition (RFC 9110): a program says by an ETag what it has, or what it means to
change. The ETag of a draft or an action is its revision; that of what never changes, or changes
with much else, its digest."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any, Final

from flask import Response, request
from werkzeug.http import quote_etag

from survey.api.errors import Changed, ConditionNeeded
from survey.api.resource import View, documented, faults, with_header

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

CHANGES: Final = {"Cache-Control": "private, no-cache"}
NEVER_CHANGES: Final = {"Cache-Control": "private, max-age=31536000, immutable"}

ETAG: Final = {"ETag": {"description": "What it is now.", "schema": {"type": "string"}}}


def tagged(tag: int | str) -> dict[str, str]:
    """The header by which an answer is known: a revision, a version's digest."""
    return {"ETag": quote_etag(str(tag))}


def unless_known(view: View) -> View:
    """Mark a view that is answered by 304 where the program has what it would be sent."""

    @wraps(view)
    def answered(*arguments: Any, **values: Any) -> ResponseReturnValue:
        response: Response = view(*arguments, **values)
        return response.make_conditional(request)

    told = documented(responses=faults(304) | {200: {"headers": ETAG}})(answered)
    return with_header("If-None-Match", "The ETag of what the program has.")(told)


def unless_same(view: View) -> View:
    """Mark a view that is answered by 304 where the program has the very bytes that it would be
    sent: the ETag is their digest."""

    @wraps(view)
    def digested(*arguments: Any, **values: Any) -> ResponseReturnValue:
        response: Response = view(*arguments, **values)
        response.add_etag()
        response.headers.update(CHANGES)
        return response

    return unless_known(digested)


def on_condition(view: View) -> View:
    """Document that a view changes only what it is meant for: it asks `is_meant`."""
    told = documented(responses=faults(412, 428))(view)
    return with_header("If-Match", "The ETag of what is meant.", required=True)(told)


def on_condition_if_said(view: View) -> View:
    """Document the same of a view that asks `check_meant`, and takes what there is now if nothing
    is said."""
    told = documented(responses=faults(412))(view)
    return with_header("If-Match", "The ETag of what is meant, if that matters.")(told)


def is_meant(revision: int) -> bool:
    """Whether the request is meant for this revision. Raises ConditionNeeded where it does not say
    for which."""
    if "If-Match" not in request.headers:
        raise ConditionNeeded("The request does not say which revision it is meant for.")
    return request.if_match.contains(str(revision))


def check_meant(revision: int, *, needed: bool = True) -> None:
    """Raise Changed where the request is meant for another revision; ConditionNeeded where it
    does not say for which, unless that is not needed."""
    if (needed or "If-Match" in request.headers) and not is_meant(revision):
        raise changed()


def changed() -> Changed:
    """What is said to a program that knows an earlier revision."""
    return Changed("It is not, or no longer, the revision that If-Match names.")
