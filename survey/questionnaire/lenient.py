"""Reading a file that may have any fault: what is not as it should be is not there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from survey.questionnaire.faults import below
from survey.questionnaire.model import Json

Entry = Mapping[str, Json]


def text(entry: Entry, key: str) -> str | None:
    """The text under a key."""
    value = entry.get(key)
    return value if isinstance(value, str) else None


def number(entry: Entry, key: str) -> int | float | None:
    """The number under a key."""
    value = entry.get(key)
    return value if is_number(value) else None


def is_number(value: Json) -> bool:
    """Whether a value is a number: true and false are none."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def objects(entry: Entry, key: str, pointer: str) -> Iterator[tuple[str, Entry]]:
    """The objects in the list under a key, each with its pointer."""
    for place, value in members(entry, key, pointer):
        if isinstance(value, dict):
            yield place, value


def texts(entry: Entry, key: str, pointer: str) -> Iterator[tuple[str, str]]:
    """The texts in the list under a key, each with its pointer."""
    for place, value in members(entry, key, pointer):
        if isinstance(value, str):
            yield place, value


def members(entry: Entry, key: str, pointer: str) -> Iterator[tuple[str, Json]]:
    """Whatever is in the list under a key, each with its pointer."""
    values = entry.get(key)
    if isinstance(values, list):
        for place, value in enumerate(values):
            yield f"{below(pointer, key)}/{place}", value


def table(entry: Entry, key: str) -> Entry:
    """The object under a key."""
    value = entry.get(key)
    return value if isinstance(value, dict) else {}
