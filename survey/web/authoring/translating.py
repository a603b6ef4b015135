"""What of a questionnaire is translated, and what is not yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, url_for

from survey import access
from survey.database import db
from survey.operations import own_library, publishing
from survey.operations.versions import questionnaire_of
from survey.questionnaire.check import check
from survey.web.authoring.owned import address, owned, owner_of
from survey.web.authoring.translations import translations

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from survey.questionnaire.model import Questionnaire
    from survey.storage.organisations import Organisation


def add_to(bp: Blueprint) -> None:
    """Add these pages to the blueprint of authors."""
    bp.add_url_rule("/<int:manuscript>/translations", view_func=translations_of_manuscript)
    bp.add_url_rule("/versions/<digest>/translations", view_func=translations_of_version)


@access.account
def translations_of_manuscript(organisation: str, manuscript: int) -> ResponseReturnValue:
    """What is still to be translated of a questionnaire that is being written."""
    owner, found = owned(organisation, manuscript)
    checked = check(found.source, own_library.library_of(db.session, owner.id))
    if checked.questionnaire is None:
        flash("There are problems to mend before its translations can be listed.")
        return redirect(address(owner, found), 303)
    return _page(owner, checked.questionnaire, address(owner, found))


@access.account
def translations_of_version(organisation: str, digest: str) -> ResponseReturnValue:
    """What is translated of a published version, and what is not."""
    owner = owner_of(organisation)
    published = publishing.publication(db.session, owner.id, digest)
    back = url_for("authoring.version", organisation=owner.slug, digest=published.version_digest)
    return _page(owner, questionnaire_of(db.session, published.version_digest), back)


def _page(owner: Organisation, questionnaire: Questionnaire, back: str) -> str:
    return render_template(
        "authoring/translations.html",
        organisation=owner,
        questionnaire=questionnaire,
        translations=translations(questionnaire),
        back=back,
    )
