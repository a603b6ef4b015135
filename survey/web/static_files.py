"""Style sheet, scripts, icons: addresses that change with their content, kept by browsers."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path

from flask import Flask, current_app, request

FOLDER = Path(__file__).parent / "static"


@cache
def _digest(name: str) -> str:
    return sha256((FOLDER / name).read_bytes()).hexdigest()[:10]


def static_file(name: str) -> str:
    """The address of a file under static/, which a browser may keep for ever."""
    return f"{request.script_root}{current_app.static_url_path}/{name}?v={_digest(name)}"


def init_app(app: Flask) -> None:
    """Make `static_file` known to the templates of `app`."""
    app.jinja_env.globals["static_file"] = static_file
