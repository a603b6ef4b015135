"""Headers of every page: nothing from another host, no address leaks, nothing kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, TypeVar

from flask import Flask, Response, request

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
    "Cross-Origin-Resource-Policy": "same-origin",
}

FRAMED: Final = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY.replace(
        "frame-ancestors 'none'", "frame-ancestors 'self'"
    ),
    "X-Frame-Options": "SAMEORIGIN",
}
FRAMING: Final = {"Content-Security-Policy": f"{CONTENT_SECURITY_POLICY}; frame-src 'self'"}

FRAMED_ANYWHERE: Final = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY.replace(
        "frame-ancestors 'none'", "frame-ancestors *"
    ),
    "X-Frame-Options": "",
    "Cross-Origin-Opener-Policy": "unsafe-none",
    "Cross-Origin-Resource-Policy": "cross-origin",
}

TWO_YEARS: Final = "max-age=63072000; includeSubDomains"


View = TypeVar("View", bound=Callable[..., Any])


def framed(view: View) -> View:
    """Mark a view whose pages, errors included, may stand in a frame of our own pages."""
    return _with_headers(view, FRAMED)


def framed_anywhere(view: View) -> View:
    """Mark a view whose pages or pictures may stand in a page of anybody's: there is nothing to
    press on them, and nothing that not everybody may see."""
    return _with_headers(view, FRAMED_ANYWHERE)


def framing(view: View) -> View:
    """Mark a view whose pages show pages of ours in a frame."""
    return _with_headers(view, FRAMING)


def _with_headers(view: Any, headers: dict[str, str]) -> Any:
    view.headers = headers
    return view


def of_files(app: Flask) -> Callable[[WsgiHeaders, str, str], None]:
    """What gives a static file of `app` its headers: it is served before any page."""
    usual = HEADERS | _transport(app)

    def add(headers: WsgiHeaders, _path: str, _address: str) -> None:
        for name, text in usual.items():
            headers[name] = text

    return add


def is_https(app: Flask) -> bool:
    """Whether people open `app` by https."""
    return str(app.config["BASE_URL"]).startswith("https://")


def _transport(app: Flask) -> dict[str, str]:
    return {"Strict-Transport-Security": TWO_YEARS} if is_https(app) else {}


def init_app(app: Flask) -> None:
    """Give every answer of `app` its headers."""
    usual = HEADERS | _transport(app)

    @app.after_request
    def set_headers(response: Response) -> Response:
        view = app.view_functions.get(request.endpoint or "")
        headers = usual | getattr(view, "headers", {})
        response.headers.extend({name: text for name, text in headers.items() if text})
        if not any(name == "Cache-Control" for name, _ in response.headers):
            response.headers.add("Cache-Control", "no-store")
        return response
