"""A questionnaire as staff will see it: the same questions, rendered by the same templates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from survey.questionnaire.model import Json, Question, Questionnaire, Section
from survey.web.answer.rendered import render
from survey.web.answer.showing import ABOUT_YOU
from survey.web.languages import words_in


@dataclass(frozen=True, slots=True)
class PreviewPage:
    """One page. `only_if` says in words on what it depends; `is_module`: some people get it."""

    heading: str
    questions: tuple[Markup, ...]
    only_if: str
    is_module: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A section, or the questions about the person, with the ids and texts of what is asked in
    it. `is_module`: some people get it."""

    title: str
    questions: tuple[tuple[str, str], ...]
    is_module: bool = False


OPERATORS: Mapping[str, str] = {
    "is": "is",
    "in": "is one of",
    "includes": "includes",
    "at_least": "is at least",
    "at_most": "is at most",
}


def preview(questionnaire: Questionnaire) -> list[PreviewPage]:
    """Every page that anybody can get, in order, with what decides whether they do."""
    with words_in(questionnaire.language):
        return list(_pages(questionnaire))


def parts(questionnaire: Questionnaire) -> list[Part]:
    """What is asked, to choose from."""
    sections = [
        Part(section.title, tuple((q.id, q.text) for q in section.questions), section.module)
        for section in questionnaire.sections
    ]
    about_you = tuple((q.id, q.text) for q in questionnaire.about_you)
    return [Part(str(ABOUT_YOU), about_you), *sections] if about_you else sections


def number_of_pages(questionnaire: Questionnaire) -> int:
    """How many pages anybody can get."""
    return sum(1 for _ in _apart(questionnaire))


def _pages(questionnaire: Questionnaire) -> Iterator[PreviewPage]:
    for section, questions in _apart(questionnaire):
        if section is None:
            yield _page(questionnaire, str(ABOUT_YOU), questions)
        else:
            yield _page(questionnaire, section.title, questions, section.module)


def _apart(questionnaire: Questionnaire) -> Iterator[tuple[Section | None, Sequence[Question]]]:
    """The questions page by page, with their section; None for those about the person."""
    if questionnaire.about_you:
        yield None, questionnaire.about_you
    for section in questionnaire.sections:
        together: list[Question] = []
        for question in section.questions:
            if section.one_page and question.condition is None:
                together.append(question)
                continue
            if together:
                yield section, together
                together = []
            yield section, [question]
        if together:
            yield section, together


def _page(
    questionnaire: Questionnaire,
    heading: str,
    questions: Sequence[Question],
    is_module: bool = False,
) -> PreviewPage:
    return PreviewPage(
        heading,
        tuple(render(questionnaire, question, alone=False).fill() for question in questions),
        in_words(questions[0].condition) if len(questions) == 1 else "",
        is_module,
    )


def in_words(condition: Json) -> str:
    """A condition as a sentence part; empty where there is none."""
    if condition is None:
        return ""
    if "all" in condition:
        return " and ".join(_bracketed(part) for part in condition["all"])
    if "any" in condition:
        return " or ".join(_bracketed(part) for part in condition["any"])
    if "not" in condition:
        return f"not {_bracketed(condition['not'])}"
    name = condition["question"]
    if "answered" in condition:
        return f"“{name}” was {'' if condition['answered'] else 'not '}answered"
    operator = next(one for one in OPERATORS if one in condition)
    value = condition[operator]
    said = ", ".join(map(str, value)) if isinstance(value, list) else value
    return f"“{name}” {OPERATORS[operator]} {said}"


def _bracketed(condition: Json) -> str:
    words = in_words(condition)
    return f"({words})" if "all" in condition or "any" in condition else words
