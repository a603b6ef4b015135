"""The text of a manuscript in its editor: kept as typed, mended, rearranged, published."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_wtf.csrf import CSRFError

from survey import access
from survey.database import db
from survey.operations import own_library, publishing, signing_off, writing
from survey.operations.errors import Conflict, NotSignedIn, Refused, SurveyError
from survey.operations.writing import Typed
from survey.questionnaire.editing import edited
from survey.questionnaire.moving import moved_one_further
from survey.questionnaire.problems import InvalidFile
from survey.questionnaire.source import read
from survey.web.authoring import workbench
from survey.web.authoring.forms import SourceForm
from survey.web.authoring.owned import address, owned
from survey.web.errors import form_too_old, refused
from survey.web.headers import framing

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
    bp.add_url_rule(f"{start}/delete", view_func=delete, methods=["POST"])
    bp.register_error_handler(NotSignedIn, still_here)
    bp.register_error_handler(CSRFError, still_here)


@access.account
@framing
def edit(organisation: str, manuscript: int) -> ResponseReturnValue:
    """The source, with what is wrong and what could be better."""
    owner, found = owned(organisation, manuscript)
    return workbench.page(owner, found, _form_of(found))


@access.account
@framing
def save(organisation: str, manuscript: int) -> ResponseReturnValue:
    """Keep what was typed, valid or not, after a mend or a move if that was pressed; then publish
    it, if that was."""
    owner, found = owned(organisation, manuscript)
    form = SourceForm()
    form.source.data = source = _changed(owner, found, (form.source.data or ""))
    typed = Typed(source, form.begun_from, access.me().id, datetime.now(UTC))
    try:
        found = writing.save(db.session, owner.id, manuscript, typed)
    except Conflict as fault:
        db.session.rollback()
        theirs = writing.manuscript(db.session, owner.id, manuscript)
        writing.keep_present(db.session, theirs)
        db.session.commit()
        return workbench.page(owner, theirs, form, conflict=fault), fault.status
    except SurveyError as fault:
        db.session.rollback()
        form.source.errors = [f"{fault.message} {fault.what_to_do}"]
        return workbench.page(owner, found, form), fault.status
    db.session.commit()
    if request.form.get("then") == "publish":
        return _publish(owner, found) if found.kind == "questionnaire" else _take_in(owner, found)
    flash("Saved.", "success")
    return redirect(address(owner, found), 303)


@access.account
def download(organisation: str, manuscript: int) -> ResponseReturnValue:
    """The source as a file."""
    _, found = owned(organisation, manuscript)
    return Response(
        found.source,
        mimetype="application/json",
        headers={"Content-Disposition": f'attachment; filename="{found.kind}-{found.id}.json"'},
    )


@access.account
def delete(organisation: str, manuscript: int) -> ResponseReturnValue:
    """Delete a manuscript with its history. What was published of it stays."""
    owner, found = owned(organisation, manuscript)
    title, kind = found.title, found.kind
    writing.delete(db.session, found)
    db.session.commit()
    flash(f"“{title}” is deleted. What was published of it stays.")
    page = "authoring.questionnaires" if kind == "questionnaire" else "authoring.own_library"
    return redirect(url_for(page, organisation=owner.slug), 303)


def still_here(fault: NotSignedIn | CSRFError) -> ResponseReturnValue:
    """Whoever was signed out while typing gets what they typed back, to be sent again after
    signing in."""
    if request.method == "POST" and request.form and not request.files:
        typed = [pair for pair in request.form.items(multi=True) if pair[0] != "csrf_token"]
        return render_template("authoring/still_here.html", typed=typed), 401
    return refused(fault) if isinstance(fault, NotSignedIn) else form_too_old(fault)


def _changed(owner: Organisation, found: Manuscript, typed: str) -> str:
    """What was typed, with the mend or the move that was pressed."""
    text = typed.replace("\r\n", "\n")
    if name := request.form.get("mend"):
        seen = workbench.reviewed(owner, found.kind, text)
        problem = seen.found(name)
        if problem is not None and problem.mend is not None:
            return edited(seen.source.text, problem.mend.edits)
    if move := request.form.get("move"):
        pointer, _, way = move.rpartition(" ")
        source = read(text)
        return edited(source.text or text, moved_one_further(source, pointer, way))
    return text


def _form_of(found: Manuscript) -> SourceForm:
    return SourceForm(formdata=None, source=found.source, revision=str(found.revision))


def _publish(owner: Organisation, found: Manuscript) -> ResponseReturnValue:
    before = {one.version_digest for one in publishing.publications(db.session, owner.id)}
    try:
        published = signing_off.publish_manuscript(
            db.session,
            found,
            organisation=owner,
            library=own_library.library_of(db.session, owner.id),
            by=access.me().id,
            now=datetime.now(UTC),
        )
    except (InvalidFile, Refused) as fault:
        return _refused(owner, found, fault)
    db.session.commit()
    if published.version_digest in before:
        flash("This very content is published already. Nothing was changed.")
    else:
        flash(f"{published.title} is published, and can now be asked.", "success")
    digest = published.version_digest
    return redirect(url_for("authoring.version", organisation=owner.slug, digest=digest), 303)


def _take_in(owner: Organisation, found: Manuscript) -> ResponseReturnValue:
    """Make a capability or a map part of the organisation's library."""
    try:
        own_library.take_in(
            db.session,
            found,
            library=own_library.library_of(db.session, owner.id),
            by=access.me().id,
            now=datetime.now(UTC),
        )
    except (InvalidFile, Refused) as fault:
        return _refused(owner, found, fault)
    db.session.commit()
    flash(f"“{found.title}” is now part of your library.", "success")
    return redirect(url_for("authoring.own_library", organisation=owner.slug), 303)


def _refused(
    owner: Organisation, found: Manuscript, fault: InvalidFile | Refused
) -> ResponseReturnValue:
    db.session.rollback()
    form = _form_of(found)
    if isinstance(fault, Refused):
        form.source.errors = [f"{fault.message} {fault.what_to_do}"]
    return workbench.page(owner, found, form), 422
