"""Sign in and out."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask import Blueprint, redirect, render_template, request, url_for

from survey import access
from survey.database import db
from survey.operations import accounts, permissions
from survey.web.account.sign_in_form import SignInForm

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from survey.storage.accounts import Account

bp = Blueprint("account", __name__)

WRONG = "The e-mail address or the password is not right."


@bp.route("/sign-in", methods=["GET", "POST"])
@access.public
def sign_in() -> ResponseReturnValue:
    """Ask for an e-mail address and a password; then go on to where the visitor wanted to be."""
    already = access.signed_in_account()
    if already is not None:
        return redirect(_onward(already), 303)
    form = SignInForm()
    if form.validate_on_submit():
        account = accounts.sign_in(db.session, form.email.data, form.password.data)
        db.session.commit()
        if account is not None:
            access.sign_in(account)
            return redirect(_onward(account), 303)
        form.email.errors = [WRONG]
    status = 422 if form.is_submitted() else 200
    return render_template(
        "account/sign_in.html", form=form, onward=request.args.get("next")
    ), status


@bp.post("/sign-out")
@access.public
def sign_out() -> ResponseReturnValue:
    """Forget who this browser acts for."""
    access.sign_out()
    return redirect(url_for("home.front"), 303)


def _onward(account: Account) -> str:
    wanted = request.args.get("next", "")
    if is_own_path(wanted):
        return wanted
    works_here = any(
        permissions.may(account, "author", organisation.id)
        for organisation in permissions.organisations_of(account)
    )
    return "/admin/" if works_here else url_for("profile.index")


def is_own_path(target: str) -> bool:
    """Whether the target is a path of this site, and nothing that a browser would take for
    another's: no host, no backslash, no control character."""
    parts = urlsplit(target)
    return (
        target.startswith("/")
        and not target.startswith("//")
        and not parts.netloc
        and not parts.scheme
        and "\\" not in target
        and target.isprintable()
    )
