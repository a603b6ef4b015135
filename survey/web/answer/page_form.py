"""Questions turned into a form that reads what was sent as answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from flask_babel import gettext, lazy_gettext
from wtforms import Field
from wtforms.form import BaseForm

from survey.questionnaire.answers import InvalidAnswer, parse
from survey.questionnaire.model import Answer, Question

if TYPE_CHECKING:
    from werkzeug.datastructures import MultiDict

OPT_OUT = lazy_gettext("I don’t know")
OPT_OUT_ABOUT_YOU = lazy_gettext("Prefer not to say")

NOTHING_CHOSEN = {
    "maturity": lazy_gettext("Choose a step, or “%(opt_out)s”."),
    "agreement": lazy_gettext("Choose how much you agree, or “%(opt_out)s”."),
    "importance": lazy_gettext("Choose how important this is, or “%(opt_out)s”."),
    "choice": lazy_gettext("Choose an answer, or “%(opt_out)s”."),
    "checklist": lazy_gettext(
        "Tick what is true where you work, “None of these” or “%(opt_out)s”."
    ),
    "number": lazy_gettext("Enter a number, or choose “%(opt_out)s”."),
}


class AnswerField(Field):
    """What was sent for one question, as an answer; None where a text was left empty."""

    def __init__(self, question: Question, opt_out: str, **options: Any) -> None:
        super().__init__(question.text, **options)
        self.question = question
        self.opt_out = opt_out

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the answer, or refuse it with a sentence that says how to mend it."""
        try:
            self.data = parse(self.question, valuelist)
        except InvalidAnswer as fault:
            raise ValueError(gettext(fault.message, **fault.values)) from fault
        if self.data is None and self.question.kind != "text":
            raise ValueError(NOTHING_CHOSEN[self.question.kind] % {"opt_out": self.opt_out})


def field_name(question: Question) -> str:
    """The name of a question's field. Prefixed: a question may be called "data"."""
    return f"answer-{question.id}"


def page_form(
    questions: Sequence[Question], sent: MultiDict[str, str], *, about_you: bool
) -> BaseForm:
    """What was sent, in a form with a field for each question.

    It carries no token of its own: every POST of the application is checked for one.
    """
    opt_out = OPT_OUT_ABOUT_YOU if about_you else OPT_OUT
    form = BaseForm({field_name(q): AnswerField(q, opt_out) for q in questions})
    form.process(sent)
    return form


def answers_in(form: BaseForm) -> dict[str, Answer | None]:
    """Question id to its answer in a form that is valid."""
    return {field.question.id: field.data for field in form}


def typed_in(form: BaseForm) -> Mapping[str, Sequence[str]]:
    """Question id to what was sent for it, as it was sent."""
    return {field.question.id: field.raw_data or () for field in form}
