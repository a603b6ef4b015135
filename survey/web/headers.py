"""Headers of every page: nothing from another host, no address leaks, nothing kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import Flask, Response

if TYPE_CHECKING:
    from wsgiref.headers import Headers as WsgiHeaders

CONTENT_SECURITY_POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)

HEADERS: Final = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # An invitation's token stands in its address: no page tells another where it was opened.
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}

TWO_YEARS: Final = "max-age=63072000; includeSubDomains"


def of_file(headers: WsgiHeaders, _path: str, _address: str) -> None:
    """Give a static file its headers; it is served before any page."""
    headers["X-Content-Type-Options"] = "nosniff"


def init_app(app: Flask) -> None:
    """Give every answer of `app` its headers."""
    is_https = app.config["BASE_URL"].startswith("https://")

    @app.after_request
    def set_headers(response: Response) -> Response:
        response.headers.extend(HEADERS)
        response.headers.setdefault("Cache-Control", "no-store")
        if is_https:
            response.headers.setdefault("Strict-Transport-Security", TWO_YEARS)
        return response
