"""Authors write questionnaires, and what of the library is their organisation's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, render_template
from wtforms.fields import SelectChoice

from survey import access
from survey.database import db
from survey.operations import publishing, writing
from survey.web.authoring import beginning, comparing, editing, previewing, translating
from survey.web.authoring.forms import CompareForm
from survey.web.authoring.owned import owner_of

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

bp = Blueprint("authoring", __name__, url_prefix="/admin/<organisation>/questionnaires")

for pages in (beginning, editing, previewing, translating, comparing):
    pages.add_to(bp)


@bp.get("/")
@access.account
def questionnaires(organisation: str) -> ResponseReturnValue:
    """What is being written, and what has been published."""
    owner = owner_of(organisation)
    published = publishing.publications(db.session, owner.id)
    form = CompareForm(formdata=None)
    form.old.choices = form.new.choices = [
        SelectChoice(value=one.version_digest, label=f"{one.title} ({one.version_digest[:8]})")
        for one in published
    ]
    return render_template(
        "authoring/questionnaires.html",
        organisation=owner,
        manuscripts=writing.manuscripts(db.session, owner.id, "questionnaire"),
        publications=published,
        form=form,
    )
