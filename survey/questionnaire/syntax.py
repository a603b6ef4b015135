"""Why a text is not JSON, told from the place where reading it stopped."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Final

from survey.questionnaire.faults import Value, Words


class Offset(int):
    """A place in the text, told in a sentence as a line and column."""

    __slots__ = ()


class Expected(Enum):
    """What the grammar asked for where reading stopped."""

    KEY = "key"
    VALUE = "value"
    COMMA = "comma"
    END = "end"


Diagnosis = tuple[str, int, Mapping[str, Value | Offset]]
"""Code, offset, and what the sentences need."""

Opened = Sequence[tuple[str, int]]
"""The brackets that are not closed yet, outermost first, with their offsets."""

_CLOSER: Final = {"{": "}", "[": "]"}
_CLOSED_TEXT: Final = re.compile(r'"(?:[^"\\\n\r]|\\.)*+"')
_TEXT_SO_FAR: Final = re.compile(r'"(?:[^"\\\x00-\x1f]++|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*+')
_NUMBER_LIKE: Final = re.compile(r"[+-]?\.?[0-9][\w.+-]*|[+.-]")
_WORD: Final = re.compile(r"[^\W\d]\w*")
_NOT_A_NUMBER: Final = re.compile(r"[+-]?(?:NaN|Infinity|inf|nan)\b")
_COMMENT: Final = re.compile(r"//|/\*|#|<!--")
_WRONG_QUOTES: Final = "'`‘’“”„«»"
_LONGEST_SHOWN: Final = 40


def diagnose(text: str, at: int, expected: Expected, opened: Opened) -> Diagnosis:
    """The fault at an offset that begins no token the grammar allows there."""
    if at >= len(text):
        return _ended(text, at, opened)
    if _COMMENT.match(text, at):
        return "comment", at, {}
    if text[at] in "]},:":
        return _mark(text, at, expected, opened)
    if expected is Expected.END:
        return "extra-text", at, {}
    if text[at] == '"' and _CLOSED_TEXT.match(text, at) is None:
        return "unclosed-text", at, {}
    return _AFTER[expected](text, at)


def _ended(text: str, at: int, opened: Opened) -> Diagnosis:
    if not text.strip():
        return "empty-file", 0, {}
    if not opened:
        return "stray-character", at - 1, {"name": text[at - 1]}
    opener, offset = opened[-1]
    return "unclosed", at, _bracket(opener, offset)


def _bracket(opener: str, offset: int) -> dict[str, Value | Offset]:
    return {"opener": opener, "opened": Offset(offset), "wanted": _CLOSER[opener]}


def _mark(text: str, at: int, expected: Expected, opened: Opened) -> Diagnosis:
    """A bracket, comma or colon where none can stand."""
    mark = text[at]
    if expected is Expected.END or not opened:
        return "extra-text" if expected is Expected.END else "stray-character", at, {"name": mark}
    before = text[:at].rstrip()
    if before.endswith(",") and mark in "]}":
        return "trailing-comma", len(before) - 1, {"name": mark}
    if mark in "]}" and mark != _CLOSER[opened[-1][0]]:
        return "wrong-bracket", at, {"name": mark} | _bracket(*opened[-1])
    if expected is Expected.VALUE or mark == ",":
        return "missing-value", at, {"name": mark}
    return "stray-character", at, {"name": mark}


def _bad_text(text: str, at: int) -> Diagnosis:
    """A text in double quotes that is closed, but holds what it cannot."""
    so_far = _TEXT_SO_FAR.match(text, at)
    end = so_far.end() if so_far else at
    if text[end] == "\\":
        return "bad-escape", end, {"name": text[end + 1]}
    return "control-character", end, {"name": Words(f"U+{ord(text[end]):04X}")}


def _value(text: str, at: int) -> Diagnosis:
    if text[at] == '"':
        return _bad_text(text, at)
    if text[at] in _WRONG_QUOTES:
        return "wrong-quotes", at, {"name": text[at]}
    if found := _NOT_A_NUMBER.match(text, at):
        return "not-a-number", at, {"name": found[0]}
    if found := _NUMBER_LIKE.match(text, at):
        return "bad-number", at, {"name": found[0][:_LONGEST_SHOWN]}
    if found := _WORD.match(text, at):
        return "bad-word", at, {"name": found[0]}
    return "stray-character", at, {"name": text[at]}


def _key(text: str, at: int) -> Diagnosis:
    if text[at] == '"':
        closed = _CLOSED_TEXT.match(text, at)
        written = closed[0] if closed else ""
        if _TEXT_SO_FAR.fullmatch(written[:-1]) is None:
            return _bad_text(text, at)
        after = closed.end() if closed else at
        return "missing-colon", _first_visible(text, after), {"name": written[1:-1]}
    if text[at] in _WRONG_QUOTES:
        return "wrong-quotes", at, {"name": text[at]}
    found = _WORD.match(text, at) or _NUMBER_LIKE.match(text, at)
    return "unquoted-key", at, {"name": found[0][:_LONGEST_SHOWN] if found else text[at]}


def _comma(text: str, at: int) -> Diagnosis:
    """Whatever could begin the next member lacks a comma before it."""
    if text[at] in '"{[-' or text[at].isalnum():
        line = 1 + text[:at].rstrip().count("\n")
        return "missing-comma", at, {"line": line}
    return "stray-character", at, {"name": text[at]}


def _first_visible(text: str, at: int) -> int:
    rest = text[at:]
    return at + len(rest) - len(rest.lstrip())


_AFTER: Final = {Expected.VALUE: _value, Expected.KEY: _key, Expected.COMMA: _comma}
