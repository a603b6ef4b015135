"""How long a questionnaire takes: words at reading speed, and time to decide.

238 words a minute: Brysbaert (2019). Seconds a question and a page: Puleston, as used in market
research; to be recalibrated on our own waves.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from survey.questionnaire.model import Question, Questionnaire, Section

WORDS_A_MINUTE: Final = 238
SECONDS_A_CLOSED_QUESTION: Final = 5
SECONDS_AN_OPEN_QUESTION: Final = 15
SECONDS_A_PAGE: Final = 2


def estimated_minutes(questionnaire: Questionnaire) -> float:
    """Minutes for somebody who is shown every question that they can be dealt.

    Of the modules, the longest `modules_per_person` count.
    """
    seconds = _words(questionnaire.introduction) * 60 / WORDS_A_MINUTE
    if questionnaire.about_you:
        seconds += SECONDS_A_PAGE + sum(_question(q) for q in questionnaire.about_you)
    seconds += sum(_section(s) for s in questionnaire.sections if not s.module)
    modules = sorted((_section(s) for s in questionnaire.modules), reverse=True)
    seconds += sum(modules[: questionnaire.modules_per_person])
    return seconds / 60


def minutes_of(questions: Iterable[Question]) -> float:
    """Minutes for these questions, each on a page of its own."""
    return sum(SECONDS_A_PAGE + _question(question) for question in questions) / 60


def _section(section: Section) -> float:
    page_turns = 1 if section.one_page else len(section.questions)
    reading = _words(section.introduction) * 60 / WORDS_A_MINUTE
    return reading + page_turns * SECONDS_A_PAGE + sum(_question(q) for q in section.questions)


def _question(question: Question) -> float:
    texts = [question.text, question.hint, *question.steps, *(o.text for o in question.options)]
    deciding = SECONDS_AN_OPEN_QUESTION if question.kind == "text" else SECONDS_A_CLOSED_QUESTION
    return sum(_words(text) for text in texts) * 60 / WORDS_A_MINUTE + deciding


def _words(text: str) -> int:
    return len(text.split())
