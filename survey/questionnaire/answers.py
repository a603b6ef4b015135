"""What was sent for a question, read as an answer; and which answers count in the end."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Final

from survey.questionnaire.model import (
    DONT_KNOW,
    NOT_APPLICABLE,
    Answer,
    Answers,
    Question,
    Questionnaire,
)
from survey.questionnaire.path import visible_questions

NONE_OF_THESE: Final = "none"
"""What a form sends for a checklist of which nothing is true: an answer, the empty list."""

LONGEST_TEXT: Final = 2000
_NUMBER: Final = re.compile(r"-?\d{1,3}(,\d{3})+(\.\d+)?|-?\d{1,15}(\.\d{1,9})?", re.ASCII)
_UNREADABLE: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


class InvalidAnswer(ValueError):
    """What was sent is no answer to the question. The message tells the person what to do.

    It is kept apart from the values named in it, so that it can be said in another language;
    `str()` is the English sentence.
    """

    def __init__(self, message: str, **values: str) -> None:
        super().__init__(message % values if values else message)
        self.message = message
        self.values = values


def parse(question: Question, raw: str | Sequence[str] | None) -> Answer | None:
    """What was sent, as an answer; None where it was left empty.

    raw: one text, or the list that a form sends.
    Raises InvalidAnswer where it is no answer to this question.
    """
    sent = [raw] if isinstance(raw, str) else list(raw or ())
    given = [text for text in map(_cleaned, sent) if text]
    if not given:
        return None
    if question.kind != "text" and (opted_out := _opt_out(question, given)):
        return opted_out
    return _READ[question.kind](question, given)


def _cleaned(text: str) -> str:
    """Without space around it and without characters that nobody can read or store."""
    return _UNREADABLE.sub("", text.replace("\r\n", "\n")).strip()


def _opt_out(question: Question, given: Sequence[str]) -> str | None:
    chosen = [text for text in given if text in (DONT_KNOW, NOT_APPLICABLE)]
    if not chosen:
        return None
    if len(given) > 1:
        raise InvalidAnswer("You gave an answer and also opted out. Keep one of the two.")
    if chosen == [NOT_APPLICABLE] and not question.not_applicable:
        raise InvalidAnswer("Choose one of the answers shown.")
    return chosen[0]


def _scale(_question: Question, given: Sequence[str]) -> Answer:
    if len(given) != 1 or given[0] not in ("1", "2", "3", "4", "5"):
        raise InvalidAnswer("Choose one of the answers shown.")
    return int(given[0])


def _choice(question: Question, given: Sequence[str]) -> Answer:
    if len(given) != 1 or given[0] not in {option.id for option in question.options}:
        raise InvalidAnswer("Choose one of the answers shown.")
    return given[0]


def _checklist(question: Question, given: Sequence[str]) -> Answer:
    if NONE_OF_THESE in given and NONE_OF_THESE not in {o.id for o in question.options}:
        if len(given) > 1:
            raise InvalidAnswer("You ticked “None of these” and more. Keep one of the two.")
        return []
    ticked = [option.id for option in question.options if option.id in given]
    if len(ticked) != len(set(given)):
        raise InvalidAnswer("Choose from the answers shown.")
    return ticked


def _number(question: Question, given: Sequence[str]) -> Answer:
    if len(given) != 1 or not _NUMBER.fullmatch(given[0]):
        raise InvalidAnswer("Enter a number in figures, such as 7 or 3.5.")
    number = float(given[0].replace(",", ""))
    if question.minimum is not None and number < question.minimum:
        raise InvalidAnswer("Enter %(least)s or more.", least=f"{question.minimum:g}")
    if question.maximum is not None and number > question.maximum:
        raise InvalidAnswer("Enter %(most)s or less.", most=f"{question.maximum:g}")
    return int(number) if number.is_integer() else number


def _text(_question: Question, given: Sequence[str]) -> Answer:
    text = given[0]
    if len(text) > LONGEST_TEXT:
        raise InvalidAnswer(
            "Shorten this to %(most)s characters: it has %(now)s now.",
            most=f"{LONGEST_TEXT:,}",
            now=f"{len(text):,}",
        )
    return text


_READ: Final[Mapping[str, Callable[[Question, Sequence[str]], Answer]]] = {
    "maturity": _scale,
    "agreement": _scale,
    "importance": _scale,
    "choice": _choice,
    "checklist": _checklist,
    "number": _number,
    "text": _text,
}


def drop_hidden(
    questionnaire: Questionnaire, answers: Answers, modules: Collection[str]
) -> tuple[dict[str, Answer], dict[str, Answer]]:
    """The answers that count, and those to questions that other answers have since hidden."""
    shown = {question.id for question in visible_questions(questionnaire, answers, modules)}
    kept = {name: answer for name, answer in answers.items() if name in shown}
    dropped = {name: answer for name, answer in answers.items() if name not in shown}
    return kept, dropped
