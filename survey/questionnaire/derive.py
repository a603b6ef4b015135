"""From what an author wrote and what it names in the library, to a questionnaire written out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from survey.questionnaire.model import (
    NOTHING,
    STEP_NAMES,
    Capability,
    CapabilityGroup,
    Depth,
    Json,
    Library,
    Option,
    Question,
    Questionnaire,
    Section,
)

GENERIC_TEXTS: Final[Mapping[str, Mapping[str, str]]] = {
    "en": {
        "step": "{name}: which of these is most like where you work?",
        "importance": "{name}: how important is this for your organisation’s work?",
        "comment": "{name}: is there anything you want to add?",
    },
    "cy": {
        "step": "{name}: pa un o’r rhain sydd fwyaf tebyg i’ch gweithle chi?",
        "importance": "{name}: pa mor bwysig yw hyn i waith eich sefydliad?",
        "comment": "{name}: a oes unrhyw beth yr hoffech ei ychwanegu?",
    },
}
"""What is asked of any capability. A translated capability is asked in that language where it
is here, else in English."""

_QUESTION_KEYS: Final = (
    "hint",
    "capability",
    "minimum",
    "maximum",
    "reverse",
    "weight",
    "not_applicable",
)


def expand_document(document: Mapping[str, Json], library: Library) -> Questionnaire:
    """A questionnaire with nothing left to look up: deterministic, whatever the machine.

    document: a valid questionnaire file's value. What it writes out beside a capability
    overrides what is derived.
    """
    maker = _Expansion(document, library)
    sections = tuple(section for entry in document["sections"] for section in maker.sections(entry))
    about_you = tuple(maker.written(entry) for entry in document.get("about_you", ()))
    return Questionnaire(
        id=document["id"],
        title=document["title"],
        language=document.get("language", "en"),
        sections=sections,
        about_you=about_you,
        introduction=document.get("introduction", ""),
        licence=document.get("licence", ""),
        scale=tuple(document.get("scale", STEP_NAMES)),
        modules_per_person=document.get("modules", NOTHING).get("per_person"),
        capabilities=maker.measured(sections),
        groups=_groups(sections),
        translations=maker.translations(sections, about_you),
        extensions={key: value for key, value in document.items() if key.startswith("x-")},
    )


class _Expansion:
    """What expanding one document needs at hand: its answer sets and the library."""

    def __init__(self, document: Mapping[str, Json], library: Library) -> None:
        self.document = document
        self.library = library
        self.answer_sets = document.get("answer_sets", NOTHING)
        self.sets_used: dict[str, str] = {}  # question id → name of its answer set

    def sections(self, entry: Mapping[str, Json]) -> Iterator[Section]:
        """The sections that an entry of `sections` stands for: a map's, a group each, or one."""
        if "framework" not in entry:
            yield self._section(entry, entry["questions"])
            return
        for group in self.library.frameworks[entry["framework"]].groups:
            derived = [
                {"capability": name, "depth": entry.get("depth", "step")}
                for name in group.capabilities
            ]
            yield self._section({"id": group.id, "title": group.title} | _flags(entry), derived)

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
        if "framework" in entry:
            for group in self.library.frameworks[entry["framework"]].groups:
                for name in group.capabilities:
                    yield from self._derived({"capability": name} | _depth(entry))
        elif "kind" in entry:
            yield self.written(entry)
        else:
            yield from self._derived(entry)

    def _derived(self, entry: Mapping[str, Json]) -> Iterator[Question]:
        capability = self.library.capabilities[entry["capability"]]
        depth: Depth = entry.get("depth", "step")
        practices = capability.practices if depth != "step" else ()
        texts = GENERIC_TEXTS["en"]
        yield self.written(
            {
                "id": capability.id,
                "kind": "maturity",
                "text": texts["step"].format(name=capability.name),
                "hint": capability.summary,
                "steps": capability.steps,
                "weight": max(1, len(practices)),
            }
            | dict(entry)
        )
        shared = {"capability": capability.id} | {
            key: entry[key] for key in ("show_if", "not_applicable") if key in entry
        }
        for practice in practices:
            yield self.written(
                {"id": f"{capability.id}:{practice.id}", "kind": "agreement", "text": practice.text}
                | shared
            )
        if depth == "full":
            for kind, suffix in (("importance", "importance"), ("text", "comment")):
                text = texts[suffix].format(name=capability.name)
                yield self.written(
                    {"id": f"{capability.id}:{suffix}", "kind": kind, "text": text} | shared
                )

    def written(self, entry: Mapping[str, Json]) -> Question:
        """A question from an entry that has everything."""
        options = entry.get("options", ())
        if isinstance(options, str):
            self.sets_used[entry["id"]] = options
            options = self.answer_sets[options]
        given: dict[str, Any] = {key: entry[key] for key in _QUESTION_KEYS if key in entry}
        return Question(
            id=entry["id"],
            kind=entry["kind"],
            text=entry["text"],
            steps=tuple(entry.get("steps", ())),
            options=tuple(Option(o["id"], o["text"], o.get("step")) for o in options),
            cut_points=tuple(entry.get("cut_points", ())),
            condition=entry.get("show_if"),
            comparable_with=tuple(entry.get("comparable_with", ())),
            **given,
        )

    def measured(self, sections: Sequence[Section]) -> dict[str, Capability]:
        """The capabilities that rated questions measure, in the order they are asked.

        Their translations are moved to the questionnaire's.
        """
        names = dict.fromkeys(
            q.capability for s in sections for q in s.questions if q.capability is not None
        )
        return {
            name: replace(self.library.capabilities[name], translations=NOTHING) for name in names
        }

    def translations(
        self, sections: Sequence[Section], about_you: Sequence[Question]
    ) -> dict[str, dict[str, str]]:
        """Every translated text by language and key; the document's own win."""
        questions = [*about_you, *(q for s in sections for q in s.questions)]
        languages = dict.fromkeys(self.document.get("translations", ()))
        return {code: self._in_language(code, questions) for code in languages}

    def _in_language(self, code: str, questions: Sequence[Question]) -> dict[str, str]:
        own: dict[str, str] = dict(self.document["translations"][code])
        texts: dict[str, str] = {}
        for question in questions:
            texts |= self._option_texts(question, own)
            texts |= self._capability_texts(code, question)
        for name in self.answer_sets:
            for option in self.answer_sets[name]:
                own.pop(f"{name}.{option['id']}", None)
        return dict(sorted((texts | own).items()))

    def _option_texts(self, question: Question, own: Mapping[str, str]) -> dict[str, str]:
        name = self.sets_used.get(question.id)
        return {
            f"{question.id}.{option.id}": own[f"{name}.{option.id}"]
            for option in question.options
            if name is not None and f"{name}.{option.id}" in own
        }

    def _capability_texts(self, code: str, question: Question) -> dict[str, str]:
        if question.capability is None or not question.id.startswith(question.capability):
            return {}
        capability = self.library.capabilities[question.capability]
        given = capability.translations.get(code, NOTHING)
        texts = {f"capability:{capability.id}.{key}": text for key, text in given.items()}
        suffix = question.id.removeprefix(capability.id).removeprefix(":")
        derived = _derived_texts(code, capability, given, suffix)
        originals = dict(_question_texts(question, capability, suffix))
        return texts | {
            f"{question.id}.{key}": text for key, text in derived.items() if originals.get(key)
        }


