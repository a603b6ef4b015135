"""How an answer becomes a step, and how a response's ratings are packed: one byte a question."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping
from typing import Final

from survey.questionnaire.model import (
    DONT_KNOW,
    NOT_APPLICABLE,
    Answer,
    Answers,
    Question,
    Questionnaire,
)

NOT_ASKED: Final = 0
BYTE_OF_OPT_OUT: Final = {DONT_KNOW: 6, NOT_APPLICABLE: 7}
OPT_OUT_OF_BYTE: Final = {byte: answer for answer, byte in BYTE_OF_OPT_OUT.items()}


def _same(_question: Question, answer: Answer) -> int | None:
    return answer if isinstance(answer, int) else None


def _agreement(question: Question, answer: Answer) -> int | None:
    if not isinstance(answer, int):
        return None
    return 6 - answer if question.reverse else answer


def _choice(question: Question, answer: Answer) -> int | None:
    return next((option.step for option in question.options if option.id == answer), None)


def _checklist(question: Question, answer: Answer) -> int | None:
    """The highest step whose evidence, and all evidence below it, is ticked; else 1."""
    if not isinstance(answer, list):
        return None
    missing = [o.step for o in question.options if o.step is not None and o.id not in answer]
    highest = max((o.step for o in question.options if o.step is not None), default=1)
    return min(missing) - 1 if missing else highest


def _number(question: Question, answer: Answer) -> int | None:
    if not isinstance(answer, int | float) or not question.cut_points:
        return None
    points = question.cut_points
    if points[0] > points[-1]:  # less is better
        return 1 + sum(answer <= point for point in points)
    return 1 + bisect_right(points, answer)


_STEP_OF: Final[Mapping[str, Callable[[Question, Answer], int | None]]] = {
    "maturity": _same,
    "agreement": _agreement,
    "choice": _choice,
    "checklist": _checklist,
    "number": _number,
}


def rate(question: Question, answer: Answer | None) -> int | None:
    """The step, 1 to 5, that an answer gives; None where it gives none.

    Importance and text never give one, nor do "don't know" and "doesn't apply".
    """
    rule = _STEP_OF.get(question.kind)
    if rule is None or answer is None or answer in (DONT_KNOW, NOT_APPLICABLE):
        return None
    return rule(question, answer)


def pack(questionnaire: Questionnaire, answers: Answers) -> bytes:
    """One byte a counted question, in the version's order.

    0 not asked or not answered, 1-5 the step (the answer itself for importance), 6 don't know,
    7 doesn't apply. `answers` holds no hidden ones (see `answers.drop_hidden`).
    """
    return bytes(_byte(q, answers.get(q.id)) for q in questionnaire.counted_questions)


def _byte(question: Question, answer: Answer | None) -> int:
    if isinstance(answer, str) and answer in BYTE_OF_OPT_OUT:
        return BYTE_OF_OPT_OUT[answer]
    if question.kind == "importance":
        return answer if isinstance(answer, int) else NOT_ASKED
    return rate(question, answer) or NOT_ASKED


def unpack(questionnaire: Questionnaire, ratings: bytes) -> dict[str, int | str]:
    """Question id to its step or opt-out, for the questions that were answered."""
    counted = questionnaire.counted_questions
    return {
        question.id: OPT_OUT_OF_BYTE.get(byte, byte)
        for question, byte in zip(counted, ratings, strict=True)
        if byte != NOT_ASKED
    }


def capability_columns(
    questionnaire: Questionnaire,
) -> dict[str, tuple[tuple[int, ...], tuple[int, ...]]]:
    """Capability id to the columns of the questions that rate it, and their weights."""
    columns: dict[str, list[int]] = {}
    counted = questionnaire.counted_questions
    for column, question in enumerate(counted):
        if question.capability is not None and question.is_rated:
            columns.setdefault(question.capability, []).append(column)
    return {
        capability: (tuple(places), tuple(counted[place].weight for place in places))
        for capability, places in columns.items()
    }


def importance_columns(questionnaire: Questionnaire) -> dict[str, int]:
    """Capability id to the column of the question how important it is."""
    return {
        question.capability: column
        for column, question in enumerate(questionnaire.counted_questions)
        if question.kind == "importance" and question.capability is not None
    }
