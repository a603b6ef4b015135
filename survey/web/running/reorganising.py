"""Admins end units, and say which others carry on their work."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, url_for
from wtforms.fields import SelectChoice

from survey import access
from survey.database import db
from survey.operations import organising, reorganising
from survey.operations.errors import Refused
from survey.web.running import files
from survey.web.running.forms import EndUnitForm
from survey.web.running.owned import owner_of

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

NOBODY = "Nobody: its work has ended"


def add_to(bp: Blueprint) -> None:
    """Add these pages to the blueprint of whoever runs surveys."""
    start = "/<organisation>/units/<unit>"
    bp.add_url_rule(f"{start}/end", view_func=end_unit, methods=["GET", "POST"])
    bp.add_url_rule(f"{start}/return", view_func=bring_back, methods=["POST"])


@access.account
def end_unit(organisation: str, unit: str) -> ResponseReturnValue:
    """End a unit. Whoever and whatever is in it goes to the one that carries on."""
    owner = owner_of(organisation, "administer")
    ending = organising.unit(db.session, owner.id, unit)
    form = EndUnitForm()
    others = [one for one in organising.units(db.session, owner.id) if one.id != ending.id]
    form.successor.choices = [
        SelectChoice(value="", label=NOBODY),
        *files.unit_choices(others),
    ]
    if form.validate_on_submit():
        try:
            moved = reorganising.end_unit(
                db.session, owner, unit, form.successor.data or None, now=datetime.now(UTC)
            )
        except Refused as fault:
            db.session.rollback()
            form.successor.errors = [f"{fault.message} {fault.what_to_do}"]
        else:
            db.session.commit()
            went = f" {moved.people} people went along." if moved.people else ""
            flash(f"{ending.name} has ended.{went}", "success")
            return redirect(url_for(".units", organisation=owner.slug), 303)
    page = render_template(
        "running/end_unit.html",
        organisation=owner,
        unit=ending,
        moves=reorganising.what_would_move(db.session, ending),
        form=form,
    )
    return page, 422 if form.errors else 200


@access.account
def bring_back(organisation: str, unit: str) -> ResponseReturnValue:
    """Undo a unit's end."""
    owner = owner_of(organisation, "administer")
    found = reorganising.bring_back(db.session, owner, unit)
    db.session.commit()
    flash(f"{found.name} is there again, without people.", "success")
    return redirect(url_for(".units", organisation=owner.slug), 303)
