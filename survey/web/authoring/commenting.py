"""Colleagues read a text: they comment on it and sign it off."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, request
from wtforms.fields import SelectChoice

from survey import access
from survey.database import db
from survey.operations import signing_off, writing
from survey.operations.errors import Refused
from survey.web.authoring import workbench
from survey.web.authoring.forms import CommentForm
from survey.web.authoring.owned import address, owned

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from survey.questionnaire.review import Review
    from survey.storage.manuscripts import Manuscript
    from survey.storage.organisations import Organisation


def add_to(bp: Blueprint) -> None:
    """Add these pages to the blueprint of authors."""
    start = "/<int:manuscript>"
    bp.add_url_rule(f"{start}/comments", view_func=comments, methods=["GET", "POST"])
    bp.add_url_rule(f"{start}/comments/<int:comment>", view_func=settle, methods=["POST"])
    bp.add_url_rule(f"{start}/sign-off", view_func=sign_off, methods=["POST"])
    bp.add_app_template_global(open_comments)


def open_comments(found: Manuscript) -> int:
    """How many comments are still to be dealt with: each page of a manuscript says so."""
    return signing_off.open_comments(db.session, found)


@access.account
def comments(organisation: str, manuscript: int) -> ResponseReturnValue:
    """What colleagues say of a text, and one more comment."""
    owner, found = owned(organisation, manuscript)
    seen = workbench.reviewed(owner, found.kind, found.source)
    form = _form(seen)
    if not form.validate_on_submit():
        return _page(owner, found, seen, form), 422 if form.errors else 200
    now, text, place = datetime.now(UTC), form.text.data or "", form.place.data or ""
    try:
        signing_off.comment(db.session, found, access.me(), text, place, now=now)
    except Refused as fault:
        form.text.errors = [f"{fault.message} {fault.what_to_do}"]
        return _page(owner, found, seen, form), 422
    db.session.commit()
    return redirect(request.path, 303)


@access.account
def settle(organisation: str, manuscript: int, comment: int) -> ResponseReturnValue:
    """Note that a comment was dealt with."""
    owner, found = owned(organisation, manuscript)
    signing_off.settle(db.session, found, comment, now=datetime.now(UTC))
    db.session.commit()
    return redirect(address(owner, found, "authoring.comments"), 303)


@access.account
def sign_off(organisation: str, manuscript: int) -> ResponseReturnValue:
    """Note that this account has read the present text and finds it fit to publish."""
    owner, found = owned(organisation, manuscript)
    try:
        if request.form.get("revision") != str(found.revision):
            raise Refused("It was changed while you read it.", "Read it again, then sign it off.")
        signing_off.sign_off(db.session, found, access.me(), now=datetime.now(UTC))
    except Refused as fault:
        flash(f"{fault.message} {fault.what_to_do}")
    else:
        db.session.commit()
        flash("Signed off. When the text changes, it has to be signed off again.", "success")
    return redirect(address(owner, found, "authoring.comments"), 303)


def _form(seen: Review) -> CommentForm:
    form = CommentForm()
    entries = [
        entry
        for section in (seen.outline.sections if seen.outline else ())
        for entry in section.entries
    ]
    form.place.choices = [
        SelectChoice(value="", label="The whole"),
        *(
            SelectChoice(value=one.questions[0], label=one.name[:100])
            for one in entries
            if one.questions
        ),
    ]
    return form


def _page(owner: Organisation, found: Manuscript, seen: Review, form: CommentForm) -> str:
    signed = signing_off.signature(db.session, found)
    return render_template(
        "authoring/comments.html",
        organisation=owner,
        manuscript=found,
        form=form,
        said=signing_off.comments(db.session, found),
        signed=signed,
        is_mine=found.saved_by == access.me().id,
        saved_by=writing.saved_by(db.session, found),
        problems=len(seen.problems),
    )
