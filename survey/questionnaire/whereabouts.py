"""Where in a questionnaire file something stands that is known by its id or by its text's key."""

from __future__ import annotations

from survey.questionnaire.asked import Asked, Asking
from survey.questionnaire.lenient import Entry, text


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
