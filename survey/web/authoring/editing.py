"""The text of a manuscript in its editor: kept as typed, checked, published."""

from __future__ import annotations

from datetime import UTC, datetime
from math import ceil
from typing import TYPE_CHECKING

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for

from survey import access
from survey.database import db
from survey.operations import own_library, publishing, signing_off, writing
from survey.operations.errors import Conflict, Refused, SurveyError
from survey.operations.writing import Typed
from survey.questionnaire.problems import InvalidFile
from survey.questionnaire.review import review
from survey.web.authoring.excerpts import excerpts
from survey.web.authoring.forms import SourceForm
from survey.web.authoring.owned import address, owned
from survey.web.authoring.translations import translations

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from survey.storage.manuscripts import Manuscript
    from survey.storage.organisations import Organisation


def add_to(bp: Blueprint) -> None:
    """Add these pages to the blueprint of authors."""
    start = "/<int:manuscript>"
    bp.add_url_rule(start, view_func=edit)
    bp.add_url_rule(start, view_func=save, methods=["POST"])
    bp.add_url_rule(f"{start}/download", view_func=download)


@access.account
def edit(organisation: str, manuscript: int) -> ResponseReturnValue:
    """The source, with what is wrong and what could be better."""
    owner, found = owned(organisation, manuscript)
    return _page(owner, found, _form_of(found))


@access.account
def save(organisation: str, manuscript: int) -> ResponseReturnValue:
    """Keep what was typed, valid or not; then publish it, if that was pressed."""
    owner, found = owned(organisation, manuscript)
    form = SourceForm()
    source = (form.source.data or "").replace("\r\n", "\n")
    typed = Typed(source, form.begun_from, access.me().id, datetime.now(UTC))
    try:
        found = writing.save(db.session, owner.id, manuscript, typed)
    except Conflict as fault:
        db.session.rollback()
        theirs = writing.manuscript(db.session, owner.id, manuscript)
        return _page(owner, theirs, form, conflict=fault), fault.status
    except SurveyError as fault:
        db.session.rollback()
        form.source.errors = [f"{fault.message} {fault.what_to_do}"]
        return _page(owner, found, form), fault.status
    db.session.commit()
    if request.form.get("then") == "publish":
        return _publish(owner, found)
    flash("Saved.", "success")
    return redirect(address(owner, found), 303)


@access.account
def download(organisation: str, manuscript: int) -> ResponseReturnValue:
    """The source as a file."""
    _, found = owned(organisation, manuscript)
    return Response(
        found.source,
        mimetype="application/json",
        headers={"Content-Disposition": f'attachment; filename="questionnaire-{found.id}.json"'},
    )


def _form_of(found: Manuscript) -> SourceForm:
    return SourceForm(formdata=None, source=found.source, revision=str(found.revision))


def _page(
    owner: Organisation, found: Manuscript, form: SourceForm, conflict: Conflict | None = None
) -> str:
    source = (form.source.data or "").replace("\r\n", "\n")
    seen = review(source, own_library.library_of(db.session, owner.id))
    questionnaire = seen.questionnaire
    return render_template(
        "authoring/edit.html",
        organisation=owner,
        manuscript=found,
        form=form,
        conflict=conflict,
        problems=excerpts(source, [one.problem for one in seen.problems]),
        questionnaire=questionnaire,
        advice=[one.advice for one in seen.advice],
        minutes=ceil(seen.minutes) if seen.minutes is not None else None,
        translations=translations(questionnaire) if questionnaire else (),
        rows=min(40, max(16, source.count("\n") + 2)),
    )


def _publish(owner: Organisation, found: Manuscript) -> ResponseReturnValue:
    before = {one.version_digest for one in publishing.publications(db.session, owner.id)}
    form = _form_of(found)
    try:
        published = signing_off.publish_manuscript(
            db.session,
            found,
            organisation=owner,
            library=own_library.library_of(db.session, owner.id),
            by=access.me().id,
            now=datetime.now(UTC),
        )
    except InvalidFile:
        db.session.rollback()
        return _page(owner, found, form), 422
    except Refused as fault:
        db.session.rollback()
        form.source.errors = [f"{fault.message} {fault.what_to_do}"]
        return _page(owner, found, form), 422
    db.session.commit()
    if published.version_digest in before:
        flash("This very content is published already. Nothing was changed.")
    else:
        flash(f"{published.title} is published, and can now be asked.", "success")
    digest = published.version_digest
    return redirect(url_for("authoring.version", organisation=owner.slug, digest=digest), 303)
