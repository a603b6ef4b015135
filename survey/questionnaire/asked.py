"""The questions that a questionnaire file asks, as far as they can be told despite its faults."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from survey.questionnaire.faults import below
from survey.questionnaire.lenient import Entry, objects, table, text
from survey.questionnaire.model import CapabilityGroup, Library

IMPORTANCE: Final = "importance"
COMMENT: Final = "comment"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, where its entry stands, and the module it is in, if any.

    `source` is the pointer of what gives it its id: the entry's id, capability or map.
    """

    id: str
    kind: str | None
    entry: Entry
    pointer: str
    source: str
    module: str | None = None
    is_derived: bool = False


@dataclass(frozen=True)
class Asking:
    """A questionnaire file under examination. `faulty` are the pointers of its faults of shape,
    in alphabetical order."""

    document: Entry
    library: Library
    faulty: Sequence[str] = ()

    @cached_property
    def questions(self) -> tuple[Asked, ...]:
        """All questions in the order in which they are asked, also those whose id is not new."""
        return (*self._about_you(), *self._in_sections())

    @cached_property
    def places(self) -> Mapping[str, int]:
        """Question id to its place among the questions, the first if there are several."""
        return {one.id: place for place, one in reversed(list(enumerate(self.questions)))}

    @cached_property
    def sections(self) -> tuple[tuple[str, Entry], ...]:
        """Entries of `sections` with their pointers."""
        return tuple(objects(self.document, "sections", ""))

    def entries(self) -> Iterator[tuple[str, Entry]]:
        """Entries of questions, with their pointers."""
        yield from objects(self.document, "about_you", "")
        for pointer, section in self.sections:
            yield from objects(section, "questions", pointer)

    def options(self, question: Asked) -> tuple[tuple[str, Entry], ...]:
        """A question's options with their pointers, whether written out or from an answer set."""
        name = text(question.entry, "options")
        if name is None:
            return tuple(objects(question.entry, "options", question.pointer))
        return tuple(objects(table(self.document, "answer_sets"), name, "/answer_sets"))

    def is_faulty(self, pointer: str) -> bool:
        """Whether a fault of shape was found in what a pointer names, or below it."""
        inside = f"{pointer}/"
        place = bisect_left(self.faulty, inside)
        return pointer in self.faulty or any(
            one.startswith(inside) for one in self.faulty[place : place + 1]
        )

    def _about_you(self) -> Iterator[Asked]:
        for pointer, entry in objects(self.document, "about_you", ""):
            yield from _written(entry, pointer, None)

    def _in_sections(self) -> Iterator[Asked]:
        for pointer, section in self.sections:
            module = pointer if section.get("module") is True else None
            if "framework" in section:
                yield from self._of_map(section, pointer, module, each_its_own=True)
                continue
            for place, entry in objects(section, "questions", pointer):
                if "kind" in entry or "id" in entry:
                    yield from _written(entry, place, module)
                elif "framework" in entry:
                    yield from self._of_map(entry, place, module)
                else:
                    id_ = text(entry, "capability")
                    yield from self._derived(id_, entry, place, f"{place}/capability", module)

    def _of_map(
        self, entry: Entry, pointer: str, module: str | None, *, each_its_own: bool = False
    ) -> Iterator[Asked]:
        for group in groups(entry, self.library):
            dealt = f"{module}#{group.id}" if module and each_its_own else module
            for id_ in group.capabilities:
                yield from self._derived(id_, entry, pointer, f"{pointer}/framework", dealt)

    def _derived(
        self, id_: str | None, entry: Entry, pointer: str, source: str, module: str | None
    ) -> Iterator[Asked]:
        if id_ is None:
            return
        kinds = {"": "maturity"}
        capability = self.library.capabilities.get(id_)
        depth = text(entry, "depth")
        if depth in ("practices", "full") and capability is not None:
            kinds |= {f":{practice.id}": "agreement" for practice in capability.practices}
        if depth == "full":
            kinds |= {f":{IMPORTANCE}": "importance", f":{COMMENT}": "text"}
        for suffix, kind in kinds.items():
            yield Asked(f"{id_}{suffix}", kind, entry, pointer, source, module, is_derived=True)


def _written(entry: Entry, pointer: str, module: str | None) -> Iterator[Asked]:
    id_ = text(entry, "id")
    if id_ is not None:
        yield Asked(id_, text(entry, "kind"), entry, pointer, below(pointer, "id"), module)


def groups(entry: Entry, library: Library) -> tuple[CapabilityGroup, ...]:
    """The groups of the capability map that an entry names."""
    framework = library.frameworks.get(text(entry, "framework") or "")
    return framework.groups if framework is not None else ()
