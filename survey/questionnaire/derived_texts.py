"""What a derived question says, in a language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from survey.questionnaire.model import NOTHING, Capability
from survey.questionnaire.translate import capability_texts

LIBRARY_LANGUAGE: Final = "en"
"""The language in which capabilities are written."""

STEP, IMPORTANCE, COMMENT = "", "importance", "comment"
"""What follows a capability's id and a colon in the ids of its questions, but for practices."""

GENERIC_TEXTS: Final[Mapping[str, Mapping[str, str]]] = {
    "en": {
        STEP: "{name}: which of these is most like where you work?",
        IMPORTANCE: "{name}: how important is this for your organisation’s work?",
        COMMENT: "{name}: is there anything you want to add?",
    },
    "cy": {
        STEP: "{name}: pa un o’r rhain sydd fwyaf tebyg i’ch gweithle chi?",
        IMPORTANCE: "{name}: pa mor bwysig yw hyn i waith eich sefydliad?",
        COMMENT: "{name}: a oes unrhyw beth yr hoffech ei ychwanegu?",
    },
}
"""What is asked of any capability. The name stands first, so that it bends to no grammar."""


def own_texts(capability: Capability, language: str) -> Mapping[str, str]:
    """A capability's texts in a language, as far as it has them."""
    if language == LIBRARY_LANGUAGE:
        return capability_texts(capability)
    return capability.translations.get(language, NOTHING)


def question_texts(capability: Capability, suffix: str, language: str) -> dict[str, str]:
    """Key (text, hint, steps.1 …) to a derived question's text, as far as the language has them.

    suffix: STEP, IMPORTANCE, COMMENT, or a practice's id.
    """
    own = own_texts(capability, language)
    generic = GENERIC_TEXTS.get(language, NOTHING)
    texts = {}
    if suffix in generic:
        texts["text"] = generic[suffix].format(name=own.get("name", capability.name))
    elif f"practices.{suffix}" in own:
        texts["text"] = own[f"practices.{suffix}"]
    if suffix == STEP:
        texts |= {key: text for key, text in own.items() if key.startswith("steps.")}
        texts |= {"hint": own["summary"]} if "summary" in own else {}
    return texts
