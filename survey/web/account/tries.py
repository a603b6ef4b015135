"""Tries to sign in are counted by the address that they come from, as well as by account
(`accounts.note_failure`): so nobody tries one password on everybody, or fills a mailbox."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from typing import Any, Final, TypeVar, cast

from flask import current_app, request
from werkzeug.exceptions import TooManyRequests

from survey.database import db
from survey.engines import FAULTS
from survey.operations import api_use
from survey.operations.errors import where

log = logging.getLogger(__name__)

A_MINUTE: Final = 60
"""From one address: an office of many behind one, and none who guesses."""

View = TypeVar("View", bound=Callable[..., Any])


def counted(view: View) -> View:
    """Mark a view of which what is sent to it is a try; too many a minute are answered 429."""

    @wraps(view)
    def limited(*args: Any, **values: Any) -> Any:
        if request.method == "POST":
            _count()
        return view(*args, **values)

    return cast(View, limited)


def _count() -> None:
    secret, address = current_app.config["SECRET_KEY"], request.remote_addr or ""
    key = api_use.key_of_address(secret, address, "signing in")
    try:
        spent = api_use.spend(db.counts, key, of=A_MINUTE, now=datetime.now(UTC))
    except FAULTS as fault:  # better uncounted than nobody in
        log.warning("A try to sign in was not counted: %s", where(fault))
        return
    if spent.too_many:
        log.warning("Too many tries to sign in from one address (endpoint %s)", request.endpoint)
        raise TooManyRequests(retry_after=spent.seconds)
