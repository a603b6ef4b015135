"""Leads ask for reports as files, and fetch them when they are ready."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final
from uuid import UUID

from flask import Blueprint, Response, current_app, redirect, render_template, request, url_for
from flask_wtf import FlaskForm
from wtforms import RadioField, SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import AnyOf

from survey import access
from survey.database import db
from survey.operations import narrowing, permissions
from survey.operations.errors import NotFound, Refused
from survey.operations.narrowing import Part
from survey.operations.reporting import organisation_profile
from survey.reports import asking
from survey.reports.contents import Subject
from survey.reports.formats import FORMATS

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from survey.operations.profile import Profile
    from survey.storage.reports import Report

bp = Blueprint("reports", __name__, url_prefix="/profiles/<wave>/reports")

LANGUAGES: Final = (
    SelectChoice(value="en", label="English"),
    SelectChoice(value="cy", label="Cymraeg (Welsh)"),
)
NO_UNIT: Final = ""
KINDS_OF_PART: Final = ("domain", "theme", "map")


class ReportForm(FlaskForm):
    """Which report is wanted."""

    unit = SelectField("Of whom", validate_choice=False)
    part = SelectField("Of which capabilities", validate_choice=False)
    format = RadioField(
        "As",
        choices=[
            SelectChoice(value=ending, label=one.name, render_kw={"hint": one.purpose})
            for ending, one in FORMATS.items()
        ],
        default="pdf",
        validate_choice=False,
        validators=[AnyOf(list(FORMATS), "Choose a kind of file.")],
    )
    language = RadioField(
        "Language",
        choices=list(LANGUAGES),
        default="en",
        validate_choice=False,
        validators=[AnyOf([one.value for one in LANGUAGES], "Choose a language.")],
    )


@bp.get("")
@access.account
def offered(wave: str) -> ResponseReturnValue:
    """A form to ask for a report, and those that were asked for."""
    whole = _whole(wave)
    return _page(whole, _form(whole))


@bp.post("")
@access.account
def ask(wave: str) -> ResponseReturnValue:
    """Let a worker build one."""
    whole = _whole(wave)
    form = _form(whole)
    if not form.validate():
        return _page(whole, form), 422
    part, language = _part(form.part.data or ""), form.language.data
    subject = Subject(wave, form.unit.data or None, part, language)
    try:
        asking.ask(db.session, access.me(), subject, form.format.data or "", now=datetime.now(UTC))
    except Refused as fault:
        db.session.rollback()
        form.unit.errors = [f"{fault.message} {fault.what_to_do}"]
        return _page(whole, form), fault.status
    db.session.commit()
    current_app.extensions["jobs"].wake()
    return redirect(url_for("reports.offered", wave=wave, _anchor="yours"), 303)


@bp.get("/progress")
@access.account
def progress(wave: str) -> ResponseReturnValue:
    """How far they are: the part of the page that changes by itself."""
    return render_template("reporting/asked.html", wave=wave, asked=_asked(wave))


@bp.get("/<uuid:report>")
@access.account
def file(wave: str, report: UUID) -> ResponseReturnValue:
    """A report that is ready, to save."""
    found = asking.one(db.session, access.me(), wave, report)
    if found.content is None:
        raise NotFound("This report is not ready.", "Look at how far it is, or ask for it again.")
    response = Response(found.content, mimetype=FORMATS[found.format].media_type)
    response.headers.set("Content-Disposition", "attachment", filename=found.name)
    response.headers["Cache-Control"] = "private, no-store"
    return response


@bp.post("/<uuid:report>/delete")
@access.account
def delete(wave: str, report: UUID) -> ResponseReturnValue:
    """Delete a report, ready or not."""
    asking.forget(db.session, access.me(), wave, report)
    db.session.commit()
    return redirect(url_for("reports.offered", wave=wave, _anchor="yours"), 303)


def _whole(wave: str) -> Profile:
    """All of which this account can have a report. Raises NotFound where that is nothing."""
    whole = organisation_profile(db.session, wave, access.me())
    if whole.state != "closed":
        raise NotFound("There are no reports yet.", "They come when the wave closes.")
    return whole


def _form(whole: Profile) -> ReportForm:
    """The form with what this account can choose."""
    form = ReportForm(data={"unit": request.args.get("unit", ""), "part": _part_asked_for()})
    form.unit.choices = _units(whole)
    form.part.choices = _parts(whole)
    return form


def _units(whole: Profile) -> list[SelectChoice]:
    """The whole first; of units only those of which something is shown."""
    name = whole.unit.name if whole.unit else whole.organisation.name
    start = whole.unit.depth if whole.unit else 0
    shown = [unit for unit in whole.units if unit.responded is not None]
    return [
        SelectChoice(value=NO_UNIT, label=f"{name} as a whole"),
        *(
            SelectChoice(value=unit.slug, label="\u2003" * (unit.depth - start - 1) + unit.name)
            for unit in shown
        ),
    ]


def _parts(whole: Profile) -> list[SelectChoice]:
    found = narrowing.offered(db.session, whole)
    choices = [SelectChoice(value="", label="All capabilities")]
    for kind, name, options in (
        ("domain", "Domain", found.domains),
        ("theme", "Theme", found.themes),
        ("map", "As in the map", found.maps),
    ):
        choices += [
            SelectChoice(value=f"{kind}:{id_}", label=f"{name}: {title}") for id_, title in options
        ]
    return choices


def _part(chosen: str) -> Part:
    kind, _, id_ = chosen.partition(":")
    return Part(**{kind: id_}) if kind in KINDS_OF_PART else Part()


def _part_asked_for() -> str:
    """Where a page of a part leads here, that part."""
    asked = request.args
    found = (f"{kind}:{asked[kind]}" for kind in KINDS_OF_PART if asked.get(kind))
    return next(found, "")


def _asked(wave: str) -> list[Report]:
    return asking.asked_for(db.session, access.me(), wave)


def _page(whole: Profile, form: ReportForm) -> str:
    return render_template(
        "reporting/offered.html",
        wave=whole.wave.slug,
        profile=whole,
        form=form,
        asked=_asked(whole.wave.slug),
        may_change_logo=permissions.may(access.me(), "administer", whole.organisation.id),
    )
