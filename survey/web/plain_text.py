"""What is typed is text. A NUL is none: no browser sends one, PostgreSQL stores none, and some who
look for holes try it."""

from __future__ import annotations

from typing import Final

from flask import Flask, current_app, request
from werkzeug.exceptions import BadRequest, NotFound

NUL: Final = "\0"
SAY_WHERE: Final = ("draft", "token")
"""Addresses that tell which entry has one: of surveys, and of programs."""


def init_app(app: Flask) -> None:
    """Refuse to `app` what has a NUL in a parameter or in a field of a form; an address with one
    leads nowhere."""
    app.before_request(refuse_nul)


def refuse_nul() -> None:
    """Raise BadRequest where there is one, or NotFound."""
    view = current_app.view_functions.get(request.endpoint or "")
    if getattr(view, "access", "") in SAY_WHERE:
        return
    if NUL in request.path:
        raise NotFound
    for values in (request.args, request.form):
        if any(NUL in name or NUL in value for name, value in values.items(multi=True)):
            raise BadRequest
