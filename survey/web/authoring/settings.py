"""How an organisation writes questionnaires: who signs off, which words its staff know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, request, url_for

from survey import access
from survey.database import db
from survey.operations import signing_off
from survey.web.authoring.forms import SettingsForm
from survey.web.authoring.owned import owner_of

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue


def add_to(bp: Blueprint) -> None:
    """Add this page to the blueprint of authors."""
    bp.add_url_rule("/settings", view_func=settings, methods=["GET", "POST"])


@access.account
def settings(organisation: str) -> ResponseReturnValue:
    """Say who signs off, and which words are known. For admins."""
    owner = owner_of(organisation, "administer")
    form = SettingsForm(obj=owner if request.method == "GET" else None)
    if form.validate_on_submit():
        signing_off.settle_rules(
            db.session,
            owner,
            sign_off_needed=form.sign_off_needed.data,
            glossary=form.glossary.data.replace("\r\n", "\n"),
        )
        db.session.commit()
        flash("Saved.", "success")
        return redirect(url_for("authoring.questionnaires", organisation=owner.slug), 303)
    page = render_template("authoring/settings.html", organisation=owner, form=form)
    return page, 422 if form.errors else 200
