"""Forms with which authors write questionnaires."""

from __future__ import annotations

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import (
    BooleanField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    TextAreaField,
)
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length

from survey.web.numbers import number_in

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
        return number_in(self.revision.data)


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
    """A questionnaire file, ours or another tool's."""

    file = FileField("Questionnaire file", validators=[FileRequired("Choose a file.")])


class CommentForm(FlaskForm):
    """What a colleague says of a text."""

    place = SelectField("About", validate_choice=False)
    text = TextAreaField("Comment", filters=[lambda text: text or ""])


class CapabilitiesForm(FlaskForm):
    """Capabilities to ask about, and how much of each."""

    capabilities = SelectMultipleField(
        "Capabilities", validators=[InputRequired("Choose one or more capabilities.")]
    )
    depth = RadioField(
        "How much to ask", choices=DEPTHS, default="step", validators=[InputRequired("Choose one.")]
    )


class EarlierForm(FlaskForm):
    """A version that was published before."""

    version = SelectField("Version", validators=[InputRequired("Choose a version.")])


class AdaptForm(FlaskForm):
    """A shipped capability or map that the organisation makes its own."""

    part = SelectField("Capability or map", validators=[InputRequired("Choose one.")])


class SettingsForm(FlaskForm):
    """How an organisation writes questionnaires."""

    sign_off_needed = BooleanField("A second person signs a text off before it is published")
    glossary = TextAreaField(
        "Words that your staff know",
        filters=[lambda text: text or ""],
        validators=[Length(max=20_000, message="Shorten this to 20,000 characters.")],
    )
