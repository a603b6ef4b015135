"""Conditions of other tools said in our words: the JSON of `show_if`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from survey.exchange.foreign_conditions import (
    CannotBeSaid,
    Compared,
    Constant,
    Counted,
    Empty,
    Joined,
    Name,
    Negated,
    Node,
    Several,
    Value,
)
from survey.questionnaire.check_conditions import MOST_TESTS, SCALES, tests_in
from survey.questionnaire.lenient import is_number
from survey.questionnaire.model import NOTHING, STEPS, Json, Kind

DEEPEST: Final = 10
"""Conditions within conditions, so that the file stays within its own depth."""

_ORDERS: Final[Mapping[str, Callable[[float, float], bool]]] = {
    "<": lambda one, other: one < other,
    "<=": lambda one, other: one <= other,
    ">": lambda one, other: one > other,
    ">=": lambda one, other: one >= other,
}
_TURNED: Final[Mapping[str, str]] = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
_TOO_MANY: Final = f"it asks more than {MOST_TESTS} things"
_ANY: Final = ((">", 0), (">=", 1), ("!=", 0))
_NONE: Final = (("=", 0), ("<", 1), ("<=", 0))


@dataclass(frozen=True, slots=True)
class Asked:
    """A question asked before, as conditions may speak of it.

    values: what the other tool stores for an answer, as text, to what we do.
    lowest, highest: of a number.
    """

    question: str
    kind: Kind
    values: Mapping[str, str | int] = field(default_factory=lambda: NOTHING)
    lowest: float | None = None
    highest: float | None = None


@dataclass(frozen=True, slots=True)
class Ticked:
    """Several options to tick: each, as the other tool names it, to the test of its being ticked.

    answered: the test of the whole being answered.
    """

    options: Mapping[str, Json]
    answered: Json


@dataclass(frozen=True, slots=True)
class Tick:
    """One option among those to tick, where the other tool has a name for it alone."""

    test: Json


Meaning = Asked | Ticked | Tick


def said(node: Node, meanings: Mapping[str, Meaning]) -> Json:
    """A condition in our words; True or False where it always or never holds.

    meanings: the other tool's names of questions asked before to what they are here.
    Raises CannotBeSaid.
    """
    return _Saying(meanings).condition(node)


def within_limits(condition: Json) -> Json:
    """The condition, if a file may hold it. Raises CannotBeSaid."""
    if sum(1 for _ in tests_in(condition, "")) > MOST_TESTS:
        raise CannotBeSaid(_TOO_MANY)
    if _depth(condition) > DEEPEST:
        raise CannotBeSaid(f"it is nested more than {DEEPEST} deep")
    return condition


def _depth(condition: Json) -> int:
    if not isinstance(condition, dict) or "question" in condition:
        return 0
    parts = condition.get("all") or condition.get("any") or [condition.get("not")]
    return 1 + max(map(_depth, parts))


def both(conditions: Iterable[Json]) -> Json:
    """All these conditions in one: True where there is none to keep, False where one is."""
    return _joined("all", conditions)


def opposite(condition: Json) -> Json:
    """What holds where the condition does not."""
    if isinstance(condition, bool) or "answered" not in condition:
        return _not(condition)
    return condition | {"answered": not condition["answered"]}


def _not(condition: Json) -> Json:
    if isinstance(condition, bool):
        return not condition
    return condition.get("not", {"not": condition})


def _joined(how: str, conditions: Iterable[Json]) -> Json:
    decides = how == "any"
    parts: list[Json] = []
    for one in conditions:
        if one is decides:
            return decides
        if one is not (not decides):
            parts += one.get(how, [one])
    if not parts:
        return not decides
    parts = _either(parts) if how == "any" else parts
    return parts[0] if len(parts) == 1 else {how: parts}


def _either(tests: Sequence[Json]) -> list[Json]:
    """Tests of which any is to hold: those of one question’s answer become one."""
    either: dict[str, Json] = {}
    for place, test in enumerate(tests):
        key = test["question"] if "is" in test or "in" in test else f"{place} "
        if key in either:
            answers = [*_answers(either[key]), *_answers(test)]
            either[key] = {"question": key, "in": list(dict.fromkeys(answers))}
        else:
            either[key] = test
    return list(either.values())


def _answers(test: Json) -> Sequence[Json]:
    """The answers that a test asks for."""
    return [test["is"]] if "is" in test else test["in"]


class _Saying:
    def __init__(self, meanings: Mapping[str, Meaning]) -> None:
        self.meanings = meanings
        self.asked = 0

    def condition(self, node: Node) -> Json:
        """A node that is true or false."""
        match node:
            case Joined(how, parts):
                return _joined(how, [self.condition(part) for part in parts])
            case Negated(Empty(of)):
                return _answered(self._meaning(of))
            case Negated(part):
                return _not(self.condition(part))
            case Empty(of):
                return opposite(_answered(self._meaning(of)))
            case Compared(operator, left, right):
                return self._compared(operator, left, right)
            case Name():
                return _is(self._meaning(node), True)
            case Value(value) if value in (True, False):
                return bool(value)
        raise CannotBeSaid("it is not a question of yes or no")

    def _meaning(self, node: Node) -> Meaning:
        if not isinstance(node, Name):
            raise CannotBeSaid("it asks about something other than an answer")
        self.asked += 1
        if self.asked > MOST_TESTS:
            raise CannotBeSaid(_TOO_MANY)
        if node.name not in self.meanings:
            raise CannotBeSaid(f"“{node.name[:60]}” is not asked before it")
        return self.meanings[node.name]

    def _compared(self, operator: str, left: Node, right: Node) -> Json:
        if isinstance(left, Value) and isinstance(right, Name | Counted):
            left, right, operator = right, left, _TURNED.get(operator, operator)
        if isinstance(right, Several):
            return self._several(operator, left, right.values)
        if not isinstance(right, Value):
            raise CannotBeSaid("it compares answers with each other")
        if isinstance(left, Counted):
            return _counted(operator, right.value, self._meaning(left.of))
        return _one(operator, self._meaning(left), right.value)

    def _several(self, operator: str, left: Node, values: tuple[Constant, ...]) -> Json:
        meaning = self._meaning(left)
        if operator not in ("any of", "all of"):
            raise CannotBeSaid("it compares an answer with a whole list")
        tests = [_one("includes", meaning, value) for value in values]
        return _joined(operator.partition(" ")[0], tests)


def _counted(operator: str, value: Constant, meaning: Meaning) -> Json:
    if (operator, value) in _ANY:
        return _answered(meaning) if isinstance(meaning, Asked) else _ticked_any(meaning)
    if (operator, value) in _NONE:
        return opposite(_counted(">", 0, meaning))
    raise CannotBeSaid("it counts")


def _ticked_any(meaning: Ticked | Tick) -> Json:
    if isinstance(meaning, Tick):
        return meaning.test
    return _joined("any", meaning.options.values())


def _answered(meaning: Meaning) -> Json:
    if isinstance(meaning, Ticked):
        return meaning.answered
    if isinstance(meaning, Tick):
        return meaning.test
    return {"question": meaning.question, "answered": True}


def _one(operator: str, meaning: Meaning, value: Constant) -> Json:
    """A comparison with one constant."""
    if operator in ("any of", "all of"):
        operator = "includes"
    if operator == "!=":
        return opposite(_one("=", meaning, value))
    if operator in _ORDERS:
        return _in_order(operator, meaning, value)
    if operator == "=" or (operator == "includes" and isinstance(meaning, Asked)):
        return _is(meaning, value)
    if isinstance(meaning, Asked):
        return _containing(meaning, as_text(value))
    return _option(meaning, value) if isinstance(meaning, Ticked) else _is(meaning, value)


def _containing(meaning: Asked, part: str) -> Json:
    """That an answer, as the other tool stores it, has this part."""
    fitting = [ours for name, ours in meaning.values.items() if part in name]
    if not fitting:
        raise CannotBeSaid(f"no answer there contains “{part[:60]}”")
    return _one_of(meaning.question, fitting)


def _one_of(question: str, answers: Sequence[str | int]) -> Json:
    test = {"is": answers[0]} if len(answers) == 1 else {"in": [*answers]}
    return {"question": question} | test


def _option(meaning: Ticked, value: Constant) -> Json:
    if (name := as_text(value)) not in meaning.options:
        raise CannotBeSaid(f"“{name[:60]}” is none of the options")
    return meaning.options[name]


def _is(meaning: Meaning, value: Constant) -> Json:
    if value is None or value == "":
        return opposite(_answered(meaning))
    if isinstance(meaning, Tick):
        return meaning.test if as_text(value).lower() in ("y", "1", "true") else False
    if isinstance(meaning, Ticked):
        wanted = _option(meaning, value)
        others = [opposite(one) for one in meaning.options.values() if one is not wanted]
        return _joined("all", [wanted, *others])
    if meaning.kind == "text":
        raise CannotBeSaid("what a text says cannot be asked, only whether there is one")
    ours = meaning.values.get(as_text(value))
    if ours is not None:
        return {"question": meaning.question, "is": ours}
    number = _number(value)
    if meaning.kind != "number" or number is None or not _is_inside(meaning, number):
        raise CannotBeSaid(f"“{as_text(value)[:60]}” cannot be answered there")
    return {"question": meaning.question, "is": number}


def as_text(value: Constant) -> str:
    """A constant as the other tool's options are named."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def _number(value: Constant) -> int | float | None:
    if isinstance(value, str):
        try:
            value = float(value)
        except ValueError:
            return None
    if not is_number(value) or value is None or value != value or abs(value) > 2**53:
        return None
    return int(value) if float(value).is_integer() else value


