"""Every fault, said to programs as problem details (RFC 9457). The one place where it is done."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from flask import Blueprint, Flask, Response, json, request, url_for
from werkzeug.exceptions import HTTPException

from survey.monitoring.logs import request_id
from survey.operations.errors import Conflict, SurveyError, where
from survey.outages import Outage, outage_of
from survey.questionnaire.problems import InvalidFile

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

log = logging.getLogger(__name__)

PREFIX: Final = "/api/v1"
MIMETYPE: Final = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of fault: its status, what it is called, and what to do about it unless the fault
    itself says something better."""

    status: int
    title: str
    mend: str


KINDS: Final[Mapping[str, Kind]] = {
    "not-understood": Kind(
        400, "The request could not be understood", "Look at the documentation."
    ),
    "token-needed": Kind(
        401, "A token is needed", "Send the header “Authorization: Bearer ms_…” with a token."
    ),
    "scope-missing": Kind(
        403, "The token is not for this", "Make a token with this scope on your account page."
    ),
    "not-found": Kind(
        404, "There is no such thing here, or not for this account", "Check the address."
    ),
    "wrong-method": Kind(
        405, "The address does not know this method", "Use one of those in the header Allow."
    ),
    "conflict": Kind(
        409, "Somebody else changed the same thing first", "Read it again, then decide."
    ),
    "under-way": Kind(
        409,
        "The same request is under way",
        "Send it again after the seconds that the header Retry-After says.",
    ),
    "changed": Kind(
        412, "It was changed since it was read", "Read it again, then send what should stay."
    ),
    "too-large": Kind(413, "The request is too large", "Send less: a questionnaire has 1 MiB."),
    "wrong-content-type": Kind(
        415, "The body is of another type", "Send the header “Content-Type: application/json”."
    ),
    "invalid-file": Kind(
        422, "The file has problems", "Mend each of “problems”, then send the file again."
    ),
    "wrong-parameters": Kind(
        422, "A parameter cannot be used", "Mend those that “parameters” names."
    ),
    "wrong-body": Kind(422, "The body cannot be used", "Mend what “entries” names."),
    "key-used": Kind(
        422, "The key is another request’s", "Make a new key for each request that is another."
    ),
    "refused": Kind(422, "That is not possible", "Change what was sent."),
    "condition-needed": Kind(
        428,
        "It must be said what is to be changed",
        "Read it first, and send its ETag in the header If-Match.",
    ),
    "too-many-requests": Kind(
        429,
        "Too many requests",
        "Wait for the seconds that the header Retry-After says, then send it again.",
    ),
    "our-fault": Kind(500, "Something went wrong here", "Try again later."),
    "unavailable": Kind(
        503,
        "The service cannot answer at the moment",
        "Send it again after the seconds that the header Retry-After says.",
    ),
}
"""Every kind, by the last part of its `type`."""

KIND_OF: Final = {
    kind.status: name
    for name, kind in KINDS.items()
    if name not in ("under-way", "invalid-file", "wrong-parameters", "wrong-body", "key-used")
}
"""The kind of a status, unless more is known."""


def title_of(status: int) -> str:
    """What the faults of a status are called."""
    return KINDS[KIND_OF[status]].title if status in KIND_OF else HTTPStatus(status).phrase


class TokenNeeded(SurveyError):
    """No token, or one that does not work. `challenge` is what WWW-Authenticate says."""

    status = 401
    challenge = 'Bearer realm="Maturity Survey"'


class TokenWorksNot(TokenNeeded):
    """A token that is unknown, expired or revoked, or whose account is switched off."""

    challenge = f'{TokenNeeded.challenge}, error="invalid_token"'


class ScopeMissing(SurveyError):
    """A token that works, but not for this."""

    status = 403

    def __init__(self, scope: str) -> None:
        super().__init__(f"This needs a token with the scope “{scope}”.")
        self.challenge = f'{TokenNeeded.challenge}, error="insufficient_scope", scope="{scope}"'


class Changed(Conflict):
    """It is not, or no longer, what the request was meant for (If-Match)."""

    status = 412


class ConditionNeeded(SurveyError):
    """A change that does not say what it is meant for."""

    status = 428


class WrongContentType(SurveyError):
    """A body of a type that is not taken."""

    status = 415


