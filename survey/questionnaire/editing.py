"""Changes to a file's text that leave the rest as its author wrote it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from survey.questionnaire.faults import tokens
from survey.questionnaire.model import Json
from survey.questionnaire.source import SourceFile

WIDEST: Final = 88
"""Characters of an object or list that is written on one line."""

_DECODER: Final = json.JSONDecoder(strict=False)
_SPACE: Final = re.compile(r"[ \t\n\r]*")
_INDENT: Final = re.compile(r"[ \t]*")


@dataclass(frozen=True, slots=True)
class Edit:
    """Characters `start` to `end` of a text, and what shall stand there instead."""

    start: int
    end: int
    text: str


class NoSuchPlace(LookupError):
    """A JSON pointer that names nothing in this file, or nothing that can be so changed."""


def edited(text: str, edits: Iterable[Edit]) -> str:
    """The text with all edits done at once. They may touch each other, not overlap."""
    kept, at = [], 0
    for edit in sorted(edits, key=lambda one: (one.start, one.end)):
        kept += [text[at : edit.start], edit.text]
        at = edit.end
    return "".join((*kept, text[at:]))


def written(value: Json, indent: str = "") -> str:
    """A value as JSON: on one line where it fits, else a line a member, each so indented."""
    short = json.dumps(value, ensure_ascii=False)
    if not isinstance(value, dict | list) or len(indent) + len(short) <= WIDEST:
        return short
    deeper = indent + "  "
    members = (
        [f"{json.dumps(k, ensure_ascii=False)}: {written(v, deeper)}" for k, v in value.items()]
        if isinstance(value, dict)
        else [written(one, deeper) for one in value]
    )
    opener, closer = "{}" if isinstance(value, dict) else "[]"
    return f"{opener}\n{deeper}" + f",\n{deeper}".join(members) + f"\n{indent}{closer}"


@dataclass(frozen=True, slots=True)
class _Member:
    """Where a member of an object or list stands, with the key before its value."""

    key: str | int
    start: int
    value: int
    end: int


class Editing:
    """Edits of one file. It must have been read to its end (`SourceFile.is_read`)."""

    def __init__(self, source: SourceFile) -> None:
        self.source = source
        self.text = source.text

    @cached_property
    def texts(self) -> Collection[str]:
        """Every text that is a value of the file."""
        found, waiting = set(), [self.source.value]
        while waiting:
            one = waiting.pop()
            if isinstance(one, str):
                found.add(one)
            elif isinstance(one, dict | list):
                waiting += one.values() if isinstance(one, dict) else one
        return found

    def value(self, pointer: str) -> Json:
        """What a pointer names. Raises NoSuchPlace."""
        node = self.source.value
        for token in tokens(pointer):
            node = node[self._key(node, token)]
        return node

    def replace(self, pointer: str, value: Json) -> Edit:
        """Another value in the place of one. Raises NoSuchPlace."""
        if not pointer:
            end = _DECODER.raw_decode(self.text, self.source.start)[1]
            return Edit(self.source.start, end, written(value))
        _, _, member = self._place(pointer)
        return Edit(member.value, member.end, written(value, self._indent(member.start)))

    def rename(self, pointer: str, key: str) -> Edit:
        """Another key before a value. Raises NoSuchPlace."""
        _, _, member = self._place(pointer)
        end = _DECODER.raw_decode(self.text, member.start)[1]
        return Edit(member.start, end, json.dumps(key, ensure_ascii=False))

    def delete(self, pointer: str) -> Edit:
        """Nothing in the place of a member and the comma beside it. Raises NoSuchPlace."""
        members, place, member = self._place(pointer)
        if place + 1 < len(members):
            return Edit(member.start, members[place + 1].start, "")
        if place:
            return Edit(members[place - 1].end, member.end, "")
        end = self._skip_space(member.end)
        return Edit(self._before(member.start), end, "")

    def insert(self, pointer: str, key: str | int, value: Json) -> Edit:
        """A member more: under a new key of an object, last; or in a list before the entry that is
        now at this place. Raises NoSuchPlace."""
        node = self.value(pointer)
        if not isinstance(node, dict | list):
            raise NoSuchPlace(pointer)
        if not node:
            return self.replace(pointer, {key: value} if isinstance(node, dict) else [value])
        members = self._members(node)
        return self._inserted(members, key, lambda indent: written(value, indent))

    def move(self, pointer: str, to: str, place: int) -> tuple[Edit, ...]:
        """An entry of a list taken out and put into a list (the same or another) before what is
        at a place there now. Raises NoSuchPlace."""
        _, _, member = self._place(pointer)
        text = self.text[member.value : member.end]
        target = self.value(to)
        if not isinstance(target, list) or f"{to}/".startswith(f"{pointer}/"):
            raise NoSuchPlace(to)
        parent, _, key = pointer.rpartition("/")
        if parent == to and place in (int(key), int(key) + 1):
            return ()
        if target:
            put = self._inserted(self._members(target), place, lambda _: text)
        else:
            end = _DECODER.raw_decode(self.text, start := self._start(to))[1]
            put = Edit(start, end, f"[{text}]")
        return (self.delete(pointer), put)

    def _inserted(self, members: list[_Member], key: str | int, say: Callable[[str], str]) -> Edit:
        """A member more among some; `say` writes its value, given the indent of its line."""
        in_list = isinstance(key, int)
        before = next((one for one in members if in_list and one.key == key), None)
        last = members[-1]
        beside = before or last
        gap = self.text[self._before(beside.start) : beside.start]
        indent = self._indent(beside.start)
        text = say(indent) if in_list else f"{json.dumps(key, ensure_ascii=False)}: {say(indent)}"
        if before is not None:
            return Edit(before.start, before.start, f"{text},{gap or ' '}")
        return Edit(last.end, last.end, f",{gap or ' '}{text}")

    def _place(self, pointer: str) -> tuple[list[_Member], int, _Member]:
        """The members beside what a pointer names, which of them it is, and itself."""
        parent, _, token = pointer.rpartition("/")
        node = self.value(parent)
        key = self._key(node, next(tokens(f"/{token}")))
        members = self._members(node)
        place = next(n for n, member in enumerate(members) if member.key == key)
        return members, place, members[place]

    def _start(self, pointer: str) -> int:
        return self._place(pointer)[2].value if pointer else self.source.start

    @staticmethod
    def _key(node: Json, token: str) -> str | int:
        if isinstance(node, list) and token.isdecimal() and int(token) < len(node):
            return int(token)
        if isinstance(node, dict) and token in node:
            return token
        raise NoSuchPlace(token)

    def _members(self, node: Json) -> list[_Member]:
        places = sorted((start, value, key) for key, (start, value) in self._places(node))
        return [
            _Member(key, start, value, _DECODER.raw_decode(self.text, value)[1])
            for start, value, key in places
        ]

    def _places(self, node: Json) -> Iterable[tuple[str | int, tuple[int, int]]]:
        return self.source.places[id(node)].items()

    def _before(self, offset: int) -> int:
        """Where the space before an offset begins."""
        return len(self.text[:offset].rstrip(" \t\r\n"))

    def _skip_space(self, offset: int) -> int:
        found = _SPACE.match(self.text, offset)
        return found.end() if found else offset

    def _indent(self, offset: int) -> str:
        """The space that the line of an offset begins with."""
        line = self.text.rfind("\n", 0, offset) + 1
        found = _INDENT.match(self.text, line)
        return found[0] if found else ""
