"""Numbers in addresses: such as a database may have given to something."""

from __future__ import annotations

from flask import Flask
from werkzeug.routing import IntegerConverter


class Number(IntegerConverter):
    """A whole number in the digits 0 to 9, and no longer than the longest that SQLite takes; an
    address with any other leads nowhere."""

    regex = "[0-9]{1,18}"


def init_app(app: Flask) -> None:
    """Have `<int:…>` in the addresses of `app` be such a number."""
    app.url_map.converters["int"] = Number
