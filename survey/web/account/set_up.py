"""The first start: whoever can read the console makes the first organisation and its admin."""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING

from flask import Blueprint, current_app, redirect, render_template

from survey import access
from survey.database import db
from survey.operations import accounts, organising
from survey.operations.errors import NotFound, SurveyError
from survey.operations.tokens import set_up_token
from survey.web.account.forms import SetUpForm
from survey.web.account.tries import counted

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue


def add_to(bp: Blueprint) -> None:
    """Add this page to the blueprint of accounts."""
    bp.add_url_rule("/set-up/<token>", view_func=set_up, methods=["GET", "POST"])


@access.public
@counted
def set_up(token: str) -> ResponseReturnValue:
    """Make the first organisation and account. Works with the printed link, until there is one."""
    expected = set_up_token(current_app.config["SECRET_KEY"]).encode()
    right = hmac.compare_digest(token.encode(), expected)
    if not right or not accounts.there_are_none(db.session):
        raise NotFound("This link no longer works.", "Sign in, or ask an administrator.")
    form = SetUpForm()
    if form.validate_on_submit():
        try:
            made = organising.create_organisation(db.session, form.slug.data, form.name.data)
            account = accounts.create_account(
                db.session,
                form.email.data,
                role="admin",
                organisation=made,
                password=form.password.data,
            )
        except SurveyError as fault:
            db.session.rollback()
            form.form_errors.append(f"{fault.message} {fault.what_to_do}")
        else:
            accounts.note_success(db.session, account)
            access.sign_in(account, via="password")
            db.session.commit()
            return redirect("/admin/", 303)
    status = 422 if form.errors or form.form_errors else 200
    return render_template("account/set_up.html", form=form), status
