"""Forms with which authors write questionnaires."""

from __future__ import annotations

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import HiddenField, RadioField, SelectField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired

DEPTHS = [
    SelectChoice(value="step", label="One question for each capability"),
    SelectChoice(value="practices", label="And a statement for each practice"),
    SelectChoice(value="full", label="And how important it is, and a comment"),
]


class SourceForm(FlaskForm):
    """A questionnaire's JSON, as typed, and which saving it was begun from."""

    source = TextAreaField("Questionnaire, as JSON", filters=[lambda text: text or ""])
    revision = HiddenField()

    @property
    def begun_from(self) -> int | None:
        """The saving that the author began with, None for a new manuscript."""
        return int(self.revision.data) if (self.revision.data or "").isdecimal() else None


class ReadyMadeForm(FlaskForm):
    """One of the questionnaires that come with the product."""

    ready_made = SelectField("Questionnaire", validators=[InputRequired("Choose a questionnaire.")])


class MapForm(FlaskForm):
    """A capability map, and how much to ask about each of its capabilities."""

    framework = SelectField("Capability map", validators=[InputRequired("Choose a map.")])
    depth = RadioField(
        "How much to ask", choices=DEPTHS, default="step", validators=[InputRequired("Choose one.")]
    )


class UploadForm(FlaskForm):
    """A questionnaire file."""

    file = FileField("JSON file", validators=[FileRequired("Choose a JSON file.")])


class CompareForm(FlaskForm):
    """Two published versions."""

    class Meta:
        """It only reads, so its address can be passed on."""

        csrf = False

    old = SelectField("Earlier version", validate_choice=False)
    new = SelectField("Later version", validate_choice=False)
