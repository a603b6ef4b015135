"""Remarks on what several questions make together: a section, the whole questionnaire."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from typing import Final

from survey.questionnaire.minutes import estimated_minutes
from survey.questionnaire.model import Question, Questionnaire, Section
from survey.questionnaire.reading import grade, words
from survey.questionnaire.wording_rules import Level, Remark
from survey.questionnaire.wording_scales import rises

HIGHEST_GRADE: Final = 9
WORDS_FOR_A_GRADE: Final = 100
LONGEST_RUN: Final = 10
LONG_MINUTES, TOO_MANY_MINUTES = 10, 15

WE: Final = re.compile(r"\b(?:we|our|us)\b", re.IGNORECASE)
YOU: Final = re.compile(r"\b(?:you|your)\b", re.IGNORECASE)
WHO: Final = re.compile(
    r"\b(?:teams?|organisations?|councils?|departments?|directorates?)\b"
    r"|\b(?:our|my|your|this) (?:\w+ )?(?:service|unit)\b|\bwhere (?:you|we) work\b",
    re.IGNORECASE,
)
"""Words that say whom “we” and “you” mean."""


def english(questionnaire: Questionnaire) -> Iterator[tuple[str, Remark]]:
    """Section id and what the rules on English say of the section."""
    for section in questionnaire.sections:
        for remark in (*_grade(section), *_referent(questionnaire, section)):
            yield section.id, remark


def _grade(section: Section) -> Iterator[Remark]:
    texts = [section.introduction, *(t for q in section.questions for t in _texts(q))]
    if sum(len(words(text)) for text in texts) < WORDS_FOR_A_GRADE:
        return
    reached = grade(texts)
    if reached > HIGHEST_GRADE:
        yield Remark("grade", f"Its reading grade is {reached:.1f}; aim at {HIGHEST_GRADE}.")


def _texts(question: Question) -> Iterator[str]:
    yield from (question.text, question.hint, *question.steps)
    yield from (option.text for option in question.options)


def _referent(questionnaire: Questionnaire, section: Section) -> Iterator[Remark]:
    items = [question.text for question in section.questions if question.kind == "agreement"]
    we = [text for text in items if WE.search(text)]
    you = [text for text in items if YOU.search(text) and not WE.search(text)]
    around = " ".join((questionnaire.introduction, section.title, section.introduction))
    if we and you:
        yield Remark("referent", "It speaks of “we” in one place and of “you” in another.")
    elif (we or you) and not any(WHO.search(text) for text in (around, *we, *you)):
        called = "we" if we else "you"
        yield Remark("referent", f"It does not say who “{called}” is: a team, or all of us.")


def any_language(questionnaire: Questionnaire) -> Iterator[tuple[str, Remark]]:
    """Question id ("" for the whole) and what the rules on no language in particular say."""
    yield from _order(questionnaire)
    yield from _monotony(questionnaire)
    minutes = estimated_minutes(questionnaire)
    if minutes > LONG_MINUTES:
        level: Level = "strong" if minutes > TOO_MANY_MINUTES else "advice"
        yield "", Remark("minutes", f"It takes about {minutes:.0f} minutes.", level)


def _order(questionnaire: Questionnaire) -> Iterator[tuple[str, Remark]]:
    directions = {question.id: rises(question) for question in questionnaire.questions}
    mixed = {True, False} <= set(directions.values())
    for id_, rising in directions.items():
        if rising is False and mixed:
            message = "Its highest option stands first, elsewhere the lowest."
            yield id_, Remark("order", message, "strong")
        elif rising is False:
            yield id_, Remark("order", "Its highest option stands first.")


def _monotony(questionnaire: Questionnaire) -> Iterator[tuple[str, Remark]]:
    for scale, run in groupby(questionnaire.questions, key=_scale):
        alike = list(run)
        if scale is not None and len(alike) > LONGEST_RUN:
            message = f"Here begin {len(alike)} questions in a row with the same answers."
            yield alike[0].id, Remark("monotony", message)


def _scale(question: Question) -> object:
    """What two questions share if their answers look alike; None if nobody shares it."""
    if question.kind in ("agreement", "importance"):
        return question.kind
    return question.options if question.kind == "choice" else None
