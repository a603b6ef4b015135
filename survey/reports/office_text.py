"""Texts and numbers as office files take them: characters that XML can hold, an estimate of the
room that a text needs, numbers rounded as everywhere else."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_DOWN, ROUND_HALF_UP, Decimal
from typing import Final, TypeVar

from survey.exchange.xml_text import xml_text
from survey.findings import words

Thing = TypeVar("Thing")

PROGRAM: Final = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Properties xmlns='
    b'"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    b"<Application>Maturity survey</Application></Properties>"
)
"""What a file says of the program that made it: in place of what a template says of its own."""

NARROW: Final = 0.3
"""Widths in ems, of a sans serif such as Arial; on the safe side."""

USUAL: Final = 0.56
WIDE: Final = 0.74
SQUARE: Final = 1.05
_NARROW_LETTERS: Final = frozenset(" .,:;!|'’‘()[]fijlrtI-·/")
_SQUARE: Final = ("W", "F")
_JUST_BELOW: Final = 1e-9


def clean(text: str) -> str:
    """The text without characters that no office file can hold; on one line."""
    return " ".join(xml_text(text).split())


def rounded(number: float, places: int = 2) -> float:
    """The number as it is shown, ties down: 2.125 becomes 2.12."""
    return float(words.fixed(number, places).replace(words.MINUS, "-"))


def as_shown(number: float, places: int = 2) -> float:
    """The number itself, which a spreadsheet shows as we do: programs round ties up, we round them
    down, so that what lies midway is made smaller by a billionth."""
    exact, unit = Decimal(repr(float(number))), Decimal(1).scaleb(-places)
    down = exact.quantize(unit, ROUND_HALF_DOWN)
    return number if down == exact.quantize(unit, ROUND_HALF_UP) else _towards_zero(number)


def _towards_zero(number: float) -> float:
    return number - _JUST_BELOW if number > 0 else number + _JUST_BELOW


def width_of(text: str) -> float:
    """About how wide a text is on one line, in ems."""
    return sum(_width(letter) for letter in text)


def _width(letter: str) -> float:
    if letter in _NARROW_LETTERS:
        return NARROW
    if unicodedata.east_asian_width(letter) in _SQUARE or ord(letter) > 0xFFFF:
        return SQUARE
    if unicodedata.combining(letter):
        return 0.0
    return WIDE if letter.isupper() or letter in "mwMW%@" else USUAL


def lines_of(text: str, ems: float) -> int:
    """About how many lines a text takes, that is set so many ems wide."""
    lines, used = 1, 0.0
    for word in text.split():
        needed = width_of(word)
        if used and used + NARROW + needed > ems:
            lines, used = lines + 1, 0.0
        if needed > ems:  # broken anywhere
            lines += int(needed // ems)
            needed %= ems
        used += needed + (NARROW if used else 0.0)
    return lines


def largest_that_fits(text: str, width: float, height: float, sizes: Iterable[int]) -> int:
    """The first of some sizes of type, the largest first, in which a text fits into a box; the last
    where none does. width, height: in points."""
    size = 0
    for size in sizes:
        if lines_of(text, width / size) * size * 1.2 <= height:
            return size
    return size


def shortened(text: str, longest: int) -> str:
    """The text with at most so many characters, an ellipsis where some are left out."""
    if len(text) <= longest:
        return text
    return text[: longest - 1].rstrip() + "…"


def all_different(texts: Iterable[str], longest: int = 0) -> tuple[str, ...]:
    """Each text shortened, with a number where another before it is the same but for case."""
    taken: set[str] = set()
    found = []
    for text in texts:
        name, number = shortened(text, longest) if longest else text, 1
        while name.casefold() in taken:
            number += 1
            ending = f" ({number})"
            name = shortened(text, longest - len(ending)) if longest else text
            name += ending
        taken.add(name.casefold())
        found.append(name)
    return tuple(found)


def is_right_to_left(text: str) -> bool:
    """Whether a text is written from right to left: a name, or what somebody wrote. Our sentences
    are not, also where such a name stands in them."""
    directions = {unicodedata.bidirectional(letter) for letter in text}
    return "L" not in directions and bool(directions & {"R", "AL"})


def in_parts(things: Sequence[Thing], most: int) -> list[Sequence[Thing]]:
    """Things in as few parts as hold at most so many, the parts about as large as each other."""
    parts = -(-len(things) // most) or 1
    each = -(-len(things) // parts)
    return [things[start : start + each] for start in range(0, len(things), each or 1)]
