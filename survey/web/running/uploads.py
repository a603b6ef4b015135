"""A file of units or people, step by step: hand it in, say its columns, look at what it would
change, take it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask_wtf import FlaskForm
from wtforms.fields import SelectChoice

from survey import access
from survey.database import db
from survey.operations import uploading
from survey.operations.errors import SurveyError
from survey.operations.uploading import Seen
from survey.web.running.forms import ConfirmForm, PeopleColumnsForm, UnitColumnsForm
from survey.web.running.owned import owner_of

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from survey.storage.organisations import Organisation

NOT_THERE = "(not in the file)"


def add_to(bp: Blueprint) -> None:
    """Add these pages to the blueprint of whoever runs surveys."""
    start = "/<organisation>/files/<uuid:upload>"
    for rule, view, methods in (
        (start, upload, ["GET", "POST"]),
        (f"{start}/progress", progress, ["GET"]),
        (f"{start}/take", take, ["POST"]),
    ):
        bp.add_url_rule(rule, view_func=view, methods=methods)


def hand_in(owner: Organisation, kind: str, name: str, file: bytes) -> ResponseReturnValue:
    """Keep the file; where its columns can be guessed, try it at once. Raises InvalidRows."""
    account = access.require("administer", owner)
    made = uploading.hand_in(
        db.session, owner, kind, name, file, by=account.id, now=datetime.now(UTC)
    )
    found = uploading.seen(db.session, owner.id, made.id)
    if not found.missing(made.columns):
        uploading.choose_columns(db.session, found, made.columns, others_left=False)
        _go_on(found)
    db.session.commit()
    return redirect(url_for("running.upload", organisation=owner.slug, upload=made.id), 303)


@access.account
def upload(organisation: str, upload: UUID) -> ResponseReturnValue:
    """Say which column is which; then see what the file would change."""
    owner = owner_of(organisation, "administer")
    found = uploading.seen(db.session, owner.id, upload)
    form = _columns_form(found)
    if form.validate_on_submit():
        columns = {name: form[name].data for name in found.wanted}
        missing = found.missing(columns)
        for name in missing:
            label = form[name].label.text.lower()
            form[name].errors = [f"Choose the column that has the {label}."]
        if not missing:
            others_left = form.data.get("others_left", False)
            uploading.choose_columns(db.session, found, columns, others_left=others_left)
            _go_on(found)
            return redirect(request.path, 303)
    page = _page(owner, found, form)
    return page, 422 if form.errors else 200


def _columns_form(found: Seen) -> FlaskForm:
    form_class = PeopleColumnsForm if found.upload.kind == "people" else UnitColumnsForm
    now = {name: found.upload.columns.get(name, "") for name in found.wanted}
    now["others_left"] = found.upload.others_left
    form = form_class(data=None if request.form else now)
    for name in found.wanted:
        form[name].choices = [
            SelectChoice(value="", label=NOT_THERE),
            *(SelectChoice(value=one, label=one) for one in found.header if one),
        ]
    return form


def _page(owner: Organisation, found: Seen, form: FlaskForm) -> str:
    return render_template(
        "running/upload.html",
        organisation=owner,
        seen=found,
        upload=found.upload,
        form=form,
        confirm=ConfirmForm(),
    )


def _go_on(found: Seen) -> None:
    """Work on a short file at once, and on a long one in the background."""
    db.session.commit()
    jobs = current_app.extensions["jobs"]
    if found.is_long:
        jobs.wake()
    else:
        uploading.work(jobs.opened, found.upload.id, now=datetime.now(UTC))
        db.session.expire_all()


@access.account
def progress(organisation: str, upload: UUID) -> ResponseReturnValue:
    """How far the file has come: the part of its page that changes by itself."""
    owner = owner_of(organisation, "administer")
    found = uploading.seen(db.session, owner.id, upload)
    return render_template(
        "running/upload_state.html",
        organisation=owner,
        seen=found,
        upload=found.upload,
        confirm=ConfirmForm(),
    )


@access.account
def take(organisation: str, upload: UUID) -> ResponseReturnValue:
    """Take the file as it was tried."""
    owner = owner_of(organisation, "administer")
    found = uploading.seen(db.session, owner.id, upload)
    try:
        uploading.confirm(db.session, found)
    except SurveyError:
        db.session.rollback()  # the page says how it stands
    else:
        _go_on(found)
    return redirect(url_for("running.upload", organisation=owner.slug, upload=upload), 303)
