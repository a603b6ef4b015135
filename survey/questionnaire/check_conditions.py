"""Conditions: about earlier questions, and about answers that those can have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from survey.questionnaire.asked import Asked, Asking
from survey.questionnaire.check_references import unknown
from survey.questionnaire.faults import Fault, Words, below, quoted
from survey.questionnaire.lenient import Entry, is_number, members, number, text
from survey.questionnaire.model import DONT_KNOW, NOT_APPLICABLE, STEPS, Json

MOST_TESTS: Final = 50

_SCALE: Final = ("is", "in", "at_least", "at_most", "answered")
OPERATORS_OF_KIND: Final[Mapping[str, Sequence[str]]] = {
    "maturity": _SCALE,
    "agreement": _SCALE,
    "importance": _SCALE,
    "number": _SCALE,
    "choice": ("is", "in", "answered"),
    "checklist": ("includes", "answered", "is", "in"),
    "text": ("answered",),
}
SCALES: Final = ("maturity", "agreement", "importance")


def check_conditions(asking: Asking) -> Iterator[Fault]:
    """The tests in every `show_if`."""
    done: set[str] = set()
    for place, question in enumerate(asking.questions):
        pointer = below(question.pointer, "show_if")
        if "show_if" not in question.entry or pointer in done:
            continue
        done.add(pointer)
        tests = list(tests_in(question.entry["show_if"], pointer))
        if len(tests) > MOST_TESTS:
            values = {"count": len(tests), "limit": MOST_TESTS}
            yield Fault("condition-too-long", pointer, values)
            continue
        for where, test in tests:
            yield from _named(test, where, place, asking)


def tests_in(condition: Json, pointer: str) -> Iterator[tuple[str, Entry]]:
    """The tests of a condition, each with its pointer."""
    if not isinstance(condition, dict):
        return
    if "question" in condition:
        yield pointer, condition
    for joined in ("all", "any"):
        for place, part in members(condition, joined, pointer):
            yield from tests_in(part, place)
    if "not" in condition:
        yield from tests_in(condition["not"], below(pointer, "not"))


def _named(test: Entry, pointer: str, place: int, asking: Asking) -> Iterator[Fault]:
    """Whether the question that a test names is asked before; if so, what is asked of it."""
    name = text(test, "question")
    if name is None:
        return
    where = f"{pointer}/question"
    if name not in asking.places:
        earlier = tuple(dict.fromkeys(one.id for one in asking.questions[:place]))
        yield unknown("unknown-question", where, name, earlier)
    elif asking.places[name] >= place:
        yield Fault("later-question", where, {"name": name})
    else:
        question = asking.questions[asking.places[name]]
        if question.kind in OPERATORS_OF_KIND:
            yield from _asked_of(test, pointer, question, asking)


def _asked_of(test: Entry, pointer: str, question: Asked, asking: Asking) -> Iterator[Fault]:
    kind = question.kind or ""
    operators = OPERATORS_OF_KIND[kind]
    for operator in ("is", "in", "includes", "at_least", "at_most", "answered"):
        where = f"{pointer}/{operator}"
        if operator not in test:
            continue
        if operator not in operators:
            values = {"operator": operator, "name": question.id, "kind": kind}
            yield Fault("wrong-operator", where, values | {"operators": operators}, at_key=True)
        elif operator == "in":
            for at, value in members(test, operator, pointer):
                yield from _value(value, at, operator, question, asking)
        elif operator != "answered":
            yield from _value(test[operator], where, operator, question, asking)


def _value(
    value: Json, pointer: str, operator: str, question: Asked, asking: Asking
) -> Iterator[Fault]:
    if not isinstance(value, str) and not is_number(value):
        return
    opt_outs = opt_outs_of(question) if operator in ("is", "in") else ()
    if value in opt_outs:
        return
    is_possible, possible = _possible(value, operator, question, asking)
    if not is_possible:
        also = f", or {' or '.join(map(quoted, opt_outs))}" if opt_outs else ""
        told = value if isinstance(value, str) else Words(value)
        values = {"name": question.id, "value": told, "possible": Words(f"{possible}{also}.")}
        yield Fault("impossible-value", pointer, values)


def _possible(value: Json, operator: str, question: Asked, asking: Asking) -> tuple[bool, str]:
    """Whether a question can have an answer, and in words what it can have."""
    if question.kind in SCALES:
        return value in STEPS, "Write a whole number from 1 to 5"
    if question.kind == "number":
        low, high = number(question.entry, "minimum"), number(question.entry, "maximum")
        is_inside = is_number(value) and (
            (low is None or value >= low) and (high is None or value <= high)
        )
        bounds = [f"of at least {low:g}"] if low is not None else []
        bounds += [f"of at most {high:g}"] if high is not None else []
        return is_inside, " ".join(["Write a number", " and ".join(bounds)]).rstrip()
    if question.kind == "checklist" and operator != "includes":
        return False, "Ask with “includes” which options are ticked"
    ids = [id_ for _, one in asking.options(question) if (id_ := text(one, "id")) is not None]
    return not ids or value in ids, f"Write one of {', '.join(map(quoted, ids))}"


def opt_outs_of(question: Asked) -> tuple[str, ...]:
    """The ways not to answer that a question offers."""
    if question.kind == "text":
        return ()
    offered = question.entry.get("not_applicable") is True
    return (DONT_KNOW, NOT_APPLICABLE) if offered else (DONT_KNOW,)
