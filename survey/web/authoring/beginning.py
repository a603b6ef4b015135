"""Ways to begin: blank, ready-made, a map, chosen capabilities, an earlier version, a file."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, cast

from flask import Blueprint, flash, redirect, render_template
from wtforms.fields import SelectChoice

from survey import access
from survey.database import db
from survey.operations import bringing_in, comparing, own_library, publishing, writing
from survey.operations.errors import NotFound, Refused
from survey.operations.shipped import ready_made, ready_made_questionnaires
from survey.questionnaire.derive import questionnaire_file
from survey.questionnaire.minutes import estimated_minutes
from survey.questionnaire.model import NOTHING, Depth
from survey.web.authoring.blank import BLANK
from survey.web.authoring.forms import (
    CapabilitiesForm,
    EarlierForm,
    MapForm,
    ReadyMadeForm,
    UploadForm,
)
from survey.web.authoring.owned import address, owner_of

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue
    from flask_wtf import FlaskForm

    from survey.questionnaire.model import Questionnaire
    from survey.storage.organisations import Organisation


def add_to(bp: Blueprint) -> None:
    """Add these pages to the blueprint of authors."""
    bp.add_url_rule("/new", view_func=new)
    bp.add_url_rule("/new/capabilities", view_func=choose_capabilities)
    bp.add_url_rule("/new/<start>", view_func=begin, methods=["POST"])
    bp.add_url_rule("/import", view_func=bring_in, methods=["POST"])


@access.account
def new(organisation: str) -> ResponseReturnValue:
    """Ways to begin."""
    return _page(owner_of(organisation))


@access.account
def choose_capabilities(organisation: str) -> ResponseReturnValue:
    """All capabilities, to choose from."""
    owner = owner_of(organisation)
    return _capabilities_page(owner, _capabilities_form(owner))


@access.account
def begin(organisation: str, start: str) -> ResponseReturnValue:
    """Begin a questionnaire, and go on to editing it."""
    owner = owner_of(organisation)
    if start not in TEXTS:
        raise NotFound("There is no such way to begin.")
    form = FORMS[start](owner) if start in FORMS else None
    if form is not None and not form.validate():
        if isinstance(form, CapabilitiesForm):
            return _capabilities_page(owner, form), 422
        return _page(owner, {start: form}), 422
    made = writing.begin(
        db.session,
        owner.id,
        TEXTS[start](owner, cast("FlaskForm", form)),
        by=access.me().id,
        now=datetime.now(UTC),
    )
    db.session.commit()
    return redirect(address(owner, made), 303)


@access.account
def bring_in(organisation: str) -> ResponseReturnValue:
    """Begin with a file: ours, or another tool's."""
    owner = owner_of(organisation)
    form = UploadForm()
    if not form.validate():
        return _page(owner, {"file": form}), 422
    try:
        made, kind, left_out = bringing_in.bring_in(
            db.session,
            owner.id,
            form.file.data.filename or "",
            form.file.data.read(),
            by=access.me(),
            now=datetime.now(UTC),
        )
    except bringing_in.NotImportable as fault:
        form.file.errors = [f"{fault.message} {fault.mend}"]
    except Refused as fault:
        form.file.errors = [f"{fault.message} {fault.what_to_do}"]
    else:
        db.session.commit()
        return _taken(owner, made, kind, left_out)
    db.session.rollback()
    return _page(owner, {"file": form}), 422


def _taken(
    owner: Organisation, made: bringing_in.Manuscript, kind: str, left_out: int
) -> ResponseReturnValue:
    if not left_out:
        flash(f"The {kind} file is taken in whole.", "success")
        return redirect(address(owner, made), 303)
    things = "1 thing" if left_out == 1 else f"{left_out} things"
    flash(f"The {kind} file is taken in. {things} did not come along as it was: see below.")
    return redirect(address(owner, made, "authoring.comments"), 303)


def _of_ready_made(_owner: Organisation, form: FlaskForm) -> str:
    return ready_made()[form["ready_made"].data]


def _of_map(owner: Organisation, form: FlaskForm) -> str:
    return _derived(owner, form["depth"].data, framework=form["framework"].data)


def _of_capabilities(owner: Organisation, form: FlaskForm) -> str:
    return _derived(owner, form["depth"].data, capabilities=form["capabilities"].data)


def _derived(
    owner: Organisation,
    depth: Depth,
    *,
    framework: str | None = None,
    capabilities: list[str] | tuple[str, ...] = (),
) -> str:
    library = own_library.library_of(db.session, owner.id)
    value = questionnaire_file(library, framework=framework, capabilities=capabilities, depth=depth)
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _of_version(owner: Organisation, form: FlaskForm) -> str:
    library = own_library.library_of(db.session, owner.id)
    return comparing.kept_text(db.session, owner.id, form["version"].data, library).source


TEXTS: Final[Mapping[str, Callable[[Organisation, FlaskForm], str]]] = {
    "blank": lambda _owner, _form: BLANK,
    "ready-made": _of_ready_made,
    "map": _of_map,
    "capabilities": _of_capabilities,
    "version": _of_version,
}
"""What each way begins with."""


def _ready_made_form(_owner: Organisation) -> ReadyMadeForm:
    form = ReadyMadeForm()
    form.ready_made.choices = [
        SelectChoice(value=name, label=f"{one.title} ({_extent(one)})")
        for name, one in ready_made_questionnaires().items()
    ]
    return form


def _extent(questionnaire: Questionnaire) -> str:
    minutes = max(1, round(estimated_minutes(questionnaire)))
    return f"{len(questionnaire.capabilities)} capabilities, {minutes} minutes"


def _map_form(owner: Organisation) -> MapForm:
    form = MapForm()
    form.framework.choices = [
        SelectChoice(value=one.id, label=f"{one.title} ({one.publisher})")
        for one in own_library.library_of(db.session, owner.id).frameworks.values()
    ]
    return form


def _capabilities_form(owner: Organisation) -> CapabilitiesForm:
    form = CapabilitiesForm()
    form.capabilities.choices = [
        SelectChoice(value=one.id, label=one.name)
        for one in own_library.library_of(db.session, owner.id).capabilities.values()
    ]
    return form


def _earlier_form(owner: Organisation) -> EarlierForm:
    form = EarlierForm()
    form.version.choices = [
        SelectChoice(
            value=one.version_digest,
            label=f"{one.title}, {one.published_at:%d.%m.%Y} ({one.version_digest[:8]})",
        )
        for one in publishing.publications(db.session, owner.id)
    ]
    return form


FORMS: Final[Mapping[str, Callable[[Organisation], FlaskForm]]] = {
    "ready-made": _ready_made_form,
    "map": _map_form,
    "capabilities": _capabilities_form,
    "version": _earlier_form,
}


def _capabilities_page(owner: Organisation, form: CapabilitiesForm) -> str:
    library = own_library.library_of(db.session, owner.id)
    domains: dict[str, list[str]] = {}
    for id_, one in library.capabilities.items():
        domains.setdefault(one.domain, []).append(id_)
    return render_template(
        "authoring/capabilities.html",
        organisation=owner,
        form=form,
        domains=domains,
        capabilities=library.capabilities,
    )


def _page(owner: Organisation, sent: Mapping[str, FlaskForm] = NOTHING) -> str:
    return render_template(
        "authoring/new.html",
        organisation=owner,
        ready_made=sent.get("ready-made") or _ready_made_form(owner),
        map=sent.get("map") or _map_form(owner),
        version=sent.get("version") or _earlier_form(owner),
        file=sent.get("file") or UploadForm(formdata=None),
    )
