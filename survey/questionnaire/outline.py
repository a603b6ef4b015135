"""A questionnaire file at a glance, as far as it can be read: what it asks, where, how long."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby, islice
from typing import Final

from survey.questionnaire.asked import Asked, Asking, groups
from survey.questionnaire.check_extent import MOST_QUESTIONS
from survey.questionnaire.lenient import Entry, objects, text
from survey.questionnaire.minutes import minutes_of
from survey.questionnaire.model import Library, Question, Questionnaire
from survey.questionnaire.source import SourceFile

GROUP: Final = "group"


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """One entry of a list of questions: what it is called, and the ids of what it asks.

    kind: a question's kind; "capability" or "map" where questions are derived; GROUP of a map
    that is a section, which has no place of its own.
    """

    pointer: str
    line: int
    name: str
    kind: str
    questions: tuple[str, ...]
    is_conditional: bool = False


@dataclass(frozen=True, slots=True)
class OutlineSection:
    """A section, or the questions about the person. `minutes` is None while there are problems."""

    pointer: str
    line: int
    title: str
    entries: tuple[OutlineEntry, ...]
    questions: int
    is_module: bool = False
    minutes: float | None = None


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many questions rate a capability, and how many of the others are about it."""

    capability: str
    name: str
    rated: int
    others: int


@dataclass(frozen=True, slots=True)
class Outline:
    """The whole."""

    sections: tuple[OutlineSection, ...]
    coverage: tuple[Coverage, ...]
    questions: int


def outline(source: SourceFile, library: Library, questionnaire: Questionnaire | None) -> Outline:
    """What a file holds, as far as a valid one can hold as much. `questionnaire` is what is made of
    it once it has no problems."""
    document: Entry = source.value if isinstance(source.value, dict) else {}
    asking = Asking(document, library)
    asked = {
        place: tuple(one.id for one in group)
        for place, group in groupby(asking.questions, lambda one: one.pointer)
    }
    file = _File(asking, source, asked)
    sections = tuple(islice((*_about_you(file), *_sections(file)), MOST_QUESTIONS))
    if questionnaire is not None:
        known = {question.id: question for question in questionnaire.questions}
        sections = tuple(_with_minutes(section, known) for section in sections)
    count = len({one.id for one in asking.questions})
    return Outline(sections, tuple(_coverage(asking)), count)


@dataclass(frozen=True, slots=True)
class _File:
    """A file that is outlined. `asked`: the ids of the questions that come of each entry."""

    asking: Asking
    source: SourceFile
    asked: Mapping[str, tuple[str, ...]]

    def line(self, pointer: str) -> int:
        """The line on which something stands."""
        return self.source.locate(pointer)[0]


def _about_you(file: _File) -> Iterator[OutlineSection]:
    entries = tuple(objects(file.asking.document, "about_you", ""))
    if entries:
        yield _whole("/about_you", "About you", _entries(entries, file), file, {})


def _sections(file: _File) -> Iterator[OutlineSection]:
    for pointer, section in file.asking.sections:
        if (map_id := text(section, "framework")) is not None:
            title, made = _map_name(map_id, file.asking.library), _groups(pointer, section, file)
        else:
            title = text(section, "title") or text(section, "id") or "Section"
            made = _entries(objects(section, "questions", pointer), file)
        yield _whole(pointer, title, made, file, section)


def _entries(entries: Iterable[tuple[str, Entry]], file: _File) -> tuple[OutlineEntry, ...]:
    return tuple(
        OutlineEntry(
            pointer=place,
            line=file.line(place),
            name=_name(entry, file.asking.library),
            kind=_kind(entry),
            questions=file.asked.get(place, ()),
            is_conditional="show_if" in entry,
        )
        for place, entry in islice(entries, MOST_QUESTIONS)
    )


def _groups(pointer: str, section: Entry, file: _File) -> tuple[OutlineEntry, ...]:
    """The groups of a capability map, which stand where the map is named."""
    asked = file.asked.get(pointer, ())
    return tuple(
        OutlineEntry(
            pointer=pointer,
            line=file.line(pointer),
            name=group.title,
            kind=GROUP,
            questions=tuple(id_ for id_ in asked if id_.partition(":")[0] in group.capabilities),
        )
        for group in groups(section, file.asking.library)
    )


def _whole(
    pointer: str, title: str, made: tuple[OutlineEntry, ...], file: _File, section: Entry
) -> OutlineSection:
    count = sum(len(one.questions) for one in made)
    is_module = section.get("module") is True
    return OutlineSection(pointer, file.line(pointer), title, made, count, is_module)


def _kind(entry: Entry) -> str:
    if "kind" in entry:
        return text(entry, "kind") or ""
    return "map" if "framework" in entry else "capability"


def _name(entry: Entry, library: Library) -> str:
    if (written := text(entry, "text")) is not None and "kind" in entry:
        return written
    if (map_id := text(entry, "framework")) is not None:
        return _map_name(map_id, library)
    id_ = text(entry, "capability")
    if id_ is not None and id_ in library.capabilities:
        return library.capabilities[id_].name
    return id_ or text(entry, "id") or "?"


def _map_name(id_: str, library: Library) -> str:
    return library.frameworks[id_].title if id_ in library.frameworks else id_


def _coverage(asking: Asking) -> Iterator[Coverage]:
    about: dict[str, list[Asked]] = {}
    for one in asking.questions:
        id_ = one.id.partition(":")[0] if one.is_derived else text(one.entry, "capability")
        if id_ is not None and id_ in asking.library.capabilities:
            about.setdefault(id_, []).append(one)
    for id_, questions in about.items():
        rated = sum(one.kind not in ("importance", "text") for one in questions)
        name = asking.library.capabilities[id_].name
        yield Coverage(id_, name, rated, len(questions) - rated)


def _with_minutes(section: OutlineSection, known: dict[str, Question]) -> OutlineSection:
    ids = (id_ for entry in section.entries for id_ in entry.questions)
    minutes = minutes_of(_known(ids, known))
    return replace(section, minutes=minutes)


def _known(ids: Iterable[str], known: dict[str, Question]) -> Iterator[Question]:
    return (known[id_] for id_ in ids if id_ in known)
