"""Ids: each used once, none that the product needs for itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from survey.questionnaire.asked import COMMENT, IMPORTANCE, Asking, groups
from survey.questionnaire.faults import At, Fault
from survey.questionnaire.lenient import Entry, objects, table, text
from survey.questionnaire.model import DONT_KNOW, NOT_APPLICABLE

RESERVED_QUESTIONS: Final = ("response", "unit", "scale")
"""Columns of exported responses, and the step names' translation key."""

RESERVED_OPTIONS: Final = (DONT_KNOW, NOT_APPLICABLE, "text", "hint", "title", "introduction")
"""Answers that any question may have, and the texts of a question or section."""

RESERVED_PRACTICES: Final = (IMPORTANCE, COMMENT)
"""Other questions derived from a capability."""


def check_ids(asking: Asking) -> Iterator[Fault]:
    """Ids of questions, sections, options and answer sets."""
    yield from _questions(asking)
    yield from _sections(asking)
    for pointer, entry in asking.entries():
        yield from check_options(entry, "options", pointer)
    sets = table(asking.document, "answer_sets")
    for name in sets:
        yield from check_options(sets, name, "/answer_sets")
        if name in asking.places or name in RESERVED_QUESTIONS:
            yield from _name_of_a_set(name, asking)


def _questions(asking: Asking) -> Iterator[Fault]:
    for place, question in enumerate(asking.questions):
        first = asking.questions[asking.places[question.id]]
        is_new = place == asking.places[question.id]
        values = {"name": question.id, "first": At(first.source)}
        if not question.is_derived and question.id in RESERVED_QUESTIONS:
            yield _reserved(question.source, question.id)
        elif not is_new and question.is_derived and first.is_derived:
            if question.kind == "maturity":
                yield Fault("asked-twice", question.source, values)
        elif not is_new:
            yield Fault("id-used-twice", question.source, values)


def _sections(asking: Asking) -> Iterator[Fault]:
    ids: list[tuple[str, str]] = []
    for pointer, section in asking.sections:
        if "framework" in section:
            source = f"{pointer}/framework"
            ids += [(source, group.id) for group in groups(section, asking.library)]
        elif (id_ := text(section, "id")) is not None:
            ids.append((f"{pointer}/id", id_))
    yield from unique(ids)


def check_options(entry: Entry, key: str, pointer: str) -> Iterator[Fault]:
    """Ids of the options in a list: unique there, and none reserved."""
    ids = list(_ids(entry, key, pointer))
    yield from unique(ids)
    yield from (_reserved(place, id_) for place, id_ in ids if id_ in RESERVED_OPTIONS)


def _name_of_a_set(name: str, asking: Asking) -> Iterator[Fault]:
    pointer = f"/answer_sets/{name}"
    if name in RESERVED_QUESTIONS:
        yield _reserved(pointer, name, at_key=True)
    else:
        first = At(asking.questions[asking.places[name]].source)
        yield Fault("id-used-twice", pointer, {"name": name, "first": first}, at_key=True)


def check_practices(capability: Entry) -> Iterator[Fault]:
    """Ids of a capability's practices."""
    ids = list(_ids(capability, "practices", ""))
    yield from unique(ids)
    yield from (_reserved(place, id_) for place, id_ in ids if id_ in RESERVED_PRACTICES)


def unique(ids: Iterable[tuple[str, str]], code: str = "id-used-twice") -> Iterator[Fault]:
    """A fault for each id, given with its pointer, that stood there before."""
    first: dict[str, str] = {}
    for pointer, id_ in ids:
        if id_ in first:
            yield Fault(code, pointer, {"name": id_, "first": At(first[id_])})
        first.setdefault(id_, pointer)


def _ids(entry: Entry, key: str, pointer: str) -> Iterator[tuple[str, str]]:
    for place, one in objects(entry, key, pointer):
        id_ = text(one, "id")
        if id_ is not None:
            yield f"{place}/id", id_


def _reserved(pointer: str, id_: str, *, at_key: bool = False) -> Fault:
    return Fault("reserved-id", pointer, {"name": id_, "example": f"{id_}-1"}, at_key)
