"""The columns of exported responses as variables of a DDI codebook."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from xml.etree.ElementTree import Element

from survey.exchange.answer_words import words_in_each
from survey.exchange.codebook import NOT_ASKED, NOT_SHARED, PLACES, condition_texts
from survey.exchange.ddi_elements import Description
from survey.exchange.offered import choices, opt_outs, plain
from survey.exchange.rating_texts import rating_text
from survey.exchange.spoken import InEach, Spoken
from survey.questionnaire.answers import NONE_OF_THESE
from survey.questionnaire.model import Question, Questionnaire, Section

_DOMAINS: Final[Mapping[str, str]] = {"number": "numeric", "checklist": "multiple"}


class Variables:
    """Describes the columns of one questionnaire's responses. ids: question to the XML id."""

    def __init__(
        self, questionnaire: Questionnaire, describing: Description, ids: Mapping[str, str]
    ) -> None:
        self.questionnaire = questionnaire
        self.describing = describing
        self.ids = ids
        self.scales = tuple(one.scale for one in Spoken(questionnaire).each)
        self.words = words_in_each(questionnaire.languages)
        self.conditions = condition_texts(questionnaire, self.words[0])

    def add_places(self, columns: Element) -> None:
        """The columns that are no question's."""
        for number, (name, text) in enumerate(PLACES.items(), start=1):
            variable = self.describing.add(columns, "var", ID=f"V{number}", name=name)
            self.describing.add(variable, "labl", text, language="en")

    def add(self, columns: Element, questions: InEach, section: Section | None) -> None:
        """The column of a question, given in each language; section: None about the person."""
        question = questions[0]
        is_number = question.kind == "number"
        variable = self.describing.add(
            columns,
            "var",
            ID=self.ids[question.id],
            name=question.id,
            intrvl="contin" if is_number else "discrete",
        )
        self.describing.add_each(variable, "labl", tuple(one.text for one in questions))
        asked = ""
        if question.condition is not None:
            asked = f"Asked only where {self.conditions.said(question.condition)}."
        self._question(variable, questions, asked)
        if is_number:
            self._range(variable, question)
        if asked:
            self.describing.add(variable, "universe", asked, language="en")
        self._categories(variable, questions, section)
        weighs = f" It weighs {question.weight} in its capability." if question.is_rated else ""
        rule = f"{rating_text(question)}{weighs}"
        self.describing.add(variable, "codInstr", rule, language="en")
        capability = self.questionnaire.capabilities.get(question.capability or "")
        if capability is not None:
            self.describing.add(variable, "concept", capability.name)
        kind = "Kind of question: " + question.kind
        self.describing.add(variable, "notes", kind, language="en")

    def _question(self, variable: Element, questions: InEach, asked: str) -> None:
        domain = _DOMAINS.get(questions[0].kind, "category")
        element = self.describing.add(variable, "qstn", responseDomainType=domain)
        if asked:
            self.describing.add(element, "preQTxt", asked, language="en")
        self.describing.add_each(element, "qstnLit", tuple(one.text for one in questions))
        self.describing.add_each(element, "postQTxt", tuple(one.hint for one in questions))

    def _range(self, variable: Element, question: Question) -> None:
        bounds = {"min": plain(question.minimum), "max": plain(question.maximum)}
        given = {name: bound for name, bound in bounds.items() if bound}
        if given:
            valid = self.describing.add(variable, "valrng")
            self.describing.add(valid, "range", UNITS="REAL", **given)

    def _categories(self, variable: Element, questions: InEach, section: Section | None) -> None:
        spoken = zip(questions, self.words, self.scales, strict=True)
        offered = [
            choices(question, words, scale) + opt_outs(question, words, about_you=section is None)
            for question, words, scale in spoken
        ]
        answers = len(choices(questions[0], self.words[0], ()))
        for place, in_each in enumerate(zip(*offered, strict=True)):
            choice = in_each[0]
            is_answer = place < answers or choice.value == NONE_OF_THESE
            category = self._category(variable, is_answer, choice.value)
            self.describing.add(category, "catValu", choice.value)
            self.describing.add_each(category, "labl", tuple(one.text for one in in_each))
            if choice.step is not None:
                self.describing.add(category, "txt", f"Step {choice.step}", language="en")
        empty = self._category(variable, False, "empty")
        said = NOT_ASKED if section else NOT_SHARED
        self.describing.add(empty, "labl", f"Empty: {said}", language="en")

    def _category(self, variable: Element, is_answer: bool, why: str) -> Element:
        if is_answer:
            return self.describing.add(variable, "catgry")
        return self.describing.add(variable, "catgry", missing="Y", missType=why)
