"""A JSON file with the position of everything in it, within bounds, whatever it holds."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from survey.questionnaire.faults import At, Fault, Value, Words, sentences, tokens
from survey.questionnaire.model import Json
from survey.questionnaire.problems import Problem
from survey.questionnaire.reader import Noted, Places, Reader, Unreadable
from survey.questionnaire.syntax import Offset

MAX_BYTES: Final = 1024 * 1024
"""A file's largest size. Whoever opens one need read no more than MAX_BYTES + 1 of it."""

MOST_PROBLEMS: Final = 500
"""How many problems of one file are told."""

_BYTE_ORDER_MARK: Final = "\ufeff"
_LINE_END: Final = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file's value, what is wrong with it as JSON, and where everything stands.

    `value` is None where the file could not be read to its end; `is_read` says whether it was.
    `text` is without a byte order mark; every offset counts its characters.
    `places` are those of the members of each object and list, by its identity.
    """

    value: Json
    problems: tuple[Problem, ...]
    is_read: bool = False
    line_starts: tuple[int, ...] = (0,)
    start: int = 0
    text: str = ""
    places: Mapping[int, Places] = field(default_factory=dict)

    def locate(self, pointer: str, *, at_key: bool = False) -> tuple[int, int]:
        """Line and column, from 1, in characters, of what a JSON pointer names.

        at_key: of the key before it instead. Where there is no such place, that of the
        nearest one around it.
        """
        node, offset = self.value, self.start
        for token in tokens(pointer):
            members = self.places.get(id(node))
            key = int(token) if isinstance(node, list) and token.isdecimal() else token
            if members is None or key not in members:
                break
            offset = members[key][0 if at_key else 1]
            node = node[key]
        return position(self.line_starts, offset)

    def offset(self, problem: Problem) -> int:
        """Where in the text a problem stands."""
        return self.line_starts[problem.line - 1] + problem.column - 1

    def problem(self, fault: Fault) -> Problem:
        """The fault as the author is told of it."""
        values = {
            name: in_words(self.locate(value)) if isinstance(value, At) else value
            for name, value in fault.values.items()
        }
        line, column = self.locate(fault.pointer, at_key=fault.at_key)
        return Problem(
            line, column, fault.pointer, fault.code, *sentences(fault.code, values), fault.values
        )


def read(file: bytes | str) -> SourceFile:
    """Read a JSON file. Never raises: what is wrong with it is in `problems`.

    Size, encoding and syntax faults end the reading. Others do not: the value is there, with
    the last value of a key that stands twice and None for what is nested too deep.
    """
    if len(file) > MAX_BYTES:
        return _refused("too-large", "")
    try:
        text = file if isinstance(file, str) else file.decode()
        size = len(text.encode())
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode()
        return _refused("not-utf-8", before, byte=Words(f"{error.object[error.start]:02X}"))
    except UnicodeEncodeError as error:
        return _refused("unpaired-surrogate", error.object[: error.start])
    return _read_text(text) if size <= MAX_BYTES else _refused("too-large", "")


def tell(faults: Iterable[Fault], source: SourceFile) -> tuple[Problem, ...]:
    """All problems of a file, in file order: those of its text, and these faults.

    Of one place and code one problem is told; what follows from a fault of the text is not.
    Beyond MOST_PROBLEMS only their number is told.
    """
    unsound = {problem.pointer for problem in source.problems}
    placed = {
        (*source.locate(fault.pointer, at_key=fault.at_key), fault.pointer, fault.code): fault
        for fault in faults
        if fault.pointer not in unsound
    }
    first = sorted(placed)[:MOST_PROBLEMS]
    problems = sorted([*source.problems, *(source.problem(placed[place]) for place in first)])
    if len(placed) + len(source.problems) <= MOST_PROBLEMS:
        return tuple(problems)
    listed = problems[:MOST_PROBLEMS]
    values = {"count": len(placed) + len(source.problems), "limit": MOST_PROBLEMS}
    last, told = listed[-1], sentences("too-many-problems", values)
    return (*listed, Problem(last.line, last.column, "", "too-many-problems", *told))


def _refused(code: str, before: str, **values: Value) -> SourceFile:
    """Nothing was read: the fault stands right after the text before it."""
    line, column = position(_line_starts(before), len(before))
    return SourceFile(None, (Problem(line, column, "", code, *sentences(code, values)),))


def _read_text(text: str) -> SourceFile:
    reader = Reader(text.removeprefix(_BYTE_ORDER_MARK))
    if text.startswith(_BYTE_ORDER_MARK):
        reader.noted.append(Noted("byte-order-mark", 0))
    starts = _line_starts(reader.text)
    try:
        value, is_read = reader.read(), True
    except Unreadable:
        value, is_read = None, False
    problems = tuple(sorted(_problem(noted, starts) for noted in reader.noted))
    return SourceFile(value, problems, is_read, starts, reader.start, reader.text, reader.places)


def _problem(noted: Noted, starts: tuple[int, ...]) -> Problem:
    values = {
        name: in_words(position(starts, value)) if isinstance(value, Offset) else value
        for name, value in noted.values.items()
    }
    line, column = position(starts, noted.offset)
    return Problem(
        line, column, noted.pointer, noted.code, *sentences(noted.code, values), noted.values
    )


def _line_starts(text: str) -> tuple[int, ...]:
    return (0, *(end.end() for end in _LINE_END.finditer(text)))


def position(line_starts: tuple[int, ...], offset: int) -> tuple[int, int]:
    """Line and column, from 1, of a place in the text."""
    line = bisect_right(line_starts, offset)
    return line, offset - line_starts[line - 1] + 1


def in_words(place: tuple[int, int]) -> Words:
    """A line and column for a sentence."""
    return Words("line {}, column {}".format(*place))
