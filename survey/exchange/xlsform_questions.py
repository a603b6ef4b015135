"""A row of an XLSForm’s questions, with its choices, as a question."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields
from typing import Final

from survey.exchange.bounds import Bounds, bounds
from survey.exchange.catalogue import joined
from survey.exchange.common_options import something_else
from survey.exchange.condition_dialects import XLSFORM
from survey.exchange.foreign import Answering, ForeignOption, ForeignQuestion, Other, Texts
from survey.exchange.left_out import Report, quote
from survey.exchange.marks import Marks, as_number, read_marks
from survey.exchange.xlsform_sheets import Row, Sheet
from survey.exchange.xlsform_texts import XlsformTexts
from survey.exchange.xlsform_types import Type

MARKED: Final = "maturity::"
"""What the columns of our own exports begin with."""

TRUE: Final = ("yes", "true", "true()", "1")

_MARKS: Final = tuple(one.name for one in fields(Marks))
_STEP: Final = (f"{MARKED}step", "maturity_step")
_OTHER: Final = "other"
_RANGE: Final = re.compile(r"\b(start|end)\s*=\s*(-?\d+(?:\.\d+)?)")
_FEATURES: Final[Mapping[str, tuple[str, str]]] = {
    "default": ("an answer filled in beforehand", "Questions here begin unanswered."),
    "calculation": ("a calculation", "It is left out: nothing is calculated here."),
    "trigger": ("a calculation", "It is left out: nothing is calculated here."),
    "choice_filter": ("choices that depend on another answer", "All of them are offered here."),
    "read_only": ("a question that cannot be answered", "It can be answered here."),
}
_MEDIA: Final = ("media::", "image", "big-image", "audio", "video")


class XlsformQuestions:
    """The questions of one form, as they are read."""

    def __init__(self, choices: Sheet, texts: XlsformTexts, report: Report) -> None:
        self.texts, self.report = texts, report
        self._lists: dict[str, list[ForeignOption]] = {}
        for row in choices.rows:
            self._lists.setdefault(row.cell("list_name"), []).append(self._option(row))

    def _option(self, row: Row) -> ForeignOption:
        written = next(filter(None, map(row.cell, _STEP)), "")
        number = as_number(written)
        step = int(number) if number in (1, 2, 3, 4, 5) else None
        if written and step is None:
            became = "It is left out: a step is a whole number from 1 to 5."
            self.report.tell(f"choices, row {row.number}", f"the step “{written}”", became)
        return ForeignOption(row.cell("name"), self.texts.of(row, "label"), step)

    def question(self, row: Row, where: str, kind: Type) -> ForeignQuestion | None:
        """The question in a row; None where it is of a type that is not asked here."""
        noted = {key: row.cell(f"{MARKED}{key}") for key in _MARKS}
        marks = read_marks(noted, where, self.report)
        is_derived = bool(marks.depth and marks.capability and not kind.list)
        answering = _answering(kind)
        if kind.told and not is_derived:
            self.report.tell_together(where, kind.told, kind.told_became)
        if answering is None and not is_derived:
            return None
        if marks.kind is None:
            self._tell_features(row, where)
        limits = self._limits(row, where, kind, is_marked=marks.kind is not None)
        options, other = self._choices(row, where, kind)
        return ForeignQuestion(
            where=where,
            name=row.cell("name"),
            answering="one" if is_derived else answering or "text",
            texts=self.texts.of(row, "label"),
            hint=self._hint(row, is_marked=marks.kind is not None),
            options=options,
            option_list=kind.list,
            other=other,
            minimum=limits.lowest,
            maximum=limits.highest,
            marks=marks,
        )

    def _hint(self, row: Row, *, is_marked: bool) -> Texts:
        """The hint, and guidance where it is not one of our exports that says what we do."""
        hint = self.texts.of(row, "hint")
        if is_marked:
            return hint
        guidance = self.texts.of(row, "guidance_hint")
        return joined([hint, guidance], "\n", self.texts.languages[0])

    def _choices(
        self, row: Row, where: str, kind: Type
    ) -> tuple[tuple[ForeignOption, ...], Other | None]:
        options = tuple(self._lists.get(kind.list, ())) if kind.list else ()
        if kind.list and not options:
            became = "Add them to the sheet “choices”, or to the question here."
            self.report.tell(where, f"the choices “{kind.list}”, which are not there", became)
        if not kind.or_other or any(one.name == _OTHER for one in options):
            return options, None
        other = something_else(self.texts.languages, _OTHER)
        return (*options, other), Other(_OTHER, f"{row.cell('name')}_{_OTHER}")

    def _limits(self, row: Row, where: str, kind: Type, *, is_marked: bool) -> Bounds:
        constraint = row.cell("constraint")
        if kind.become == "number":
            given = dict(_RANGE.findall(row.cell("parameters")))
            limits = bounds(constraint, XLSFORM, whole=kind.is_whole)
            if given:
                low, high = as_number(given.get("start")), as_number(given.get("end"))
                limits = Bounds(low, high, limits.is_all)
        else:
            limits = Bounds(is_all=not constraint)
        if not limits.is_all and not is_marked:
            became = "Only a smallest and a largest number can be asked for; the rest is left out."
            self.report.tell(where, f"the constraint {quote(constraint, 120)}", became)
        return limits

    def _tell_features(self, row: Row, where: str) -> None:
        if row.cell("required").lower() in TRUE:
            became = "Every question can be passed over here."
            self.report.tell_together(where, "an answer that is required", became)
        for column, (what, became) in _FEATURES.items():
            if row.cell(column):
                self.report.tell_together(where, what, became)
        if "randomize=true" in row.cell("parameters").lower().replace(" ", ""):
            became = "They are offered in the order in which they stand."
            self.report.tell_together(where, "choices in random order", became)
        if any(column.startswith(_MEDIA) for column in row.cells):
            became = "It is left out: put into words what it shows."
            self.report.tell_together(where, "a picture or recording", became)


def _answering(kind: Type) -> Answering | None:
    known: dict[str, Answering] = {"one": "one", "many": "many", "number": "number", "text": "text"}
    return known.get(kind.become)
