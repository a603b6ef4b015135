"""Leads share a profile by a link; admins publish it. Who opens either needs no account."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask_wtf import FlaskForm
from wtforms import RadioField, SelectField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import AnyOf, InputRequired, Length

from survey import access
from survey.database import db
from survey.operations import permissions, sharing
from survey.operations.errors import Refused
from survey.operations.viewing import View, view_closed
from survey.web.running.forms import WholeNumberField

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

bp = Blueprint("sharing", __name__, url_prefix="/profiles/<wave>/sharing")

DAYS = [SelectChoice(value=str(days), label=f"{days} days") for days in sharing.DAYS]


class LinkForm(FlaskForm):
    """For whom a link is, and for how long."""

    name = StringField(
        "For whom",
        validators=[
            InputRequired("Say for whom the link is."),
            Length(max=sharing.LONGEST_NAME, message="Use at most 100 characters."),
        ],
    )
    unit = SelectField("What they see", validate_choice=False)
    days = RadioField(
        "How long it works",
        choices=DAYS,
        default="30",
        validate_choice=False,
        validators=[AnyOf([one.value for one in DAYS], "Choose how long it works.")],
    )


class PublicForm(FlaskForm):
    """The fewest people behind a figure on a public page."""

    minimum_group = WholeNumberField(
        "Fewest people behind a figure", validators=[InputRequired("Enter a whole number.")]
    )


@bp.get("")
@access.account
def shared(wave: str) -> ResponseReturnValue:
    """The links there are, a form for another, and whether the profile is public."""
    seen = _seen(wave)
    return _page(seen, _link_form(seen, formdata=None), _public_form(seen, formdata=None))


@bp.post("/links")
@access.account
def make_link(wave: str) -> ResponseReturnValue:
    """Make a link."""
    seen = _seen(wave)
    form = _link_form(seen)
    if not form.validate():
        return _page(seen, form, _public_form(seen, formdata=None)), 422
    whom = _seen(wave, form.unit.data or None)
    try:
        sharing.make_link(
            db.session,
            whom,
            access.me(),
            name=form.name.data,
            days=int(form.days.data),
            now=datetime.now(UTC),
        )
    except Refused as fault:
        db.session.rollback()
        form.name.errors = [f"{fault.message} {fault.what_to_do}"]
        return _page(seen, form, _public_form(seen, formdata=None)), fault.status
    db.session.commit()
    flash("The link is made. Whoever has it can read the profile.", "success")
    return redirect(url_for("sharing.shared", wave=wave), 303)


@bp.post("/links/<uuid:link>/revoke")
@access.account
def revoke_link(wave: str, link: UUID) -> ResponseReturnValue:
    """End a link."""
    sharing.revoke_link(db.session, _seen(wave), link, now=datetime.now(UTC))
    db.session.commit()
    flash("The link does not work any more.", "success")
    return redirect(url_for("sharing.shared", wave=wave), 303)


@bp.post("/public")
@access.account
def publish(wave: str) -> ResponseReturnValue:
    """Put the profile on a public page."""
    seen = _to_publish(wave)
    form = _public_form(seen)
    if not form.validate():
        return _page(seen, _link_form(seen, formdata=None), form), 422
    try:
        sharing.publish(db.session, seen, form.minimum_group.data, now=datetime.now(UTC))
    except Refused as fault:
        db.session.rollback()
        form.minimum_group.errors = [f"{fault.message} {fault.what_to_do}"]
        return _page(seen, _link_form(seen, formdata=None), form), fault.status
    db.session.commit()
    flash("The profile is public.", "success")
    return redirect(url_for("sharing.shared", wave=wave, _anchor="public"), 303)


@bp.post("/public/remove")
@access.account
def unpublish(wave: str) -> ResponseReturnValue:
    """Take the public page away."""
    sharing.unpublish(db.session, _to_publish(wave))
    db.session.commit()
    flash("The profile is not public any more.", "success")
    return redirect(url_for("sharing.shared", wave=wave, _anchor="public"), 303)


def _seen(wave: str, unit: str | None = None) -> View:
    """What the account shares. Raises NotFound where it may not."""
    seen = view_closed(db.session, wave, access.me(), unit)
    path = seen.unit.path if seen.unit.depth else None
    access.require("share", seen.organisation, path)
    return seen


def _to_publish(wave: str) -> View:
    seen = _seen(wave)
    access.require("administer", seen.organisation)
    return seen


def _link_form(seen: View, **values: Any) -> LinkForm:
    form = LinkForm(**values, data={"unit": request.args.get("unit", "")})
    form.unit.choices = [SelectChoice(value="", label=f"{seen.unit.name} as a whole")]
    form.unit.choices += [
        SelectChoice(
            value=unit.slug, label="\u2003" * (unit.depth - seen.unit.depth - 1) + unit.name
        )
        for unit in seen.tree.below(seen.unit)
        if unit.id != seen.unit.id
    ]
    return form


def _public_form(seen: View, **values: Any) -> PublicForm:
    found = sharing.publication(db.session, seen.wave)
    people = found.minimum_group if found else sharing.lowest_public_group(seen.wave)
    return PublicForm(**values, data={"minimum_group": people})


def _page(seen: View, form: LinkForm, public_form: PublicForm) -> str:
    account = access.me()
    return render_template(
        "sharing/shared.html",
        seen=seen,
        form=form,
        public_form=public_form,
        links=sharing.links(db.session, seen, current_app.config["SECRET_KEY"]),
        units={unit.slug: unit.name for unit in seen.tree.units},
        now=datetime.now(UTC),
        base=current_app.config["BASE_URL"],
        may_publish=permissions.may(account, "administer", seen.organisation.id),
        publication=sharing.publication(db.session, seen.wave),
        lowest=sharing.lowest_public_group(seen.wave),
    )
