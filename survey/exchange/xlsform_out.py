"""A questionnaire as an XLSForm, the workbook that ODK, KoboToolbox and others take."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from survey.exchange.answer_words import words_in_each
from survey.exchange.expressions import XPATH, Expressions
from survey.exchange.foreign_names import foreign_names
from survey.exchange.offered import Choice, choices, number_wanted, opt_outs, plain
from survey.exchange.spoken import InEach, Spoken, Texts, language_name, questions_of
from survey.exchange.workbook import Row, workbook
from survey.questionnaire.answers import LONGEST_TEXT
from survey.questionnaire.canonical import canonical, digest
from survey.questionnaire.model import Question, Questionnaire, Section

ABOUT_YOU: Final = "about-you"
"""The id of the group of questions about the person."""

_INTRODUCTION: Final = "introduction"
_ABOUT_YOU_NAME: Final = "about_you"
_RESERVED: Final = (_INTRODUCTION, _ABOUT_YOU_NAME, "meta", "data")
"""Names that no question may have: of our own rows, and of two parts of every form."""

_TOGETHER: Final[Row] = {"appearance": "field-list"}
"""What makes a group's questions stand on one page."""

_VERSION_LENGTH: Final = 16
_TRANSLATED: Final = ("label", "hint", "guidance_hint", "constraint_message")
_SURVEY: Final = (
    "type",
    "name",
    "label",
    "hint",
    "guidance_hint",
    "required",
    "relevant",
    "appearance",
    "constraint",
    "constraint_message",
    "maturity::id",
    "maturity::kind",
    "maturity::capability",
    "maturity::weight",
    "maturity::reverse",
    "maturity::cut_points",
    "maturity::not_applicable",
    "maturity::module",
)
_CHOICES: Final = ("list_name", "name", "label", "maturity_step")
"""One colon less than on the other sheet: pyxform takes a choice's `maturity::step` for a
translation, and fails."""


def to_xlsform(questionnaire: Questionnaire) -> bytes:
    """The workbook (.xlsx): sheets survey, choices and settings, each language in its columns.

    What XLSForm has no word for (steps, weights, capabilities, modules) stands in columns that
    begin with `maturity::`, which its tools pass over. Modules are asked of everybody there; a
    number is left empty by whoever opts out of it.
    """
    form = _Form(questionnaire)
    rows = list(form.rows())
    settings = form.settings()
    return workbook(
        {
            "survey": (form.columns(_SURVEY), rows),
            "choices": (form.columns(_CHOICES), form.choices),
            "settings": (tuple(settings), [settings]),
        }
    )


