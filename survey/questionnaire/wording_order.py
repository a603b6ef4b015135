"""Remarks on what an earlier question does to the answers to a later one.

An answer just given comes to mind again, and people like to agree with themselves: Krosnick &
Presser (2010) and Dillman, Smyth & Christian (2014) on the order of questions. Both put the general
question first where it is the general answer that counts. Here it is the steps that count: they
make the profile, so whatever may colour them stands behind them, as it does where it is derived.

Only what is plainly so is remarked on: the same capability, or the same section, and for a verdict
or a comment two rated questions at least that follow. What depends on an answer follows from it
and is left alone; so is what is asked about the person.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from survey.questionnaire.model import Question, Questionnaire
from survey.questionnaire.wording_phrases import WHOLE
from survey.questionnaire.wording_remarks import Remark
from survey.questionnaire.wording_rules import RULES

ENOUGH_TO_COLOUR: Final = 2
"""So many rated questions must follow a verdict or a comment in its section."""


def remarks(questionnaire: Questionnaire, *, is_english: bool) -> Iterator[tuple[str, Remark]]:
    """Question id and what is said of its place."""
    asked = [question for section in questionnaire.sections for question in section.questions]
    last = {one.capability: place for place, one in enumerate(asked) if one.is_rated}
    place = 0
    for section in questionnaire.sections:
        for within, question in enumerate(section.questions):
            follows = question.capability is not None and last.get(question.capability, -1) > place
            below = section.questions[within + 1 :]
            yield from _on_place(question, below, follows=follows, is_first=within == 0)
            if is_english:
                yield from _on_verdict(question, below)
            place += 1


def _on_place(
    question: Question, below: Sequence[Question], *, follows: bool, is_first: bool
) -> Iterator[tuple[str, Remark]]:
    """follows: whether a rated question on the same capability does."""
    if question.condition is not None or question.id.startswith(f"{question.capability}:"):
        return
    if question.kind == "importance" and follows:
        yield question.id, RULES["importance-first"].remark()
    if question.kind == "text" and (follows or (is_first and _are_enough(below))):
        yield question.id, RULES["comment-first"].remark()


def _on_verdict(question: Question, below: Sequence[Question]) -> Iterator[tuple[str, Remark]]:
    found = WHOLE.search(question.text) if question.kind != "text" else None
    if found and _are_enough(below):
        yield question.id, RULES["overall-first"].remark(found=found.group().lower())


def _are_enough(questions: Sequence[Question]) -> bool:
    return sum(question.is_rated for question in questions) >= ENOUGH_TO_COLOUR
