"""How often programs may ask, said on every answer (draft-ietf-httpapi-ratelimit-headers)."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from flask import Flask, Response, current_app, g, request

from survey.api.errors import PREFIX, TooManyRequests, refused
from survey.database import db
from survey.engines import FAULTS
from survey.operations import api_use
from survey.operations.errors import where

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

log = logging.getLogger(__name__)

HEADERS: Final[dict[str, Any]] = {
    "RateLimit": {
        "description": "How many requests are left (“r”), and in how many seconds there are as "
        "many again as there were (“t”).",
        "schema": {"type": "string"},
        "example": '"token";r=299;t=60',
    },
    "RateLimit-Policy": {
        "description": "How many requests there may be (“q”) in so many seconds (“w”): with a "
        "token, or from an address.",
        "schema": {"type": "string"},
        "example": '"token";q=300;w=60',
    },
}
"""Of every answer, for the documentation."""

RETRY: Final[dict[str, Any]] = {
    "Retry-After": {
        "description": "In how many seconds it may be sent again.",
        "schema": {"type": "string", "pattern": "^[1-9][0-9]*$"},
    }
}


def init_app(app: Flask) -> None:
    """Count what needs no token, and say on every answer what is left."""
    app.before_request(count_what_is_open)
    app.after_request(say_what_is_left)


def count_what_is_open() -> ResponseReturnValue | None:
    """Count a request that leads to no resource, or to the documentation; its refusal, where there
    were too many."""
    if not f"{request.path}/".startswith(f"{PREFIX}/"):
        return None
    view = current_app.view_functions.get(request.endpoint or "")
    if getattr(view, "access", "") == "token":
        return None
    try:
        count_stranger()
    except TooManyRequests as fault:
        return refused(fault)
    return None


def count_stranger() -> None:
    """Count a request by the address that it came from. Raises TooManyRequests."""
    secret = current_app.config["SECRET_KEY"]
    _count("address", api_use.key_of_address(secret, request.remote_addr or ""))


def count_token(token: str) -> None:
    """Count a request by its token, which works. Raises TooManyRequests."""
    _count("token", api_use.key_of_token(token))


def say_what_is_left(response: Response) -> Response:
    """Give an answer the headers that say what is left."""
    if "spent" in g:
        policy, spent = g.spent
        response.headers["RateLimit-Policy"] = f'"{policy}";q={spent.of};w={api_use.SECONDS}'
        response.headers["RateLimit"] = f'"{policy}";r={spent.left};t={spent.seconds}'
    return response


def _count(policy: str, key: bytes) -> None:
    most: int = current_app.config["API_REQUESTS_A_MINUTE"]
    try:
        spent = api_use.spend(db.counts, key, of=most, now=datetime.now(UTC))
    except FAULTS as fault:  # better uncounted than unanswered
        log.warning("A request was not counted: %s", where(fault))
        return
    g.spent = policy, spent
    if spent.too_many:
        said = f"More than {most:,} requests were sent in a minute."
        raise TooManyRequests(said, seconds=spent.seconds)
