"""A page with everything that pages are made of, for tests and for looking at."""

from pathlib import Path

from flask import flash, render_template
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from jinja2 import ChoiceLoader, FileSystemLoader
from wtforms import (
    BooleanField,
    DateField,
    IntegerField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired

from survey import access

STEPS = [
    SelectChoice(value=str(n), label=f"{n} {name}")
    for n, name in enumerate(("Explorer", "Enabler", "Embedded", "Expert", "Exemplar"), start=1)
]
WRITTEN = """# Why we ask

Because *plans* need facts: see [the plan](https://plan.example).

- one
- two
"""


class GalleryForm(FlaskForm):
    name = StringField("Name", validators=[InputRequired("Enter a name.")])
    code = StringField("Code")
    number = IntegerField("Smallest group", validators=[InputRequired("Enter a whole number.")])
    day = DateField("Last day", validators=[InputRequired("Enter a day.")])
    password = PasswordField("Password")
    source = TextAreaField("Source", validators=[InputRequired("Enter the source.")])
    unit = SelectField("Unit", choices=[SelectChoice(value="a", label="Adult social care")])
    step = RadioField("Step", choices=STEPS, validators=[InputRequired("Choose a step.")])
    answer = RadioField("Is it so?", choices=STEPS[:2], default="1")
    ticked = SelectMultipleField("What is true?", choices=STEPS)
    sure = BooleanField("I am sure", validators=[InputRequired("Say that you are sure.")])
    file = FileField("File", validators=[FileRequired("Choose a file.")])


def add_gallery(app):
    """Serve the gallery under /gallery, and with every field at fault when its form is sent."""
    app.jinja_loader = ChoiceLoader([app.jinja_loader, FileSystemLoader(Path(__file__).parent)])

    @access.public
    def gallery():
        flash("Saved.", "success")
        flash("The wave closes on Friday.", "note")
        form = GalleryForm()
        form.validate_on_submit()
        return render_template("gallery.html", form=form, written=WRITTEN)

    app.add_url_rule("/gallery", endpoint="gallery", view_func=gallery, methods=["GET", "POST"])
