"""A draft is rehearsed by made-up people: asked for, watched, read."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from flask import Blueprint, current_app, redirect, render_template, request
from flask_wtf import FlaskForm
from wtforms import RadioField
from wtforms.fields import SelectChoice
from wtforms.validators import AnyOf, InputRequired, NumberRange

from survey import access
from survey.charts.pictures import CAPABILITIES
from survey.charts.placing import Row
from survey.charts.steps import Bars, Chart, Columns
from survey.database import db
from survey.findings import sentences, words
from survey.maturity.profile import Shown
from survey.operations import rehearsing
from survey.operations.errors import NotFound, Refused
from survey.operations.rehearsed_people import Wanted
from survey.operations.simulating import RESPONSE_RATE
from survey.web.authoring import rehearsal_words
from survey.web.authoring.owned import address, owned
from survey.web.authoring.preview import in_words
from survey.web.profile.images import as_image
from survey.web.running.forms import WholeNumberField

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from survey.operations.rehearsing import Report
    from survey.storage.manuscripts import Manuscript
    from survey.storage.organisations import Organisation

SPREADS: Final = [
    SelectChoice(value="staff", label="As many as would answer of our staff list"),
    SelectChoice(value="thousand", label="A thousand, spread over the units as our staff are"),
]
FEWEST_SHOWN: Final = 20
"""Questions that fewest people came to, beside those that nobody did."""


class RehearsalForm(FlaskForm):
    """Which made-up people go through the draft."""

    spread = RadioField(
        "Made-up people",
        choices=SPREADS,
        default="staff",
        validate_choice=False,
        validators=[AnyOf([one.value for one in SPREADS], "Choose who goes through it.")],
    )
    share = WholeNumberField(
        "Share of people who answer, in %",
        default=round(100 * RESPONSE_RATE),
        validators=[
            InputRequired("Enter a whole number."),
            NumberRange(1, 100, "Enter a whole number from 1 to 100."),
        ],
    )


def add_to(bp: Blueprint) -> None:
    """Add these pages to the blueprint of authors."""
    start = "/<int:manuscript>/rehearsal"
    bp.add_url_rule(start, view_func=rehearsal)
    bp.add_url_rule(start, view_func=rehearse, methods=["POST"])
    bp.add_url_rule(f"{start}/progress", view_func=rehearsal_progress)
    bp.add_url_rule(f"{start}/charts/<name>.svg", view_func=rehearsal_chart)


@access.account
def rehearsal(organisation: str, manuscript: int) -> ResponseReturnValue:
    """What made-up people found in the draft; or a form to let them go through it."""
    owner, found = _draft(organisation, manuscript)
    report = rehearsing.report(db.session, found)
    return _page(owner, found, report, _form_of(report))


@access.account
def rehearse(organisation: str, manuscript: int) -> ResponseReturnValue:
    """Let them go through it as it is now."""
    owner, found = _draft(organisation, manuscript)
    form = RehearsalForm()
    if not form.validate():
        return _page(owner, found, rehearsing.report(db.session, found), form), 422
    try:
        rehearsing.ask(
            db.session,
            found,
            Wanted(form.spread.data, form.share.data),
            minimum_group=current_app.config["MINIMUM_GROUP"],
            other_people=request.form.get("then") == "others",
            now=datetime.now(UTC),
        )
    except Refused as fault:
        db.session.rollback()  # the page says how many problems there are
        return _page(owner, found, rehearsing.report(db.session, found), form), fault.status
    db.session.commit()
    current_app.extensions["jobs"].wake()
    return redirect(address(owner, found, "authoring.rehearsal"), 303)


@access.account
def rehearsal_progress(organisation: str, manuscript: int) -> ResponseReturnValue:
    """How far they are: the part of the page that changes by itself."""
    owner, found = _draft(organisation, manuscript)
    return render_template(
        "authoring/rehearsal_state.html",
        organisation=owner,
        manuscript=found,
        report=rehearsing.report(db.session, found),
    )


@access.account
def rehearsal_chart(organisation: str, manuscript: int, name: str) -> ResponseReturnValue:
    """A chart of the made-up profile as an image."""
    _, found = _draft(organisation, manuscript)
    charts = _charts(rehearsing.report(db.session, found))
    if name not in charts:
        raise NotFound("There is no such chart.")
    return as_image(charts[name])


def _draft(organisation: str, manuscript: int) -> tuple[Organisation, Manuscript]:
    """The organisation and its draft. Raises NotFound, also for a capability or a map."""
    owner, found = owned(organisation, manuscript)
    if found.kind != "questionnaire":
        raise NotFound("Only a questionnaire can be rehearsed.", "Choose one from the list.")
    return owner, found


def _form_of(report: Report | None) -> RehearsalForm:
    if report is None:
        return RehearsalForm(formdata=None)
    before = report.rehearsal
    return RehearsalForm(formdata=None, spread=before.spread, share=before.share)


def _page(
    owner: Organisation, found: Manuscript, report: Report | None, form: RehearsalForm
) -> str:
    return render_template(
        "authoring/rehearsal.html",
        organisation=owner,
        manuscript=found,
        problems=rehearsing.number_of_problems(db.session, found),
        report=report,
        form=form,
        charts=_charts(report),
        fewest_shown=FEWEST_SHOWN,
        said=rehearsal_words,
        in_words=in_words,
        words=words,
        sentences=sentences,
        is_shown=lambda measure: isinstance(measure, Shown),
    )


def _charts(report: Report | None) -> dict[str, Chart]:
    """The charts of the made-up profile by name, as a profile has them."""
    if report is None or report.figures is None:
        return {}
    scale = report.figures.scale
    charts: dict[str, Chart] = {}
    if any(report.overall):
        title = "Made up: capabilities at each step"
        charts["steps"] = Columns(title, report.overall, scale, CAPABILITIES)
    for number, group in enumerate(report.groups, start=1):
        rows = tuple(Row(one.name, one.measure) for one in group.capabilities)
        charts[f"group.{number}"] = Bars(f"Made up: {group.title}", rows, scale)
    return charts
