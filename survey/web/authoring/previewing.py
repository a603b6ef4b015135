"""A questionnaire as staff will see it: being written, or published."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, request, url_for

from survey import access
from survey.database import db
from survey.operations import own_library, publishing
from survey.operations.versions import questionnaire_of
from survey.questionnaire.check import check
from survey.questionnaire.minutes import estimated_minutes
from survey.questionnaire.translate import in_language
from survey.web import languages
from survey.web.authoring.owned import address, owned, owner_of
from survey.web.authoring.preview import preview
from survey.web.authoring.translations import translations

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from survey.questionnaire.model import Questionnaire
    from survey.storage.organisations import Organisation


def add_to(bp: Blueprint) -> None:
    """Add these pages to the blueprint of authors."""
    bp.add_url_rule("/<int:manuscript>/preview", view_func=preview_manuscript)
    bp.add_url_rule("/versions/<digest>", view_func=version)


@access.account
def preview_manuscript(organisation: str, manuscript: int) -> ResponseReturnValue:
    """What staff will see of a questionnaire that is being written."""
    owner, found = owned(organisation, manuscript)
    checked = check(found.source, own_library.library_of(db.session, owner.id))
    if checked.questionnaire is None:
        flash("There are problems to mend before it can be previewed.")
        return redirect(address(owner, found), 303)
    translated = address(owner, found, "authoring.translations_of_manuscript")
    return _page(owner, checked.questionnaire, address(owner, found), translated)


@access.account
def version(organisation: str, digest: str) -> ResponseReturnValue:
    """What staff see of a published version."""
    owner = owner_of(organisation)
    published = publishing.publication(db.session, owner.id, digest)
    return _page(
        owner,
        questionnaire_of(db.session, published.version_digest),
        url_for("authoring.questionnaires", organisation=owner.slug),
        url_for("authoring.translations_of_version", organisation=owner.slug, digest=digest),
    )


def _page(owner: Organisation, questionnaire: Questionnaire, back: str, translated: str) -> str:
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
        translations_address=translated,
        back=back,
    )
