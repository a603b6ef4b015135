"""Numbers as browsers send them: only such as a database may have given to something. It would
refuse a longer one with a fault."""

from __future__ import annotations

import re
from typing import Final

from flask import Flask, request
from werkzeug.routing import IntegerConverter

DIGITS: Final = "[0-9]{1,18}"
"""Eighteen is what fits into 64 bits, whichever they are."""

LAST_PAGE: Final = 1_000_000


class Number(IntegerConverter):
    """A whole number in an address; an address with any other leads nowhere."""

    regex = DIGITS


def init_app(app: Flask) -> None:
    """Have `<int:…>` in the addresses of `app` be such a number."""
    app.url_map.converters["int"] = Number


def number_in(sent: object) -> int | None:
    """The whole number that was sent, as a text or in JSON; None where it is none."""
    text = str(sent)
    return int(text) if re.fullmatch(DIGITS, text) else None


def page_asked_for() -> int:
    """Which page of a list this request is for, from 1."""
    return min(max(1, number_in(request.args.get("page")) or 1), LAST_PAGE)
