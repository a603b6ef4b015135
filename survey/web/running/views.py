"""Admins run a survey: units, people, waves. Where things stand is always on the first page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, url_for

from survey import access
from survey.database import db
from survey.operations import organising, permissions, publishing, running, writing
from survey.operations import reorganising as reorganisation
from survey.operations.csv_rows import InvalidRows
from survey.web.numbers import page_asked_for
from survey.web.running import (
    accounts,
    audit,
    benchmarks,
    diagnostics,
    files,
    keeping,
    letters,
    logo,
    messages,
    opening,
    reorganising,
    responses,
    results,
    uploads,
    waves,
)
from survey.web.running.forms import PersonForm, UnitForm, UploadForm
from survey.web.running.owned import owner_of

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from survey.storage.organisations import Organisation

bp = Blueprint("running", __name__, url_prefix="/admin")
PAGES = (
    waves,
    opening,
    messages,
    letters,
    accounts,
    audit,
    keeping,
    uploads,
    reorganising,
    responses,
    results,
    benchmarks,
    diagnostics,
    logo,
)
for pages in PAGES:
    pages.add_to(bp)

PEOPLE_A_PAGE = 100


@bp.get("/")
@access.account
def index() -> ResponseReturnValue:
    """The organisations that this account works in; straight on where there is one."""
    found = permissions.organisations_where(access.signed_in_account(), "author")
    if len(found) == 1:
        return redirect(url_for(".organisation", organisation=found[0].slug), 303)
    return render_template("running/index.html", organisations=found)


@bp.get("/<organisation>/")
@access.account
def organisation(organisation: str) -> ResponseReturnValue:
    """Where things stand, and what to do next."""
    owner = owner_of(organisation, "author")
    return render_template(
        "running/organisation.html",
        organisation=owner,
        may_run=permissions.may(access.signed_in_account(), "run-wave", owner.id),
        units=len(organising.units(db.session, owner.id)) - 1,
        people=organising.number_of_people(db.session, owner.id),
        publications=publishing.publications(db.session, owner.id),
        manuscripts=writing.manuscripts(db.session, owner.id),
        waves=running.waves(db.session, owner.id),
    )


@bp.get("/<organisation>/units")
@access.account
def units(organisation: str) -> ResponseReturnValue:
    """The tree of units, and two ways to change it."""
    return _units_page(owner_of(organisation, "administer"))


@bp.post("/<organisation>/units/import")
@access.account
def import_units(organisation: str) -> ResponseReturnValue:
    """Hand in a file of units."""
    owner, form = owner_of(organisation, "administer"), UploadForm()
    if not form.validate():
        return _units_page(owner, upload=form), 422
    return _import(owner, "units", form)


@bp.post("/<organisation>/units")
@access.account
def add_unit(organisation: str) -> ResponseReturnValue:
    """Add one unit, or change the one that has this short name."""
    owner, form = owner_of(organisation, "administer"), UnitForm()
    if not form.validate():
        return _units_page(owner, form=form), 422
    row = {"slug": form.slug.data, "name": form.name.data, "parent": form.parent.data}
    try:
        organising.import_units(db.session, owner, files.csv_bytes([row]))
    except InvalidRows as fault:
        form.slug.errors = [files.sentence(problem) for problem in fault.problems]
        return _units_page(owner, form=form), 422
    db.session.commit()
    flash(f"{form.name.data} is in the tree.", "success")
    return redirect(url_for(".units", organisation=owner.slug), 303)


@bp.get("/<organisation>/people")
@access.account
def people(organisation: str) -> ResponseReturnValue:
    """The staff list, and two ways to change it."""
    return _people_page(owner_of(organisation, "administer"))


@bp.post("/<organisation>/people/import")
@access.account
def import_people(organisation: str) -> ResponseReturnValue:
    """Hand in a file of people."""
    owner, form = owner_of(organisation, "administer"), UploadForm()
    if not form.validate():
        return _people_page(owner, upload=form), 422
    return _import(owner, "people", form)


@bp.post("/<organisation>/people")
@access.account
def add_person(organisation: str) -> ResponseReturnValue:
    """Add one person, or move them to another unit."""
    owner, form = owner_of(organisation, "administer"), PersonForm()
    if not form.validate():
        return _people_page(owner, form=form), 422
    try:
        organising.import_people(db.session, owner, files.csv_bytes([form.row]))
    except InvalidRows as fault:
        for problem in fault.problems:
            field = form[problem.column or "email"]
            field.errors = [*field.errors, files.sentence(problem)]
        return _people_page(owner, form=form), 422
    db.session.commit()
    flash(f"{form.email.data or form.staff_number.data} is on the staff list.", "success")
    return redirect(url_for(".people", organisation=owner.slug), 303)


def _import(owner: Organisation, what: str, form: UploadForm) -> ResponseReturnValue:
    page = {"units": _units_page, "people": _people_page}[what]
    file = form.file.data
    try:
        return uploads.hand_in(owner, what, file.filename or what, file.read())
    except InvalidRows as fault:
        return page(owner, upload=form, problems=fault.problems), 422


def _units_page(
    owner: Organisation,
    *,
    form: UnitForm | None = None,
    upload: UploadForm | None = None,
    problems: tuple[object, ...] = (),
) -> str:
    tree = organising.units(db.session, owner.id)
    form = form or UnitForm(formdata=None)
    form.parent.choices = files.unit_choices(tree, root="")
    return render_template(
        "running/units.html",
        organisation=owner,
        tree=[(unit, unit.path.count("/") - 1) for unit in tree],
        ended=reorganisation.ended_units(db.session, owner.id),
        form=form,
        upload=upload or UploadForm(formdata=None),
        problems=problems,
    )


def _people_page(
    owner: Organisation,
    *,
    form: PersonForm | None = None,
    upload: UploadForm | None = None,
    problems: tuple[object, ...] = (),
) -> str:
    tree = organising.units(db.session, owner.id)
    form = form or PersonForm(formdata=None)
    form.unit.choices = files.unit_choices(tree)
    page = page_asked_for()
    first = (page - 1) * PEOPLE_A_PAGE
    return render_template(
        "running/people.html",
        organisation=owner,
        people=organising.people(db.session, owner.id, first=first, at_most=PEOPLE_A_PAGE),
        total=organising.number_of_people(db.session, owner.id),
        page=page,
        pages=-(-organising.number_of_people(db.session, owner.id) // PEOPLE_A_PAGE),
        names={unit.id: unit.name for unit in tree},
        form=form,
        upload=upload or UploadForm(formdata=None),
        problems=problems,
    )
