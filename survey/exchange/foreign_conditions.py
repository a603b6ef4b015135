"""Conditions as other tools write them, read into one form. Nothing in them is ever run.

Of each tool's language as much is read as conditions here can say: comparisons of an answer with
a constant, joined by and, or and not. `conditions_said` says them in our words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple, NoReturn

from survey.exchange.condition_dialects import COMPARISONS, Dialect
from survey.questionnaire.reader import LARGEST_NUMBER

LONGEST: Final = 4000
DEEPEST: Final = 20

Constant = str | int | float | bool | None


class CannotBeSaid(ValueError):
    """A condition that has no counterpart here; the message says why, to follow “because”."""


@dataclass(frozen=True, slots=True)
class Name:
    """The answer to a question, by the name that the other tool gives it."""

    name: str


@dataclass(frozen=True, slots=True)
class Value:
    """A constant; None and the empty text mean that there is no answer."""

    value: Constant


@dataclass(frozen=True, slots=True)
class Several:
    """A list of constants."""

    values: tuple[Constant, ...]


@dataclass(frozen=True, slots=True)
class Counted:
    """How many options were chosen, or how long a text is: only whether any is asked for."""

    of: Node


@dataclass(frozen=True, slots=True)
class Compared:
    """operator: =, !=, <, <=, >, >=, includes (this option), contains (an option, or a part of a
    text), any of, all of."""

    operator: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Empty:
    """Whether there is no answer."""

    of: Node


@dataclass(frozen=True, slots=True)
class Joined:
    """Conditions of which all must hold, or any."""

    how: Literal["all", "any"]
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Negated:
    """The opposite of a condition."""

    part: Node


Node = Name | Value | Several | Counted | Compared | Empty | Joined | Negated


_WORDS: Final[Mapping[str, Constant]] = {
    "true": True,
    "false": False,
    "null": None,
    "undefined": None,
}
_ESCAPE: Final = re.compile(r"\\(['\"\\])")


def parse(source: str, dialect: Dialect) -> Node:
    """A condition as another tool writes it. Raises CannotBeSaid."""
    if len(source) > LONGEST:
        raise CannotBeSaid(f"it is longer than {LONGEST:,} characters")
    return _Parser(_tokens(source, dialect), dialect).parse()


class _Token(NamedTuple):
    kind: str
    text: str


def _tokens(source: str, dialect: Dialect) -> list[_Token]:
    tokens, at, end = [], 0, len(source.rstrip())
    while at < end:
        found = dialect.pattern.match(source, at)
        if found is None:
            raise CannotBeSaid(f"“{source[at:].strip()[:20]}” was not understood")
        kind = found.lastgroup or ""
        text = found[kind]
        if kind == "name":
            text = next(group for group in found.groups()[1:] if group)
        tokens.append(_Token(kind, text))
        at = found.end()
    return tokens


class _Parser:
    """One reading of one condition, from its first token to its last."""

    def __init__(self, tokens: list[_Token], dialect: Dialect) -> None:
        self.tokens = tokens
        self.dialect = dialect
        self.at = 0
        self.depth = 0

    def parse(self) -> Node:
        """The whole condition."""
        node = self._joined()
        if self.at < len(self.tokens):
            self._stop()
        return node

    def _joined(self) -> Node:
        return self._series("or", "any", lambda: self._series("and", "all", self._compared))

    def _series(self, word: str, how: Literal["all", "any"], part: Callable[[], Node]) -> Node:
        parts = [part()]
        while self._takes(word):
            parts.append(part())
        return Joined(how, tuple(parts)) if len(parts) > 1 else parts[0]

    def _compared(self) -> Node:
        left = self._operand()
        operator = self._operator()
        plain = operator.removeprefix("not ")
        if plain not in COMPARISONS:
            return left
        self.at += 1
        compared = Compared(plain, left, self._operand())
        return compared if plain == operator else Negated(compared)

    def _operand(self) -> Node:
        self.depth += 1
        if self.depth > DEEPEST:
            raise CannotBeSaid(f"it is nested more than {DEEPEST} deep")
        negates = self._takes("not")
        node = self._operand() if negates else self._primary()
        self.depth -= 1
        if negates:
            return Negated(node)
        if self._takes("empty"):
            return Empty(node)
        return Negated(Empty(node)) if self._takes("not empty") else node

    def _primary(self) -> Node:
        token = self._next()
        if token.kind == "name":
            return Name(token.text)
        if token.kind == "text":
            return Value(_ESCAPE.sub(r"\1", token.text[1:-1]))
        if token.kind == "number":
            return Value(_number(token.text))
        if token.kind == "word":
            return self._word(token.text)
        return self._sign(token.text)

    def _sign(self, sign: str) -> Node:
        if sign == "(":
            node = self._joined()
            self._expect(")")
            return node
        if sign == "-" and self._peek().kind == "number":
            return Value(-_number(self._next().text))
        if sign != "[":
            self.at -= 1
            self._stop()
        return self._list()

    def _list(self) -> Node:
        values: list[Constant] = []
        while not self._is_sign("]"):
            one = self._operand()
            if not isinstance(one, Value):
                raise CannotBeSaid("its list holds more than plain values")
            values.append(one.value)
            if not self._is_sign("]"):
                self._expect(",")
        self._expect("]")
        return Several(tuple(values))

    def _word(self, word: str) -> Node:
        if self._is_sign("("):
            return self._call(word)
        if word.lower() in _WORDS and self.dialect.bare != "nothing":
            return Value(_WORDS[word.lower()])
        if word.lower() in self.dialect.operators or self.dialect.bare == "nothing":
            self.at -= 1
            self._stop()
        return Name(word.partition(".")[0]) if self.dialect.bare == "name" else Value(word)

    def _call(self, word: str) -> Node:
        kind = self.dialect.functions.get(word.lower())
        if kind is None:
            raise CannotBeSaid(f"“{word}” calculates something")
        self._expect("(")
        given: list[Node] = []
        while not self._is_sign(")"):
            given.append(self._joined())
            if not self._is_sign(")"):
                self._expect(",")
        self._expect(")")
        return _called(word, kind, given)

    def _operator(self) -> str:
        token = self._peek()
        if token.kind not in ("sign", "word"):
            return ""
        return self.dialect.operators.get(token.text.lower(), "")

    def _takes(self, operator: str) -> bool:
        """Whether this operator is next; if so it is passed."""
        is_next = self._operator() == operator
        self.at += is_next
        return is_next

    def _is_sign(self, sign: str) -> bool:
        return self._peek() == ("sign", sign)

    def _expect(self, sign: str) -> None:
        if not self._is_sign(sign):
            self._stop()
        self.at += 1

    def _peek(self) -> _Token:
        return self.tokens[self.at] if self.at < len(self.tokens) else _Token("end", "")

    def _next(self) -> _Token:
        token = self._peek()
        self.at += 1
        return token

    def _stop(self) -> NoReturn:
        token = self._peek()
        where = f"“{token.text[:20]}” was not understood" if token.text else "it breaks off"
        raise CannotBeSaid(where)


_MADE_OF_ONE: Final[Mapping[str, Callable[[Node], Node]]] = {
    "not": Negated,
    "count": Counted,
    "empty": Empty,
    "same": lambda node: node,
}


def _called(word: str, kind: str, given: list[Node]) -> Node:
    if kind in ("true", "false") and not given:
        return Value(kind == "true")
    if kind == "includes" and len(given) == 2:
        return Compared("includes", given[0], given[1])
    if len(given) == 1 and kind in _MADE_OF_ONE:
        return _MADE_OF_ONE[kind](given[0])
    raise CannotBeSaid(f"“{word}” was given {len(given)} values")


def _number(text: str) -> int | float:
    number = float(text)
    if number > LARGEST_NUMBER:
        raise CannotBeSaid(f"“{text[:20]}” is too large a number")
    return int(number) if number.is_integer() else number
