"""The responses of a closed wave as a file, for a reason that is kept in the audit log."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from flask import Blueprint, render_template
from flask_wtf import FlaskForm
from wtforms import RadioField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length

from survey import access
from survey.database import db
from survey.exchange.table_files import FORMATS
from survey.operations import responses_io
from survey.operations.errors import NotFound, Refused
from survey.operations.responses_io import LONGEST_REASON, SHORTEST_REASON, WANTED_REASON
from survey.web.downloads import download, made
from survey.web.running.owned import owned_wave

if TYPE_CHECKING:
    from flask import Response
    from flask.typing import ResponseReturnValue

    from survey.operations.responses_io import FormatOut
    from survey.storage.organisations import Organisation
    from survey.storage.waves import Wave

IN_WORDS = ("csv", "json")


def _label(ending: str) -> str:
    how = "words" if ending in IN_WORDS else "numbers with labels"
    return f"{FORMATS[ending].name}: answers as {how}"


def _trimmed(text: str | None) -> str:
    return " ".join((text or "").split())


class ResponsesForm(FlaskForm):
    """Which file, and what for."""

    format = RadioField(
        "Kind of file",
        choices=[SelectChoice(value=ending, label=_label(ending)) for ending in FORMATS],
        validators=[InputRequired("Choose a kind of file.")],
    )
    reason = TextAreaField(
        "Why do you need them?",
        filters=[_trimmed],
        validators=[Length(SHORTEST_REASON, LONGEST_REASON, WANTED_REASON)],
    )


def add_to(bp: Blueprint) -> None:
    """Add these pages to the blueprint of whoever runs surveys."""
    start = "/<organisation>/waves/<wave>"
    rule = f"{start}/responses"
    bp.add_url_rule(rule, view_func=responses, methods=["GET", "POST"])
    for name in ("words", "numbers"):
        bp.add_url_rule(
            f"{start}/responses-in-{name}-codebook.csv",
            view_func=responses_codebook,
            defaults={"kind_of_file": name},
        )


@access.account
def responses(organisation: str, wave: str) -> ResponseReturnValue:
    """Take the responses, with a reason."""
    owner, found = _closed(organisation, wave)
    form = ResponsesForm()
    if form.validate_on_submit():
        try:
            return _file(found, form)
        except Refused as fault:
            db.session.rollback()
            form.format.errors = [f"{fault.message} {fault.what_to_do}"]
    page = render_template("running/responses.html", organisation=owner, wave=found, form=form)
    return page, 422 if form.errors else 200


def _file(found: Wave, form: ResponsesForm) -> Response:
    """The file, once it is noted for good that it leaves."""
    ending, reason = form.format.data, form.reason.data
    export = partial(responses_io.export_responses, db.session, found, ending, reason)
    written = made(export)
    db.session.commit()
    return download(written, f"{found.slug}-responses.{ending}", FORMATS[ending].mimetype)


@access.account
def responses_codebook(organisation: str, wave: str, kind_of_file: str) -> Response:
    """What each column of these files means; no response is in it."""
    _, found = _closed(organisation, wave)
    format: FormatOut = "csv" if kind_of_file == "words" else "sav"
    written = made(partial(responses_io.codebook_of, db.session, found, format))
    name = f"{found.slug}-responses-in-{kind_of_file}-codebook.csv"
    return download(written, name, FORMATS["csv"].mimetype)


def _closed(organisation: str, wave: str) -> tuple[Organisation, Wave]:
    owner, found = owned_wave(organisation, wave)
    if found.state != "closed" or found.imported:
        raise NotFound(
            "There are no responses to take.", "They can be taken once a wave has closed."
        )
    return owner, found
