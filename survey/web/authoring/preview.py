"""A questionnaire as staff will see it: the same questions, rendered by the same templates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from survey.questionnaire.model import Json, Question, Questionnaire
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


def _pages(questionnaire: Questionnaire) -> Iterator[PreviewPage]:
    if questionnaire.about_you:
        yield _page(questionnaire, str(ABOUT_YOU), questionnaire.about_you)
    for section in questionnaire.sections:
        together: list[Question] = []
        for question in section.questions:
            if section.one_page and question.condition is None:
                together.append(question)
                continue
            if together:
                yield _page(questionnaire, section.title, together, section.module)
                together = []
            yield _page(questionnaire, section.title, [question], section.module)
        if together:
            yield _page(questionnaire, section.title, together, section.module)


def _page(
    questionnaire: Questionnaire,
    heading: str,
    questions: list[Question] | tuple[Question, ...],
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
