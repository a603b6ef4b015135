"""What is written down while the product runs: one line a record, in JSON or as text.

No line holds an address of a person or of a computer, a token, or what somebody typed: faults are
told by their kind and place alone (`operations.errors.where`).
"""

from __future__ import annotations

import json
import logging
import re
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from secrets import token_hex
from typing import Any, Final, TextIO

from flask import has_request_context, request

from survey.operations.errors import where

REQUEST_ID: Final = "X-Request-ID"
SENT_AS: Final = "HTTP_X_REQUEST_ID"
"""What WSGI calls that header."""

KEPT_AS: Final = "survey.request_id"
LOOKS_LIKE_AN_ID: Final = re.compile(r"[0-9A-Za-z-]{8,64}")
QUIET: Final = ("alembic", "gunicorn.error", "huey", "opentelemetry", "passlib", "urllib3")
"""They tell of every step, some with addresses that they ask: only what goes wrong is written."""


def request_id() -> str:
    """How this request is called in logs and on pages: as who sent it on has called it, where that
    looks like an id, else by a number of ours. Empty where there is no request."""
    if not has_request_context():
        return ""
    environ = request.environ
    found: str | None = environ.get(KEPT_AS)
    if found is None:
        sent = environ.get(SENT_AS, "")
        found = environ[KEPT_AS] = sent if LOOKS_LIKE_AN_ID.fullmatch(sent) else token_hex(6)
    return found


class Text(logging.Formatter):
    """A line for people: time, level, where it comes from, what happened, id of the request."""

    def format(self, record: logging.LogRecord) -> str:
        """The line; a fault's place follows on lines of its own."""
        about = request_id()
        line = (
            f"{_moment(record)} {record.levelname} {record.name}: {record.getMessage()}"
            f"{f' [{about}]' if about else ''}"
        )
        return f"{line}\n{_fault(record)}" if record.exc_info else line


class Json(logging.Formatter):
    """The same for programs: an object a line. What a record has in `fields` stands in it too."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        told: dict[str, Any] = {
            "time": _moment(record),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if about := request_id():
            told["request_id"] = about
        if record.exc_info:
            told["fault"] = _fault(record)
        return json.dumps(told | getattr(record, "fields", {}), ensure_ascii=False, default=str)


def _moment(record: logging.LogRecord) -> str:
    moment = datetime.fromtimestamp(record.created, UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _fault(record: logging.LogRecord) -> str:
    fault = record.exc_info[1] if record.exc_info else None
    return where(fault) if fault else ""


class _Output(logging.StreamHandler[TextIO]):
    """Writes to what standard error is at the time."""

    def emit(self, record: logging.LogRecord) -> None:
        self.stream = sys.stderr
        super().emit(record)


def set_up(settings: Mapping[str, Any]) -> None:
    """Write down what happens, as LOG_FORMAT and LOG_LEVEL say. Where a test or a tool has set up
    logging of its own, it stays."""
    root = logging.getLogger()
    for handler in [one for one in root.handlers if isinstance(one, _Output)]:
        root.removeHandler(handler)
    if root.handlers:
        return
    output = _Output()
    output.setFormatter(Json() if settings["LOG_FORMAT"] == "json" else Text())
    root.addHandler(output)
    root.setLevel(settings["LOG_LEVEL"])
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
