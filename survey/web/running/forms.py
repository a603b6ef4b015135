"""Forms with which admins run a survey."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Final

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import (
    BooleanField,
    DateField,
    EmailField,
    IntegerField,
    SelectField,
    StringField,
    ValidationError,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional, Regexp

from survey.config import LOWEST_MINIMUM_GROUP

SLUG: Final = r"^[a-z0-9]+(-[a-z0-9]+)*$"
SLUG_RULE: Final = "Use lower-case letters, digits and single hyphens, such as autumn-2026."
HIGHEST_MINIMUM_GROUP: Final = 100


class WholeNumberField(IntegerField):
    """A whole number, with a message that says so."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the number."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError("Enter a whole number in figures, such as 10.") from None


class UploadForm(FlaskForm):
    """A CSV file."""

    file = FileField("CSV file", validators=[FileRequired("Choose a CSV file.")])


class UnitForm(FlaskForm):
    """One unit."""

    name = StringField(
        "Name", validators=[InputRequired("Enter the unit’s name."), Length(max=200)]
    )
    slug = StringField(
        "Short name",
        validators=[
            InputRequired("Enter a short name."),
            Length(max=80),
            Regexp(SLUG, message=SLUG_RULE),
        ],
    )
    parent = SelectField("Part of", validate_choice=False)


class PersonForm(FlaskForm):
    """One person on the staff list."""

    email = EmailField("E-mail address", validators=[InputRequired("Enter an e-mail address.")])
    unit = SelectField("Unit", validate_choice=False)


class WaveForm(FlaskForm):
    """One round of asking."""

    name = StringField(
        "Name", validators=[InputRequired("Enter a name, such as Autumn 2026."), Length(max=200)]
    )
    slug = StringField(
        "Short name",
        validators=[
            InputRequired("Enter a short name."),
            Length(max=80),
            Regexp(SLUG, message=SLUG_RULE),
        ],
    )
    version = SelectField("Questionnaire", validate_choice=False)
    minimum_group = WholeNumberField(
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
    open_link = BooleanField("Anybody who has the survey’s address may answer, too")
    closes_on = DateField("Last day, if it is known", validators=[Optional()])

    def validate_closes_on(self, field: DateField) -> None:
        """A last day that is over would close the survey before it begins."""
        if field.data is not None and field.data < datetime.now(UTC).date():
            raise ValidationError("The last day has passed. Choose a later one.")

    @property
    def closes_at(self) -> datetime | None:
        """The end of the last day."""
        last = self.closes_on.data
        return None if last is None else datetime.combine(last, time.max, tzinfo=UTC)


class ConfirmForm(FlaskForm):
    """A button that means it."""
