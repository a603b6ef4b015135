"""What SurveyJS can do beside asking, and what becomes of it here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from survey.exchange.left_out import Report
from survey.questionnaire.model import Json

_ALL_OFFERED: Final = ("choices that depend on another answer", "All of them are offered here.")
_CALCULATED: Final = ("a calculated answer", "It is left out: nothing is calculated here.")
_FILLED_IN: Final = ("an answer filled in beforehand", "Questions here begin unanswered.")
_REQUIRED: Final = ("an answer that is required", "Every question can be passed over here.")
_ANY_NUMBER: Final = ("how many may be ticked", "Any number may be here.")

OF_QUESTIONS: Final[Mapping[str, tuple[str, str]]] = {
    "isRequired": _REQUIRED,
    "requiredIf": _REQUIRED,
    "defaultValue": _FILLED_IN,
    "defaultValueExpression": _FILLED_IN,
    "setValueIf": _CALCULATED,
    "setValueExpression": _CALCULATED,
    "resetValueIf": _CALCULATED,
    "enableIf": ("a question that is shown but locked", "It can be answered here."),
    "readOnly": ("a question that is shown but locked", "It can be answered here."),
    "correctAnswer": ("the right answer of a quiz", "It is left out: no answer is right here."),
    "choicesByUrl": ("choices fetched from an address", "They are left out: write them here."),
    "choicesFromQuestion": _ALL_OFFERED,
    "choicesVisibleIf": _ALL_OFFERED,
    "choicesEnableIf": _ALL_OFFERED,
    "rowsVisibleIf": ("rows that depend on another answer", "All of them are asked here."),
    "columnsVisibleIf": _ALL_OFFERED,
    "maxSelectedChoices": _ANY_NUMBER,
    "minSelectedChoices": _ANY_NUMBER,
}
"""Property of a question to what it is, and what becomes of it."""

_OF_SURVEYS: Final[Mapping[str, tuple[str, str]]] = {
    "completedHtml": ("what is said at the end", "The survey’s own last page is shown."),
    "completedHtmlOnCondition": ("what is said at the end", "The survey’s own last page is shown."),
    "navigateToUrl": ("the address that people are sent to", "It is left out."),
    "navigateToUrlOnCondition": ("the address that people are sent to", "It is left out."),
    "triggers": ("triggers", "They are left out: say in “show_if” what depends on answers."),
    "calculatedValues": ("calculated values", "They are left out: nothing is calculated here."),
    "timeLimit": ("a time limit", "It is left out: people take the time that they need."),
    "maxTimeToFinish": ("a time limit", "It is left out: people take the time that they need."),
    "logo": ("a picture", "It is left out: the survey has the organisation’s own."),
}


def tell_of_survey(survey: Mapping[str, Json], report: Report) -> None:
    """Note what the survey has beside its questions."""
    for key, (what, became) in _OF_SURVEYS.items():
        if survey.get(key):
            report.tell("the whole survey", what, became)
    tell_order(survey, "the whole survey", "questionsOrder", report)


def tell_of_question(element: Mapping[str, Json], where: str, report: Report) -> None:
    """Note what a question has beside its text and its answers."""
    for key, (what, became) in OF_QUESTIONS.items():
        if element.get(key) not in (None, False, "", [], {}):
            report.tell_together(where, what, became)
    for one in _objects(element, "choices"):
        if one.get("visibleIf") or one.get("enableIf"):
            report.tell_together(where, *_ALL_OFFERED)
    for one in _objects(element, "validators"):
        if one.get("type", one.get("class")) != "numeric":
            became = "It is left out: only the smallest and the largest number are checked here."
            report.tell_together(where, "a check of what is answered", became)
    tell_order(element, where, "choicesOrder", report)


def tell_order(element: Mapping[str, Json], where: str, key: str, report: Report) -> None:
    """Note that things come in random order."""
    if element.get(key) == "random":
        became = "They come in the order in which they stand."
        report.tell_together(where, "questions or choices in random order", became)


def _objects(element: Mapping[str, Json], key: str) -> list[Mapping[str, Json]]:
    written = element.get(key)
    return [one for one in written if isinstance(one, dict)] if isinstance(written, list) else []