class _Form:
    """One form in the making. `choices` are the rows of that sheet so far."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self.questionnaire = questionnaire
        self.spoken = Spoken(questionnaire)
        self.words = words_in_each(self.spoken.languages)
        self.languages = tuple(f"{language_name(one)} ({one})" for one in self.spoken.languages)
        questions = {question.id: question for question in questionnaire.questions}
        self.names = foreign_names(questions, taken=_RESERVED)
        ids = [section.id for section in questionnaire.sections]
        self.group_names = foreign_names(
            [*ids, *map(_introduction_of, ids)], taken=[*_RESERVED, *self.names.values()]
        )
        self.expressions = Expressions(XPATH, questions, self.names.__getitem__)
        self.choices: list[Row] = []
        self._lists: dict[tuple[tuple[str, Texts, int | None], ...], str] = {}

    def columns(self, wanted: tuple[str, ...]) -> tuple[str, ...]:
        """The columns of a sheet, one for each language where texts are translated."""
        return tuple(
            column
            for name in wanted
            for column in (self._in_each(name) if name in _TRANSLATED else (name,))
        )

    def _in_each(self, column: str) -> tuple[str, ...]:
        return tuple(f"{column}::{language}" for language in self.languages)

    def _texts(self, column: str, texts: Texts) -> Row:
        """The cells of a text. `${` would name another question there, so it is taken apart."""
        apart = (text.replace("${", "$ {") for text in texts)
        return dict(zip(self._in_each(column), apart, strict=True))

    def settings(self) -> Row:
        """The one row of the sheet of settings."""
        return {
            "form_title": self.questionnaire.title,
            "form_id": self.questionnaire.id,
            "version": digest(canonical(self.questionnaire))[:_VERSION_LENGTH],
            "default_language": self.languages[0],
            "style": "pages",
        }

    def rows(self) -> Iterator[Row]:
        """The rows of the sheet of questions."""
        introduction = self.spoken.texts(lambda one: one.introduction)
        if introduction[0]:
            yield self._note(_INTRODUCTION, introduction)
        if self.questionnaire.about_you:
            titles = tuple(words.about_you for words in self.words)
            asked = list(self.spoken.about_you())
            begin = {"name": _ABOUT_YOU_NAME, "maturity::id": ABOUT_YOU, **_TOGETHER}
            yield from self._group(begin, titles, asked, about_you=True)
        for sections in self.spoken.sections():
            yield from self._section(sections)

    def _section(self, sections: tuple[Section, ...]) -> Iterator[Row]:
        section = sections[0]
        begin = {"name": self.group_names[section.id], "maturity::id": section.id}
        begin |= _TOGETHER if section.one_page else {}
        begin |= {"maturity::module": "yes"} if section.module else {}
        titles = tuple(one.title for one in sections)
        first, *rest = self._group(begin, titles, list(questions_of(sections)), about_you=False)
        yield first
        if section.introduction:
            name = self.group_names[_introduction_of(section.id)]
            yield self._note(name, tuple(one.introduction for one in sections))
        yield from rest

    def _group(
        self, begin: Row, titles: Texts, asked: list[InEach], *, about_you: bool
    ) -> Iterator[Row]:
        yield {"type": "begin_group", **begin, **self._texts("label", titles)}
        yield from (self._question(questions, about_you) for questions in asked)
        yield {"type": "end_group", "name": begin["name"]}

    def _note(self, name: str, texts: Texts) -> Row:
        return {"type": "note", "name": name, **self._texts("label", texts)}

    def _question(self, questions: InEach, about_you: bool) -> Row:
        question = questions[0]
        row: dict[str, str] = {
            "name": self.names[question.id],
            **self._texts("label", tuple(one.text for one in questions)),
            **self._texts("hint", tuple(one.hint for one in questions)),
            **_rules(question),
        }
        if question.condition is not None:
            row["relevant"] = self.expressions.written(question.condition)
        if question.kind == "text":
            longest = f"string-length(.) <= {LONGEST_TEXT}"
            return row | {"type": "text", "appearance": "multiline", "constraint": longest}
        if question.kind == "number":
            return row | {"type": "decimal"} | dict(self._number(question))
        return row | dict(self._chosen(questions, about_you))

    def _number(self, question: Question) -> Row:
        bounds = [
            f". {sign} {plain(bound)}"
            for sign, bound in ((">=", question.minimum), ("<=", question.maximum))
            if bound is not None
        ]
        wanted = tuple(number_wanted(question, words) for words in self.words)
        guidance = tuple(words.leave_empty for words in self.words)
        row = self._texts("guidance_hint", guidance)
        if not bounds:
            return row
        message = self._texts("constraint_message", wanted)
        return {**row, **message, "constraint": " and ".join(bounds)}

    def _chosen(self, questions: InEach, about_you: bool) -> Row:
        """What a question that is answered by choosing says beside its texts."""
        question = questions[0]
        alone = opt_outs(question, self.words[0], about_you=about_you)
        offered = tuple(
            choices(one, words, ()) + opt_outs(one, words, about_you=about_you)
            for one, words in zip(questions, self.words, strict=True)
        )
        several = question.kind == "checklist"
        name = self._list(question, offered)
        row = {"type": f"select_{'multiple' if several else 'one'} {name}", "required": "yes"}
        if not several:
            return row
        lone = " or ".join(f"selected(., '{one.value}')" for one in alone)
        message = self._texts("constraint_message", tuple(w.one_or_the_other for w in self.words))
        return {**row, **message, "constraint": f"count-selected(.) <= 1 or not({lone})"}

    def _list(self, question: Question, offered: tuple[tuple[Choice, ...], ...]) -> str:
        """The name of a list with these choices; one that is there already where there is one."""
        rows = tuple(
            (in_each[0].value, tuple(one.text for one in in_each), in_each[0].step)
            for in_each in zip(*offered, strict=True)
        )
        if rows not in self._lists:
            name = self._lists[rows] = self.names[question.id]
            for value, texts, step in rows:
                row = {"list_name": name, "name": value, **self._texts("label", texts)}
                self.choices.append(row | ({"maturity_step": str(step)} if step else {}))
        return self._lists[rows]


_RULES: Final[Mapping[str, Callable[[Question], str]]] = {
    "maturity::id": lambda q: q.id,
    "maturity::kind": lambda q: q.kind,
    "maturity::capability": lambda q: q.capability or "",
    "maturity::weight": lambda q: str(q.weight) if q.weight != 1 else "",
    "maturity::reverse": lambda q: "yes" if q.reverse else "",
    "maturity::cut_points": lambda q: ",".join(map(plain, q.cut_points)),
    "maturity::not_applicable": lambda q: "yes" if q.not_applicable else "",
}


def _introduction_of(section_id: str) -> str:
    """The id of a section's note: no section can have it."""
    return f"{section_id}:{_INTRODUCTION}"


def _rules(question: Question) -> Row:
    return {column: said(question) for column, said in _RULES.items()}
