"""In which language a report is being made: set around the work. Where nothing is said, findings
are in English and questionnaires as they are written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

ENGLISH: Final = "en"
REPORT_LANGUAGES: Final = (ENGLISH, "cy")
"""In which findings can be said: each has a catalogue."""

_chosen: ContextVar[str | None] = ContextVar("chosen", default=None)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Say everything in this language, of REPORT_LANGUAGES. Raises KeyError for another."""
    if language not in REPORT_LANGUAGES:
        raise KeyError(language)
    before = _chosen.set(language)
    try:
        yield
    finally:
        _chosen.reset(before)


def chosen() -> str | None:
    """The language that was chosen; None where none was."""
    return _chosen.get()


def spoken() -> str:
    """The language in which findings are said now."""
    return _chosen.get() or ENGLISH
