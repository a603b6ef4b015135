"""A questionnaire as far as its author wrote it.

What is derived from a capability and left as it is, is not the author's to mend: it is advised on
where the capability is written.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from survey.questionnaire.derived_texts import GENERIC_TEXTS, LIBRARY_LANGUAGE, question_texts
from survey.questionnaire.model import NOTHING, Question, Questionnaire


def own_words(questionnaire: Questionnaire) -> Questionnaire:
    """The questionnaire with the texts that are derived left empty."""
    sections = (
        replace(section, questions=tuple(_own(one, questionnaire) for one in section.questions))
        for section in questionnaire.sections
    )
    return replace(questionnaire, sections=tuple(sections))


def _own(question: Question, questionnaire: Questionnaire) -> Question:
    derived = _derived_texts(question, questionnaire)
    if not derived:
        return question
    steps = tuple(text for key, text in sorted(derived.items()) if key.startswith("steps."))
    return replace(
        question,
        text="" if question.text == derived.get("text") else question.text,
        hint="" if question.hint == derived.get("hint") else question.hint,
        steps=() if question.steps == steps else question.steps,
    )


def _derived_texts(question: Question, questionnaire: Questionnaire) -> Mapping[str, str]:
    """What the question says if it is derived and nothing of it was overridden, by key."""
    capability = questionnaire.capabilities.get(question.capability or "")
    if capability is None:
        return NOTHING
    id_, _, suffix = question.id.partition(":")
    if id_ != capability.id:
        return NOTHING
    texts = question_texts(capability, suffix, LIBRARY_LANGUAGE)
    generic = GENERIC_TEXTS.get(questionnaire.language, NOTHING)
    if suffix in generic:
        texts["text"] = generic[suffix].format(name=capability.name)
    return texts
