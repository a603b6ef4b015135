"""The way through a questionnaire: which pages, in which order, given the answers so far."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from survey.questionnaire.conditions import holds, questions_named
from survey.questionnaire.model import Answer, Answers, Question, Questionnaire, Section


@dataclass(frozen=True, slots=True)
class Page:
    """What is asked at once. `section` is None for the page about the person."""

    section: Section | None
    questions: tuple[Question, ...]

    @property
    def id(self) -> str:
        """Its first question's id: the same whatever came before."""
        return self.questions[0].id


def pages(
    questionnaire: Questionnaire, answers: Answers, modules: Collection[str] = ()
) -> tuple[Page, ...]:
    """The pages to be shown, in order.

    modules: ids of the modules dealt to this person. A question is shown if its condition holds
    of the answers to questions that are themselves shown; one whose condition asks about a
    question of the same page starts a page of its own.
    """
    counted: dict[str, Answer] = {}
    made: list[Page] = []
    for section, questions in _asked(questionnaire, modules):
        together = section is None or section.one_page
        page: list[Question] = []
        for question in questions:
            if question.condition is not None and not holds(question.condition, counted):
                continue
            if page and (not together or _depends_on(question, page)):
                made.append(Page(section, tuple(page)))
                page = []
            page.append(question)
            if question.id in answers:
                counted[question.id] = answers[question.id]
        if page:
            made.append(Page(section, tuple(page)))
    return tuple(made)


def _asked(
    questionnaire: Questionnaire, modules: Collection[str]
) -> Iterator[tuple[Section | None, tuple[Question, ...]]]:
    if questionnaire.about_you:
        yield None, questionnaire.about_you
    for section in questionnaire.sections:
        if not section.module or section.id in modules:
            yield section, section.questions


def _depends_on(question: Question, page: Sequence[Question]) -> bool:
    named = questions_named(question.condition)
    return bool(named) and any(other.id in named for other in page)


def visible_questions(
    questionnaire: Questionnaire, answers: Answers, modules: Collection[str] = ()
) -> tuple[Question, ...]:
    """The questions that are shown, in order."""
    return tuple(q for page in pages(questionnaire, answers, modules) for q in page.questions)


def next_page(way: Sequence[Page], page_id: str) -> Page | None:
    """The page after this one; None after the last."""
    place = _place(way, page_id)
    return way[place + 1] if place + 1 < len(way) else None


def previous_page(way: Sequence[Page], page_id: str) -> Page | None:
    """The page before this one; None before the first."""
    place = _place(way, page_id)
    return way[place - 1] if place else None


def progress(way: Sequence[Page], page_id: str) -> tuple[int, int]:
    """Which page this is, from 1, and of how many as the answers stand now."""
    return _place(way, page_id) + 1, len(way)


def _place(way: Sequence[Page], page_id: str) -> int:
    for place, page in enumerate(way):
        if page.id == page_id:
            return place
    raise KeyError(page_id)
