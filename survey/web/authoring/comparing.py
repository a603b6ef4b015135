"""Two published versions side by side: what changed, and what stays comparable."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, render_template, request

from survey import access
from survey.database import db
from survey.operations import publishing
from survey.operations.versions import questionnaire_of
from survey.questionnaire.compare import compare
from survey.web.authoring.owned import owner_of

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue


def add_to(bp: Blueprint) -> None:
    """Add these pages to the blueprint of authors."""
    bp.add_url_rule("/compare", view_func=compare_versions)


@access.account
def compare_versions(organisation: str) -> ResponseReturnValue:
    """What changed between two published versions, and what stays comparable."""
    owner = owner_of(organisation)
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
