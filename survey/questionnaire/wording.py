"""Advice on wording. It never makes a file invalid: each remark names its rule and source.

Rules that need to know how often English words are used, or how many people are invited, are
not here. Rules on English words are for questionnaires in English only.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from survey.questionnaire import wording_scales, wording_texts, wording_whole
from survey.questionnaire.derive import expand_document
from survey.questionnaire.model import Capability, Library, Question, Questionnaire
from survey.questionnaire.translate import texts
from survey.questionnaire.wording_rules import RULES, Level, Remark
from survey.questionnaire.wording_texts import Part


@dataclass(frozen=True, slots=True)
class Advice:
    """One remark.

    place: a text's key (as in `translate.texts`); or the id of the question or section that is
        meant as a whole; empty for the questionnaire.
    source: where survey method gives the rule.
    """

    place: str
    code: str
    level: Level
    message: str
    mend: str
    source: str

    def __str__(self) -> str:
        return f"{self.place or 'questionnaire'}: {self.code} {self.message} (mend: {self.mend})"


def advise(subject: Questionnaire | Capability) -> tuple[Advice, ...]:
    """What the rules of wording say, in the order in which people read; the whole comes last.

    A capability is advised on as its question and practices would be.
    """
    if isinstance(subject, Capability):
        found = [*_on_texts(_alone(subject))]
    else:
        found = [*_on_texts(subject), *_on_the_whole(subject)]
    return tuple(_advice(place, remark) for place, remark in found)


def _advice(place: str, remark: Remark) -> Advice:
    rule = RULES[remark.code]
    level = remark.level or rule.level
    return Advice(place, remark.code, level, remark.message, rule.mend, rule.source)


def _alone(capability: Capability) -> Questionnaire:
    entry = {"capability": capability.id, "depth": "practices"}
    section = {"id": "section", "title": capability.name, "questions": [entry]}
    document = {"id": "capability", "title": capability.name, "sections": [section]}
    return expand_document(document, Library({capability.id: capability}, {}, {}))


def _is_english(questionnaire: Questionnaire) -> bool:
    return questionnaire.language.partition("-")[0] == "en"


def _on_the_whole(questionnaire: Questionnaire) -> Iterator[tuple[str, Remark]]:
    if _is_english(questionnaire):
        yield from wording_whole.english(questionnaire)
    yield from wording_whole.any_language(questionnaire)


def _on_texts(questionnaire: Questionnaire) -> Iterator[tuple[str, Remark]]:
    """What is said of texts, and of steps and options; once of those that return."""
    said: set[tuple[object, Remark]] = set()
    for place, about, remark in _of_each(questionnaire):
        if (about, remark) not in said:
            said.add((about, remark))
            yield place, remark


def _of_each(questionnaire: Questionnaire) -> Iterator[tuple[str, object, Remark]]:
    """Place, what the remark is about, and the remark."""
    everything = "\n".join(texts(questionnaire).values())
    is_english = _is_english(questionnaire)
    for question, parts in _read(questionnaire):
        for place, text, part in parts if is_english else ():
            yield from ((place, text, one) for one in wording_texts.remarks(text, part))
            yield from ((place, "", one) for one in wording_texts.jargon(text, everything))
        if question is not None:
            chosen_from = (question.steps, question.options)
            for remark in wording_scales.remarks(question):
                yield question.id, chosen_from, remark


def _read(
    questionnaire: Questionnaire,
) -> Iterator[tuple[Question | None, Iterator[tuple[str, str, Part]]]]:
    """Each question (None: an introduction) with the place, text and part of all it says."""
    yield None, iter([("introduction", questionnaire.introduction, "prose")])
    yield from ((q, _parts_of(questionnaire, q)) for q in questionnaire.about_you)
    for section in questionnaire.sections:
        yield None, iter([(f"{section.id}.introduction", section.introduction, "prose")])
        yield from ((q, _parts_of(questionnaire, q)) for q in section.questions)


def _parts_of(questionnaire: Questionnaire, question: Question) -> Iterator[tuple[str, str, Part]]:
    measured = questionnaire.capabilities.get(question.capability or "")
    # A capability's name is the name of what is asked about, not a part of the asking.
    text = question.text.replace(measured.name, "") if measured else question.text
    part: Part = "item" if question.kind == "agreement" else "question"
    yield f"{question.id}.text", text, part
    yield f"{question.id}.hint", question.hint, "prose"
    for number, step in enumerate(question.steps, start=1):
        yield f"{question.id}.steps.{number}", step, "descriptor"
    for option in question.options:
        yield f"{question.id}.{option.id}", option.text, "option"
