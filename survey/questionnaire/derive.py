"""From what an author wrote and what it names in the library, to a questionnaire written out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from survey.questionnaire.derived_texts import (
    COMMENT,
    IMPORTANCE,
    LIBRARY_LANGUAGE,
    STEP,
    own_texts,
    question_texts,
)
from survey.questionnaire.model import (
    NOTHING,
    STEP_NAMES,
    Capability,
    CapabilityGroup,
    Depth,
    Framework,
    Json,
    Kind,
    Library,
    Option,
    Question,
    Questionnaire,
    Section,
)
from survey.questionnaire.step_names import usual_names
from survey.questionnaire.translate import CAPABILITY, capability_in

_FIELDS_AS_WRITTEN: Final = (
    "hint",
    "capability",
    "minimum",
    "maximum",
    "reverse",
    "weight",
    "not_applicable",
)
_SHARED_KEYS: Final = ("show_if", "not_applicable")
"""What an entry says of all questions derived from it; all else is about the maturity question."""


def expand_document(document: Mapping[str, Json], library: Library) -> Questionnaire:
    """A questionnaire with nothing left to look up: deterministic, whatever the machine.

    document: a valid questionnaire file's value. What it writes out beside a capability
    overrides what is derived. Derived texts are translated into the languages it names.
    """
    expansion = _Expansion(document, library)
    about_you = tuple(expansion.written(entry) for entry in document.get("about_you", ()))
    sections = tuple(
        section for entry in document["sections"] for section in expansion.sections(entry)
    )
    return Questionnaire(
        id=document["id"],
        title=document["title"],
        language=expansion.language,
        sections=sections,
        about_you=about_you,
        introduction=document.get("introduction", ""),
        licence=document.get("licence", ""),
        scale=tuple(document.get("scale") or usual_names(expansion.language) or STEP_NAMES),
        modules_per_person=document.get("modules", NOTHING).get("per_person"),
        capabilities=expansion.measured(sections),
        groups=expansion.groups(sections),
        translations={
            code: expansion.catalogue(code) for code in sorted(document.get("translations", ()))
        },
        extensions={key: value for key, value in document.items() if key.startswith("x-")},
    )


class _Expansion:
    """Expanding one document: what it names, and a note of each derived text for translators."""

    def __init__(self, document: Mapping[str, Json], library: Library) -> None:
        self.document = document
        self.library = library
        self.language: str = document.get("language", LIBRARY_LANGUAGE)
        self.capabilities: dict[str, Capability] = {}
        self.derived: list[tuple[str, Capability, str, Mapping[str, Json]]] = []
        self.named_sets: dict[str, str] = {}  # question id to the name of its answer set
        self.maps: dict[str, Framework] = {}  # section or group id to the map it comes from
        self.group_of: dict[str, CapabilityGroup] = {}  # of capabilities asked by a map's name

    def sections(self, entry: Mapping[str, Json]) -> Iterator[Section]:
        """The sections that an entry stands for: itself, or a map's groups."""
        if "framework" not in entry:
            yield self._section(entry, entry["questions"])
            return
        for group, title in self._groups_of(entry["framework"]):
            asked = [_of_map(entry, id_) for id_ in group.capabilities]
            flags = {key: entry[key] for key in ("one_page", "module") if key in entry}
            yield self._section({"id": group.id, "title": title} | flags, asked)

    def _groups_of(self, map_id: str) -> Iterator[tuple[CapabilityGroup, str]]:
        """A map's groups, each with its title in the questionnaire's language."""
        framework = self.library.frameworks[map_id]
        texts = framework.translations.get(self.language, NOTHING)
        for group in framework.groups:
            self.maps[group.id] = framework
            yield group, texts.get(f"{group.id}.title", group.title)

    def _section(self, entry: Mapping[str, Json], questions: Iterable[Json]) -> Section:
        return Section(
            id=entry["id"],
            title=entry["title"],
            questions=tuple(q for one in questions for q in self._questions(one)),
            introduction=entry.get("introduction", ""),
            one_page=entry.get("one_page", False),
            module=entry.get("module", False),
        )

    def _questions(self, entry: Mapping[str, Json]) -> Iterator[Question]:
        if "kind" in entry:
            yield self.written(entry)
        elif "framework" not in entry:
            yield from self._derived(entry)
        else:
            for group, title in self._groups_of(entry["framework"]):
                for id_ in group.capabilities:
                    self.group_of[id_] = replace(group, title=title)
                    yield from self._derived(_of_map(entry, id_))

    def _derived(self, entry: Mapping[str, Json]) -> Iterator[Question]:
        capability = self._capability(entry["capability"])
        depth: Depth = entry.get("depth", "step")
        practices = capability.practices if depth != "step" else ()
        weight = {"weight": max(1, len(practices))}  # so that the ladder counts for half
        yield self._derive(capability, STEP, "maturity", weight | dict(entry))
        shared = {key: entry[key] for key in _SHARED_KEYS if key in entry}
        for practice in practices:
            yield self._derive(capability, practice.id, "agreement", shared)
        if depth == "full":
            yield self._derive(capability, IMPORTANCE, "importance", shared)
            shown = {key: value for key, value in shared.items() if key == "show_if"}
            yield self._derive(capability, COMMENT, "text", shown)

    def _derive(
        self, capability: Capability, suffix: str, kind: Kind, entry: Mapping[str, Json]
    ) -> Question:
        texts = question_texts(capability, suffix, LIBRARY_LANGUAGE)
        texts |= question_texts(capability, suffix, self.language)
        id_ = f"{capability.id}:{suffix}" if suffix else capability.id
        self.derived.append((id_, capability, suffix, entry))
        said: dict[str, Json] = {key: texts[key] for key in ("text", "hint") if key in texts}
        steps = [text for key, text in sorted(texts.items()) if key.startswith("steps.")]
        whole = said | {"id": id_, "kind": kind, "capability": capability.id, "steps": steps}
        return self.written(whole | dict(entry))

    def _capability(self, id_: str) -> Capability:
        return self.capabilities.setdefault(id_, self.library.capabilities[id_])

    def written(self, entry: Mapping[str, Json]) -> Question:
        """A question from an entry that says everything."""
        if "capability" in entry:
            self._capability(entry["capability"])
        options = entry.get("options", ())
        if isinstance(options, str):
            self.named_sets[entry["id"]] = options
            options = self.document["answer_sets"][options]
        as_written: dict[str, Any] = {key: entry[key] for key in _FIELDS_AS_WRITTEN if key in entry}
        return Question(
            id=entry["id"],
            kind=entry["kind"],
            text=entry["text"],
            steps=tuple(entry.get("steps", ())),
            options=tuple(Option(o["id"], o["text"], o.get("step")) for o in options),
            cut_points=tuple(entry.get("cut_points", ())),
            condition=entry.get("show_if"),
            comparable_with=tuple(entry.get("comparable_with", ())),
            **as_written,
        )

    def measured(self, sections: Sequence[Section]) -> dict[str, Capability]:
        """The capabilities that questions are about, in the order in which they are asked.

        They speak the questionnaire's language; its catalogues have their translations.
        """
        asked = (q.capability for section in sections for q in section.questions)
        return {
            id_: capability_in(
                replace(self.capabilities[id_], translations=NOTHING),
                own_texts(self.capabilities[id_], self.language),
            )
            for id_ in dict.fromkeys(asked)
            if id_ is not None
        }

    def groups(self, sections: Sequence[Section]) -> tuple[CapabilityGroup, ...]:
        """How a profile shows capabilities together: a map's groups where a map is named, else
        sections. Each capability stands where it is first rated."""
        members: dict[str, list[str]] = {}
        titles: dict[str, str] = {}
        placed: set[str] = set()
        for section in sections:
            for question in section.questions:
                id_ = question.capability
                if id_ is None or not question.is_rated or id_ in placed:
                    continue
                placed.add(id_)
                group = self.group_of.get(id_, section)
                titles.setdefault(group.id, group.title)
                members.setdefault(group.id, []).append(id_)
        return tuple(CapabilityGroup(id_, titles[id_], tuple(members[id_])) for id_ in members)

    def catalogue(self, code: str) -> dict[str, str]:
        """Every text there is in a language, by key; what the document says itself comes first."""
        own: Mapping[str, str] = self.document["translations"][code]
        texts = self._map_texts(code) | self._capability_texts(code)
        sets = self.document.get("answer_sets", NOTHING)
        of_sets = {f"{name}.{option['id']}" for name in sets for option in sets[name]}
        for question_id, name in self.named_sets.items():
            for option in sets[name]:
                if (key := f"{name}.{option['id']}") in own:
                    texts[f"{question_id}.{option['id']}"] = own[key]
        return texts | {key: text for key, text in own.items() if key not in of_sets}

    def _map_texts(self, code: str) -> dict[str, str]:
        translated = {id_: one.translations.get(code, NOTHING) for id_, one in self.maps.items()}
        keys = {f"{id_}.title": texts for id_, texts in translated.items()}
        return {key: texts[key] for key, texts in keys.items() if key in texts}

    def _capability_texts(self, code: str) -> dict[str, str]:
        texts = {
            f"{CAPABILITY}{id_}.{key}": text
            for id_, capability in self.capabilities.items()
            for key, text in own_texts(capability, code).items()
        }
        for id_, capability, suffix, entry in self.derived:
            for key, text in question_texts(capability, suffix, code).items():
                if key.partition(".")[0] not in entry:  # overridden: the author translates it
                    texts[f"{id_}.{key}"] = text
        return texts


