"""A survey of SurveyJS made a questionnaire of ours.

Source: the JSON of its form library, versions 1 and 2.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from survey.exchange.building import ABOUT_YOU, built
from survey.exchange.condition_dialects import SURVEYJS
from survey.exchange.foreign import Condition, ForeignQuestionnaire
from survey.exchange.foreign_conditions import CannotBeSaid, Value, parse
from survey.exchange.foreign_file import as_text, check_size
from survey.exchange.imported import Imported, NotImportable
from survey.exchange.left_out import Report, quote
from survey.exchange.sections_in_order import Group, SectionsInOrder
from survey.exchange.surveyjs_choices import Element
from survey.exchange.surveyjs_features import tell_of_survey, tell_order
from survey.exchange.surveyjs_questions import MARKED, SurveyjsQuestions
from survey.exchange.surveyjs_texts import SurveyjsTexts, name_of
from survey.questionnaire.lenient import members, objects
from survey.questionnaire.model import Json
from survey.questionnaire.source import read

_CONTENT: Final = ("elements", "questions")
"""Where the elements of a page stand: today, and in old files."""


def from_surveyjs(file: bytes) -> Imported:
    """The questionnaire of a survey’s JSON, and what of the survey has no place.

    Raises NotImportable.
    """
    survey = _survey(file)
    report = Report()
    return built(_Survey(survey, report).read(), report)


def _survey(file: bytes) -> Mapping[str, Json]:
    check_size(file)
    source = read(as_text(file))
    if not source.is_read:
        first = source.problems[0]
        message = f"The file is not JSON: in line {first.line}, {first.message}"
        raise NotImportable(message, first.mend)
    survey = source.value
    if not isinstance(survey, dict) or not any(
        isinstance(survey.get(key), list) for key in ("pages", *_CONTENT)
    ):
        message = "The file is JSON, but not a survey of SurveyJS: it has no pages and no elements."
        raise NotImportable(message, "Copy the whole JSON of the survey from the other tool.")
    return survey


class _Survey:
    """One reading of one survey, page by page."""

    def __init__(self, survey: Mapping[str, Json], report: Report) -> None:
        self.survey, self.report = survey, report
        self.texts = SurveyjsTexts(survey, report)
        self.questions = SurveyjsQuestions(self.texts, report)
        self.sections = SectionsInOrder(report)

    def read(self) -> ForeignQuestionnaire:
        """The whole survey."""
        tell_of_survey(self.survey, self.report)
        pages = [page for _, page in objects(self.survey, "pages", "")]
        for number, page in enumerate(pages or [{"elements": _content(self.survey)}], start=1):
            self._page(page, number)
        description = self.texts.of(self.survey.get("description"))
        return ForeignQuestionnaire(
            name=name_of(self.survey.get(f"{MARKED}Id")),
            title=self.texts.of(self.survey.get("title")),
            languages=self.texts.languages,
            sections=self.sections.sections(),
            introduction=(description,),
        )

    def _page(self, page: Element, number: int) -> None:
        name = name_of(page.get("name"))
        where = f"page {number}"
        marked = any(isinstance(one, dict) and f"{MARKED}Kind" in one for one in _content(page))
        group = Group(
            where=where,
            name=name,
            title=self.texts.of(page.get("title")),
            conditions=self._conditions(page, where),
            marked_id=ABOUT_YOU if marked and name == ABOUT_YOU else "",
            one_page=page.get(f"{MARKED}OnePage") is True,
            module=page.get(f"{MARKED}Module") is True,
        )
        tell_order(page, where, "questionsOrder", self.report)
        self.sections.tell(group, where, self.texts.of(page.get("description")))
        self._elements(page, group)

    def _elements(self, around: Element, group: Group) -> None:
        for element in _content(around):
            if not isinstance(element, dict):
                continue
            where = f"{group.where.partition(',')[0]}: {quote(name_of(element.get('name')), 80)}"
            kind = element.get("type")
            if kind in ("panel", "flowpanel"):
                self._panel(element, group, where)
            elif kind == "html":
                self._note(element, group, where)
            else:
                conditions = self._conditions(element, where)
                for question in self.questions.asked(element, where):
                    self.sections.ask(group, replace(question, conditions=conditions))

    def _panel(self, panel: Element, group: Group, where: str) -> None:
        title = self.texts.of(panel.get("title"))
        conditions = (*group.conditions, *self._conditions(panel, where))
        inner = replace(group, conditions=conditions)
        if title:
            name = name_of(panel.get("name"))
            place = f"{group.where.partition(',')[0]}, panel {quote(name, 80)}"
            inner = Group(place, name, title, conditions, module=group.module)
        self.sections.tell(inner, where, self.texts.of(panel.get("description")))
        self._elements(panel, inner)

    def _note(self, element: Element, group: Group, where: str) -> None:
        if element.get("visibleIf") or element.get("visible") is False:
            became = "Everybody sees it."
            self.report.tell_together(where, "a note that only some people see", became)
        self.sections.tell(group, where, self.texts.of(element.get("html")))

    def _conditions(self, element: Element, where: str) -> tuple[Condition, ...]:
        source = name_of(element.get("visibleIf"))
        if not source:
            is_hidden = element.get("visible") is False
            return (Condition(where, "visible: false", Value(False)),) if is_hidden else ()
        try:
            return (Condition(where, source, parse(source, SURVEYJS)),)
        except CannotBeSaid as why:
            self.report.tell_unsaid(where, source, str(why))
            return ()


def _content(page: Element) -> list[Json]:
    return [one for key in _CONTENT for _, one in members(page, key, "")]
