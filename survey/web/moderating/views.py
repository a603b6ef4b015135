"""Moderators read what people wrote before leads do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_wtf import FlaskForm
from wtforms import SubmitField, TextAreaField

from survey import access
from survey.database import db
from survey.operations import moderating, permissions, running
from survey.operations.errors import NotFound, Refused
from survey.operations.versions import questionnaire_of, questions_by_id

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from survey.storage.waves import Wave

bp = Blueprint("moderating", __name__, url_prefix="/comments")

STATES: Final = {"waiting": "Waiting", "cleared": "Cleared", "held": "Held back"}


class DecisionForm(FlaskForm):
    """What becomes of a comment."""

    wording = TextAreaField("What leads will read")
    clear = SubmitField("Clear it")
    hold = SubmitField("Hold it back")


@bp.get("/")
@access.account
def index() -> ResponseReturnValue:
    """The waves whose comments this account may moderate."""
    mine = permissions.organisations_where(access.signed_in_account(), "moderate")
    found = [(one, moderating.waves_with_comments(db.session, one.id)) for one in mine]
    return render_template("moderating/index.html", organisations=found)


@bp.get("/<wave>")
@access.account
def queue(wave: str) -> ResponseReturnValue:
    """The comments of a wave that wait, or those that were cleared or held back."""
    return _queue(_wave(wave), DecisionForm(), None)


@bp.post("/<wave>/<uuid:comment>")
@access.account
def decide(wave: str, comment: UUID) -> ResponseReturnValue:
    """Clear a comment, in other words where these were changed, or hold it back."""
    found, form = _wave(wave), DecisionForm()
    if not form.validate_on_submit():
        return _queue(found, form, comment)
    decision: moderating.Decision = "clear" if form.clear.data else "hold"
    try:
        moderating.decide(db.session, found, comment, decision, form.wording.data)
    except Refused as fault:
        form.wording.errors = [f"{fault.message} {fault.what_to_do}"]
        return _queue(found, form, comment)
    db.session.commit()
    flash("Cleared: leads can read it." if form.clear.data else "Held back.", "success")
    return redirect(url_for(".queue", wave=wave, state=_state()), 303)


def _wave(slug: str) -> Wave:
    with access.hidden():
        found = running.wave(db.session, slug)
    access.require("moderate", found)
    return found


def _state() -> str:
    asked = request.args.get("state", "waiting")
    return asked if asked in STATES else "waiting"


def _queue(found: Wave, form: DecisionForm, wrong: UUID | None) -> ResponseReturnValue:
    comments = moderating.queue(db.session, found, _state())
    if wrong is not None and wrong not in {one.id for one in comments}:
        raise NotFound("There is no such comment.")
    page = render_template(
        "moderating/queue.html",
        wave=found,
        comments=comments,
        counts=moderating.counts(db.session, found),
        questions=questions_by_id(questionnaire_of(db.session, found.version_digest)),
        form=form,
        wrong=wrong,
        states=STATES,
        state=_state(),
    )
    return page, 422 if wrong else 200
