"""Translations as files: out for a spreadsheet or a translation program, and in again."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, redirect, request

from survey import access
from survey.database import db
from survey.exchange.imported import NotImportable
from survey.exchange.po import write_translations
from survey.exchange.translation_csv import write_csv
from survey.exchange.translation_file import LARGEST
from survey.operations import publishing, translating, writing
from survey.operations.errors import SurveyError
from survey.operations.translation_basis import draft_of
from survey.operations.versions import questionnaire_of
from survey.web.authoring.owned import address, owner_of
from survey.web.authoring.translation_pages import (
    TranslationFileForm,
    manuscript_page,
    problems_page,
    translated,
)
from survey.web.authoring.translations import version_catalogue

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from survey.questionnaire.catalogue import Catalogue
    from survey.questionnaire.model import Questionnaire
    from survey.storage.organisations import Organisation

TYPES = {"csv": "text/csv", "po": "text/x-gettext-translation"}


def add_to(bp: Blueprint) -> None:
    """Add these pages to the blueprint of authors."""
    of_manuscript = "/<int:manuscript>/translations/<language>"
    of_version = "/versions/<digest>/translations/<language>"
    for kind in TYPES:
        which = {"kind": kind}
        bp.add_url_rule(f"{of_manuscript}.{kind}", view_func=translation_file, defaults=which)
        bp.add_url_rule(f"{of_version}.{kind}", view_func=version_file, defaults=which)
    bp.add_url_rule(f"{of_manuscript}/file", view_func=import_translations, methods=["POST"])


@access.account
def translation_file(
    organisation: str, manuscript: int, language: str, kind: str
) -> ResponseReturnValue:
    """The texts of a questionnaire that is being written, to be translated elsewhere."""
    owner, found = translated(organisation, manuscript)
    draft = draft_of(db.session, found)
    if draft is None:
        return redirect(address(owner, found, "authoring.translations_of_manuscript"), 303)
    catalogue = translating.catalogue(db.session, draft, language)
    return _file(draft.questionnaire, catalogue, kind)


@access.account
def version_file(organisation: str, digest: str, language: str, kind: str) -> ResponseReturnValue:
    """The texts of a published version with their translations."""
    owner = owner_of(organisation)
    published = publishing.publication(db.session, owner.id, digest)
    questionnaire = questionnaire_of(db.session, published.version_digest)
    return _file(questionnaire, version_catalogue(questionnaire, language), kind)


@access.account
def import_translations(organisation: str, manuscript: int, language: str) -> ResponseReturnValue:
    """Take what fits of a file, and tell what does not."""
    owner, found = translated(organisation, manuscript)
    draft, form = draft_of(db.session, found), TranslationFileForm()
    if draft is None:
        return redirect(address(owner, found, "authoring.translations_of_manuscript"), 303)
    if not form.validate():
        return manuscript_page(owner, found, draft, language, form=form), 422
    try:
        joined = translating.take_file(
            db.session,
            draft,
            language,
            form.file.data.read(LARGEST + 1),
            by=access.me().id,
            now=datetime.now(UTC),
        )
    except (NotImportable, SurveyError) as fault:
        db.session.rollback()
        mend = fault.mend if isinstance(fault, NotImportable) else fault.what_to_do
        form.file.errors = [f"{fault.message} {mend}"]
        status = fault.status if isinstance(fault, SurveyError) else 422
        return _page(owner, manuscript, language, form=form), status
    db.session.commit()
    return _page(owner, manuscript, language, joined=joined)


def _page(owner: Organisation, manuscript: int, language: str, **file: Any) -> str:
    found = writing.manuscript(db.session, owner.id, manuscript)
    draft = draft_of(db.session, found)
    if draft is None:
        return problems_page(owner, found)
    return manuscript_page(owner, found, draft, language, **file)


def _file(questionnaire: Questionnaire, catalogue: Catalogue, kind: str) -> Response:
    """The rows of a catalogue as a file, those that `only` asks for."""
    rows, language = catalogue.only(request.args.get("only", "")), catalogue.language
    if kind == "po":
        content = write_translations(questionnaire, language, rows, now=datetime.now(UTC))
    else:
        content = write_csv(rows)
    name = f"{questionnaire.id}-{language}.{kind}"
    return Response(
        content,
        content_type=f"{TYPES[kind]}; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
