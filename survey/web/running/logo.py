"""The logo that an organisation's reports carry."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired

from survey import access
from survey.database import db
from survey.operations import logos
from survey.operations.errors import NotFound, Refused
from survey.web.running.owned import owner_of

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from survey.storage.organisations import Organisation


class LogoForm(FlaskForm):
    """A picture."""

    file = FileField("PNG or JPEG file", validators=[FileRequired("Choose a file.")])


def add_to(bp: Blueprint) -> None:
    """Add these pages to the blueprint of whoever runs surveys."""
    start = "/<organisation>/logo"
    bp.add_url_rule(start, view_func=logo)
    bp.add_url_rule(start, view_func=change_logo, methods=["POST"])
    bp.add_url_rule(f"{start}/remove", view_func=remove_logo, methods=["POST"])
    bp.add_url_rule(f"{start}.png", view_func=logo_picture)


@access.account
def logo(organisation: str) -> ResponseReturnValue:
    """The logo as it is, and a form to hand in another."""
    return _page(owner_of(organisation, "administer"), LogoForm(formdata=None))


@access.account
def change_logo(organisation: str) -> ResponseReturnValue:
    """Take a picture as the logo."""
    owner, form = owner_of(organisation, "administer"), LogoForm()
    if not form.validate():
        return _page(owner, form), 422
    try:
        picture = form.file.data.read(logos.LARGEST + 1)
        logos.set_logo(db.session, owner, picture, now=datetime.now(UTC))
    except Refused as fault:
        db.session.rollback()
        form.file.errors = [f"{fault.message} {fault.what_to_do}"]
        return _page(owner, form), 422
    db.session.commit()
    flash("Reports carry this logo from now on.", "success")
    return redirect(url_for(".logo", organisation=owner.slug), 303)


@access.account
def remove_logo(organisation: str) -> ResponseReturnValue:
    """Have no logo."""
    owner = owner_of(organisation, "administer")
    logos.remove_logo(db.session, owner)
    db.session.commit()
    flash("Reports carry no logo from now on.", "success")
    return redirect(url_for(".logo", organisation=owner.slug), 303)


@access.account
def logo_picture(organisation: str) -> ResponseReturnValue:
    """The picture itself."""
    picture = logos.logo_of(db.session, owner_of(organisation, "administer"))
    if picture is None:
        raise NotFound("There is no logo.", "Hand one in first.")
    response = Response(picture, mimetype="image/png")
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _page(owner: Organisation, form: LogoForm) -> str:
    return render_template(
        "running/logo.html",
        organisation=owner,
        form=form,
        has_logo=logos.logo_of(db.session, owner) is not None,
    )
