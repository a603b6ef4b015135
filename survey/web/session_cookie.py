"""The session cookie, signed as Flask signs it; what signs it is made once, not every request."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from flask import Flask
from flask.sessions import SecureCookieSessionInterface

if TYPE_CHECKING:
    from itsdangerous import URLSafeTimedSerializer


class SessionCookie(SecureCookieSessionInterface):
    """Sessions of one application, whose keys do not change while it runs."""

    def __init__(self, app: Flask) -> None:
        self._app = app

    @cached_property
    def _serializer(self) -> URLSafeTimedSerializer | None:
        return super().get_signing_serializer(self._app)

    def get_signing_serializer(self, _app: Any) -> URLSafeTimedSerializer | None:
        """What signs cookies and reads them."""
        return self._serializer


def init_app(app: Flask) -> None:
    """Keep the sessions of `app` in signed cookies."""
    app.session_interface = SessionCookie(app)
