"""A questionnaire file at a glance, as far as it can be read: what it asks, where, how long."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

from survey.questionnaire.asked import Asked, Asking, groups
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
    """What a file holds. `questionnaire` is what is made of it once it has no problems."""
    document: Entry = source.value if isinstance(source.value, dict) else {}
    asking = Asking(document, library)
    sections = (*_about_you(asking, source), *_sections(asking, source))
    if questionnaire is not None:
        known = {question.id: question for question in questionnaire.questions}
        sections = tuple(_with_minutes(section, known) for section in sections)
    asked = [one.id for one in asking.questions]
    return Outline(sections, tuple(_coverage(asking)), len(dict.fromkeys(asked)))


def _about_you(asking: Asking, source: SourceFile) -> Iterator[OutlineSection]:
    entries = tuple(objects(asking.document, "about_you", ""))
    if entries:
        yield _section("/about_you", "About you", entries, asking, source, {})


def _sections(asking: Asking, source: SourceFile) -> Iterator[OutlineSection]:
    for pointer, section in asking.sections:
        if "framework" in section:
            yield _of_map(pointer, section, asking, source)
        else:
            title = text(section, "title") or text(section, "id") or "Section"
            entries = tuple(objects(section, "questions", pointer))
            yield _section(pointer, title, entries, asking, source, section)


def _section(
    pointer: str,
    title: str,
    entries: Sequence[tuple[str, Entry]],
    asking: Asking,
    source: SourceFile,
    section: Entry,
) -> OutlineSection:
    asked = {
        place: tuple(one.id for one in group)
        for place, group in groupby(asking.questions, lambda one: one.pointer)
    }
    made = tuple(
        OutlineEntry(
            pointer=place,
            line=source.locate(place)[0],
            name=_name(entry, asking.library),
            kind=_kind(entry),
            questions=asked.get(place, ()),
            is_conditional="show_if" in entry,
        )
        for place, entry in entries
    )
    return _whole(pointer, title, made, source, section)


def _of_map(pointer: str, section: Entry, asking: Asking, source: SourceFile) -> OutlineSection:
    """A capability map, whose groups stand where the map is named."""
    line = source.locate(pointer)[0]
    asked = [one.id for one in asking.questions if one.pointer == pointer]
    made = tuple(
        OutlineEntry(
            pointer=pointer,
            line=line,
            name=group.title,
            kind=GROUP,
            questions=tuple(id_ for id_ in asked if id_.partition(":")[0] in group.capabilities),
        )
        for group in groups(section, asking.library)
    )
    title = _map_name(text(section, "framework") or "?", asking.library)
    return _whole(pointer, title, made, source, section)


def _whole(
    pointer: str, title: str, made: tuple[OutlineEntry, ...], source: SourceFile, section: Entry
) -> OutlineSection:
    count = sum(len(one.questions) for one in made)
    is_module = section.get("module") is True
    return OutlineSection(pointer, source.locate(pointer)[0], title, made, count, is_module)


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
