"""The records of an SPSS system file (.sav), as bytes: what stands before its rows.

Source: the description of the format in the developer’s guide of GNU PSPP. Everything is
little-endian, every text UTF-8.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from struct import pack
from sys import float_info
from typing import Final

from survey.exchange.table import Label, Level

ELEMENT: Final = 8
"""Bytes of a number, and of each part of a text."""

LONGEST_TEXT: Final = 32_767
LONGEST_NAME: Final = 64
ROWS_AT: Final = 80
"""Where in the file the number of its rows stands."""

_SEGMENT, _OF_SEGMENT = 255, 252
"""A longer text is kept in segments of this width, one for so many bytes of it."""

_LABEL, _VALUE_LABEL, _FILE_LABEL, _LINE = 255, 120, 64, 80
_NUMBER, _TEXT = 5, 1
_LEVELS: Final[dict[Level, int]] = {"nominal": 1, "ordinal": 2, "scale": 3}
_MOST_SINGLE_MISSING: Final = 3
_MONTHS: Final = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()  # noqa: SIM905 -- as read
_LOWEST: Final = bytes.fromhex("feffffffffffefff")
"""The lowest number that is not the system’s own for nothing."""


@dataclass(frozen=True, slots=True)
class Variable:
    """A column: `width` is 0 for a number, else the bytes of its texts. `decimals`: shown."""

    name: str
    label: str
    width: int = 0
    decimals: int = 0
    values: tuple[Label, ...] = ()
    missing: tuple[int, ...] = ()
    level: Level = "nominal"

    @property
    def segments(self) -> tuple[int, ...]:
        """The widths under which it is kept: one, but of a long text."""
        if self.width <= _SEGMENT:
            return (self.width,)
        number = -(-self.width // _OF_SEGMENT)
        return (_SEGMENT,) * (number - 1) + (self.width - (number - 1) * _OF_SEGMENT,)

    @property
    def elements(self) -> int:
        """How many elements a cell of it takes."""
        return sum(_elements(width) for width in self.segments)


def _elements(width: int) -> int:
    return max(1, -(-width // ELEMENT))


def dictionary(variables: Sequence[Variable], title: str, notes: Iterable[str], day: date) -> bytes:
    """Everything that stands before the rows. Their number is left unknown: -1, at `ROWS_AT`."""
    short = {variable.name: f"V{number:07}" for number, variable in enumerate(variables, start=1)}
    return b"".join(
        (
            _header(variables, title, day),
            *(_variable(variable, short[variable.name]) for variable in variables),
            *_value_labels(variables),
            _document(notes),
            *_information(variables, short),
            pack("<ii", 999, 0),
        )
    )


def _header(variables: Sequence[Variable], title: str, day: date) -> bytes:
    return b"".join(
        (
            b"$FL2",
            b"@(#) SPSS DATA FILE - Maturity Survey".ljust(60),
            pack("<iiiii", 2, sum(v.elements for v in variables), 1, 0, -1),
            pack("<d", 100.0),
            f"{day.day:02} {_MONTHS[day.month - 1]} {day.year % 100:02}".encode(),
            b"00:00:00",
            cut(title, _FILE_LABEL).ljust(_FILE_LABEL),
            bytes(3),
        )
    )


def _variable(variable: Variable, short: str) -> bytes:
    """Its record, those that stand for more elements of it, and those of more segments."""
    parts = []
    for number, width in enumerate(variable.segments):
        name = f"{short[:1]}{number:02X}{short[3:]}" if number else short
        kind = (_TEXT << 16) + (width << 8) if width else (_NUMBER << 16) + (8 << 8)
        kind += variable.decimals
        kind_of_missing, missing = (0, ()) if number else _missing(variable)
        label = cut(variable.label, _LABEL)
        parts.append(pack("<iiiiii", 2, width, 1, kind_of_missing, kind, kind))
        parts.append(name.encode().ljust(ELEMENT))
        parts.append(pack("<i", len(label)) + _padded(label, 4))
        parts.append(pack(f"<{len(missing)}d", *missing))
        more = pack("<iiiiii", 2, -1, 0, 0, 0, 0) + b" " * ELEMENT
        parts.append(more * (_elements(width) - 1))
    return b"".join(parts)


def _missing(variable: Variable) -> tuple[int, tuple[int, ...]]:
    """How many codes, and these; or -2, and the lowest and the highest of more than three."""
    codes = tuple(sorted(variable.missing))
    if len(codes) <= _MOST_SINGLE_MISSING:
        return len(codes), codes
    return -2, (codes[0], codes[-1])


def _value_labels(variables: Sequence[Variable]) -> Iterable[bytes]:
    """Each set of labels once, with the places of the variables that have it."""
    having: dict[tuple[Label, ...], list[int]] = {}
    place = 1
    for variable in variables:
        if variable.values:
            having.setdefault(variable.values, []).append(place)
        place += variable.elements
    for labels, places in having.items():
        yield pack("<ii", 3, len(labels))
        for value, text in labels:
            said = cut(text, _VALUE_LABEL)
            yield pack("<d", value) + _padded(bytes([len(said)]) + said, ELEMENT)
        yield pack(f"<ii{len(places)}i", 4, len(places), *places)


def _document(notes: Iterable[str]) -> bytes:
    lines = [line for note in notes for line in _broken(note)]
    if not lines:
        return b""
    return pack("<ii", 6, len(lines)) + b"".join(line.ljust(_LINE) for line in lines)


def _broken(note: str) -> Iterable[bytes]:
    """The note in lines that are short enough, words kept whole."""
    line = b""
    for word in (cut(word, _LINE) for word in note.split()):
        if line and len(line) + 1 + len(word) > _LINE:
            yield line
            line = b""
        line = line + b" " + word if line else word
    yield line


def _information(variables: Sequence[Variable], short: dict[str, str]) -> Iterable[bytes]:
    """How numbers and texts are kept, how columns are shown, and their whole names."""
    yield _extension(3, 4, pack("<8i", 20, 0, 0, -1, 1, 1, 2, 65001))
    yield _extension(4, 8, pack("<dd", -float_info.max, float_info.max) + _LOWEST)
    shown = [
        number
        for variable in variables
        for _ in variable.segments
        for number in (_LEVELS[variable.level], 8, 0 if variable.width else 1)
    ]
    yield _extension(11, 4, pack(f"<{len(shown)}i", *shown))
    yield _extension(13, 1, "\t".join(f"{short[v.name]}={v.name}" for v in variables).encode())
    long = [f"{short[v.name]}={v.width:05}\0\t" for v in variables if len(v.segments) > 1]
    if long:
        yield _extension(14, 1, "".join(long).encode())
    yield _extension(20, 1, b"UTF-8")


def _extension(subtype: int, size: int, content: bytes) -> bytes:
    return pack("<iiii", 7, subtype, size, len(content) // size) + content


def _padded(content: bytes, to: int) -> bytes:
    return content.ljust(-(-len(content) // to) * to, b"\0")


def cut(text: str, most: int) -> bytes:
    """The text in so many bytes at most, no character halved; what was cut off is marked."""
    whole = text.encode()
    if len(whole) <= most:
        return whole
    mark = "…".encode()
    kept = whole[: most - len(mark)].decode(errors="ignore")
    return kept.encode() + mark
