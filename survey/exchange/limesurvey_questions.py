"""A question of LimeSurvey, with its subquestions and answers, as what it asks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from survey.exchange import limesurvey_types as types
from survey.exchange.common_options import something_else
from survey.exchange.condition_dialects import LIMESURVEY
from survey.exchange.foreign import Condition, ForeignOption, ForeignQuestion, Other
from survey.exchange.foreign_conditions import CannotBeSaid, Value, parse
from survey.exchange.left_out import Report
from survey.exchange.limesurvey_rows import Question, Row, Structure
from survey.exchange.marks import as_number

_OTHER: Final = "-oth-"
"""What LimeSurvey stores where “other” was chosen."""

_RANDOM: Final = ("choices or questions in random order", "They come in the order they stand in.")
_CHECKED: Final = (
    "a check of what is answered",
    "It is left out: only the smallest and the largest number are checked here.",
)
_FILTERED: Final = ("choices that depend on another answer", "All of them are offered here.")
_HOW_MANY: Final = ("how many may be ticked", "Any number may be here.")
_FEATURES: Final[Mapping[str, tuple[str, str]]] = {
    "default": ("an answer filled in beforehand", "Questions here begin unanswered."),
    "random_order": _RANDOM,
    "random_group": _RANDOM,
    "validation": _CHECKED,
    "em_validation_q": _CHECKED,
    "em_validation_sq": _CHECKED,
    "array_filter": _FILTERED,
    "array_filter_exclude": _FILTERED,
    "min_answers": _HOW_MANY,
    "max_answers": _HOW_MANY,
    "time_limit": ("a time limit", "It is left out: people take the time that they need."),
}


class LimesurveyQuestions:
    """The questions of one survey, as they are read."""

    def __init__(self, structure: Structure, report: Report) -> None:
        self.structure, self.report = structure, report

    def asked(self, question: Question, group: Row) -> tuple[ForeignQuestion, ...]:
        """What a question asks; nothing where it is of a type that is not asked here."""
        row, where = question.row, where_of(question.row)
        kind = row.cell("type/scale").upper()
        name = row.cell("name")
        self._tell_features(question, where)
        begun = ForeignQuestion(
            where=where,
            name=name,
            answering="text",
            texts=self.structure.texts("Q", name, "text"),
            hint=self.structure.texts("Q", name, "help"),
            also_called=self._addresses(row, group),
            conditions=self.conditions(row, where),
        )
        if kind in types.LEFT_OUT or not kind:
            became = "It is left out: people choose, write, or enter a number here."
            what = types.LEFT_OUT.get(kind, "a question without a type")
            self.report.tell_together(where, what, became)
            return ()
        return tuple(self._of_type(kind, question, begun))

    def _of_type(
        self, kind: str, question: Question, begun: ForeignQuestion
    ) -> Iterator[ForeignQuestion]:
        if kind in (*types.ONE_OF_ITS_ANSWERS, *types.USUAL_ANSWERS):
            yield from self._one(kind, question, begun)
        elif kind in types.SEVERAL:
            yield self._several(kind, question, begun)
        elif kind in (*types.ROWS_WITH_ITS_ANSWERS, *types.ROWS_WITH_USUAL_ANSWERS):
            options = self._answers(kind, question)
            for one in self._rows(question, begun):
                yield replace(one, answering="one", options=options, option_list=begun.name)
        elif kind in (types.ROWS_OF_NUMBERS, types.NUMBER):
            rows = self._rows(question, begun) if kind == types.ROWS_OF_NUMBERS else [begun]
            yield from (self._number(question.row, one) for one in rows)
        elif kind == types.ROWS_OF_TEXTS:
            yield from self._rows(question, begun)
        else:
            yield self._in_own_words(kind, begun)

    def _in_own_words(self, kind: str, begun: ForeignQuestion) -> ForeignQuestion:
        if kind == "D" or kind not in types.OWN_WORDS:
            what = "a date" if kind == "D" else f"a question of type “{kind[:10]}”"
            self.report.tell_together(begun.where, what, "It is asked for in people’s own words.")
        return begun

    def _one(
        self, kind: str, question: Question, begun: ForeignQuestion
    ) -> Iterator[ForeignQuestion]:
        options = self._answers(kind, question)
        other = None
        if question.row.cell("other").upper() == "Y":
            options = (*options, self._other(question.row, _OTHER))
            other = Other(_OTHER, f"{begun.name}_other")
        yield replace(begun, answering="one", options=options, other=other)
        if kind == "O":
            texts = {"en": "Is there anything you want to add?"}
            name = f"{begun.name}_comment"
            yield replace(begun, name=name, lead=begun.texts, texts=texts, hint={}, also_called=())

    def _several(self, kind: str, question: Question, begun: ForeignQuestion) -> ForeignQuestion:
        if kind == "P":
            became = "They are left out: add a question of kind “text” for them."
            self.report.tell_together(begun.where, "comments beside options to tick", became)
        options = tuple(self._option(begun.name, one, "SQ") for one in question.subquestions)
        if any(one.cell("relevance") not in ("", "1") for one in question.subquestions):
            self.report.tell_together(begun.where, *_FILTERED)
        other = None
        if question.row.cell("other").upper() == "Y":
            options = (*options, self._other(question.row, "other"))
            other = Other("other", f"{begun.name}_other")
        return replace(
            begun,
            answering="many",
            options=options,
            other=other,
            tick_name=f"{begun.name}_{{option}}",
        )

    def _other(self, row: Row, name: str) -> ForeignOption:
        usual = something_else(self.structure.languages, name)
        said = row.cell("other_replace_text")
        return ForeignOption(name, {self.structure.languages[0]: said}) if said else usual

    def _answers(self, kind: str, question: Question) -> tuple[ForeignOption, ...]:
        if kind not in (*types.ONE_OF_ITS_ANSWERS, *types.ROWS_WITH_ITS_ANSWERS):
            return types.usual_answers(kind, self.structure.languages)
        name = question.row.cell("name")
        first = [one for one in question.answers if one.cell("type/scale") in ("", "0")]
        return tuple(self._option(name, one, "A") for one in first)

    def _option(self, question: str, row: Row, kind: str) -> ForeignOption:
        scale, name = row.cell("type/scale") or "0", row.cell("name")
        return ForeignOption(name, self.structure.texts(kind, question, scale, name, "text"))

    def _rows(self, question: Question, begun: ForeignQuestion) -> Iterator[ForeignQuestion]:
        for row in question.subquestions:
            name, scale = row.cell("name"), row.cell("type/scale") or "0"
            texts = self.structure.texts("SQ", begun.name, scale, name, "text")
            yield replace(
                begun,
                name=f"{begun.name}_{name}",
                also_called=tuple(f"{one}{name}" for one in begun.also_called),
                lead=begun.texts,
                texts=texts or {self.structure.languages[0]: name},
                conditions=(*begun.conditions, *self.conditions(row, begun.where)),
            )

    def _number(self, row: Row, begun: ForeignQuestion) -> ForeignQuestion:
        is_slider = row.cell("slider_layout") == "1"
        low, high = ("slider_min", "slider_max") if is_slider else ("", "")
        return replace(
            begun,
            answering="number",
            minimum=as_number(row.cell("min_num_value_n") or row.cell(low)),
            maximum=as_number(row.cell("max_num_value_n") or row.cell(high)),
        )

    def conditions(self, row: Row, where: str) -> tuple[Condition, ...]:
        """When a row is asked: what its relevance says; never where it is hidden."""
        if row.cell("hidden") == "1":
            return (Condition(where, "hidden", Value(False)),)
        source = row.cell("relevance")
        if source in ("", "1"):
            return ()
        try:
            return (Condition(where, source, parse(source, LIMESURVEY)),)
        except CannotBeSaid as why:
            self.report.tell_unsaid(where, source, str(why))
            return ()

    def _addresses(self, row: Row, group: Row) -> tuple[str, ...]:
        """The survey’s, the group’s and the question’s numbers, by which old conditions name it."""
        numbers = (self.structure.settings.get("sid", ""), group.cell("id"), row.cell("id"))
        return ("X".join(numbers),) if all(numbers) else ()

    def _tell_features(self, question: Question, where: str) -> None:
        row = question.row
        if row.cell("mandatory").upper() in ("Y", "S"):
            became = "Every question can be passed over here."
            self.report.tell_together(where, "an answer that is required", became)
        for column, (what, became) in _FEATURES.items():
            if row.cell(column) not in ("", "0"):
                self.report.tell_together(where, what, became)
        if question.conditions:
            became = "They cannot be read: it is asked of everybody. Write them as relevance."
            self.report.tell(where, "conditions of the old kind", became)
        if any(one.cell("assessment_value") not in ("", "0") for one in question.answers):
            became = "They are left out: give each option the “step” that it stands for."
            self.report.tell_together(where, "scores of answers", became)


def where_of(row: Row) -> str:
    """How the report names a row."""
    name = row.cell("name")
    return f"line {row.line}" + (f": {name}" if name else "")
