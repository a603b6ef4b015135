"""Two texts line by line: what one has and the other has not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, Literal

LINES_AROUND: Final = 3
MOST_LINES: Final = 2_000
"""Of a comparison that are shown."""

MOST_COMPARED: Final = 5_000
"""Lines between the first change and the last: of more, all count as changed, since telling them
apart could take minutes."""

Change = tuple[str, int, int, int, int]
"""What happens, and from where to where in the old and in the new text."""


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
    made: list[Line] = []
    for number, group in enumerate(_groups(before, after)):
        if number:
            made.append(Line("gap"))
        for tag, *places in group:
            made += _lines(tag, before, after, places)
    return tuple(made[:MOST_LINES])


def _groups(before: list[str], after: list[str]) -> Iterable[Sequence[Change]]:
    """Changes with what is around them, those close to each other together."""
    start = _alike(before, after)
    end = _alike(before[start:][::-1], after[start:][::-1])
    old, new = before[start : len(before) - end], after[start : len(after) - end]
    if max(len(old), len(new)) > MOST_COMPARED:
        return [[("replace", start, start + len(old), start, start + len(new))]]
    first = max(0, start - LINES_AROUND)
    old, new = (side[first : len(side) - max(0, end - LINES_AROUND)] for side in (before, after))
    found = SequenceMatcher(None, old, new, autojunk=False).get_grouped_opcodes(LINES_AROUND)
    return ([_further(one, first) for one in group] for group in found)


def _further(change: Change, lines: int) -> Change:
    tag, old, old_end, new, new_end = change
    return tag, old + lines, old_end + lines, new + lines, new_end + lines


def _alike(before: Sequence[str], after: Sequence[str]) -> int:
    """With how many equal lines the two begin."""
    pairs = enumerate(zip(before, after, strict=False))
    shorter = min(len(before), len(after))
    return next((place for place, (one, other) in pairs if one != other), shorter)


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
