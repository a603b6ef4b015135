"""The cookie that holds a browser's session, signed with the moment in which it was given."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any, Final

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import SignatureExpired, TimestampSigner, URLSafeTimedSerializer

MOST_AHEAD: Final = timedelta(hours=12)
"""How far the clock that gave a cookie may have been ahead of the one that reads it."""


class Signer(TimestampSigner):
    """Signs and reads by clocks that need not agree.

    Another machine's is ahead by a second, or the clock had gone ahead and was set right: the
    cookie is ours all the same, and whoever sends it must not lose their answers.
    """

    def unsign(
        self, signed_value: str | bytes, max_age: int | None = None, return_timestamp: bool = False
    ) -> Any:
        """What was signed. Raises BadSignature; SignatureExpired: older than `max_age` seconds, or
        from further in the future than a clock may be ahead."""
        value, signed_at = super().unsign(signed_value, return_timestamp=True)
        age = datetime.now(UTC) - signed_at
        if age < -MOST_AHEAD or (max_age is not None and age > timedelta(seconds=max_age)):
            raise SignatureExpired("too old, or not yet", payload=value, date_signed=signed_at)
        return (value, signed_at) if return_timestamp else value


class SessionCookie(SecureCookieSessionInterface):
    """Flask's own, with our signer, which is made once and not every request: the keys of an
    application do not change while it runs."""

    def __init__(self, app: Flask) -> None:
        self._app = app

    @cached_property
    def _serializer(self) -> URLSafeTimedSerializer | None:
        serializer = super().get_signing_serializer(self._app)
        if serializer is not None:
            serializer.signer = Signer
        return serializer

    def get_signing_serializer(self, _app: Any) -> URLSafeTimedSerializer | None:
        """What signs and reads; None where there is no secret key."""
        return self._serializer


def init_app(app: Flask) -> None:
    """Keep the sessions of `app` in such cookies."""
    app.session_interface = SessionCookie(app)
