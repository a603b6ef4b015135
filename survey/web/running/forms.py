"""Forms with which admins run a survey."""

from __future__ import annotations

from typing import Final

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired, MultipleFileField
from wtforms import (
    BooleanField,
    EmailField,
    IntegerField,
    SelectField,
    StringField,
)
from wtforms.validators import InputRequired, Length, Regexp

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
    """A table."""

    file = FileField("CSV file or Excel workbook", validators=[FileRequired("Choose a file.")])


class BenchmarksForm(FlaskForm):
    """Files of other organisations."""

    files = MultipleFileField(
        "Files of other organisations", validators=[FileRequired("Choose one or more files.")]
    )


class UnitColumnsForm(FlaskForm):
    """Which column of a file of units is which."""

    name = SelectField("Name of the unit", validate_choice=False)
    slug = SelectField("Short name", validate_choice=False)
    parent = SelectField("Part of", validate_choice=False)
    was = SelectField("Carries on", validate_choice=False)


class PeopleColumnsForm(FlaskForm):
    """Which column of a file of people is which."""

    email = SelectField("E-mail address", validate_choice=False)
    staff_number = SelectField("Staff number", validate_choice=False)
    unit = SelectField("Unit", validate_choice=False)
    others_left = BooleanField("Whoever is not in the file has left")


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


class EndUnitForm(FlaskForm):
    """Which unit carries on."""

    successor = SelectField("Which unit carries on its work?", validate_choice=False)


class AccountForm(FlaskForm):
    """A colleague and what they may do."""

    email = EmailField("E-mail address", validators=[InputRequired("Enter an e-mail address.")])
    role = SelectField("Role", validate_choice=False)
    unit = SelectField("Where", validate_choice=False)


class PersonForm(FlaskForm):
    """One person on the staff list."""

    email = EmailField("E-mail address")
    staff_number = StringField("Staff number")
    unit = SelectField("Unit", validate_choice=False)

    @property
    def row(self) -> dict[str, str]:
        """The person as a row to import: what was left empty is left out."""
        filled = {name: (self[name].data or "").strip() for name in ("email", "staff_number")}
        known_by = {name: text for name, text in filled.items() if text} or {"email": ""}
        return known_by | {"unit": self.unit.data or ""}


class FindPersonForm(FlaskForm):
    """Somebody to look up."""

    known_by = StringField(
        "E-mail address or staff number",
        validators=[InputRequired("Enter an e-mail address or a staff number.")],
    )


class ConfirmForm(FlaskForm):
    """A button that means it."""