class TooManyRequests(SurveyError):
    """More requests in a minute than there may be. `seconds`: until there may be more."""

    status = 429

    def __init__(self, message: str, what_to_do: str = "", *, seconds: int = 60) -> None:
        super().__init__(message, what_to_do)
        self.headers = {"Retry-After": str(seconds)}


class UnderWay(SurveyError):
    """A request with the key of one that is not answered yet."""

    status = 409
    kind = "under-way"
    headers: Final = MappingProxyType({"Retry-After": "1"})


class WrongBody(Exception):
    """A body that is not what the address takes. `faults` of each entry, by its name; none where
    it is no JSON object at all, which is then what `detail` says."""

    def __init__(self, detail: str, faults: Mapping[str, Any]) -> None:
        super().__init__(detail)
        self.detail = detail
        self.faults = faults


def answer_for(bp: Blueprint) -> None:
    """Answer the faults of a resource."""
    bp.register_error_handler(SurveyError, refused)
    bp.register_error_handler(InvalidFile, invalid_file)
    bp.register_error_handler(WrongBody, wrong_body)
    bp.register_error_handler(HTTPException, http_fault)
    bp.register_error_handler(Exception, our_fault)


def init_app(app: Flask) -> None:
    """Answer requests below PREFIX that lead to no resource, or to none with their method."""
    app.before_request(unrouted)


def unrouted() -> ResponseReturnValue | None:
    """The fault that routing found; None where it found a view, or elsewhere."""
    fault = request.routing_exception
    if fault is None or not f"{request.path}/".startswith(f"{PREFIX}/"):
        return None
    return http_fault(fault)


def refused(error: SurveyError) -> Response:
    """Something that an operation will not do."""
    challenge = getattr(error, "challenge", None)
    headers = {"WWW-Authenticate": challenge} if challenge else getattr(error, "headers", {})
    kind = getattr(error, "kind", KIND_OF.get(error.status, "refused"))
    return _told(kind, error.message, mend=error.what_to_do, headers=headers)


def invalid_file(error: InvalidFile) -> Response:
    """A file with problems: all of them."""
    count = len(error.problems)
    return _told(
        "invalid-file",
        f"The file has {count} problem{'s' * (count != 1)}.",
        problems=[problem.told() for problem in error.problems],
    )


def wrong_body(error: WrongBody) -> Response:
    """A body that is not what the address takes."""
    named = ", ".join(f"“{name}”" for name in error.faults)
    detail = f"This cannot be: {named}." if named else error.detail
    return _told("wrong-body", detail, entries=error.faults)


def http_fault(error: HTTPException) -> Response:
    """A fault that the framework found: unknown address, wrong method, parameters, too large."""
    parameters = getattr(error, "data", {}).get("messages", {}).get("query")
    if parameters:
        named = ", ".join(f"“{name}”" for name in parameters)
        return _told("wrong-parameters", f"This cannot be: {named}.", parameters=parameters)
    status = error.code if error.code and error.code >= 400 else 404  # a redirect is an answer too
    headers = {name: value for name, value in error.get_headers() if name == "Allow"}
    return _told(KIND_OF.get(status, "not-understood"), "", headers=headers)


def our_fault(error: Exception) -> Response:
    """A fault of ours: logged with the id of the request, which the answer has too. No detail
    leaves the server."""
    outage = outage_of(error)
    if outage is not None:
        return passing(outage)
    reference = request_id()
    log.error("Fault %s at endpoint %s: %s", reference, request.endpoint, where(error))
    detail = f"It is our fault, not yours, and it has been noted as {reference}."
    return _told("our-fault", detail)


def passing(outage: Outage) -> Response:
    """A fault that passes by itself."""
    log.warning("The database is %s (%s): %s", outage.kind, outage.code, request.endpoint)
    return _told(
        "unavailable",
        "What was sent may not have been kept.",
        headers={"Retry-After": str(outage.seconds)},
    )


def _told(
    name: str, detail: str, *, mend: str = "", headers: Mapping[str, str] | None = None, **more: Any
) -> Response:
    kind = KINDS[name]
    told = {
        "type": url_for("api.docs", _anchor=name),
        "title": kind.title,
        "status": kind.status,
        "detail": detail or f"{kind.title}.",
        "mend": mend or kind.mend,
    }
    return Response(json.dumps(told | more), kind.status, headers, mimetype=MIMETYPE)
