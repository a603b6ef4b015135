"""The texts of a questionnaire in the order in which people read them, and what each is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from survey.questionnaire.model import Question, Questionnaire
from survey.questionnaire.wording_texts import Part

NO_NAME: Final = re.compile(r"(?!)")
"""Found nowhere."""
LONGEST_BESIDE: Final = 2_000
"""Characters of what stands beside a question that are looked at."""


class Said(NamedTuple):
    """A text, with its key as in `translate.texts`. beside: what stands with it and explains it,
    in small letters."""

    place: str
    text: str
    part: Part
    beside: str = ""


def parts(
    questionnaire: Questionnaire, one_thing: re.Pattern[str] = NO_NAME
) -> Iterator[tuple[Question | None, tuple[Said, ...]]]:
    """Each question with all it says; None with an introduction. Empty texts are left out.

    one_thing: names that are no part of the asking, whatever words they hold.
    """
    yield None, _introduction("introduction", questionnaire.introduction)
    for question in questionnaire.about_you:
        yield question, tuple(_said(question, "", one_thing))
    for section in questionnaire.sections:
        yield None, _introduction(f"{section.id}.introduction", section.introduction)
        for question in section.questions:
            measured = questionnaire.capabilities.get(question.capability or "")
            name = measured.name if measured else ""
            yield question, tuple(_said(question, name, one_thing))


def _introduction(place: str, text: str) -> tuple[Said, ...]:
    return (Said(place, text, "prose"),) if text else ()


def _said(question: Question, name: str, one_thing: re.Pattern[str]) -> Iterator[Said]:
    """name: that of the capability, which is what is asked about."""
    id_ = question.id
    if question.text:
        beside = "\n".join((question.hint, *(option.text for option in question.options)))
        text = one_thing.sub(" ", question.text.replace(name, "") if name else question.text)
        part: Part = "item" if question.kind == "agreement" else "question"
        yield Said(f"{id_}.text", text, part, beside[:LONGEST_BESIDE].lower())
    if question.hint:
        yield Said(f"{id_}.hint", question.hint, "prose")
    for number, step in enumerate(question.steps, start=1):
        yield Said(f"{id_}.steps.{number}", one_thing.sub(" ", step), "descriptor")
    for option in question.options:
        yield Said(f"{id_}.{option.id}", option.text, "option")
