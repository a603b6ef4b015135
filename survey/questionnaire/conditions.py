"""Whether a question is shown, given what was answered before it.

A condition is the JSON of `show_if`: a test, or `{"all": […]}`, `{"any": […]}`, `{"not": …}`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from survey.questionnaire.model import Answer, Answers, Json


def _is(answer: Answer, value: Json) -> bool:
    return type(answer) is not list and answer == value


def _in(answer: Answer, value: Json) -> bool:
    return any(_is(answer, one) for one in value)


def _includes(answer: Answer, value: Json) -> bool:
    return isinstance(answer, list) and value in answer


def _at_least(answer: Answer, value: Json) -> bool:
    return isinstance(answer, int | float) and answer >= value


def _at_most(answer: Answer, value: Json) -> bool:
    return isinstance(answer, int | float) and answer <= value


OPERATORS: Final[Mapping[str, Callable[[Answer, Json], bool]]] = {
    "is": _is,
    "in": _in,
    "includes": _includes,
    "at_least": _at_least,
    "at_most": _at_most,
}
"""Name of an operator to what it asks of an answer. `answered` stands apart: it needs none."""


def holds(condition: Json, answers: Answers) -> bool:
    """Whether a valid condition is true of these answers; no condition always is.

    A test on a question that was not answered is false, and `not` of it true.
    """
    if condition is None:
        return True
    if "all" in condition:
        return all(holds(part, answers) for part in condition["all"])
    if "any" in condition:
        return any(holds(part, answers) for part in condition["any"])
    if "not" in condition:
        return not holds(condition["not"], answers)
    answer = answers.get(condition["question"])
    if "answered" in condition:
        return (answer is not None) is condition["answered"]
    operator = next(name for name in OPERATORS if name in condition)
    return answer is not None and OPERATORS[operator](answer, condition[operator])


def questions_named(condition: Json) -> tuple[str, ...]:
    """The ids of the questions that a condition asks about, each once, in its order."""
    if condition is None:
        return ()
    if "question" in condition:
        return (condition["question"],)
    parts = condition.get("all") or condition.get("any") or [condition.get("not")]
    return tuple(dict.fromkeys(name for part in parts for name in questions_named(part)))
