"""A survey of LimeSurvey, in its tab-separated form, made a questionnaire of ours."""

from __future__ import annotations

from typing import Final

from survey.exchange import limesurvey_types as types
from survey.exchange.building import built
from survey.exchange.foreign import ForeignQuestionnaire
from survey.exchange.imported import Imported
from survey.exchange.left_out import Report
from survey.exchange.limesurvey_questions import LimesurveyQuestions, where_of
from survey.exchange.limesurvey_rows import Group as Rows
from survey.exchange.limesurvey_rows import Question, Structure, read_rows
from survey.exchange.sections_in_order import Group, SectionsInOrder

_QUOTAS: Final = ("QTA", "QTAM", "QTALS")


def from_limesurvey(file: bytes) -> Imported:
    """The questionnaire of a survey in tab-separated form, and what of the survey has no place.

    Raises NotImportable.
    """
    rows = read_rows(file)
    report = Report()
    return built(_Survey(Structure(rows, report), report).read(), report)


class _Survey:
    """One reading of one survey, group by group."""

    def __init__(self, structure: Structure, report: Report) -> None:
        self.structure, self.report = structure, report
        self.questions = LimesurveyQuestions(structure, report)
        self.sections = SectionsInOrder(report)

    def read(self) -> ForeignQuestionnaire:
        """The whole survey."""
        for group in self.structure.groups:
            self._group(group)
        self._tell_rest()
        said = ("surveyls_description", "surveyls_welcometext")
        return ForeignQuestionnaire(
            name="",
            title=self.structure.texts("SL", "surveyls_title", "text"),
            languages=self.structure.languages,
            sections=self.sections.sections(),
            introduction=tuple(self.structure.texts("SL", one, "text") for one in said),
        )

    def _group(self, rows: Rows) -> None:
        number, where = str(rows.number), where_of(rows.row)
        group = Group(
            where=where,
            title=self.structure.texts("G", number, "name"),
            conditions=self.questions.conditions(rows.row, where),
        )
        if rows.row.cell("random_group"):
            became = "They come in the order in which they stand."
            self.report.tell_together(where, "groups in random order", became)
        self.sections.tell(group, where, self.structure.texts("G", number, "text"))
        for question in rows.questions:
            self._question(group, rows, question)

    def _question(self, group: Group, rows: Rows, question: Question) -> None:
        row = question.row
        if row.cell("type/scale").upper() != types.NOTE:
            for asked in self.questions.asked(question, rows.row):
                self.sections.ask(group, asked)
            return
        if row.cell("relevance") not in ("", "1"):
            became = "Everybody sees it."
            self.report.tell_together(where_of(row), "a note that only some people see", became)
        texts = self.structure.texts("Q", row.cell("name"), "text")
        self.sections.tell(group, where_of(row), texts)

    def _tell_rest(self) -> None:
        """Note what the survey has beside its questions."""
        kinds = {row.kind for row in self.structure.others}
        if kinds.intersection(_QUOTAS):
            became = "They are left out: everybody who is invited can answer."
            self.report.tell("the whole survey", "quotas", became)
        if "AS" in kinds:
            became = "They are left out: give options the “step” that they stand for."
            self.report.tell("the whole survey", "rules of assessment", became)
        if self.structure.texts("SL", "surveyls_endtext", "text"):
            became = "The survey’s own last page is shown."
            self.report.tell("the whole survey", "what is said at the end", became)
