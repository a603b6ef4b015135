"""Sections and questions put in another order, the rest of the file left as it was written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from survey.questionnaire.editing import Edit, Editing, NoSuchPlace
from survey.questionnaire.source import SourceFile

WAYS: Final[Mapping[str, int]] = {"up": -1, "down": 1}


def moved(source: SourceFile, pointer: str, to: str, place: int) -> tuple[Edit, ...]:
    """An entry put into a list before what is at a place there now; none where it cannot be.

    pointer: of the entry; to: of the list, the entry's own or another.
    """
    if not source.is_read:
        return ()
    try:
        return Editing(source).move(pointer, to, place)
    except NoSuchPlace:
        return ()


def one_further(source: SourceFile, pointer: str, by: int) -> tuple[str, int] | None:
    """The list and place for an entry to go one place up (-1) or down (1): within its list, or for
    the first or last question of a section into the one before or after. None at the very end."""
    parent, _, key = pointer.rpartition("/")
    entries = _list(source, parent)
    if entries is None or not key.isdecimal():
        return None
    target = int(key) + by
    if 0 <= target < len(entries):
        return parent, target if by < 0 else target + 1
    beside = _questions_beside(source, parent, by)
    if beside is None:
        return None
    return beside, len(_list(source, beside) or []) if by < 0 else 0


def moved_one_further(source: SourceFile, pointer: str, way: str) -> tuple[Edit, ...]:
    """The edits for that, by the name of the way; none where there is no further."""
    target = one_further(source, pointer, WAYS[way]) if way in WAYS else None
    return moved(source, pointer, *target) if target else ()


def landing(pointer: str, to: str, place: int) -> str:
    """Where an entry is after it was moved."""
    parent, _, key = pointer.rpartition("/")
    own_place_is_free = parent == to and place > int(key)
    return f"{to}/{place - 1 if own_place_is_free else place}"


def _questions_beside(source: SourceFile, parent: str, by: int) -> str | None:
    """The list of questions of the next section this way that has one."""
    place = parent.removeprefix("/sections/").removesuffix("/questions")
    if not place.isdecimal():
        return None
    count = len(_list(source, "/sections") or [])
    sections = range(int(place) + by, -1 if by < 0 else count, by)
    lists = (f"/sections/{number}/questions" for number in sections)
    return next((found for found in lists if _list(source, found) is not None), None)


def _list(source: SourceFile, pointer: str) -> list[object] | None:
    if not source.is_read:
        return None
    try:
        value = Editing(source).value(pointer)
    except NoSuchPlace:
        return None
    return value if isinstance(value, list) else None
