"""A questionnaire as a file for other tools, for paper, and for whoever reads its data."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from flask import Blueprint, Response, flash, redirect, render_template, request

from survey import access
from survey.database import db
from survey.exchange.codebook import to_codebook
from survey.exchange.ddi import to_ddi
from survey.exchange.paper import to_paper
from survey.exchange.surveyjs_out import to_surveyjs
from survey.exchange.xlsform_out import to_xlsform
from survey.operations import editions, own_library, publishing
from survey.operations.errors import NotFound
from survey.operations.versions import questionnaire_of
from survey.questionnaire.problems import InvalidFile
from survey.web import languages
from survey.web.authoring.owned import address, owned, owner_of

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from survey.questionnaire.model import Questionnaire
    from survey.storage.manuscripts import Manuscript
    from survey.storage.organisations import Organisation


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file. `about` says what it is good for."""

    name: str
    ending: str
    mimetype: str
    about: str
    made: Callable[[Questionnaire, Organisation, str], bytes]


def _surveyjs(questionnaire: Questionnaire, _owner: Organisation, _language: str) -> bytes:
    return json.dumps(to_surveyjs(questionnaire), ensure_ascii=False, indent=2).encode()


FORMATS: Final = {
    "xlsform": Format(
        "XLSForm workbook",
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "Asks the same in Kobo, ODK and others, in all languages.",
        lambda questionnaire, _owner, _language: to_xlsform(questionnaire),
    ),
    "surveyjs": Format(
        "SurveyJS JSON",
        "json",
        "application/json",
        "Asks the same in a web page of your own, in all languages.",
        _surveyjs,
    ),
    "codebook": Format(
        "Codebook, as CSV",
        "csv",
        "text/csv; charset=utf-8",
        "Each column of exported responses, its values and what they mean.",
        lambda questionnaire, _owner, _language: to_codebook(questionnaire).encode("utf-8-sig"),
    ),
    "ddi": Format(
        "Codebook, as DDI-Codebook XML",
        "xml",
        "application/xml",
        "The same for data archives and catalogues.",
        lambda questionnaire, owner, _language: to_ddi(questionnaire, organisation=owner.name),
    ),
    "paper": Format(
        "Paper form, as PDF",
        "pdf",
        "application/pdf",
        "To print and fill in by hand, in one language.",
        lambda questionnaire, _owner, language: to_paper(questionnaire, language),
    ),
}


def add_to(bp: Blueprint) -> None:
    """Add these pages to the blueprint of authors."""
    for start, page, file in (
        ("/<int:manuscript>/exports", exports, export),
        ("/versions/<digest>/exports", exports_of_version, export_of_version),
    ):
        bp.add_url_rule(start, view_func=page)
        bp.add_url_rule(f"{start}/<name>", view_func=file)


@access.account
def exports(organisation: str, manuscript: int) -> ResponseReturnValue:
    """What a questionnaire that is being written can be exported as."""
    owner, found = owned(organisation, manuscript)
    questionnaire = _checked(owner, found.source)
    if questionnaire is None:
        flash("There are problems to mend before it can be exported.")
        return redirect(address(owner, found), 303)
    return _page(owner, questionnaire, found, endpoint="authoring.export", manuscript=found.id)


@access.account
def export(organisation: str, manuscript: int, name: str) -> ResponseReturnValue:
    """One of these files."""
    owner, found = owned(organisation, manuscript)
    questionnaire = _checked(owner, found.source)
    if questionnaire is None:
        raise NotFound("The questionnaire has problems.", "Mend them first, then export it.")
    return _file(owner, questionnaire, name)


@access.account
def exports_of_version(organisation: str, digest: str) -> ResponseReturnValue:
    """What a published version can be exported as."""
    owner = owner_of(organisation)
    published = publishing.publication(db.session, owner.id, digest)
    questionnaire = questionnaire_of(db.session, published.version_digest)
    of_version = {"endpoint": "authoring.export_of_version", "digest": published.version_digest}
    return _page(owner, questionnaire, None, **of_version)


@access.account
def export_of_version(organisation: str, digest: str, name: str) -> ResponseReturnValue:
    """One of these files."""
    owner = owner_of(organisation)
    published = publishing.publication(db.session, owner.id, digest)
    return _file(owner, questionnaire_of(db.session, published.version_digest), name)


def _page(
    owner: Organisation, questionnaire: Questionnaire, found: Manuscript | None, **where: Any
) -> str:
    return render_template(
        "authoring/exports.html",
        organisation=owner,
        manuscript=found,
        title=questionnaire.title,
        formats=FORMATS,
        languages=languages.named(questionnaire.languages),
        where=where,
    )


def _checked(owner: Organisation, source: str) -> Questionnaire | None:
    library = own_library.library_of(db.session, owner.id)
    try:
        return editions.edition_of_text(source, library).questionnaire
    except InvalidFile:
        return None


def _file(owner: Organisation, questionnaire: Questionnaire, name: str) -> ResponseReturnValue:
    found = FORMATS.get(name)
    language = request.args.get("language", questionnaire.language)
    if found is None or language not in questionnaire.languages:
        raise NotFound("There is no such file.", "Choose one from the list.")
    mark = f"-{language}" if name == "paper" else ""
    filename = f"{questionnaire.id}-{name}{mark}.{found.ending}"
    return Response(
        found.made(questionnaire, owner, language),
        mimetype=found.mimetype,
        headers={"Content-Disposition": f'attachment; filename="{filename}"'},
    )
