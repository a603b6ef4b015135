"""Forms by which somebody signs in and looks after their account."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import EmailField, PasswordField, StringField, ValidationError
from wtforms.validators import InputRequired, Length, Regexp

from survey.web.running.forms import SLUG, SLUG_RULE


class SignInForm(FlaskForm):
    """E-mail address and password."""

    email = EmailField("E-mail address", validators=[InputRequired("Enter your e-mail address.")])
    password = PasswordField("Password", validators=[InputRequired("Enter your password.")])


class CodeForm(FlaskForm):
    """A code of an authenticator app, or a recovery code."""

    code = StringField("Code", validators=[InputRequired("Enter the code.")])


class ForgottenForm(FlaskForm):
    """Whose password was forgotten."""

    email = EmailField("E-mail address", validators=[InputRequired("Enter your e-mail address.")])


class NewPasswordForm(FlaskForm):
    """A password, twice."""

    password = PasswordField("New password", validators=[InputRequired("Enter a password.")])
    again = PasswordField("The same again", validators=[InputRequired("Enter it again.")])

    def validate_again(self, field: PasswordField) -> None:
        """Somebody who mistypes a new password is locked out."""
        if field.data != self.password.data:
            raise ValidationError("The two are not the same.")


class ChangePasswordForm(NewPasswordForm):
    """A new password from somebody who knows the present one."""

    present = PasswordField(
        "Present password", validators=[InputRequired("Enter your present password.")]
    )


class SetUpForm(NewPasswordForm):
    """The first organisation and its first admin."""

    name = StringField(
        "Organisation", validators=[InputRequired("Enter its name."), Length(max=200)]
    )
    slug = StringField(
        "Short name",
        validators=[
            InputRequired("Enter a short name."),
            Length(max=80),
            Regexp(SLUG, message=SLUG_RULE),
        ],
    )
    email = EmailField(
        "Your e-mail address", validators=[InputRequired("Enter your e-mail address.")]
    )
