"""Forms with which admins prepare a wave and write to people."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Final

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import (
    BooleanField,
    DecimalField,
    EmailField,
    Field,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional, Regexp
from wtforms.widgets import CheckboxInput, ListWidget

from survey.config import LOWEST_MINIMUM_GROUP
from survey.web.day_field import DayField
from survey.web.running.forms import SLUG, SLUG_RULE, WholeNumberField

HIGHEST_MINIMUM_GROUP: Final = 100
GRACES: Final = ((0, "None"), (15, "15 minutes"), (60, "An hour"), (1440, "A day"))


class CheckboxesField(SelectMultipleField):
    """Several of some choices, each with a box."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


def _not_past(_form: FlaskForm, field: Field) -> None:
    """A last day that is over would close the survey before it begins."""
    if field.data is not None and field.data < datetime.now(UTC).date():
        raise ValidationError("The last day has passed. Choose a later one.")


def slug_field() -> StringField:
    """What a wave is called in addresses."""
    return StringField(
        "Short name",
        validators=[
            InputRequired("Enter a short name."),
            Length(max=80),
            Regexp(SLUG, message=SLUG_RULE),
        ],
    )


def minimum_group_field() -> WholeNumberField:
    """The fewest people of whom a figure is shown."""
    return WholeNumberField(
        "Smallest group of which figures are shown",
        validators=[
            InputRequired("Enter a whole number."),
            NumberRange(
                LOWEST_MINIMUM_GROUP,
                HIGHEST_MINIMUM_GROUP,
                f"Enter a whole number from {LOWEST_MINIMUM_GROUP} to {HIGHEST_MINIMUM_GROUP}.",
            ),
        ],
    )


class _Settings(FlaskForm):
    name = StringField(
        "Name", validators=[InputRequired("Enter a name, such as Autumn 2026."), Length(max=200)]
    )
    version = SelectField("Questionnaire", validate_choice=False)
    minimum_group = minimum_group_field()
    open_link = BooleanField("Anybody who has the survey’s address may answer, too")
    closes_on = DayField("Last day, if it is known", validators=[Optional(), _not_past])

    @property
    def closes_at(self) -> datetime | None:
        """The end of the last day."""
        return end_of_day(self.closes_on)


def end_of_day(field: DayField) -> datetime | None:
    """The last moment of the day that was chosen (UTC)."""
    return None if field.data is None else datetime.combine(field.data, time.max, tzinfo=UTC)


class WaveForm(_Settings):
    """One round of asking."""

    slug = slug_field()


def _past(_form: FlaskForm, field: Field) -> None:
    if field.data is not None and field.data > datetime.now(UTC).date():
        raise ValidationError("An earlier survey ended on a day that has passed.")


class ResultsForm(FlaskForm):
    """The results of an earlier survey."""

    name = StringField(
        "Name", validators=[InputRequired("Enter a name, such as Survey 2023."), Length(max=200)]
    )
    slug = slug_field()
    version = SelectField(
        "Questionnaire that measures the same capabilities", validate_choice=False
    )
    imported = RadioField(
        "Were its very questions asked?",
        choices=[
            SelectChoice(
                value="same-questions", label="Yes, in the same words, with the same steps"
            ),
            SelectChoice(
                value="other-questions", label="No, other questions about the same things"
            ),
        ],
        validators=[InputRequired("Choose one: only with the same words can results be compared.")],
    )
    ended_on = DayField("Day on which it ended", validators=[InputRequired("Enter a day."), _past])
    minimum_group = minimum_group_field()
    file = FileField("CSV file or Excel workbook", validators=[FileRequired("Choose a file.")])


class SettingsForm(_Settings):
    """All that a wave is set to before it opens."""

    languages = CheckboxesField("Languages", validate_choice=False)
    breakdowns = CheckboxesField("Results are split by", validate_choice=False)
    shares_figures = BooleanField(
        "Figures of everybody together may be given to other organisations, to compare"
    )
    send_invitations = BooleanField("Send each person their link by e-mail when the wave opens")
    contact = EmailField("Whom staff may ask", validators=[Optional(), Length(max=254)])
    goal = WholeNumberField(
        "Share of people who should answer, in %",
        validators=[
            InputRequired("Enter a whole number."),
            NumberRange(1, 100, "Enter a whole number from 1 to 100."),
        ],
    )
    grace_minutes = SelectField(
        "Time to finish for those who have begun when the wave ends",
        coerce=int,
        choices=[SelectChoice(value=value, label=label) for value, label in GRACES],
    )
    keep_people_days = WholeNumberField(
        "Days after closing until invitations and who was asked are deleted",
        validators=[
            InputRequired("Enter a whole number."),
            NumberRange(0, 3650, "Enter a whole number from 0 to 3650."),
        ],
    )


class AudienceForm(FlaskForm):
    """Who is asked."""

    kind = RadioField(
        "Who is asked?",
        choices=[
            SelectChoice(value="all", label="Everybody on the staff list"),
            SelectChoice(value="units", label="Some units, with all below them"),
            SelectChoice(value="sample", label="A random sample of each top-level unit"),
        ],
        validators=[InputRequired("Choose who is asked.")],
    )
    units = CheckboxesField("Units", coerce=int, validate_choice=False)
    half_width = DecimalField(
        "How sure a unit’s mean should be: half-width in steps",
        places=2,
        validators=[Optional(), NumberRange(0.05, 2, "Enter a number from 0.05 to 2.")],
    )
    response_rate = WholeNumberField(
        "Share who are expected to answer, in %",
        validators=[Optional(), NumberRange(5, 100, "Enter a whole number from 5 to 100.")],
    )


class ExtendForm(FlaskForm):
    """A later last day."""

    closes_on = DayField("New last day", validators=[InputRequired("Enter a day."), _not_past])

    @property
    def closes_at(self) -> datetime | None:
        """The end of that day."""
        return end_of_day(self.closes_on)


class MessageForm(FlaskForm):
    """The wording of a message."""

    subject = StringField("Subject", validators=[InputRequired("Enter a subject.")])
    text = TextAreaField("Message", validators=[InputRequired("Enter a message.")])


class ReminderForm(FlaskForm):
    """A reminder on a day to come."""

    day = DayField("Day", validators=[InputRequired("Enter a day."), _not_past])

    @property
    def due_at(self) -> datetime:
        """Nine in the morning (UTC) of that day."""
        return datetime.combine(self.day.data, time(9), tzinfo=UTC)
