"""Ways to begin a questionnaire: blank, ready-made, from a capability map, from a file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template
from wtforms.fields import SelectChoice

from survey import access
from survey.database import db
from survey.operations import own_library, writing
from survey.operations.errors import NotFound, SurveyError
from survey.operations.shipped import ready_made, ready_made_questionnaires
from survey.questionnaire.derive import questionnaire_file
from survey.questionnaire.minutes import estimated_minutes
from survey.questionnaire.model import NOTHING
from survey.web.authoring.blank import BLANK
from survey.web.authoring.forms import MapForm, ReadyMadeForm, UploadForm
from survey.web.authoring.owned import address, owner_of

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from survey.questionnaire.model import Questionnaire
    from survey.storage.organisations import Organisation

Way = ReadyMadeForm | MapForm | UploadForm


def add_to(bp: Blueprint) -> None:
    """Add these pages to the blueprint of authors."""
    bp.add_url_rule("/new", view_func=new)
    bp.add_url_rule("/new/<start>", view_func=begin, methods=["POST"])


@access.account
def new(organisation: str) -> ResponseReturnValue:
    """Ways to begin."""
    return _page(owner_of(organisation))


@access.account
def begin(organisation: str, start: str) -> ResponseReturnValue:
    """Begin a questionnaire, and go on to editing it."""
    owner = owner_of(organisation)
    ways: dict[str, Way] = {"ready-made": _ready_made_form(), "map": _map_form(owner)}
    ways["file"] = upload = UploadForm()
    if start not in {"blank", *ways}:
        raise NotFound("There is no such way to begin.")
    form = ways.get(start)
    if form is not None and not form.validate():
        return _page(owner, {start: form}), 422
    try:
        made = writing.begin(
            db.session, owner.id, _text(owner, form), by=access.me().id, now=datetime.now(UTC)
        )
    except (SurveyError, UnicodeDecodeError) as fault:
        upload.file.errors = [getattr(fault, "message", "The file is not UTF-8 text.")]
        return _page(owner, {"file": upload}), 422
    db.session.commit()
    return redirect(address(owner, made), 303)


def _text(owner: Organisation, form: Way | None) -> str:
    if isinstance(form, ReadyMadeForm):
        return ready_made()[form.ready_made.data]
    if isinstance(form, UploadForm):
        content: bytes = form.file.data.read()
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    if isinstance(form, MapForm):
        derived = questionnaire_file(
            own_library.library_of(db.session, owner.id),
            framework=form.framework.data,
            depth=form.depth.data,
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


def _map_form(owner: Organisation) -> MapForm:
    form = MapForm()
    form.framework.choices = [
        SelectChoice(value=one.id, label=f"{one.title} ({one.publisher})")
        for one in own_library.library_of(db.session, owner.id).frameworks.values()
    ]
    return form


def _page(owner: Organisation, sent: Mapping[str, Way] = NOTHING) -> str:
    return render_template(
        "authoring/new.html",
        organisation=owner,
        ready_made=sent.get("ready-made") or _ready_made_form(),
        map=sent.get("map") or _map_form(owner),
        file=sent.get("file") or UploadForm(formdata=None),
    )
