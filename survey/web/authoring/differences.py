"""Two texts line by line: what one has and the other has not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, Literal

LINES_AROUND: Final = 3
MOST_LINES: Final = 2_000
"""Of a comparison that are shown."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a comparison. `old` and `new` are its numbers in the two texts, from 1, where it
    stands there; a line of kind "gap" stands for those that are alike and left out."""

    kind: Literal["same", "out", "in", "gap"]
    text: str = ""
    old: int | None = None
    new: int | None = None


def differences(old: str, new: str) -> tuple[Line, ...]:
    """What became of the old text, with three lines around each change; empty if nothing did."""
    before, after = old.splitlines(), new.splitlines()
    made = []
    matcher = SequenceMatcher(None, before, after)
    for number, group in enumerate(matcher.get_grouped_opcodes(LINES_AROUND)):
        if number:
            made.append(Line("gap"))
        for tag, *places in group:
            made += _lines(tag, before, after, places)
    return tuple(made[:MOST_LINES])


def _lines(tag: str, before: list[str], after: list[str], places: list[int]) -> Iterator[Line]:
    first, end, start, stop = places
    if tag == "equal":
        for place in range(first, end):
            yield Line("same", before[place], place + 1, place - first + start + 1)
        return
    for place in range(first, end):
        yield Line("out", before[place], old=place + 1)
    for place in range(start, stop):
        yield Line("in", after[place], new=place + 1)
