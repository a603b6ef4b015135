"""A fault found in a file, and the words in which it is told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from survey.questionnaire.nearest import nearest
from survey.questionnaire.problem_catalogue import CATALOGUE

LONGEST_QUOTE: Final = 60
LONGEST_LIST: Final = 12


class Words(str):
    """A phrase of ours for a sentence, put in as it stands; any other text is quoted."""

    __slots__ = ()


class At(str):
    """A JSON pointer, told in a sentence as the position of what it names."""

    __slots__ = ()


Value = str | int | float | Sequence[str]


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault by its code, where it stands, and what its sentences need.

    pointer: JSON pointer of the value at fault; with `at_key`, the key before it is meant.
    values: `known` are the names that `name` could have been.
    """

    code: str
    pointer: str
    values: Mapping[str, Value] = field(default_factory=dict)
    at_key: bool = False


def below(pointer: str, key: str | int) -> str:
    """The pointer of what stands under a key or at a place in a list (RFC 6901)."""
    return f"{pointer}/{str(key).replace('~', '~0').replace('/', '~1')}"


def tokens(pointer: str) -> Iterator[str]:
    """The keys and places that a pointer goes through."""
    for token in pointer.split("/")[1:]:
        yield token.replace("~1", "/").replace("~0", "~")


def sentences(code: str, values: Mapping[str, Value]) -> tuple[str, str]:
    """What is wrong and how to mend it, in words."""
    told = {name: _told(value) for name, value in values.items()}
    told["near"] = _advice(values)
    template = CATALOGUE[code]
    return template.message.format_map(told), template.mend.format_map(told)


def quoted(text: str) -> str:
    """A text from a file, safe and short enough for a sentence on one line."""
    short = text if len(text) <= LONGEST_QUOTE else text[: LONGEST_QUOTE - 1] + "…"
    return f"“{''.join(c if c.isprintable() else f'U+{ord(c):04X}' for c in short)}”"


def _told(value: Value) -> str:
    if isinstance(value, Words):
        return value
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, int | float):
        return f"{value:,}" if value >= 10_000 else f"{value:g}"
    return _listed(value)


def _listed(names: Sequence[str]) -> str:
    shown = [quoted(name) for name in names]
    return " or ".join(filter(None, [", ".join(shown[:-1]), shown[-1]])) if shown else "none"


def _advice(values: Mapping[str, Value]) -> str:
    """What to write instead of an unknown name, as far as that can be told."""
    name, known = values.get("name", ""), values.get("known", ())
    if not isinstance(name, str) or not isinstance(known, Sequence):
        return ""
    meant = nearest(name, known)
    if meant is not None:
        return f"Did you mean {quoted(meant)}?"
    if 0 < len(known) <= LONGEST_LIST:
        return f"It can be {_listed(known)}."
    return "Check how it is spelt."
