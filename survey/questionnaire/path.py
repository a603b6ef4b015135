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
    of the answers to questions that are themselves shown.
    """
    return tuple(
        Page(section, questions)
        for section, asked, shown in _shown(questionnaire, answers, modules)
        for questions in _apart(section, asked, shown)
        if questions
    )


def visible_questions(
    questionnaire: Questionnaire, answers: Answers, modules: Collection[str] = ()
) -> tuple[Question, ...]:
    """The questions that are shown, in the version's order."""
    return tuple(q for *_, shown in _shown(questionnaire, answers, modules) for q in shown)


def _shown(
    questionnaire: Questionnaire, answers: Answers, modules: Collection[str]
) -> Iterator[tuple[Section | None, tuple[Question, ...], list[Question]]]:
    """Each section with the questions that may be asked in it, and those that are shown now."""
    counted: dict[str, Answer] = {}
    for section, questions in _asked(questionnaire, modules):
        shown = []
        for question in questions:
            if question.condition is None or holds(question.condition, counted):
                shown.append(question)
                if question.id in answers:
                    counted[question.id] = answers[question.id]
        yield section, questions, shown


def _asked(
    questionnaire: Questionnaire, modules: Collection[str]
) -> Iterator[tuple[Section | None, tuple[Question, ...]]]:
    yield None, questionnaire.about_you
    for section in questionnaire.sections:
        if not section.module or section.id in modules:
            yield section, section.questions


def _apart(
    section: Section | None, asked: Sequence[Question], shown: Sequence[Question]
) -> Iterator[tuple[Question, ...]]:
    """The shown questions by page: one each, or together where the section asks for it.

    What depends on a question of its own section has a page to itself after the others: so a
    page stays as it was, whatever is answered on it.
    """
    if section is not None and not section.one_page:
        yield from ((question,) for question in shown)
        return
    here = {question.id for question in asked}
    later = {q.id for q in shown if q.condition and here.intersection(questions_named(q.condition))}
    yield tuple(question for question in shown if question.id not in later)
    yield from ((question,) for question in shown if question.id in later)


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
