"""How the parts of the library belong together, found from either end; and how to find one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from survey.questionnaire.model import (
    Capability,
    CapabilityGroup,
    CaseStudy,
    Framework,
    Library,
    Questionnaire,
)

One = TypeVar("One")


@dataclass(frozen=True, slots=True)
class Connections:
    """What leads to a capability or comes from it, each in the library's order.

    carried_by: by role, the capabilities that it carries.
    mapped_in: by capability, the maps that have it, each with the group.
    within: by theme, its capabilities.
    illustrated_by: by capability, its case studies.
    asked_in: by capability, the questionnaires that ask about it.
    """

    carried_by: Mapping[str, tuple[Capability, ...]]
    mapped_in: Mapping[str, tuple[tuple[Framework, CapabilityGroup], ...]]
    within: Mapping[str, tuple[Capability, ...]]
    illustrated_by: Mapping[str, tuple[CaseStudy, ...]]
    asked_in: Mapping[str, tuple[Questionnaire, ...]]


def connect(library: Library, questionnaires: Iterable[Questionnaire] = ()) -> Connections:
    """Look at everything once. Every id in the library is there in the result."""
    capabilities = library.capabilities.values()
    return Connections(
        _gathered(library.roles, ((role, one) for one in capabilities for role in one.roles)),
        _gathered(
            library.capabilities,
            (
                (id_, (framework, group))
                for framework in library.frameworks.values()
                for group in framework.groups
                for id_ in group.capabilities
            ),
        ),
        _gathered(
            dict.fromkeys(theme for one in capabilities for theme in one.themes),
            ((theme, one) for one in capabilities for theme in one.themes),
        ),
        _gathered(
            library.capabilities,
            ((id_, study) for study in library.case_studies.values() for id_ in study.capabilities),
        ),
        _gathered(
            library.capabilities,
            ((id_, asked) for asked in questionnaires for id_ in asked.capabilities),
        ),
    )


def _gathered(
    ids: Iterable[str], pairs: Iterable[tuple[str, One]]
) -> Mapping[str, tuple[One, ...]]:
    found: dict[str, list[One]] = defaultdict(list)
    for id_, one in pairs:
        found[id_].append(one)
    return {id_: tuple(found[id_]) for id_ in ids}


def search(library: Library, wanted: str) -> tuple[Capability, ...]:
    """The capabilities in which every word that is wanted begins a word: those first that have
    them in their name, then in name and summary, then anywhere."""
    words = wanted.casefold().split()
    if not words:
        return ()
    ranked = ((_rank(one, words), one) for one in library.capabilities.values())
    found = [(rank, one.name, one) for rank, one in ranked if rank is not None]
    return tuple(one for *_, one in sorted(found, key=lambda row: row[:2]))


def _rank(capability: Capability, words: list[str]) -> int | None:
    read = ""
    for rank, text in enumerate(_texts(capability)):
        read += " " + text.casefold()
        if all(f" {word}" in read for word in words):
            return rank
    return None


def _texts(capability: Capability) -> tuple[str, str, str]:
    practices = (practice.text for practice in capability.practices)
    rest = (*capability.steps, *practices, *capability.enables)
    return capability.name, capability.summary, " ".join(rest)
