"""What a question offers to choose from, whatever its kind; and how its answers are rated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from survey.exchange.answer_words import AnswerWords
from survey.questionnaire.answers import NONE_OF_THESE
from survey.questionnaire.model import DONT_KNOW, NOT_APPLICABLE, STEPS, Json, Question

SCALES: Final = ("maturity", "agreement", "importance")
"""The kinds that are answered from 1 to 5."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose: what an answer holds for it, and what people read.

    step: the step that an author's option stands for, if any.
    """

    value: str
    text: str
    step: int | None = None


def choices(question: Question, words: AnswerWords, scale: Sequence[str]) -> tuple[Choice, ...]:
    """What can be answered by choosing, in order; nothing for a number or a text.

    scale: the names of the five steps, which stand before a maturity question's descriptors;
    none, and the descriptors stand alone.
    """
    if question.kind == "maturity":
        names = [f"{step} {name}: " for step, name in enumerate(scale, start=1)] or [""] * 5
        return _numbered(
            [f"{name}{text}" for name, text in zip(names, question.steps, strict=True)]
        )
    if question.kind in ("agreement", "importance"):
        return _numbered(words.agreement if question.kind == "agreement" else words.importance)
    return tuple(Choice(option.id, option.text, option.step) for option in question.options)


def _numbered(texts: Sequence[str]) -> tuple[Choice, ...]:
    return tuple(Choice(str(step), text) for step, text in zip(STEPS, texts, strict=True))


def opt_outs(question: Question, words: AnswerWords, *, about_you: bool) -> tuple[Choice, ...]:
    """The ways not to answer, as the survey offers them: none for a text.

    “None of these” is among them: it is an answer, but stands alone as they do.
    """
    if question.kind == "text":
        return ()
    offered = [Choice(DONT_KNOW, words.rather_not if about_you else words.dont_know)]
    if question.kind == "checklist" and NONE_OF_THESE not in {o.id for o in question.options}:
        offered.insert(0, Choice(NONE_OF_THESE, words.none_of_these))
    if question.not_applicable:
        offered.append(Choice(NOT_APPLICABLE, words.not_applicable))
    return tuple(offered)


def answer_name(
    question: Question, value: Json, words: AnswerWords, scale: Sequence[str], *, about_you: bool
) -> str:
    """What one answer is called in a sentence, and short: a step by its number and name."""
    if question.kind == "maturity" and value in STEPS:
        return f"{value} {scale[STEPS.index(value)]}"
    offered = choices(question, words, ()) + opt_outs(question, words, about_you=about_you)
    return next((one.text for one in offered if one.value == str(value)), str(value))


def number_wanted(question: Question, words: AnswerWords) -> str:
    """Which numbers can be answered, in words."""
    if question.minimum is not None and question.maximum is not None:
        said = words.number_between
    elif question.minimum is not None:
        said = words.number_from
    else:
        said = words.number if question.maximum is None else words.number_to
    least, most = plain(question.minimum), plain(question.maximum)
    return said.format(least=least, most=most)


def plain(number: float | None) -> str:
    """A number as people write it: no exponent, no needless nought; nothing where there is none."""
    if number is None:
        return ""
    return str(int(number)) if number == int(number) else format(Decimal(repr(number)), "f")
