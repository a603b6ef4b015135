"""The front door."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template, url_for
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import DataRequired

from survey import access
from survey.database import db
from survey.operations import answering
from survey.operations.errors import NotFound, SurveyError

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

bp = Blueprint("home", __name__)

UNKNOWN = "No survey has this code. Check it, or open the link in your invitation."


class CodeForm(FlaskForm):
    """The code of a survey or of an invitation, or a whole link."""

    code = StringField("Survey code", validators=[DataRequired("Enter the code of your survey.")])


@bp.route("/", methods=["GET", "POST"])
@access.public
def front() -> ResponseReturnValue:
    """What this is; a way in for staff with a code, and for those with an account."""
    form = CodeForm()
    if form.validate_on_submit():
        address = _start_page_of(form.code.data.strip().rstrip("/").rpartition("/")[2])
        if address is not None:
            return redirect(address, 303)
        form.code.errors = [UNKNOWN]
    return render_template("home.html", form=form), 422 if form.is_submitted() else 200


def _start_page_of(code: str) -> str | None:
    """Where the survey begins that a code belongs to; also one that is closed and will say so."""
    open_link = partial(answering.start_page_of_open_link, db.session, code.lower())
    invitation = partial(answering.start_page_of_invitation, db.session, code)
    if _leads_somewhere(open_link):
        return url_for("answer.open_link", wave=code.lower())
    if _leads_somewhere(invitation):
        return url_for("answer.invitation", token=code)
    return None


def _leads_somewhere(start_page: Callable[[], object]) -> bool:
    try:
        start_page()
    except NotFound:
        return False
    except SurveyError:
        return True
    return True
