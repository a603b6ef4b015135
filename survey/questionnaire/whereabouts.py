"""Where in a questionnaire file something stands that is known by its id or by its text's key; and
what a place in the file is about."""

from __future__ import annotations

from collections.abc import Sequence

from survey.questionnaire.asked import Asked, Asking
from survey.questionnaire.lenient import Entry, text
from survey.questionnaire.model import Library
from survey.questionnaire.source import SourceFile


class Whereabouts:
    """The JSON pointers of a file's questions, sections and texts."""

    def __init__(self, asking: Asking) -> None:
        self._asking = asking
        self._questions = {one.id: one for one in reversed(asking.questions)}
        self._sections = {
            id_: pointer
            for pointer, section in reversed(asking.sections)
            if (id_ := text(section, "id")) is not None
        }

    def pointer(self, place: str) -> str:
        """What stands behind a key as in `translate.texts`, or behind the id of a question or
        section. What is derived stands where its capability or map is named; what is nowhere, at
        the whole file ("")."""
        id_, _, said = place.partition(".")
        if (question := self._questions.get(id_)) is not None:
            return self._within(question, said)
        if id_ in self._sections:
            return _if_there(self._asking.document, self._sections[id_], said)
        return f"/{id_}" if id_ in self._asking.document and not said else ""

    def _within(self, question: Asked, said: str) -> str:
        key, _, number = said.partition(".")
        if key == "steps" and "steps" in question.entry and number.isdecimal():
            return f"{question.pointer}/steps/{int(number) - 1}"
        if key in ("text", "hint"):
            return f"{question.pointer}/{key}" if key in question.entry else question.source
        for pointer, option in self._asking.options(question):
            if said and text(option, "id") == said:
                return f"{pointer}/text"
        return question.source


def _if_there(document: Entry, section: str, key: str) -> str:
    number = int(section.rpartition("/")[2])
    return f"{section}/{key}" if key and key in document["sections"][number] else section


def question_at(source: SourceFile, offset: int, library: Library) -> str | None:
    """The id of the question that a place in a questionnaire file is about; None before any.

    offset: of a character of `source.text`. That is the question whose entry holds the place, or
    else stands before it; of the head of a section its first question; of a translation the
    question that it translates; of an answer set the first question that offers it.
    """
    document: Entry = source.value if isinstance(source.value, dict) else {}
    asking = Asking(document, library)
    way = _way(source, offset)
    match way:
        case ["translations", _, key, *_]:
            return _about(asking, str(key).partition(".")[0])
        case ["answer_sets", name, *_]:
            return next((q.id for q in asking.questions if q.entry.get("options") == name), None)
        case ["sections" | "about_you", *_]:
            return _first_in(asking, way)
    return None


def _way(source: SourceFile, offset: int) -> list[str | int]:
    """The keys and places that lead to what stands at an offset, or last before it."""
    node, way = source.value, []
    while members := source.places.get(id(node)):
        begun = {key: start for key, (start, _) in members.items() if start <= offset}
        if not begun:
            break
        key = max(begun, key=begun.__getitem__)
        way.append(key)
        node = node[key]
    return way


def _first_in(asking: Asking, way: Sequence[str | int]) -> str | None:
    """The first question of the entry on the way, else of its section, else of all of them."""
    for length in (4, 2, 1):  # sections, which, questions, which; about_you, which
        pointer = "".join(f"/{key}" for key in way[:length])
        for question in asking.questions:
            if f"{question.pointer}/".startswith(f"{pointer}/"):
                return question.id
    return None


def _about(asking: Asking, id_: str) -> str | None:
    """The question with this id, or the first of the section with it."""
    if id_ in asking.places:
        return id_
    sections = (pointer for pointer, section in asking.sections if text(section, "id") == id_)
    return next((_first_in(asking, one.split("/")[1:]) for one in sections), None)
