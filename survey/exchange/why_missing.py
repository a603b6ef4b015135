"""Why a question has no answer in a response: told from the response alone."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cached_property

from survey.exchange.table import NOT_ANSWERED, NOT_ASKED, NOT_SAID
from survey.questionnaire.conditions import holds, questions_named
from survey.questionnaire.model import Answers, Json, Question, Questionnaire


class WhyMissing:
    """Tells, for one questionnaire, a question that was not asked from one that was left open.

    Nothing is used but the answers that are given away, so nothing is said that these do not say:
    where it hangs on an answer that is not there for all to see, it is not told.
    """

    def __init__(self, questionnaire: Questionnaire) -> None:
        self._questionnaire = questionnaire

    def codes(self, answers: Answers) -> Mapping[str, int]:
        """The code of what is missing, by each question without an answer. answers: those of one
        response that are given away."""
        missing = [q for q in self._questionnaire.questions if q.id not in answers]
        modules = self._modules(answers) if self._module_of else {}
        return {question.id: self._code(question, answers, modules) for question in missing}

    def _code(self, question: Question, answers: Answers, modules: Mapping[str, int]) -> int:
        if question.id in self._about_you:
            return NOT_SAID
        code = modules.get(self._module_of.get(question.id, ""), NOT_ANSWERED)
        if code != NOT_ANSWERED or question.condition is None:
            return code
        named = questions_named(question.condition)
        if any(self._is_unsure(name, answers, modules) for name in named):
            return NOT_SAID
        return NOT_ANSWERED if holds(question.condition, answers) else NOT_ASKED

    def _is_unsure(self, name: str, answers: Answers, modules: Mapping[str, int]) -> bool:
        """Whether it may have been answered although there is no answer."""
        if name in answers:
            return False
        if name in self._about_you or name in self._texts:
            return True
        if modules.get(self._module_of.get(name, "")) == NOT_SAID:
            return True
        named = questions_named(self._conditions.get(name))
        return any(self._is_unsure(one, answers, modules) for one in named)

    def _modules(self, answers: Answers) -> Mapping[str, int]:
        """Each module by its id: asked where one of its questions has an answer, or where everybody
        is asked all of them; not asked where as many others are as a person is asked."""
        asked = {self._module_of[name] for name in answers if name in self._module_of}
        every = len(self._questionnaire.modules)
        most = self._questionnaire.modules_per_person or every
        rest = NOT_ASKED if len(asked) == most else NOT_SAID
        if most == every:
            rest = NOT_ANSWERED
        return {
            section.id: NOT_ANSWERED if section.id in asked else rest
            for section in self._questionnaire.modules
        }

    @cached_property
    def _conditions(self) -> Mapping[str, Json]:
        return {question.id: question.condition for question in self._questionnaire.questions}

    @cached_property
    def _about_you(self) -> Collection[str]:
        return {question.id for question in self._questionnaire.about_you}

    @cached_property
    def _texts(self) -> Collection[str]:
        return {q.id for q in self._questionnaire.questions if q.kind == "text"}

    @cached_property
    def _module_of(self) -> Mapping[str, str]:
        return {
            question.id: section.id
            for section in self._questionnaire.modules
            for question in section.questions
        }


def hang_on_about_you(questionnaire: Questionnaire) -> Mapping[str, frozenset[str]]:
    """The questions about the person whose answers decide, at first or second hand, whether a
    later question is asked, by each such question: that it was answered tells of them."""
    about_you = {question.id for question in questionnaire.about_you}
    found: dict[str, frozenset[str]] = {}
    for section in questionnaire.sections:
        for question in section.questions:
            named = questions_named(question.condition)
            further = (found.get(name, frozenset()) for name in named)
            needed = frozenset(about_you.intersection(named)).union(*further)
            if needed:
                found[question.id] = needed
    return found
