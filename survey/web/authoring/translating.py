"""A questionnaire's texts by language: how far each is translated, and fields to translate in."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, request
from flask_wtf import FlaskForm
from wtforms import SelectField, StringField
from wtforms.fields import SelectChoice

from survey import access
from survey.database import db
from survey.operations import publishing, translating, writing
from survey.operations.errors import Conflict, SurveyError
from survey.operations.languages import language_name
from survey.operations.translation_basis import draft_of
from survey.operations.versions import questionnaire_of
from survey.questionnaire.shapes import LANGUAGE
from survey.web import languages
from survey.web.authoring import translation_files
from survey.web.authoring.owned import address, owner_of
from survey.web.authoring.translation_pages import (
    address_of,
    manuscript_page,
    problems_page,
    sent_page,
    translated,
    version_page,
)
from survey.web.authoring.translations import sent_in, translation, translations

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from survey.storage.manuscripts import Manuscript
    from survey.storage.organisations import Organisation


class LanguageForm(FlaskForm):
    """A language to translate into."""

    language = SelectField("Language", validate_choice=False)
    code = StringField("Or its code", filters=[lambda text: (text or "").strip()])

    @property
    def chosen(self) -> str:
        """The code of the language; one that was typed goes first."""
        return self.code.data or self.language.data or ""


def add_to(bp: Blueprint) -> None:
    """Add these pages to the blueprint of authors."""
    start = "/<int:manuscript>/translations"
    for rule, view, methods in (
        (start, translations_of_manuscript, ["GET"]),
        (start, add_language, ["POST"]),
        (f"{start}/<language>", translation_of_manuscript, ["GET"]),
        (f"{start}/<language>", save_translation, ["POST"]),
        (f"{start}/<language>/remove", remove_language, ["POST"]),
        ("/versions/<digest>/translations", translations_of_version, ["GET"]),
        ("/versions/<digest>/translations/<language>", translation_of_version, ["GET"]),
    ):
        bp.add_url_rule(rule, view_func=view, methods=methods)
    translation_files.add_to(bp)


@access.account
def translations_of_manuscript(organisation: str, manuscript: int) -> ResponseReturnValue:
    """How far a questionnaire that is being written is translated, language by language."""
    owner, found = translated(organisation, manuscript)
    return _languages(owner, found, LanguageForm(formdata=None))


@access.account
def add_language(organisation: str, manuscript: int) -> ResponseReturnValue:
    """Add a language, and go on to translating into it."""
    owner, found = translated(organisation, manuscript)
    form, draft = LanguageForm(), draft_of(db.session, found)
    if not form.chosen:
        form.language.errors = ["Choose a language, or type its code."]
    elif draft is not None:
        try:
            translating.add_language(
                db.session, draft, form.chosen, by=access.me().id, now=datetime.now(UTC)
            )
        except SurveyError as fault:
            db.session.rollback()
            field = form.code if form.code.data else form.language
            field.errors = [f"{fault.message} {fault.what_to_do}"]
        else:
            db.session.commit()
            return redirect(address_of(owner, found, form.chosen), 303)
    return _languages(owner, found, form), 422


@access.account
def remove_language(organisation: str, manuscript: int, language: str) -> ResponseReturnValue:
    """Take out a language into which nothing is translated yet."""
    owner, found = translated(organisation, manuscript)
    draft = draft_of(db.session, found)
    if draft is not None:
        try:
            translating.remove_language(
                db.session, draft, language, by=access.me().id, now=datetime.now(UTC)
            )
        except SurveyError as fault:
            db.session.rollback()
            flash(f"{fault.message} {fault.what_to_do}")
            return redirect(address_of(owner, found, language), 303)
        db.session.commit()
        flash(f"{language_name(language)} is taken out.", "success")
    return redirect(address(owner, found, "authoring.translations_of_manuscript"), 303)


@access.account
def translation_of_manuscript(
    organisation: str, manuscript: int, language: str
) -> ResponseReturnValue:
    """The texts with a field for the translation of each."""
    owner, found = translated(organisation, manuscript)
    draft = draft_of(db.session, found)
    if draft is None:
        return problems_page(owner, found)
    return manuscript_page(owner, found, draft, language)


@access.account
def save_translation(organisation: str, manuscript: int, language: str) -> ResponseReturnValue:
    """Keep the translations that were typed."""
    owner, found = translated(organisation, manuscript)
    draft, sent = draft_of(db.session, found), sent_in(request.form)
    try:
        if draft is None:
            raise Conflict(
                "The questionnaire has problems now, so nothing could be saved.",
                "Leave this page open. When the problems are mended, save again.",
            )
        number = translating.save(
            db.session,
            draft,
            language,
            sent,
            alike="alike" in request.form,
            by=access.me().id,
            now=datetime.now(UTC),
        )
    except SurveyError as fault:
        db.session.rollback()
        found = writing.manuscript(db.session, owner.id, manuscript)
        return sent_page(owner, found, language, fault), fault.status
    db.session.commit()
    texts = "1 text has" if number == 1 else f"{number} texts have"
    flash(f"Saved. {texts} another translation now.", "success")
    return redirect(request.full_path.rstrip("?"), 303)


@access.account
def translations_of_version(organisation: str, digest: str) -> ResponseReturnValue:
    """How far a published version is translated."""
    owner = owner_of(organisation)
    published = publishing.publication(db.session, owner.id, digest)
    questionnaire = questionnaire_of(db.session, published.version_digest)
    return render_template(
        "authoring/translations.html",
        organisation=owner,
        manuscript=None,
        digest=published.version_digest,
        questionnaire=questionnaire,
        translations=translations(questionnaire),
        form=None,
    )


@access.account
def translation_of_version(organisation: str, digest: str, language: str) -> ResponseReturnValue:
    """The texts of a published version with their translations."""
    owner = owner_of(organisation)
    published = publishing.publication(db.session, owner.id, digest)
    questionnaire = questionnaire_of(db.session, published.version_digest)
    return version_page(owner, published.version_digest, questionnaire, language)


def _languages(owner: Organisation, found: Manuscript, form: LanguageForm) -> str:
    draft = draft_of(db.session, found)
    if draft is None:
        return problems_page(owner, found)
    there = draft.questionnaire.languages
    form.language.choices = [
        SelectChoice(value="", label="Choose a language"),
        *(
            SelectChoice(value=code, label=name)
            for code, name in languages.common()
            if LANGUAGE.pattern.fullmatch(code) and code not in there
        ),
    ]
    catalogues = (translating.catalogue(db.session, draft, one) for one in draft.languages)
    return render_template(
        "authoring/translations.html",
        organisation=owner,
        manuscript=found,
        questionnaire=draft.questionnaire,
        translations=[translation(one) for one in catalogues],
        form=form,
    )