def _derived_texts(
    code: str, capability: Capability, given: Mapping[str, str], suffix: str
) -> dict[str, str]:
    """A derived question's texts in a language, as far as the capability has them."""
    generic = GENERIC_TEXTS.get(code, NOTHING)
    name = given.get("name", capability.name)
    if suffix in ("importance", "comment"):
        return {"text": generic[suffix].format(name=name)} if generic else {}
    if suffix:
        text = given.get(f"practices.{suffix}")
        return {"text": text} if text else {}
    texts = {key: text for key, text in given.items() if key.startswith("steps.")}
    if "summary" in given:
        texts["hint"] = given["summary"]
    if generic:
        texts["text"] = generic["step"].format(name=name)
    return texts


def _question_texts(
    question: Question, capability: Capability, suffix: str
) -> Iterator[tuple[str, bool]]:
    """Which of a question's texts are still the derived ones: only those are translated so."""
    english = GENERIC_TEXTS["en"]
    expected = english.get(suffix or "step", "").format(name=capability.name)
    practice = next((p.text for p in capability.practices if p.id == suffix), None)
    yield "text", question.text in (expected, practice)
    yield "hint", question.hint == capability.summary
    for number, text in enumerate(question.steps, start=1):
        yield f"steps.{number}", text == capability.steps[number - 1]


def _flags(entry: Mapping[str, Json]) -> dict[str, Json]:
    return {key: entry[key] for key in ("one_page", "module") if key in entry}


def _depth(entry: Mapping[str, Json]) -> dict[str, Json]:
    return {key: entry[key] for key in ("depth",) if key in entry}


def _groups(sections: Sequence[Section]) -> tuple[CapabilityGroup, ...]:
    """How a profile shows capabilities together: by section, which is a map's group where a map
    was named. Each capability stands in one group."""
    seen: set[str] = set()
    groups = []
    for section in sections:
        names = dict.fromkeys(
            q.capability
            for q in section.questions
            if q.is_rated and q.capability is not None and q.capability not in seen
        )
        if names:
            seen.update(names)
            groups.append(CapabilityGroup(section.id, section.title, tuple(names)))
    return tuple(groups)
