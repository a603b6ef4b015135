"""A questionnaire file’s value made of another tool’s questionnaire: valid, ids and all."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Final

from survey.exchange.answer_sets import AnswerSets
from survey.exchange.catalogue import Catalogue, joined
from survey.exchange.conditions_said import Meaning, both, said, within_limits
from survey.exchange.foreign import (
    ForeignQuestion,
    ForeignQuestionnaire,
    ForeignSection,
    Texts,
)
from survey.exchange.foreign_conditions import CannotBeSaid
from survey.exchange.imported import Imported, NotImportable
from survey.exchange.left_out import Report
from survey.exchange.naming import Ids, question_ids, section_ids
from survey.exchange.question_entries import MAKERS, Entry, Made, Making, derived, fitting_kind
from survey.exchange.ticking import any_of_several
from survey.questionnaire.check_extent import MOST_QUESTIONS
from survey.questionnaire.model import Json
from survey.questionnaire.schema_fields import LONGEST_INTRODUCTION, LONGEST_TITLE
from survey.questionnaire.source import MAX_BYTES

ABOUT_YOU: Final = "about-you"
"""The id that our exports give the group of questions about the person."""

UNTITLED: Final = "Imported questionnaire"
_PLAIN_NAME: Final = re.compile(r"(?:page|panel|group|section)[ _-]?\d*", re.IGNORECASE)
_ABOUT_YOU: Final = {
    *("id", "kind", "text", "hint", "options", "not_applicable", "show_if", "x-original")
}
_MAKERS: Final = {**MAKERS, "many": any_of_several}


def built(foreign: ForeignQuestionnaire, report: Report) -> Imported:
    """The file, and the report of what does not come along.

    Raises NotImportable where no question is left that can be asked, or too much.
    """
    document = _Building(foreign, report).document()
    if len(json.dumps(document, ensure_ascii=False).encode()) > MAX_BYTES:
        message = f"The questionnaire would be larger than {MAX_BYTES // 1024**2} MiB."
        raise NotImportable(message, "Divide it into several, then import each.")
    return Imported(document, report.lines())


class _Building:
    """One file in the making."""

    def __init__(self, foreign: ForeignQuestionnaire, report: Report) -> None:
        self.foreign, self.report = foreign, report
        self.catalogue = Catalogue(foreign.languages, report)
        ids = question_ids()
        self.ids = {id(one): self._id(one, ids) for one in self._questions()}
        lists = [one.option_list for one in self._questions() if one.option_list]
        sets = AnswerSets(lists, ids, self.catalogue)
        self.making = Making(self.catalogue, ids, sets, report)
        self.section_ids = section_ids()
        self.meanings: dict[str, Meaning] = {}
        self.asked = 0
        self.sections_made = 0
        self.introduction = list(foreign.introduction)
        self.waiting: list[Texts] = []
        self.about_you: list[Entry] = []

    def _questions(self) -> Iterator[ForeignQuestion]:
        for section in self.foreign.sections:
            yield from section.questions

    def _id(self, question: ForeignQuestion, ids: Ids) -> str:
        marks = question.marks
        is_derived = marks.depth and marks.capability and not question.options
        wished = marks.capability if is_derived else marks.id
        return ids.take(wished or question.name, self.catalogue.main(question.texts), "question")

    def document(self) -> dict[str, Json]:
        """The whole file. Raises NotImportable."""
        title = self.catalogue.say("title", self._title(), LONGEST_TITLE, "the title")
        name = self.foreign.name or title
        id_ = section_ids().take(name, title, "questionnaire")
        sections = [made for one in self.foreign.sections if (made := self._section(one))]
        if not sections:
            raise NotImportable(
                "There is no question in it that can be asked here.",
                "Check that it is the right file, and that it has questions beside the notes.",
            )
        if self.waiting:
            became = "It is left out: the last page here is the survey’s own."
            self.report.tell("the end", "what is said after the last question", became)
        document: dict[str, Json] = {"format": 1, "id": id_, "title": title}
        document["language"] = self.catalogue.language
        document |= self._notes("introduction", self.introduction, "the introduction")
        document |= {"about_you": self.about_you} if self.about_you else {}
        document["sections"] = sections
        if any(section.get("module") for section in sections):
            document["modules"] = {"per_person": 1}
        sets, translations = self.making.sets.written, self.catalogue.translations()
        document |= {"answer_sets": sets} if sets else {}
        document |= {"translations": translations} if translations else {}
        return document | ({"x-original": name} if self.foreign.name not in ("", id_) else {})

    def _title(self) -> Texts:
        if any(one.strip() for one in self.foreign.title.values()):
            return self.foreign.title
        return {self.catalogue.language: self.foreign.name or UNTITLED}

    def _notes(self, key: str, notes: list[Texts], where: str) -> dict[str, Json]:
        """What is said before questions, if anything, under the key that the file has for it."""
        texts = joined(notes, "\n\n", self.catalogue.language)
        if not any(texts.values()):
            return {}
        said = self.catalogue.say(key, texts, LONGEST_INTRODUCTION, where)
        return {"introduction": said}

    def _section(self, section: ForeignSection) -> dict[str, Json] | None:
        entries = [entry for one in section.questions for entry in self._entries(one)]
        notes = [one for one in section.notes if any(one.values())]
        if not entries:
            (self.waiting if self.sections_made else self.introduction).extend(notes)
            return None
        if self._is_about_you(section, entries):
            self.about_you = entries
            return None
        self.sections_made += 1
        part = f"Part {self.sections_made}"
        if len(self.foreign.sections) == 1:
            part = self.catalogue.main(self._title())
        named = part if _PLAIN_NAME.fullmatch(section.name) else _as_title(section.name)
        title = section.title if any(section.title.values()) else {"": named or part}
        id_ = self.section_ids.take(
            section.marked_id or section.name,
            self.catalogue.main(title),
            f"part-{self.sections_made}",
        )
        made: dict[str, Json] = {"id": id_}
        made["title"] = self.catalogue.say(f"{id_}.title", title, LONGEST_TITLE, section.where)
        made |= self._notes(f"{id_}.introduction", [*self.waiting, *notes], section.where)
        self.waiting = []
        made |= {"one_page": True} if section.one_page else {}
        made |= {"module": True} if section.module else {}
        made["questions"] = entries
        is_changed = section.name not in ("", id_) and not section.marked_id
        return made | ({"x-original": section.name} if is_changed else {})

    def _is_about_you(self, section: ForeignSection, entries: list[Entry]) -> bool:
        """Whether one of our exports put the questions about the person in this section."""
        is_first = section is self.foreign.sections[0] and len(self.foreign.sections) > 1
        fits = all(
            entry.get("kind") == "choice" and entry.keys() <= _ABOUT_YOU for entry in entries
        )
        return section.marked_id == ABOUT_YOU and is_first and fits

    def _entries(self, question: ForeignQuestion) -> tuple[Entry, ...]:
        """What is asked for one question; nothing where it is left out."""
        if self.asked + _most_entries(question) > MOST_QUESTIONS:
            became = f"They are left out: a questionnaire has at most {MOST_QUESTIONS} questions."
            self.report.tell_together(question.where, "questions beyond the limit", became)
            return ()
        condition = self._condition(question)
        if condition is False:
            became = "It is left out: nobody was ever asked."
            self.report.tell(question.where, "a question whose condition never holds", became)
            return ()
        made = self._made(fitting_kind(question, self.report), self.ids[id(question)])
        if made is None:
            return ()
        self.asked += len(made.entries)
        self.meanings |= made.meanings
        for entry in made.entries:
            if condition is not True and "show_if" not in entry:
                original = {"x-original": one} if (one := entry.pop("x-original", None)) else {}
                entry |= {"show_if": condition} | original
        return made.entries

    def _made(self, question: ForeignQuestion, id_: str) -> Made | None:
        marks = question.marks
        if not (marks.depth and marks.capability) or question.options:
            return _MAKERS[question.answering](self.making, question, id_)
        if id_ == marks.capability:
            return derived(self.making, question)
        became = "It is left out: the capability is asked before."
        self.report.tell(question.where, f"the capability “{marks.capability}”", became)
        return None

    def _condition(self, question: ForeignQuestion) -> Json:
        parts = []
        for one in question.conditions:
            try:
                parts.append(within_limits(said(one.node, self.meanings)))
            except CannotBeSaid as why:
                self.report.tell_unsaid(one.where, one.source, str(why))
        try:
            return within_limits(both(parts))
        except CannotBeSaid as why:
            sources = " and ".join(one.source for one in question.conditions)
            self.report.tell_unsaid(question.where, sources, str(why))
            return True


def _as_title(name: str) -> str:
    words = " ".join(name.replace("_", " ").replace("-", " ").split())
    return words[:1].upper() + words[1:]


def _most_entries(question: ForeignQuestion) -> int:
    return (len(question.options) if question.answering == "many" else 1) + bool(question.other)
