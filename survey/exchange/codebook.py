"""The codebook of a questionnaire: what each column of its exported responses means."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass, fields
from io import StringIO
from typing import Final

from survey.exchange.answer_words import AnswerWords, answer_words
from survey.exchange.condition_texts import ConditionTexts, ConditionWords
from survey.exchange.formula_safe import safe
from survey.exchange.offered import answer_name, choices, number_wanted, opt_outs
from survey.exchange.rating_texts import rating_text
from survey.questionnaire.answers import NONE_OF_THESE
from survey.questionnaire.model import Json, Question, Questionnaire, Section

NOT_ASKED: Final = "not asked, or not answered"
"""What an empty cell means."""

NOT_SHARED: Final = "not answered, or shared by too few people to be given away"
"""What an empty cell means of a question about the person."""

PLACES: Final[Mapping[str, str]] = {
    "response": "The number of the response, in random order: it tells of nobody.",
    "unit": (
        "The unit, by its short name; the one above it where fewer people answered than may be "
        "told apart."
    ),
}
"""The columns that are no question's, and what stands in them."""

ABOUT_YOU: Final = "About the person"


@dataclass(frozen=True, slots=True)
class Variable:
    """A column of the exported responses. Several values stand one a line, value = label.

    missing: codes that are no answer; the empty cell is one of them.
    rating: how an answer becomes a step. condition: when it is asked, if not always.
    """

    variable: str
    question: str
    hint: str = ""
    section: str = ""
    module: str = ""
    kind: str = ""
    capability: str = ""
    capability_name: str = ""
    values: str = ""
    missing: str = ""
    rating: str = ""
    weight: str = ""
    condition: str = ""


def to_codebook(questionnaire: Questionnaire) -> str:
    """A CSV table with a row for each column of the responses' export, in its order.

    Texts are in the questionnaire's main language, what is said about them in English.
    """
    buffer = StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow([field.name for field in fields(Variable)])
    writer.writerows([safe(cell) for cell in astuple(one)] for one in variables(questionnaire))
    return buffer.getvalue()


def variables(questionnaire: Questionnaire) -> Iterator[Variable]:
    """The columns of the responses' export, described."""
    yield from (Variable(name, text) for name, text in PLACES.items())
    codebook = _Codebook(questionnaire)
    asked: list[tuple[Section | None, tuple[Question, ...]]] = [
        (None, questionnaire.about_you),
        *((section, section.questions) for section in questionnaire.sections),
    ]
    for section, questions in asked:
        exported = (question for question in questions if question.kind != "text")
        yield from (codebook.variable(question, section) for question in exported)


def condition_texts(questionnaire: Questionnaire, words: AnswerWords) -> ConditionTexts:
    """Conditions for those who read data: in English, questions by id, answers by label."""
    about_you = {question.id for question in questionnaire.about_you}

    def answer(question: Question, value: Json) -> str:
        is_about = question.id in about_you
        name = answer_name(question, value, words, questionnaire.scale, about_you=is_about)
        return f"“{name}”"

    return ConditionTexts(questionnaire, ConditionWords(), lambda q: f"“{q.id}”", answer)


class _Codebook:
    """Describes the questions of one questionnaire."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self.questionnaire = questionnaire
        self.words = answer_words(questionnaire.language)
        self.conditions = condition_texts(questionnaire, self.words)

    def variable(self, question: Question, section: Section | None) -> Variable:
        capability = self.questionnaire.capabilities.get(question.capability or "")
        is_module = section is not None and section.module
        return Variable(
            variable=question.id,
            question=question.text,
            hint=question.hint,
            section=section.title if section else ABOUT_YOU,
            module="asked of some people only" if is_module else "",
            kind=question.kind,
            capability=question.capability or "",
            capability_name=capability.name if capability else "",
            values=self._values(question),
            missing=self._missing(question, section),
            rating=rating_text(question),
            weight=str(question.weight) if question.is_rated else "",
            condition=self._condition(question),
        )

    def _values(self, question: Question) -> str:
        if question.kind == "number":
            return number_wanted(question, self.words)
        offered = choices(question, self.words, self.questionnaire.scale)
        listed = _lines((one.value, one.text) for one in offered)
        if question.kind != "checklist":
            return listed
        none = [NONE_OF_THESE] if all(one.value != NONE_OF_THESE for one in offered) else []
        listed += "".join(f"\n{value} = {self.words.none_of_these}" for value in none)
        return f"Those ticked, joined by “;”:\n{listed}"

    def _missing(self, question: Question, section: Section | None) -> str:
        out = opt_outs(question, self.words, about_you=section is None)
        codes = [(one.value, one.text) for one in out if one.value != NONE_OF_THESE]
        return _lines([*codes, ("(empty)", NOT_ASKED if section else NOT_SHARED)])

    def _condition(self, question: Question) -> str:
        if question.condition is None:
            return ""
        return f"Asked only where {self.conditions.said(question.condition)}."


def _lines(pairs: Iterable[tuple[str, str]]) -> str:
    return "\n".join(f"{value} = {text}" for value, text in pairs)
