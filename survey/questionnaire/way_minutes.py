"""How long a way through a questionnaire takes: `minutes`, for what one person really saw."""

from __future__ import annotations

from collections.abc import Iterable

from survey.questionnaire.minutes import SECONDS_A_PAGE, WORDS_A_MINUTE, minutes_of
from survey.questionnaire.model import Question, Questionnaire
from survey.questionnaire.path import Page

PAGE_TURN = SECONDS_A_PAGE / 60


class WayMinutes:
    """Minutes of ways through one questionnaire; each text is measured once."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self._introduction = _reading(questionnaire.introduction)
        self._sections = {one.id: _reading(one.introduction) for one in questionnaire.sections}
        self._questions = {
            question.id: minutes_of([question]) - PAGE_TURN for question in questionnaire.questions
        }

    def of(self, way: Iterable[Page]) -> float:
        """Minutes for these pages, and for the introductions that stand before them.

        For somebody who is shown everything it is what `minutes.estimated_minutes` says.
        """
        minutes = self._introduction
        entered: set[str] = set()
        for page in way:
            minutes += PAGE_TURN + self.of_questions(page.questions)
            if page.section is not None and page.section.id not in entered:
                entered.add(page.section.id)
                minutes += self._sections[page.section.id]
        return minutes

    def of_questions(self, questions: Iterable[Question]) -> float:
        """Minutes to read and answer these questions, without turning a page."""
        return sum(self._questions[question.id] for question in questions)


def _reading(text: str) -> float:
    return len(text.split()) / WORDS_A_MINUTE
