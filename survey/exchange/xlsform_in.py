"""An XLSForm, as ODK, KoboToolbox and others have it, made a questionnaire of ours.

The form: sheets survey, choices and settings of a workbook. Source: the XLSForm specification.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from survey.exchange.building import built
from survey.exchange.condition_dialects import XLSFORM
from survey.exchange.foreign import Condition, ForeignQuestionnaire, Texts
from survey.exchange.foreign_conditions import CannotBeSaid, parse
from survey.exchange.imported import Imported, NotImportable
from survey.exchange.left_out import Report
from survey.exchange.plain_text import plain_text
from survey.exchange.sections_in_order import Group, SectionsInOrder
from survey.exchange.xlsform_questions import MARKED, TRUE, XlsformQuestions
from survey.exchange.xlsform_sheets import Row, Sheet, read_sheets
from survey.exchange.xlsform_texts import XlsformTexts
from survey.exchange.xlsform_types import Type, type_of

_OUTSIDE: Final = Group("survey, outside groups")


def from_xlsform(file: bytes) -> Imported:
    """The questionnaire of a form in a workbook (.xlsx), and what of the form has no place.

    Raises NotImportable.
    """
    sheets = read_sheets(file)
    report = Report()
    return built(_Form(sheets, report).read(), report)


class _Form:
    """One reading of one form, row by row."""

    def __init__(self, sheets: Mapping[str, Sheet], report: Report) -> None:
        self.report = report
        self.survey = _survey(sheets)
        settings = sheets.get("settings", Sheet()).rows
        self.settings = settings[0] if settings else Row(0, {})
        self.texts = XlsformTexts(sheets, self.settings.cell("default_language"), report)
        self.questions = XlsformQuestions(sheets.get("choices", Sheet()), self.texts, report)
        self.sections = SectionsInOrder(report)
        self.introduction: list[Texts] = []
        self.open: list[tuple[Row, Group]] = []
        self.has_begun = False

    def read(self) -> ForeignQuestionnaire:
        """The whole form. Raises NotImportable."""
        for row in self.survey.rows:
            self._row(row)
        if self.open:
            number = self.open[-1][0].number
            message = f"In the sheet “survey” the group that begins in row {number} has no end."
            raise NotImportable(message, "Add a row of type “end_group” below its last question.")
        title = plain_text(self.settings.cell("form_title"))
        return ForeignQuestionnaire(
            name=self.settings.cell("form_id"),
            title={self.texts.languages[0]: title} if title else {},
            languages=self.texts.languages,
            sections=self.sections.sections(),
            introduction=tuple(self.introduction),
        )

    @property
    def _group(self) -> Group:
        return self.open[-1][1] if self.open else _OUTSIDE

    def _row(self, row: Row) -> None:
        where = _where(row)
        if not row.cell("type"):
            if row.cell("name") or self.texts.of(row, "label"):
                became = "It is left out: say in the column “type” what it is."
                self.report.tell_together(where, "a row without a type", became)
            return
        kind = type_of(row.cell("type"))
        if kind.become == "begin":
            self._begin(row, where, kind)
        elif kind.become == "end":
            self._end(row)
        elif kind.become == "note" and not row.cell(f"{MARKED}depth"):
            self._note(row, where)
        else:
            self._question(row, where, kind)

    def _begin(self, row: Row, where: str, kind: Type) -> None:
        around = self._group
        conditions = (*around.conditions, *self._conditions(row, where))
        title = self.texts.of(row, "label")
        if kind.is_repeat:
            became = "Its questions are asked once."
            self.report.tell_together(where, "questions that are repeated", became)
        if title or not self.open:
            group = Group(
                where=where,
                name=row.cell("name"),
                title=title,
                conditions=conditions,
                marked_id=row.cell(f"{MARKED}id"),
                one_page="field-list" in row.cell("appearance").split(),
                module=row.cell(f"{MARKED}module").lower() in TRUE,
            )
        else:
            group = replace(around, conditions=conditions)
        self.open.append((row, group))

    def _end(self, row: Row) -> None:
        if not self.open:
            message = f"In the sheet “survey” row {row.number} ends a group that never began."
            raise NotImportable(message, "Add a row “begin_group” above its questions.")
        self.open.pop()

    def _note(self, row: Row, where: str) -> None:
        texts = self.texts.of(row, "label")
        if row.cell("relevant"):
            became = "Everybody sees it."
            self.report.tell_together(where, "a note that only some people see", became)
        if self.open or self.has_begun:
            self.sections.tell(self._group, where, texts)
        else:
            self.introduction.append(texts)

    def _question(self, row: Row, where: str, kind: Type) -> None:
        question = self.questions.question(row, where, kind)
        if question is not None:
            self.has_begun = True
            conditions = self._conditions(row, where)
            self.sections.ask(self._group, replace(question, conditions=conditions))

    def _conditions(self, row: Row, where: str) -> tuple[Condition, ...]:
        source = row.cell("relevant")
        if not source:
            return ()
        try:
            return (Condition(where, source, parse(source, XLSFORM)),)
        except CannotBeSaid as why:
            self.report.tell_unsaid(where, source, str(why))
            return ()


def _survey(sheets: Mapping[str, Sheet]) -> Sheet:
    """The sheet of questions. Raises NotImportable where it cannot be one."""
    if "survey" not in sheets:
        message = "The workbook has no sheet “survey”."
        mend = "An XLSForm has its questions in a sheet of that name: is it the right workbook?"
        raise NotImportable(message, mend)
    survey = sheets["survey"]
    for column in ("type", "name"):
        if column not in survey.columns:
            message = f"The sheet “survey” has no column “{column}”."
            mend = f"Put “{column}” into its first row, above what the column holds."
            raise NotImportable(message, mend)
    return survey


def _where(row: Row) -> str:
    name = row.cell("name")
    return f"survey, row {row.number}" + (f": {name}" if name else "")
