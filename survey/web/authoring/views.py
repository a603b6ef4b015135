"""Authors write questionnaires, and what of the library is their organisation's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, render_template

from survey import access
from survey.database import db
from survey.operations import permissions, publishing, writing
from survey.web.authoring import (
    beginning,
    commenting,
    comparing,
    editing,
    exports,
    live,
    own_library,
    previewing,
    rehearsing,
    settings,
    translating,
)
from survey.web.authoring.owned import owner_of

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

bp = Blueprint("authoring", __name__, url_prefix="/admin/<organisation>/questionnaires")

for pages in (
    beginning,
    editing,
    live,
    previewing,
    translating,
    comparing,
    commenting,
    exports,
    own_library,
    settings,
    rehearsing,
):
    pages.add_to(bp)


@bp.get("/")
@access.account
def questionnaires(organisation: str) -> ResponseReturnValue:
    """What is being written, and what has been published."""
    owner = owner_of(organisation)
    return render_template(
        "authoring/questionnaires.html",
        organisation=owner,
        manuscripts=writing.manuscripts(db.session, owner.id, "questionnaire"),
        publications=publishing.publications(db.session, owner.id),
        may_administer=permissions.may(access.me(), "administer", owner.id),
    )
