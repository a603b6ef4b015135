"""The answers to a questionnaire as columns of numbers: each with its labels, and with codes for
what is no answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from survey.exchange import table
from survey.exchange.answer_words import AnswerWords, answer_words
from survey.exchange.codebook import PLACES, Variable, variables
from survey.exchange.column_names import column_names
from survey.exchange.offered import choices, opt_outs
from survey.exchange.table import BESIDE_NEGATIVES, Cell, Column, Label
from survey.questionnaire.answers import NONE_OF_THESE
from survey.questionnaire.model import (
    DONT_KNOW,
    NOT_APPLICABLE,
    Answer,
    Option,
    Question,
    Questionnaire,
)

OUT: Final[Mapping[str, int]] = {
    DONT_KNOW: table.DONT_KNOW,
    NOT_APPLICABLE: table.NOT_APPLICABLE,
}
"""The ways not to answer, and their codes."""

NOT_ANSWERED: Final = (table.NOT_ANSWERED, "Not answered")
NOT_ASKED: Final = (table.NOT_ASKED, "Not asked")
NOT_SAID: Final = (table.NOT_SAID, "Not asked or not answered: which of the two is not known")
NOT_GIVEN: Final = (table.NOT_SAID, "Not answered, or shared by too few people to be given away")
_TICKED: Final = ((0, "Not ticked"), (1, "Ticked"))
_SCALES: Final = ("maturity", "agreement", "importance")


@dataclass(frozen=True, slots=True)
class AnswerColumn:
    """A column of a question's answers. `coded`: what stands in it for an answer; `shift` is
    added to the codes of what is none."""

    question: Question
    column: Column
    coded: Callable[[Any], Cell]
    shift: int = 0

    def cell(self, answer: Answer | None, missing: int) -> Cell:
        """What stands in the column. missing: the code where there is no answer."""
        if answer is None:
            return missing + self.shift
        if isinstance(answer, str) and answer in OUT:
            return OUT[answer] + self.shift
        return self.coded(answer)


def answer_columns(questionnaire: Questionnaire) -> tuple[AnswerColumn, ...]:
    """The columns of all questions but texts, in the questionnaire's order; of a checklist one for
    each thing to tick. Labels are in its main language, what is said about them in English."""
    described = {one.variable: one for one in variables(questionnaire)}
    found = list(_columns(questionnaire, described))
    names = column_names([*PLACES, *(one.column.name for one in found)])[len(PLACES) :]
    return tuple(
        replace(one, column=replace(one.column, name=name))
        for one, name in zip(found, names, strict=True)
    )


def _columns(
    questionnaire: Questionnaire, described: Mapping[str, Variable]
) -> Iterator[AnswerColumn]:
    about_you = {question.id for question in questionnaire.about_you}
    words = answer_words(questionnaire.language)
    for question in questionnaire.questions:
        if question.kind != "text":
            is_about = question.id in about_you
            out = _out(question, words, is_about=is_about)
            about = _about(described[question.id])
            if question.kind == "checklist":
                yield from (_ticks(question, one, out, about) for one in question.options)
            else:
                yield _single(question, _labels(question, words, questionnaire.scale), out, about)


def _single(
    question: Question,
    values: tuple[Label, ...],
    out: tuple[Label, ...],
    about: tuple[tuple[str, str], ...],
) -> AnswerColumn:
    is_number = question.kind == "number"
    may_be_negative = is_number and (question.minimum is None or question.minimum < 0)
    shift = BESIDE_NEGATIVES if may_be_negative else 0
    column = Column(
        name=question.id,
        label=question.text,
        kind="number" if is_number else "whole",
        values=values,
        missing=tuple((value + shift, text) for value, text in out),
        level=_level(question),
        about=about,
    )
    numbers = {option.id: place for place, option in enumerate(question.options, start=1)}
    coded: Callable[[Any], Cell] = numbers.__getitem__ if question.kind == "choice" else _as_is
    return AnswerColumn(question, column, coded, shift)


def _as_is(answer: float) -> Cell:
    return answer


def _ticks(
    question: Question,
    option: Option,
    out: tuple[Label, ...],
    about: tuple[tuple[str, str], ...],
) -> AnswerColumn:
    column = Column(
        name=f"{question.id}:{option.id}",
        label=f"{option.text} ({question.text})",
        kind="whole",
        values=_TICKED,
        missing=out,
        about=about,
    )
    return AnswerColumn(question, column, lambda ticked: int(option.id in ticked))


def _labels(question: Question, words: AnswerWords, scale: tuple[str, ...]) -> tuple[Label, ...]:
    if question.kind == "maturity":
        return tuple(enumerate(scale, start=1))
    offered = choices(question, words, ())
    return tuple((number, one.text) for number, one in enumerate(offered, start=1))


def _out(question: Question, words: AnswerWords, *, is_about: bool) -> tuple[Label, ...]:
    """The codes of what is no answer, the lowest first."""
    offered = opt_outs(question, words, about_you=is_about)
    chosen = [(OUT[one.value], one.text) for one in offered if one.value != NONE_OF_THESE]
    rest = [NOT_GIVEN] if is_about else [NOT_ANSWERED, NOT_ASKED, NOT_SAID]
    return tuple(sorted([*chosen, *rest]))


def _level(question: Question) -> table.Level:
    if question.kind == "number":
        return "scale"
    rated = [option.step for option in question.options]
    return "ordinal" if question.kind in _SCALES or any(rated) else "nominal"


def _about(one: Variable) -> tuple[tuple[str, str], ...]:
    """What the questionnaire's codebook says of the question, under its headings."""
    return (
        ("question", one.variable),
        ("hint", one.hint),
        ("section", one.section),
        ("module", one.module),
        ("answered_as", one.kind),
        ("capability", one.capability_name),
        ("answers", one.values),
        ("rating", one.rating),
        ("weight", one.weight),
        ("condition", one.condition),
    )
