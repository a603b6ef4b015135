"""The form with which leads set a target."""

from __future__ import annotations

from collections.abc import Sequence

from flask_wtf import FlaskForm
from wtforms import RadioField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import AnyOf, DataRequired, InputRequired, Length

from survey.questionnaire.model import STEPS

CHOOSE = "Choose the step that you want to reach."
LONGEST_REASON = 1000


class TargetForm(FlaskForm):
    """Which step a capability is to reach, and why."""

    step = RadioField(
        "Which step do you want to reach?",
        validate_choice=False,  # whose message would not say what to do
        validators=[
            InputRequired(CHOOSE),
            AnyOf([str(step) for step in STEPS], message=CHOOSE),
        ],
    )
    reason = TextAreaField(
        "Why this step?",
        filters=[lambda typed: typed.strip() if typed else typed],
        validators=[
            DataRequired("Say in a sentence why this step is the right one."),
            Length(
                max=LONGEST_REASON,
                message=f"Shorten the reason to {LONGEST_REASON:,} characters or fewer.",
            ),
        ],
    )


def target_form(scale: Sequence[str], step: int | None, reason: str) -> TargetForm:
    """The form for a scale, with what was typed, else the target that is set now."""
    form = TargetForm(step=str(step or ""), reason=reason)
    form.step.choices = [
        SelectChoice(value=str(number), label=f"{number} {name}")
        for number, name in enumerate(scale, start=1)
    ]
    return form
