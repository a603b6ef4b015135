"""Results of an earlier survey, imported as a wave of their own; and removed again."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from flask import Blueprint, Response, current_app, flash, redirect, render_template, url_for

from survey import access
from survey.database import db
from survey.operations import importing_results, publishing
from survey.operations.csv_rows import InvalidRows, RowProblem
from survey.operations.errors import Refused, SurveyError
from survey.operations.importing_results import EarlierSurvey
from survey.operations.result_rows import COLUMNS, rows_to_fill_in
from survey.operations.versions import measured, questionnaire_of
from survey.web.running.files import csv_for_spreadsheets
from survey.web.running.owned import address, owned_wave, owner_of
from survey.web.running.wave_forms import ResultsForm
from survey.web.running.waves import version_choices

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from survey.storage.organisations import Organisation
    from survey.storage.waves import Wave


def add_to(bp: Blueprint) -> None:
    """Add these pages to the blueprint of whoever runs surveys."""
    for rule, view, methods in (
        ("/<organisation>/results", results, ["GET", "POST"]),
        ("/<organisation>/results/<digest>.csv", results_file, ["GET"]),
        ("/<organisation>/waves/<wave>/remove", remove_results, ["POST"]),
    ):
        bp.add_url_rule(rule, view_func=view, methods=methods)


@access.account
def results(organisation: str) -> ResponseReturnValue:
    """Import the results of an earlier survey."""
    owner = owner_of(organisation)
    form = ResultsForm()
    problems: tuple[RowProblem, ...] = ()
    published = publishing.publications(db.session, owner.id)
    form.version.choices = version_choices(published)
    if not form.is_submitted():
        form.minimum_group.data = current_app.config["MINIMUM_GROUP"]
    if form.validate_on_submit():
        made, problems = _imported(owner, form)
        if made is not None:
            flash(f"{made.name} is imported.", "success")
            return redirect(address(owner, made), 303)
    page = render_template(
        "running/results.html",
        organisation=owner,
        form=form,
        problems=problems,
        published=published,
        columns=COLUMNS,
    )
    return page, 422 if form.is_submitted() else 200


def _imported(owner: Organisation, form: ResultsForm) -> tuple[Wave | None, tuple[RowProblem, ...]]:
    """The wave, committed; or the problems of the file, others being said in the form."""
    now = datetime.now(UTC)
    try:
        chosen = publishing.publication(db.session, owner.id, form.version.data or "")
        survey = EarlierSurvey(
            slug=form.slug.data,
            name=form.name.data,
            ended_on=form.ended_on.data,
            version_digest=chosen.version_digest,
            minimum_group=form.minimum_group.data,
            imported=form.imported.data,
        )
        content = form.file.data.read()
        made = importing_results.import_results(db.session, owner, survey, content, now=now)
    except InvalidRows as fault:
        db.session.rollback()
        return None, tuple(fault.problems)
    except SurveyError as fault:
        db.session.rollback()
        form.slug.errors = [f"{fault.message} {fault.what_to_do}"]
        return None, ()
    db.session.commit()
    return made, ()


@access.account
def results_file(organisation: str, digest: str) -> ResponseReturnValue:
    """A file to fill in, with a row for each capability of a questionnaire."""
    owner = owner_of(organisation)
    chosen = publishing.publication(db.session, owner.id, digest)
    capabilities = measured(questionnaire_of(db.session, chosen.version_digest))
    return Response(
        csv_for_spreadsheets(COLUMNS, rows_to_fill_in(capabilities)),
        mimetype="text/csv",
        headers={"Content-Disposition": f'attachment; filename="{owner.slug}-results.csv"'},
    )


@access.account
def remove_results(organisation: str, wave: str) -> ResponseReturnValue:
    """Remove imported results."""
    owner, found = owned_wave(organisation, wave)
    try:
        importing_results.remove_results(db.session, found)
    except Refused as fault:
        flash(f"{fault.message} {fault.what_to_do}", "notice")
        return redirect(address(owner, found), 303)
    db.session.commit()
    flash(f"{found.name} is removed.", "success")
    return redirect(url_for("running.organisation", organisation=owner.slug), 303)
