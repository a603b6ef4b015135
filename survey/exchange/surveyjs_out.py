"""A questionnaire as the JSON that SurveyJS reads (version 2 of its library)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from survey.exchange.answer_words import words_in_each
from survey.exchange.expressions import SURVEYJS, Expressions
from survey.exchange.offered import SCALES, Choice, choices, opt_outs
from survey.exchange.spoken import InEach, Spoken, Texts, questions_of
from survey.questionnaire.answers import LONGEST_TEXT
from survey.questionnaire.model import Json, Question, Questionnaire, Section

ABOUT_YOU: Final = "about-you"
"""The name of the page of questions about the person."""

ENGLISH: Final = "en"
"""What SurveyJS takes a text without a language for."""


def to_surveyjs(questionnaire: Questionnaire) -> dict[str, Json]:
    """The survey as JSON: a page for each section, every text in all languages that have it.

    Names of questions are our ids. What SurveyJS has no word for (steps, weights, capabilities,
    modules) stands in properties that begin with `maturity`: it passes over them, and keeps them
    where an application makes them known. Modules are asked of everybody there; a number is left
    empty by whoever opts out of it. An answer that becomes hidden counts no longer, as with us.
    """
    return _Survey(questionnaire).written()


class _Survey:
    """One survey in the making."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self.questionnaire = questionnaire
        self.spoken = Spoken(questionnaire)
        self.words = words_in_each(self.spoken.languages)
        questions = {question.id: question for question in questionnaire.questions}
        self.expressions = Expressions(SURVEYJS, questions, lambda id_: id_)

    def written(self) -> dict[str, Json]:
        """The whole survey."""
        pages = [self._section(sections) for sections in self.spoken.sections()]
        if self.questionnaire.about_you:
            pages.insert(0, self._about_you())
        survey = {
            "title": self._localised(self.spoken.texts(lambda one: one.title)),
            "description": self._localised(self.spoken.texts(lambda one: one.introduction)),
            "locale": self.questionnaire.language,
            "maturityId": self.questionnaire.id,
            "clearInvisibleValues": "onHidden",
            "showProgressBar": True,
            "pages": pages,
        }
        return _without_empty(survey)

    def _about_you(self) -> dict[str, Json]:
        titles = tuple(words.about_you for words in self.words)
        elements = [self._question(one, about_you=True) for one in self.spoken.about_you()]
        return {"name": ABOUT_YOU, "title": self._localised(titles), "elements": elements}

    def _section(self, sections: tuple[Section, ...]) -> dict[str, Json]:
        section = sections[0]
        page = {
            "name": section.id,
            "title": self._localised(tuple(one.title for one in sections)),
            "description": self._localised(tuple(one.introduction for one in sections)),
            "maturityModule": section.module,
            "maturityOnePage": section.one_page,
            "elements": [self._question(one, about_you=False) for one in questions_of(sections)],
        }
        return _without_empty(page)

    def _question(self, questions: InEach, *, about_you: bool) -> dict[str, Json]:
        question = questions[0]
        element = {
            "type": _TYPES.get(question.kind, "radiogroup"),
            "name": question.id,
            "title": self._localised(tuple(one.text for one in questions)),
            "description": self._localised(tuple(one.hint for one in questions)),
            "isRequired": question.kind not in ("number", "text"),
            **{key: said(question) for key, said in _RULES.items()},
        }
        if question.condition is not None:
            element["visibleIf"] = self.expressions.written(question.condition)
        if question.kind == "text":
            element["maxLength"] = LONGEST_TEXT
        elif question.kind == "number":
            element |= self._number(question)
        else:
            element["choices"] = self._choices(questions, about_you=about_you)
        return _without_empty(element)

    def _number(self, question: Question) -> dict[str, Json]:
        bounds = {"min": question.minimum, "max": question.maximum}
        return {
            "inputType": "number",
            "placeholder": self._localised(tuple(words.leave_empty for words in self.words)),
            **{key: bound for key, bound in bounds.items() if bound is not None},
        }

    def _choices(self, questions: InEach, *, about_you: bool) -> list[dict[str, Json]]:
        question = questions[0]
        offered = zip(
            *(choices(one, words, ()) for one, words in zip(questions, self.words, strict=True)),
            strict=True,
        )
        instead = zip(
            *(opt_outs(question, words, about_you=about_you) for words in self.words), strict=True
        )
        stands_alone = {"isExclusive": question.kind == "checklist"}
        return [
            *(self._choice(in_each, question.kind in SCALES) for in_each in offered),
            *(_without_empty(self._choice(in_each) | stands_alone) for in_each in instead),
        ]

    def _choice(self, in_each: tuple[Choice, ...], is_step: bool = False) -> dict[str, Json]:
        choice = in_each[0]
        value = int(choice.value) if is_step else choice.value
        text = self._localised(tuple(one.text for one in in_each))
        return _without_empty({"value": value, "text": text, "maturityStep": choice.step})

    def _localised(self, texts: Texts) -> Json:
        """A text, or the text by language where it differs.

        `default` is English to SurveyJS, whichever language is the main one here.
        """
        main, *others = texts
        language, *codes = self.spoken.languages
        differing = {
            code: text for code, text in zip(codes, others, strict=True) if text and text != main
        }
        if not differing:
            return main
        if language.partition("-")[0] == ENGLISH:
            return {"default": main} | differing
        return {"default": differing.get(ENGLISH, main), language: main} | differing


_TYPES: Final[Mapping[str, str]] = {"checklist": "checkbox", "number": "text", "text": "comment"}
_RULES: Final[Mapping[str, Callable[[Question], Json]]] = {
    "maturityKind": lambda q: q.kind,
    "maturityCapability": lambda q: q.capability,
    "maturityWeight": lambda q: q.weight if q.weight != 1 else None,
    "maturityReverse": lambda q: q.reverse,
    "maturityCutPoints": lambda q: list(q.cut_points),
    "maturityNotApplicable": lambda q: q.not_applicable,
}


def _without_empty(value: Mapping[str, Any]) -> dict[str, Json]:
    """Without what says nothing: no text, none, false, an empty list."""
    return {key: one for key, one in value.items() if one or (one == 0 and one is not False)}
