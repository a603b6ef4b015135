"""An answer in the words that were shown for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from flask_babel import gettext, lazy_gettext

from survey.questionnaire.model import DONT_KNOW, NOT_APPLICABLE, Answer, Question

AGREEMENT: Final = (
    lazy_gettext("Strongly disagree"),
    lazy_gettext("Disagree"),
    lazy_gettext("Neither agree nor disagree"),
    lazy_gettext("Agree"),
    lazy_gettext("Strongly agree"),
)
IMPORTANCE: Final = (
    lazy_gettext("Not important"),
    lazy_gettext("Slightly important"),
    lazy_gettext("Fairly important"),
    lazy_gettext("Important"),
    lazy_gettext("Very important"),
)
SCALES: Final = {"agreement": AGREEMENT, "importance": IMPORTANCE}
DOES_NOT_APPLY: Final = lazy_gettext("Doesn’t apply here")
NONE_OF_THESE: Final = lazy_gettext("None of these")
NO_TEXT: Final = lazy_gettext("Nothing written")


def answer_text(
    question: Question, answer: Answer | None, scale: Sequence[str], opt_out: object
) -> str:
    """The answer as the person chose or typed it; `scale` names the five steps."""
    if answer is None:
        return str(NO_TEXT) if question.kind == "text" else gettext("Not answered yet")
    if question.kind != "text" and answer == DONT_KNOW:
        return str(opt_out)
    if question.kind != "text" and answer == NOT_APPLICABLE:
        return str(DOES_NOT_APPLY)
    if isinstance(answer, list):
        ticked = [option.text for option in question.options if option.id in answer]
        return "\n".join(ticked) or str(NONE_OF_THESE)
    if question.kind == "choice":
        return next(option.text for option in question.options if option.id == answer)
    if isinstance(answer, int) and question.kind == "maturity":
        return f"{answer} {scale[answer - 1]}"
    if isinstance(answer, int) and question.kind in SCALES:
        return str(SCALES[question.kind][answer - 1])
    return f"{answer:.12g}" if isinstance(answer, float) else str(answer)
