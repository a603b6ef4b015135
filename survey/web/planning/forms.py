"""Forms with which leads plan actions and note what a workshop agreed on."""

from __future__ import annotations

from datetime import date
from typing import Final

from flask_wtf import FlaskForm
from wtforms import (
    Field,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields import SelectChoice
from wtforms.validators import AnyOf, DataRequired, InputRequired, Length, ValidationError

from survey.findings.words import ACTION_STATES
from survey.operations.agreeing import LONGEST_REASON
from survey.operations.planning import LONGEST_EVIDENCE, LONGEST_LINE, Wording
from survey.questionnaire.model import STEPS
from survey.web.day_field import DayField

CHOOSE: Final = "Choose the step that was agreed on."
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2100, 12, 31)


def _stripped(typed: str | None) -> str | None:
    return typed.strip() if typed else typed


def _within_reason(_form: FlaskForm, field: Field) -> None:
    if field.data is not None and not FIRST_DAY <= field.data <= LAST_DAY:
        raise ValidationError("Enter a day from 2000 to 2100.")


def _one_of_the_choices(_form: FlaskForm, field: SelectField) -> None:
    if field.data not in {choice.value for choice in field.iter_choices()}:
        raise ValidationError("Choose one of the list.")


class ActionForm(FlaskForm):
    """What will be done, by whom, by when, and what came of it."""

    revision = HiddenField()
    capability = SelectField(
        "Which capability is it for?", validate_choice=False, validators=[_one_of_the_choices]
    )
    unit = SelectField("Where?", validate_choice=False, validators=[_one_of_the_choices])
    title = StringField(
        "What will be done?",
        filters=[_stripped],
        validators=[
            DataRequired("Say in a line what will be done."),
            Length(max=LONGEST_LINE, message=f"Say it in at most {LONGEST_LINE} characters."),
        ],
    )
    owner = StringField(
        "Who sees to it?",
        filters=[_stripped],
        validators=[
            DataRequired("Say who sees to it: a name or a job."),
            Length(max=LONGEST_LINE, message=f"Use at most {LONGEST_LINE} characters."),
        ],
    )
    due = DayField("By when?", validators=[InputRequired("Enter a day."), _within_reason])
    state = RadioField(
        "How far is it?",
        choices=[SelectChoice(value=value, label=label) for value, label in ACTION_STATES.items()],
        default="planned",
        validate_choice=False,
        validators=[AnyOf(list(ACTION_STATES), message="Choose how far it is.")],
    )
    evidence = TextAreaField(
        "What shows that it has worked?",
        filters=[_stripped],
        validators=[
            Length(max=LONGEST_EVIDENCE, message=f"Use at most {LONGEST_EVIDENCE:,} characters.")
        ],
    )

    @property
    def wording(self) -> Wording:
        """What was typed. For a form that is valid."""
        return Wording(
            capability=self.capability.data,
            title=self.title.data,
            owner=self.owner.data,
            due=self.due.data,
            state=self.state.data,
            evidence=self.evidence.data or "",
        )


class AgreedForm(FlaskForm):
    """The step that a workshop agreed on, and why."""

    revision = HiddenField()
    step = RadioField(
        "Which step did you agree on?",
        validate_choice=False,
        validators=[
            InputRequired(CHOOSE),
            AnyOf([str(step) for step in STEPS], message=CHOOSE),
        ],
    )
    reason = TextAreaField(
        "Why this step?",
        filters=[_stripped],
        validators=[
            DataRequired("Say in a sentence why you agreed on this step."),
            Length(
                max=LONGEST_REASON,
                message=f"Shorten the reason to {LONGEST_REASON:,} characters or fewer.",
            ),
        ],
    )


class RemoveForm(FlaskForm):
    """That something goes, as it was when the page was opened."""

    revision = HiddenField()


def revision_of(form: ActionForm | AgreedForm | RemoveForm) -> int:
    """The revision that a form was opened with; 0 for what is new, or was tampered with."""
    typed = form.revision.data or ""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0