def _of_map(entry: Mapping[str, Json], capability: str) -> dict[str, Json]:
    depth = {"depth": entry["depth"]} if "depth" in entry else {}
    return {"capability": capability} | depth


def questionnaire_file(
    library: Library,
    *,
    capabilities: Sequence[str] = (),
    framework: str | None = None,
    depth: Depth,
) -> dict[str, Json]:
    """A questionnaire file's value, to be edited further: capabilities by domain, or a map.

    Raises KeyError where the library has no such map.
    """
    file: dict[str, Json] = {"$schema": "../schema/questionnaire-1.json", "format": 1}
    if framework is not None:
        asked: list[Json] = [{"framework": framework, "depth": depth}]
        title = library.frameworks[framework].title
        return file | _named(framework, title) | {"language": LIBRARY_LANGUAGE, "sections": asked}
    domains = dict.fromkeys(id_.partition("/")[0] for id_ in capabilities)
    sections = [
        _named(domain, domain.capitalize())
        | {
            "questions": [
                {"capability": id_, "depth": depth}
                for id_ in dict.fromkeys(capabilities)
                if id_.partition("/")[0] == domain
            ]
        }
        for domain in domains
    ]
    named = _named("capabilities", "How do we work?")
    return file | named | {"language": LIBRARY_LANGUAGE, "sections": sections}


def _named(id_: str, title: str) -> dict[str, Json]:
    return {"id": id_, "title": title}
