"""Remarks on what several questions make together: a section, the whole questionnaire."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from math import prod
from typing import Final

from survey.questionnaire.minutes import estimated_minutes
from survey.questionnaire.model import Question, Questionnaire, Section
from survey.questionnaire.reading import counts, grade
from survey.questionnaire.wording_remarks import Remark
from survey.questionnaire.wording_rules import RULES
from survey.questionnaire.wording_scales import rises

HIGHEST_GRADE: Final = 9
WORDS_FOR_A_GRADE: Final = 100
LONGEST_RUN: Final = 10
LONG_MINUTES, TOO_MANY_MINUTES = 10, 15

ABOUT_YOU: Final = "about_you"
"""The place of a remark on all questions about the person together."""

WE: Final = re.compile(r"\b(?:we|our|us)\b", re.IGNORECASE)
YOU: Final = re.compile(r"\b(?:you|your)\b", re.IGNORECASE)
WHO: Final = re.compile(
    r"\b(?:teams?|organisations?|councils?|departments?|directorates?)\b"
    r"|\b(?:our|my|your|this) (?:\w+ )?(?:service|unit)\b|\bwhere (?:you|we) work\b",
    re.IGNORECASE,
)
"""Words that say whom “we” and “you” mean."""


def english(own: Questionnaire) -> Iterator[tuple[str, Remark]]:
    """Section id and what the rules on English say of what its author wrote in the section."""
    for section in own.sections:
        for remark in (*_grade(section), *_referent(own, section)):
            yield section.id, remark


def _grade(section: Section) -> Iterator[Remark]:
    texts = [section.introduction, *(t for q in section.questions for t in _texts(q))]
    if sum(counts(text).words for text in texts) < WORDS_FOR_A_GRADE:
        return
    reached = grade(texts)
    if reached > HIGHEST_GRADE:
        yield RULES["grade"].remark(grade=reached, limit=HIGHEST_GRADE)


def _texts(question: Question) -> Iterator[str]:
    yield from (question.text, question.hint, *question.steps)
    yield from (option.text for option in question.options)


def _referent(own: Questionnaire, section: Section) -> Iterator[Remark]:
    items = [question.text for question in section.questions if question.kind == "agreement"]
    we = [text for text in items if WE.search(text)]
    you = [text for text in items if YOU.search(text) and not WE.search(text)]
    around = " ".join((own.introduction, section.title, section.introduction))
    if we and you:
        yield RULES["we-and-you"].remark()
    elif (we or you) and not any(WHO.search(text) for text in (around, *we, *you)):
        yield RULES["who"].remark(found="we" if we else "you")


def any_language(questionnaire: Questionnaire, *, is_english: bool) -> Iterator[tuple[str, Remark]]:
    """Question id ("" for the whole) and what the rules on no language in particular say."""
    yield from _order(questionnaire, is_english)
    yield from _monotony(questionnaire)
    minutes = estimated_minutes(questionnaire)
    if minutes > TOO_MANY_MINUTES:
        yield "", RULES["too-many-minutes"].remark(minutes=minutes, limit=TOO_MANY_MINUTES)
    elif minutes > LONG_MINUTES:
        yield "", RULES["minutes"].remark(minutes=minutes, limit=LONG_MINUTES)


def _order(questionnaire: Questionnaire, is_english: bool) -> Iterator[tuple[str, Remark]]:
    directions = {one.id: rises(one, is_english=is_english) for one in questionnaire.questions}
    mixed = {True, False} <= set(directions.values())
    for id_, rising in directions.items():
        if rising is False:
            yield id_, RULES["mixed-directions" if mixed else "highest-first"].remark()


def _monotony(questionnaire: Questionnaire) -> Iterator[tuple[str, Remark]]:
    for scale, run in groupby(questionnaire.questions, key=_scale):
        alike = list(run)
        if scale is not None and len(alike) > LONGEST_RUN:
            yield alike[0].id, RULES["monotony"].remark(count=len(alike))


def _scale(question: Question) -> object:
    """What two questions share if their answers look alike; None if nobody shares it."""
    if question.kind in ("agreement", "importance"):
        return question.kind
    return question.options if question.kind == "choice" else None


def identifying(
    questionnaire: Questionnaire, invited: int, minimum_group: int
) -> Iterator[tuple[str, Remark]]:
    """Whether so few people share the same answers about themselves that they may be recognised.

    invited: how many people are asked. minimum_group: how many shall be alike, on average.
    """
    kinds = prod(len(question.options) for question in questionnaire.breakdowns)
    if invited < kinds * minimum_group and questionnaire.breakdowns:
        remark = RULES["identifying"].remark(kinds=kinds, invited=invited, limit=minimum_group)
        yield ABOUT_YOU, remark