def _is_inside(meaning: Asked, number: float) -> bool:
    low, high = meaning.lowest, meaning.highest
    return (low is None or number >= low) and (high is None or number <= high)


def _in_order(operator: str, meaning: Meaning, value: Constant) -> Json:
    """A comparison that asks for more or less."""
    number = _number(value)
    if not isinstance(meaning, Asked) or number is None or meaning.kind == "text":
        raise CannotBeSaid("it asks for more or less of what is no number")
    if meaning.kind == "number":
        return _bound(operator, meaning, number)
    fitting = [
        ours
        for name, ours in meaning.values.items()
        if (one := _number(name)) is not None and _ORDERS[operator](one, number)
    ]
    if not fitting:
        raise CannotBeSaid(f"no answer there is {operator} {as_text(number)}")
    if meaning.kind in SCALES and all(isinstance(one, int) for one in fitting):
        return _steps(meaning.question, sorted(int(one) for one in fitting))
    return _one_of(meaning.question, fitting)


def _steps(question: str, steps: list[int]) -> Json:
    """That an answer is one of these steps, lowest first."""
    if steps == list(STEPS[-len(steps) :]):
        return {"question": question, "at_least": steps[0]}
    if steps == list(STEPS[: len(steps)]):
        return {"question": question, "at_most": steps[-1]}
    return {"question": question, "in": steps}


def _bound(operator: str, meaning: Asked, number: int | float) -> Json:
    """Where a number is asked beyond what can be answered, the nearest that can be."""
    key, low, high = ("at_least" if ">" in operator else "at_most"), meaning.lowest, meaning.highest
    if key == "at_least" and low is not None and number < low:
        number, operator = low, ">="
    if key == "at_most" and high is not None and number > high:
        number, operator = high, "<="
    if not _is_inside(meaning, number):
        raise CannotBeSaid(f"no answer there is {operator} {as_text(number)}")
    test = {"question": meaning.question, key: number}
    if operator in (">=", "<="):
        return test
    return {"all": [test, {"not": {"question": meaning.question, "is": number}}]}
