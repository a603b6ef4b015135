"""The texts of a questionnaire by key, and the questionnaire in another language."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import Final

from survey.questionnaire.model import (
    NOTHING,
    Capability,
    CapabilityGroup,
    Option,
    Practice,
    Question,
    Questionnaire,
    Section,
)
from survey.questionnaire.step_names import are_usual, usual_names

CAPABILITY: Final = "capability:"
"""What the keys of a capability's own texts begin with."""


def texts(questionnaire: Questionnaire) -> dict[str, str]:
    """Every text that people read, by its stable key; empty ones are left out."""
    return {key: text for key, text in _texts(questionnaire) if text}


def _texts(questionnaire: Questionnaire) -> Iterator[tuple[str, str]]:
    yield "title", questionnaire.title
    yield "introduction", questionnaire.introduction
    for number, name in enumerate(questionnaire.scale, start=1):
        yield f"scale.{number}", name
    for section in questionnaire.sections:
        yield f"{section.id}.title", section.title
        yield f"{section.id}.introduction", section.introduction
    for question in questionnaire.questions:
        yield from _question_texts(question)
    for capability in questionnaire.capabilities.values():
        for key, text in capability_texts(capability).items():
            yield f"{CAPABILITY}{capability.id}.{key}", text


def _question_texts(question: Question) -> Iterator[tuple[str, str]]:
    yield f"{question.id}.text", question.text
    yield f"{question.id}.hint", question.hint
    for number, step in enumerate(question.steps, start=1):
        yield f"{question.id}.steps.{number}", step
    for option in question.options:
        yield f"{question.id}.{option.id}", option.text


def capability_texts(capability: Capability) -> dict[str, str]:
    """A capability's own texts, by the keys of its translations."""
    return {
        "name": capability.name,
        "summary": capability.summary,
        **{f"steps.{number}": step for number, step in enumerate(capability.steps, start=1)},
        **{f"practices.{practice.id}": practice.text for practice in capability.practices},
    }


def missing(questionnaire: Questionnaire, language: str) -> tuple[str, ...]:
    """The keys of the texts that have no translation into `language`; none for its own."""
    if language == questionnaire.language:
        return ()
    catalogue = _catalogue(questionnaire, language)
    return tuple(key for key in texts(questionnaire) if not catalogue.get(key))


def offered(questionnaire: Questionnaire, wanted: Collection[str]) -> tuple[str, ...]:
    """Those of the wanted languages that the questionnaire has, its main one first if it is among
    them. Never empty: where it has none of them, its main one."""
    found = tuple(code for code in questionnaire.languages if code in wanted)
    return found or (questionnaire.language,)


def _catalogue(questionnaire: Questionnaire, language: str) -> Mapping[str, str]:
    """The questionnaire's translations, with the usual names of the steps where it has those."""
    names = usual_names(language) if are_usual(questionnaire.scale) else ()
    usual = {f"scale.{number}": name for number, name in enumerate(names, start=1)}
    return usual | dict(questionnaire.translations.get(language, NOTHING))


def in_language(questionnaire: Questionnaire, language: str) -> Questionnaire:
    """The questionnaire with its texts in `language`, each falling back to the main one.

    Steps with the usual names have them in `language` too. Ids, rules and order stay, so answers
    mean the same. `language` of the result is the new one.
    """
    if language not in questionnaire.translations:
        return questionnaire
    catalogue = _catalogue(questionnaire, language)
    return replace(
        questionnaire,
        language=language,
        title=catalogue.get("title", questionnaire.title),
        introduction=catalogue.get("introduction", questionnaire.introduction),
        scale=tuple(
            catalogue.get(f"scale.{number}", name)
            for number, name in enumerate(questionnaire.scale, start=1)
        ),
        sections=tuple(_section(section, catalogue) for section in questionnaire.sections),
        about_you=tuple(_question(question, catalogue) for question in questionnaire.about_you),
        groups=tuple(_group(group, catalogue) for group in questionnaire.groups),
        capabilities={
            id_: capability_in(one, catalogue, f"{CAPABILITY}{id_}.")
            for id_, one in questionnaire.capabilities.items()
        },
    )


def _section(section: Section, catalogue: Mapping[str, str]) -> Section:
    return replace(
        section,
        title=catalogue.get(f"{section.id}.title", section.title),
        introduction=catalogue.get(f"{section.id}.introduction", section.introduction),
        questions=tuple(_question(question, catalogue) for question in section.questions),
    )


def _group(group: CapabilityGroup, catalogue: Mapping[str, str]) -> CapabilityGroup:
    return replace(group, title=catalogue.get(f"{group.id}.title", group.title))


def _question(question: Question, catalogue: Mapping[str, str]) -> Question:
    return replace(
        question,
        text=catalogue.get(f"{question.id}.text", question.text),
        hint=catalogue.get(f"{question.id}.hint", question.hint),
        steps=tuple(
            catalogue.get(f"{question.id}.steps.{number}", step)
            for number, step in enumerate(question.steps, start=1)
        ),
        options=tuple(
            Option(o.id, catalogue.get(f"{question.id}.{o.id}", o.text), o.step)
            for o in question.options
        ),
    )


def capability_in(
    capability: Capability, catalogue: Mapping[str, str], start: str = ""
) -> Capability:
    """The capability with those of its texts that the catalogue has; keys begin with `start`."""
    one, two, three, four, five = (
        catalogue.get(f"{start}steps.{number}", step)
        for number, step in enumerate(capability.steps, start=1)
    )
    return replace(
        capability,
        name=catalogue.get(f"{start}name", capability.name),
        summary=catalogue.get(f"{start}summary", capability.summary),
        steps=(one, two, three, four, five),
        practices=tuple(
            Practice(p.id, catalogue.get(f"{start}practices.{p.id}", p.text))
            for p in capability.practices
        ),
    )
