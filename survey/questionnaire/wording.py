"""Advice on wording. It never makes a file invalid: each remark names its rule and source.

Rules on English words are for questionnaires in English only; those on length, scales, order and
time are for all. A questionnaire is advised on as far as its author wrote it (see `wording_own`).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from survey.questionnaire import wording_order, wording_scales, wording_texts, wording_whole
from survey.questionnaire.derive import expand_document
from survey.questionnaire.model import Capability, Library, Question, Questionnaire
from survey.questionnaire.translate import texts
from survey.questionnaire.wording_jargon import explained, glossary_words, head, jargon
from survey.questionnaire.wording_own import own_words
from survey.questionnaire.wording_parts import NO_NAME, parts
from survey.questionnaire.wording_phrases import JOINING, any_of
from survey.questionnaire.wording_remarks import Example, Level, Remark
from survey.questionnaire.wording_rules import RULES

MINIMUM_GROUP: Final = 10


@dataclass(frozen=True, slots=True)
class Advice:
    """One remark.

    place: a text's key (as in `translate.texts`); or the id of the question or section that is
        meant as a whole; “about_you” for all questions about the person; empty for the
        questionnaire.
    source: where survey method gives the rule. example: wording that draws the remark, and better.
    """

    place: str
    code: str
    level: Level
    message: str
    mend: str
    source: str
    example: Example

    def __str__(self) -> str:
        return f"{self.place or 'questionnaire'}: {self.code} {self.message} (mend: {self.mend})"


def advise(
    subject: Questionnaire | Capability,
    *,
    glossary: Collection[str] = (),
    invited: int | None = None,
    minimum_group: int = MINIMUM_GROUP,
) -> tuple[Advice, ...]:
    """What the rules of wording say, in the order in which people read; the whole comes last.

    A capability is advised on as its question and practices would be.

    glossary: words, phrases and short forms that need no explanation in the organisation, a line
        each; what a line says after a dash, a colon or a bracket is its explanation.
    invited: how many people are asked, as far as that is known. minimum_group: how many of them
        shall share the same answers about themselves.
    """
    if isinstance(subject, Capability):
        alone = _alone(subject)
        found = [*_on_texts(alone, alone, tuple(glossary))]
    else:
        own = own_words(subject)
        found = [*_on_texts(subject, own, tuple(glossary)), *_on_the_whole(subject, own)]
        if invited is not None:
            found += wording_whole.identifying(subject, invited, minimum_group)
    return tuple(_advice(place, remark) for place, remark in found)


def _advice(place: str, remark: Remark) -> Advice:
    rule = RULES[remark.rule]
    return Advice(
        place, rule.code, rule.level, remark.message, rule.mend, rule.source, rule.example
    )


def _alone(capability: Capability) -> Questionnaire:
    entry = {"capability": capability.id, "depth": "practices"}
    section = {"id": "section", "title": capability.name, "questions": [entry]}
    document = {"id": "capability", "title": capability.name, "sections": [section]}
    return expand_document(document, Library({capability.id: capability}, {}, {}))


def _is_english(questionnaire: Questionnaire) -> bool:
    return questionnaire.language.partition("-")[0] == "en"


def _on_the_whole(whole: Questionnaire, own: Questionnaire) -> Iterator[tuple[str, Remark]]:
    is_english = _is_english(whole)
    if is_english:
        yield from wording_whole.english(own)
    yield from wording_order.remarks(whole, is_english=is_english)
    yield from wording_whole.any_language(whole, is_english=is_english)


def _on_texts(
    whole: Questionnaire, own: Questionnaire, glossary: tuple[str, ...]
) -> Iterator[tuple[str, Remark]]:
    """What is said of own texts, and of steps and options; once of those that return."""
    said: set[tuple[object, Remark]] = set()
    for place, about, remark in _of_each(whole, own, glossary):
        if (about, remark) not in said:
            said.add((about, remark))
            yield place, remark


def _of_each(
    whole: Questionnaire, own: Questionnaire, glossary: tuple[str, ...]
) -> Iterator[tuple[str, object, Remark]]:
    """Place, what the remark is about, and the remark."""
    is_english = _is_english(whole)
    known = {*glossary_words(glossary), *explained(texts(whole).values())}
    for question, said in parts(own, _names_that_join(glossary)):
        for place, text, part, beside in said:
            found = wording_texts.remarks(text, part, beside, is_english=is_english)
            yield from ((place, text, remark) for remark in found)
            if is_english:
                names = part == "option"
                yield from ((place, "", one) for one in jargon(text, known, has_names=names))
        if question is not None:
            yield from _of_answers(question, is_english)


def _of_answers(question: Question, is_english: bool) -> Iterator[tuple[str, object, Remark]]:
    chosen_from = (question.steps, question.options)
    for remark in wording_scales.remarks(question, is_english=is_english):
        yield question.id, chosen_from, remark
    if is_english:
        yield from ((question.id, question.id, one) for one in wording_scales.way_out(question))


@lru_cache(maxsize=64)
def _names_that_join(glossary: tuple[str, ...]) -> re.Pattern[str]:
    """The phrases of a glossary that hold “and” or “or” and yet name one thing."""
    joined = [re.escape(head(line)) for line in glossary if JOINING.search(head(line))]
    return any_of(*joined) if joined else NO_NAME
