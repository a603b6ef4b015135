"""Authors write questionnaires: begin, edit with problems beside the line, preview, publish."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from math import ceil
from typing import TYPE_CHECKING

from flask import (
    Blueprint,
    Response,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from wtforms.fields import SelectChoice

from survey import access
from survey.database import db
from survey.operations import publishing
from survey.operations.errors import Conflict, NotFound, SurveyError
from survey.operations.shipped import library, ready_made, ready_made_questionnaires
from survey.operations.versions import questionnaire_of
from survey.questionnaire.check import check
from survey.questionnaire.compare import compare
from survey.questionnaire.derive import questionnaire_file
from survey.questionnaire.minutes import estimated_minutes
from survey.questionnaire.model import NOTHING
from survey.questionnaire.problems import InvalidFile
from survey.questionnaire.translate import in_language
from survey.questionnaire.wording import advise
from survey.web import languages
from survey.web.authoring.blank import BLANK
from survey.web.authoring.excerpts import excerpts
from survey.web.authoring.forms import CompareForm, MapForm, ReadyMadeForm, SourceForm, UploadForm
from survey.web.authoring.preview import preview
from survey.web.authoring.translations import translations

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from survey.questionnaire.model import Questionnaire
    from survey.storage.organisations import Organisation
    from survey.storage.versions import Manuscript

Way = ReadyMadeForm | MapForm | UploadForm

bp = Blueprint("authoring", __name__, url_prefix="/admin/<organisation>/questionnaires")


@bp.get("/")
@access.account
def questionnaires(organisation: str) -> ResponseReturnValue:
    """What is being written, and what has been published."""
    owner = _owned(organisation)
    published = publishing.publications(db.session, owner.id)
    form = CompareForm(formdata=None)
    form.old.choices = form.new.choices = [
        SelectChoice(value=one.version_digest, label=f"{one.title} ({one.version_digest[:8]})")
        for one in published
    ]
    return render_template(
        "authoring/questionnaires.html",
        organisation=owner,
        manuscripts=publishing.manuscripts(db.session, owner.id),
        publications=published,
        form=form,
    )


@bp.get("/new")
@access.account
def new(organisation: str) -> ResponseReturnValue:
    """Ways to begin: blank, ready-made, from a capability map, from a file."""
    return _new_page(_owned(organisation))


@bp.post("/new/<start>")
@access.account
def begin(organisation: str, start: str) -> ResponseReturnValue:
    """Begin a questionnaire, and go on to editing it."""
    owner = _owned(organisation)
    ways: dict[str, Way] = {"ready-made": _ready_made_form(), "map": _map_form()}
    ways["file"] = upload = UploadForm()
    if start not in {"blank", *ways}:
        raise NotFound("There is no such way to begin.")
    form = ways.get(start)
    if form is not None and not form.validate():
        return _new_page(owner, {start: form}), 422
    try:
        made = _saved(owner, None, _beginning(form), None)
    except (SurveyError, UnicodeDecodeError) as fault:
        upload.file.errors = [getattr(fault, "message", "The file is not UTF-8 text.")]
        return _new_page(owner, {"file": upload}), 422
    db.session.commit()
    return redirect(url_for(".edit", organisation=owner.slug, manuscript=made.id), 303)


@bp.get("/<int:manuscript>")
@access.account
def edit(organisation: str, manuscript: int) -> ResponseReturnValue:
    """The source, with what is wrong and what could be better."""
    owner = _owned(organisation)
    found = publishing.manuscript(db.session, owner.id, manuscript)
    form = SourceForm(formdata=None, source=found.source, revision=str(found.revision))
    return _edit_page(owner, found, form)


@bp.post("/<int:manuscript>")
@access.account
def save(organisation: str, manuscript: int) -> ResponseReturnValue:
    """Keep what was typed, valid or not; then publish it, if that was pressed."""
    owner = _owned(organisation)
    found = publishing.manuscript(db.session, owner.id, manuscript)
    form = SourceForm()
    source = (form.source.data or "").replace("\r\n", "\n")
    try:
        found = _saved(owner, manuscript, source, form.begun_from)
    except Conflict as fault:
        db.session.rollback()
        theirs = publishing.manuscript(db.session, owner.id, manuscript)
        return _edit_page(owner, theirs, form, conflict=fault), fault.status
    except SurveyError as fault:
        db.session.rollback()
        form.source.errors = [f"{fault.message} {fault.what_to_do}"]
        return _edit_page(owner, found, form), fault.status
    db.session.commit()
    if request.form.get("then") == "publish":
        return _publish(owner, found)
    flash("Saved.", "success")
    return redirect(url_for(".edit", organisation=owner.slug, manuscript=manuscript), 303)


@bp.get("/<int:manuscript>/preview")
@access.account
def preview_manuscript(organisation: str, manuscript: int) -> ResponseReturnValue:
    """What staff will see of a questionnaire that is being written."""
    owner = _owned(organisation)
    found = publishing.manuscript(db.session, owner.id, manuscript)
    checked = check(found.source, library())
    back = url_for(".edit", organisation=owner.slug, manuscript=manuscript)
    if checked.questionnaire is None:
        flash("There are problems to mend before it can be previewed.")
        return redirect(back, 303)
    address = url_for(".translations_of_manuscript", organisation=owner.slug, manuscript=manuscript)
    return _preview_page(owner, checked.questionnaire, back, address)


@bp.get("/<int:manuscript>/translations")
@access.account
def translations_of_manuscript(organisation: str, manuscript: int) -> ResponseReturnValue:
    """What is still to be translated of a questionnaire that is being written."""
    owner = _owned(organisation)
    found = publishing.manuscript(db.session, owner.id, manuscript)
    checked = check(found.source, library())
    back = url_for(".edit", organisation=owner.slug, manuscript=manuscript)
    if checked.questionnaire is None:
        flash("There are problems to mend before its translations can be listed.")
        return redirect(back, 303)
    return _translations_page(owner, checked.questionnaire, back)


@bp.get("/<int:manuscript>/download")
@access.account
def download(organisation: str, manuscript: int) -> ResponseReturnValue:
    """The source as a file."""
    found = publishing.manuscript(db.session, _owned(organisation).id, manuscript)
    return Response(
        found.source,
        mimetype="application/json",
        headers={"Content-Disposition": f'attachment; filename="questionnaire-{found.id}.json"'},
    )


@bp.get("/versions/<digest>")
@access.account
def version(organisation: str, digest: str) -> ResponseReturnValue:
    """What staff see of a published version."""
    owner = _owned(organisation)
    published = publishing.publication(db.session, owner.id, digest)
    return _preview_page(
        owner,
        questionnaire_of(db.session, published.version_digest),
        url_for(".questionnaires", organisation=owner.slug),
        url_for(".translations_of_version", organisation=owner.slug, digest=digest),
    )


@bp.get("/versions/<digest>/translations")
@access.account
def translations_of_version(organisation: str, digest: str) -> ResponseReturnValue:
    """What is translated of a published version, and what is not."""
    owner = _owned(organisation)
    published = publishing.publication(db.session, owner.id, digest)
    back = url_for(".version", organisation=owner.slug, digest=published.version_digest)
    return _translations_page(owner, questionnaire_of(db.session, published.version_digest), back)


@bp.get("/compare")
@access.account
def compare_versions(organisation: str) -> ResponseReturnValue:
    """What changed between two published versions, and what stays comparable."""
    owner = _owned(organisation)
    old, new = (
        publishing.publication(db.session, owner.id, request.args.get(name, ""))
        for name in ("old", "new")
    )
    changes = compare(
        questionnaire_of(db.session, old.version_digest),
        questionnaire_of(db.session, new.version_digest),
    )
    return render_template(
        "authoring/compare.html", organisation=owner, old=old, new=new, changes=changes
    )


def _owned(slug: str) -> Organisation:
    return access.organisation("author", slug)


def _saved(owner: Organisation, id_: int | None, source: str, revision: int | None) -> Manuscript:
    return publishing.save_manuscript(
        db.session,
        owner.id,
        manuscript_id=id_,
        source=source,
        revision=revision,
        now=datetime.now(UTC),
    )


def _beginning(form: Way | None) -> str:
    if isinstance(form, ReadyMadeForm):
        return ready_made()[form.ready_made.data]
    if isinstance(form, UploadForm):
        content: bytes = form.file.data.read()
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    if isinstance(form, MapForm):
        derived = questionnaire_file(
            library(), framework=form.framework.data, depth=form.depth.data
        )
        return json.dumps(derived, ensure_ascii=False, indent=2)
    return BLANK


def _ready_made_form() -> ReadyMadeForm:
    form = ReadyMadeForm()
    form.ready_made.choices = [
        SelectChoice(value=name, label=f"{one.title} ({_extent(one)})")
        for name, one in ready_made_questionnaires().items()
    ]
    return form


def _extent(questionnaire: Questionnaire) -> str:
    minutes = max(1, round(estimated_minutes(questionnaire)))
    return f"{len(questionnaire.capabilities)} capabilities, {minutes} minutes"


def _map_form() -> MapForm:
    form = MapForm()
    form.framework.choices = [
        SelectChoice(value=one.id, label=f"{one.title} ({one.publisher})")
        for one in library().frameworks.values()
    ]
    return form


def _new_page(owner: Organisation, sent: Mapping[str, Way] = NOTHING) -> str:
    return render_template(
        "authoring/new.html",
        organisation=owner,
        ready_made=sent.get("ready-made") or _ready_made_form(),
        map=sent.get("map") or _map_form(),
        file=sent.get("file") or UploadForm(formdata=None),
    )


def _edit_page(
    owner: Organisation, found: Manuscript, form: SourceForm, conflict: Conflict | None = None
) -> str:
    source = (form.source.data or "").replace("\r\n", "\n")
    checked = check(source, library())
    questionnaire = checked.questionnaire
    return render_template(
        "authoring/edit.html",
        organisation=owner,
        manuscript=found,
        form=form,
        conflict=conflict,
        problems=excerpts(source, checked.problems),
        questionnaire=questionnaire,
        advice=advise(questionnaire) if questionnaire else (),
        minutes=ceil(estimated_minutes(questionnaire)) if questionnaire else None,
        translations=translations(questionnaire) if questionnaire else (),
        rows=min(40, max(16, source.count("\n") + 2)),
    )


def _publish(owner: Organisation, found: Manuscript) -> ResponseReturnValue:
    before = {one.version_digest for one in publishing.publications(db.session, owner.id)}
    try:
        published = publishing.publish(
            db.session,
            found.source,
            organisation=owner,
            library=library(),
            now=datetime.now(UTC),
        )
    except InvalidFile:
        db.session.rollback()
        form = SourceForm(formdata=None, source=found.source, revision=str(found.revision))
        return _edit_page(owner, found, form), 422
    db.session.commit()
    if published.version_digest in before:
        flash("This very content is published already. Nothing was changed.")
    else:
        flash(f"{published.title} is published, and can now be asked.", "success")
    return redirect(
        url_for(".version", organisation=owner.slug, digest=published.version_digest), 303
    )


def _translations_page(owner: Organisation, questionnaire: Questionnaire, back: str) -> str:
    return render_template(
        "authoring/translations.html",
        organisation=owner,
        questionnaire=questionnaire,
        translations=translations(questionnaire),
        back=back,
    )


def _preview_page(
    owner: Organisation, questionnaire: Questionnaire, back: str, address: str
) -> str:
    asked = request.args.get("language", questionnaire.language)
    chosen = in_language(questionnaire, asked)
    return render_template(
        "authoring/preview.html",
        organisation=owner,
        questionnaire=chosen,
        pages=preview(chosen),
        languages=languages.named(questionnaire.languages),
        minutes=ceil(estimated_minutes(questionnaire)),
        translations=translations(questionnaire),
        translations_address=address,
        back=back,
    )
