"""JSON's grammar, read without recursion: the value, where its parts stand, what is wrong."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, NoReturn

from survey.questionnaire.faults import Value, below
from survey.questionnaire.model import Json
from survey.questionnaire.syntax import Expected, Offset, diagnose

MAX_DEPTH: Final = 32
LARGEST_NUMBER: Final = 2**53 - 1

Places = dict[Any, tuple[int, int]]
"""Key, or place in a list, to the offsets of key and value; in a list both are the value's."""

_SPACE: Final = r"[ \t\n\r]*+"
_TEXT: Final = r'"(?:[^"\\\x00-\x1f]++|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*+"'
_NUMBER: Final = r"-?(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?(?:[eE][+-]?[0-9]++)?(?![\w.+-])"
_KEY: Final = re.compile(rf"{_SPACE}({_TEXT}){_SPACE}:")
_VALUE: Final = re.compile(
    rf"{_SPACE}(?:(?P<text>{_TEXT})|(?P<number>{_NUMBER})"
    r"|(?P<word>(?:true|false|null)(?!\w))|(?P<bracket>[\[{]))"
)
_NEXT: Final = re.compile(rf"{_SPACE}([,\]}}])")
_BRACKET: Final = re.compile(r'[^"\[\]{}]*+(?:"(?:[^"\\]|\\.)*+"[^"\[\]{}]*+)*+([\[\]{}])', re.S)
_REST: Final = re.compile(_SPACE)
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_WORDS: Final[Mapping[str, Json]] = {"true": True, "false": False, "null": None}
_CLOSER: Final[Mapping[str, str]] = {"{": "}", "[": "]"}


class Unreadable(Exception):
    """The text is not JSON from here on; why is already noted."""


@dataclass(frozen=True, slots=True)
class Noted:
    """Something wrong at an offset; what its sentences need is in `values`."""

    code: str
    offset: int
    pointer: str = ""
    values: Mapping[str, Value | Offset] = field(default_factory=dict)


@dataclass(slots=True)
class _Open:
    """An object or list that is not closed yet."""

    value: Any
    places: Places
    opener: str
    offset: int
    key: str | int | None = None
    is_fresh: bool = True


class Reader:
    """One reading of one text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.start = 0
        self.noted: list[Noted] = []
        self.places: dict[int, Places] = {}
        self._open: list[_Open] = []

    def read(self) -> Json:
        """The text's value. Raises Unreadable where it is not JSON, with the reason noted."""
        holder = _Open([], {}, "", 0)
        self._value(holder)
        self.start = holder.places[0][1]
        while self._open:
            innermost = self._open[-1]
            if not self._goes_on(innermost):
                self._open.pop()
                continue
            if innermost.opener == "{":
                self._key(innermost)
            self._value(innermost)
        if self._rest() < len(self.text):
            self._stop(Expected.END)
        return holder.value[0]

    def _goes_on(self, innermost: _Open) -> bool:
        """Whether another member follows; else the bracket that closes has been read."""
        found = _NEXT.match(self.text, self.at)
        if found is not None and found[1] == _CLOSER[innermost.opener]:
            self.at = found.end()
            return False
        if innermost.is_fresh:
            innermost.is_fresh = False
            return True
        if found is None or found[1] != ",":
            self._stop(Expected.COMMA)
        self.at = found.end()
        return True

    def _key(self, innermost: _Open) -> None:
        found = _KEY.match(self.text, self.at)
        if found is None:
            self._stop(Expected.KEY)
        offset = found.start(1)
        key = innermost.key = self._decoded(found[1], offset)
        self.at = found.end()
        if key in innermost.places:
            first = Offset(innermost.places[key][0])
            self._note("duplicate-key", offset, name=key, first=first)
        innermost.places[key] = (offset, offset)

    def _value(self, holder: _Open) -> None:
        found = _VALUE.match(self.text, self.at)
        if found is None:
            self._stop(Expected.VALUE)
        kind = found.lastgroup or ""
        written = found[kind]
        offset = found.start(kind)
        self.at = found.end()
        if holder.opener == "{":
            holder.places[holder.key] = (holder.places[holder.key][0], offset)
        else:
            holder.key = len(holder.value)
            holder.places[holder.key] = (offset, offset)
            holder.value.append(None)
        key = holder.key
        if kind == "bracket":
            holder.value[key] = self._opened(written, offset)
        elif kind == "text":
            holder.value[key] = self._decoded(written, offset)
        else:
            number = kind == "number"
            holder.value[key] = self._number(written, offset) if number else _WORDS[written]

    def _opened(self, opener: str, offset: int) -> Json:
        if len(self._open) == MAX_DEPTH:
            self._note("nested-too-deep", offset, limit=MAX_DEPTH)
            self._skip()
            return None
        innermost = _Open({} if opener == "{" else [], {}, opener, offset)
        self.places[id(innermost.value)] = innermost.places
        self._open.append(innermost)
        return innermost.value

    def _skip(self) -> None:
        """Pass over what is too deep, up to the bracket that closes it."""
        depth = 1
        while depth:
            found = _BRACKET.match(self.text, self.at)
            if found is None:
                raise Unreadable
            depth += 1 if found[1] in "[{" else -1
            self.at = found.end()

    def _decoded(self, written: str, offset: int) -> str:
        """A text without its quotes and escapes."""
        if "\\" not in written:
            return written[1:-1]
        text: str = json.loads(written)
        if _SURROGATE.search(text):
            self._note("unpaired-surrogate", offset)
        return text

    def _number(self, written: str, offset: int) -> int | float:
        is_whole = written.lstrip("-").isdecimal() and len(written) < len(str(LARGEST_NUMBER)) + 2
        number = int(written) if is_whole else float(written)
        if abs(number) > LARGEST_NUMBER:
            self._note("number-too-large", offset, name=written)
        return number

    def _rest(self) -> int:
        found = _REST.match(self.text, self.at)
        return found.end() if found else self.at

    def _note(self, code: str, offset: int, **values: Value | Offset) -> None:
        self.noted.append(Noted(code, offset, _pointer(self._open), values))

    def _stop(self, expected: Expected) -> NoReturn:
        """Note why the text cannot be read on from here. Raises Unreadable, always."""
        opened = [(one.opener, one.offset) for one in self._open]
        code, offset, values = diagnose(self.text, self._rest(), expected, opened)
        self._note(code, offset, **values)
        raise Unreadable


def _pointer(opened: Iterable[_Open]) -> str:
    pointer = ""
    for one in opened:
        if one.key is not None:
            pointer = below(pointer, one.key)
    return pointer
