"""Conditions of ours written in the languages of other tools."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from survey.exchange.offered import plain
from survey.questionnaire.conditions import OPERATORS
from survey.questionnaire.model import DONT_KNOW, NOT_APPLICABLE, Json, Question

_COMPARED: Final = {"at_least": ">=", "at_most": "<="}


@dataclass(frozen=True, slots=True)
class Grammar:
    """How a language writes the answer to a question, and what can be asked of it.

    Each text has room for what is named in it. In all of them a test of a missing answer is
    false, as it is here, but for `unanswered`.
    """

    answer: str
    includes: str
    answered: str
    unanswered: str
    negated: str


XPATH: Final = Grammar(
    answer="${{{name}}}",
    includes="selected({answer}, {value})",
    answered="{answer} != ''",
    unanswered="{answer} = ''",
    negated="not({test})",
)
"""XLSForm's: the XPath of XForms, where a text such as dont-know is neither more nor less than a
number."""

SURVEYJS: Final = Grammar(
    answer="{{{name}}}",
    includes="{answer} contains {value}",
    answered="{answer} notempty",
    unanswered="{answer} empty",
    negated="!({test})",
)
"""SurveyJS's expressions."""


class Expressions:
    """Writes the conditions of one questionnaire.

    questions: by id. name_of: what the other tool calls a question, by its id here.
    """

    def __init__(
        self,
        grammar: Grammar,
        questions: Mapping[str, Question],
        name_of: Callable[[str], str],
    ) -> None:
        self.grammar, self.questions, self.name_of = grammar, questions, name_of

    def written(self, condition: Json, *, inside: bool = False) -> str:
        """A condition as an expression; inside another, what is joined stands in brackets."""
        if "question" in condition:
            return self._test(condition, inside)
        if "not" in condition:
            return self.grammar.negated.format(test=self.written(condition["not"]))
        joined = "all" if "all" in condition else "any"
        parts = [self.written(part, inside=True) for part in condition[joined]]
        return _joined(parts, " and " if joined == "all" else " or ", inside)

    def _test(self, test: Json, inside: bool) -> str:
        question = self.questions[test["question"]]
        answer = self.grammar.answer.format(name=self.name_of(question.id))
        if "answered" in test:
            return self._has(answer, test["answered"])
        operator = next(name for name in OPERATORS if name in test)
        value = test[operator]
        if operator in _COMPARED:
            return f"{answer} {_COMPARED[operator]} {_constant(value)}"
        if operator == "includes":
            return self.grammar.includes.format(answer=answer, value=_constant(value))
        values = value if operator == "in" else [value]
        return _joined([self._is(question, answer, one) for one in values], " or ", inside)

    def _is(self, question: Question, answer: str, value: Json) -> str:
        if value not in (DONT_KNOW, NOT_APPLICABLE):
            return f"{answer} = {_constant(value)}"
        if question.kind == "number":  # there, to leave it empty is to opt out
            return self._has(answer, False)
        if question.kind == "checklist":
            return self.grammar.includes.format(answer=answer, value=_constant(value))
        return f"{answer} = {_constant(value)}"

    def _has(self, answer: str, is_answered: bool) -> str:
        said = self.grammar.answered if is_answered else self.grammar.unanswered
        return said.format(answer=answer)


def _joined(parts: list[str], word: str, inside: bool) -> str:
    text = word.join(parts)
    return f"({text})" if inside and len(parts) > 1 else text


def _constant(value: Json) -> str:
    """A number, or an option's id, in which no quotes can be."""
    return f"'{value}'" if isinstance(value, str) else plain(value)
