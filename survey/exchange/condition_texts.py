"""Conditions in words, for people who read what a computer would follow."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from survey.exchange.offered import SCALES, plain
from survey.questionnaire.conditions import OPERATORS
from survey.questionnaire.model import STEPS, Json, Question, Questionnaire


@dataclass(frozen=True, slots=True)
class ConditionWords:
    """How a test of one answer is said, and its opposite; and what joins several.

    Each has room for {question}, and most for {answer}.
    """

    is_: str = "the answer to {question} is {answer}"
    is_not: str = "the answer to {question} is not {answer}"
    at_least: str = "the answer to {question} is {answer} or more"
    not_at_least: str = "the answer to {question} is not {answer} or more"
    at_most: str = "the answer to {question} is {answer} or less"
    not_at_most: str = "the answer to {question} is not {answer} or less"
    includes: str = "{answer} is ticked in {question}"
    includes_not: str = "{answer} is not ticked in {question}"
    answered: str = "{question} is answered"
    unanswered: str = "{question} is not answered"
    and_: str = " and "
    or_: str = " or "


_SAID: Final[Mapping[str, tuple[str, str]]] = {
    "is": ("is_", "is_not"),
    "in": ("is_", "is_not"),
    "at_least": ("at_least", "not_at_least"),
    "at_most": ("at_most", "not_at_most"),
    "includes": ("includes", "includes_not"),
}


class ConditionTexts:
    """Says the conditions of one questionnaire, in the language that its texts are in.

    name: how a question is called, such as “question 3”.
    answer: how one of its answers is called, such as “Manager”.
    """

    def __init__(
        self,
        questionnaire: Questionnaire,
        words: ConditionWords,
        name: Callable[[Question], str],
        answer: Callable[[Question, Json], str],
    ) -> None:
        self.questions = {question.id: question for question in questionnaire.questions}
        self.words, self.name, self.answer = words, name, answer

    def said(self, condition: Json, *, negated: bool = False, inside: bool = False) -> str:
        """A condition in words: part of a sentence.

        `not` is said of single tests only: not both is the one not or the other not.
        inside: within another condition, so that what is joined stands in brackets.
        """
        if "question" in condition:
            return self._test(condition, negated)
        if "not" in condition:
            return self.said(condition["not"], negated=not negated, inside=inside)
        joined = "all" if "all" in condition else "any"
        several = len(condition[joined]) > 1
        parts = [
            self.said(part, negated=negated, inside=inside or several) for part in condition[joined]
        ]
        text = (self.words.and_ if (joined == "all") is not negated else self.words.or_).join(parts)
        return f"({text})" if inside and several else text

    def _test(self, test: Json, negated: bool) -> str:
        question = self.questions[test["question"]]
        if "answered" in test:
            said = self.words.answered if test["answered"] is not negated else self.words.unanswered
            return said.format(question=self.name(question))
        operator = next(name for name in OPERATORS if name in test)
        values = test["in"] if operator == "in" else [test[operator]]
        if operator in ("at_least", "at_most") and question.kind in SCALES:
            values = [step for step in STEPS if OPERATORS[operator](step, test[operator])]
            operator = "in"
        said = getattr(self.words, _SAID[operator][negated])
        answers = self.words.or_.join(self._answer(question, value) for value in values)
        return str(said.format(question=self.name(question), answer=answers))

    def _answer(self, question: Question, value: Json) -> str:
        if question.kind == "number" and not isinstance(value, str):
            return plain(value)
        return self.answer(question, value)
