"""The pages of translators, filled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import render_template, request, url_for
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired

from survey.database import db
from survey.operations import translating
from survey.operations.errors import NotFound
from survey.operations.languages import language_name
from survey.operations.translation_basis import draft_of
from survey.questionnaire.catalogue import HEADINGS
from survey.web import languages
from survey.web.authoring.owned import owned
from survey.web.authoring.translations import (
    by_section,
    direction,
    fields_of,
    page_of,
    sent_fields,
    sent_in,
    translation,
    version_catalogue,
)

if TYPE_CHECKING:
    from survey.operations.errors import SurveyError
    from survey.operations.translation_basis import Draft
    from survey.questionnaire.catalogue import Catalogue
    from survey.questionnaire.model import Questionnaire
    from survey.storage.manuscripts import Manuscript
    from survey.storage.organisations import Organisation


class TranslationFileForm(FlaskForm):
    """A file of translations."""

    file = FileField("CSV or .po file", validators=[FileRequired("Choose a file.")])


def translated(organisation: str, manuscript: int) -> tuple[Organisation, Manuscript]:
    """The organisation and one of its questionnaires that is being written. Raises NotFound."""
    owner, found = owned(organisation, manuscript)
    if found.kind != "questionnaire":
        raise NotFound(
            "Only a questionnaire is translated here.",
            "Translate a capability or a map under “translations” in its own text.",
        )
    return owner, found


def address_of(owner: Organisation, found: Manuscript, language: str) -> str:
    """The address of a language of a manuscript."""
    return url_for(
        "authoring.translation_of_manuscript",
        organisation=owner.slug,
        manuscript=found.id,
        language=language,
    )


def manuscript_page(
    owner: Organisation, found: Manuscript, draft: Draft, language: str, **file: Any
) -> str:
    """The texts of a manuscript, with fields. file: the form of a file that was sent, and what
    was taken of it. Raises NotFound."""
    catalogue = translating.catalogue(db.session, draft, language)
    return _page(owner, found, questionnaire=draft.questionnaire, **_listed(catalogue), **file)


def version_page(
    owner: Organisation, digest: str, questionnaire: Questionnaire, language: str
) -> str:
    """The texts of a published version, which stay as they are. Raises NotFound."""
    listed = _listed(version_catalogue(questionnaire, language))
    return _page(owner, None, digest=digest, questionnaire=questionnaire, **listed)


def sent_page(owner: Organisation, found: Manuscript, language: str, fault: SurveyError) -> str:
    """All that was typed, beside the texts as they are now, and why it is not saved.

    Raises the fault where nothing was typed.
    """
    draft, sent = draft_of(db.session, found), sent_in(request.form)
    if not sent:
        raise fault
    rows = None
    if draft is not None and language in draft.languages:
        rows = translating.catalogue(db.session, draft, language).by_key()
    return _page(
        owner,
        found,
        questionnaire=draft.questionnaire if draft else None,
        sections=by_section(sent_fields(sent, rows, fault)),
        fault=fault,
        **_about(language),
    )


def problems_page(owner: Organisation, found: Manuscript) -> str:
    """That the problems of a questionnaire come first."""
    return render_template(
        "authoring/translations_problems.html",
        organisation=owner,
        manuscript=found,
    )


def _page(owner: Organisation, found: Manuscript | None, **values: Any) -> str:
    usual: dict[str, Any] = {"digest": "", "page": None, "only": "", "fault": None, "joined": None}
    usual["form"] = TranslationFileForm(formdata=None)
    return render_template(
        "authoring/translations_language.html",
        organisation=owner,
        manuscript=found,
        **usual | values,
    )


def _listed(catalogue: Catalogue) -> dict[str, Any]:
    """Some of the texts: a page of all of them, or of what is missing or to check."""
    only = request.args.get("only", "")
    page = page_of(catalogue.only(only), request.args.get("page", type=int))
    return _about(catalogue.language) | {
        "only": only,
        "page": page,
        "sections": by_section(fields_of(page.rows)),
        "translation": translation(catalogue),
        "is_empty": not any(row.is_own for row in catalogue.rows),
    }


def _about(language: str) -> dict[str, Any]:
    return {
        "language": language,
        "name": language_name(language),
        "own_name": languages.named([language])[0][1],
        "direction": direction,
        "headings": HEADINGS,
    }
