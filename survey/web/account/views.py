"""Sign in and out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from flask import Blueprint, current_app, redirect, render_template, request, session, url_for

from survey import access
from survey.database import db
from survey.operations import account_links, accounts, factors, second_factor
from survey.operations.errors import Refused
from survey.operations.passkeys import are_possible
from survey.web.account import own, passkeys, set_up, single_sign_on, tokens
from survey.web.account.forms import CodeForm, ForgottenForm, NewPasswordForm, SignInForm
from survey.web.account.onward import onward
from survey.web.account.tries import counted
from survey.web.running.owned import sends_mail

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from survey.storage.accounts import Account

bp = Blueprint("account", __name__)
for pages in (own, passkeys, set_up, single_sign_on, tokens):
    pages.add_to(bp)

WRONG = "The e-mail address or the password is not right."
LOCKED = " After several tries it takes a while until the next counts."
WRONG_CODE = "This code is not right, or was used before. Wait for the next one."
TIME_FOR_CODE = timedelta(minutes=10)


@bp.route("/sign-in", methods=["GET", "POST"])
@access.public
@counted
def sign_in() -> ResponseReturnValue:
    """Ask for an e-mail address and a password; then go on to where the visitor wanted to be."""
    already, again = access.signed_in_account(), "again" in request.args
    if already is not None and not (again and not access.signed_in_lately()):
        return redirect(onward(already, request.args.get("next", "")), 303)
    form = SignInForm()
    if form.validate_on_submit():
        now = datetime.now(UTC)
        account = accounts.sign_in(db.session, form.email.data, form.password.data, now=now)
        db.session.commit()
        if account is not None:
            return _next_step(account, now)
        form.email.errors = [WRONG + LOCKED]
    status = 422 if form.is_submitted() else 200
    return render_template(
        "account/sign_in.html",
        form=form,
        onward=request.args.get("next"),
        again=already is not None,
        with_factor="factor" in request.args,
        with_passkeys=are_possible(current_app.config["BASE_URL"]),
        provider=current_app.config["OIDC_ISSUER"] and current_app.config["OIDC_NAME"],
    ), status


def _next_step(account: Account, now: datetime) -> ResponseReturnValue:
    if account.totp is None:
        if access.second_factor_is_required() and factors.has_one(db.session, account):
            wanted = request.args.get("next") or None
            return redirect(url_for(".sign_in", next=wanted, factor=1), 303)
        return _come_in(account, "password")
    session["signing-in"] = [account.id, now.timestamp()]
    return redirect(url_for(".code", next=request.args.get("next") or None), 303)


def _come_in(account: Account, via: str) -> ResponseReturnValue:
    accounts.note_success(db.session, account)
    access.sign_in(account, via=via)
    db.session.commit()
    return redirect(onward(account, request.args.get("next", "")), 303)


@bp.route("/sign-in/code", methods=["GET", "POST"])
@access.public
@counted
def code() -> ResponseReturnValue:
    """Ask for the second factor of whoever has given the right password just now."""
    now, account = datetime.now(UTC), _signing_in()
    if account is None:
        return redirect(url_for(".sign_in"), 303)
    form = CodeForm()
    if form.validate_on_submit():
        key = current_app.config["SECRET_KEY"]
        locked = accounts.is_locked(account, now=now)
        if not locked and second_factor.passes(
            db.session, account, form.code.data, key=key, now=now
        ):
            return _come_in(account, "code")
        accounts.note_failure(db.session, account, now=now)
        db.session.commit()
        form.code.errors = [WRONG_CODE]
    return render_template("account/code.html", form=form), 422 if form.errors else 200


def _signing_in() -> Account | None:
    account_id, since = session.get("signing-in") or (None, 0.0)
    if account_id is None or datetime.now(UTC).timestamp() - since > TIME_FOR_CODE.total_seconds():
        return None
    return accounts.active_account(db.session, account_id)


@bp.post("/sign-out")
@access.public
def sign_out() -> ResponseReturnValue:
    """Forget who this browser acts for."""
    access.sign_out()
    db.session.commit()
    answer = redirect(url_for("home.front"), 303)
    answer.headers["Clear-Site-Data"] = '"cache"'  # charts are kept there; answers begun are not
    return answer


@bp.route("/sign-in/forgotten", methods=["GET", "POST"])
@access.public
@counted
def forgotten() -> ResponseReturnValue:
    """Have a link sent by which a password is set. Says the same whether there is an account."""
    form, asked = ForgottenForm(), False
    if form.validate_on_submit():
        account_links.forgot_password(db.session, form.email.data, now=datetime.now(UTC))
        db.session.commit()
        current_app.extensions["jobs"].wake()
        asked = True
    return render_template(
        "account/forgotten.html", form=form, asked=asked, sends_mail=sends_mail()
    ), 422 if form.errors else 200


@bp.route("/accounts/<token>", methods=["GET", "POST"])
@access.public
@counted
def link(token: str) -> ResponseReturnValue:
    """Set a password by a link, once."""
    now = datetime.now(UTC)
    account = account_links.account_by_link(db.session, token, now=now)
    form = NewPasswordForm()
    if form.validate_on_submit():
        try:
            account_links.use_link(db.session, token, form.password.data, now=now)
        except Refused as fault:
            db.session.rollback()
            form.password.errors = [f"{fault.message} {fault.what_to_do}"]
        else:
            db.session.commit()
            return _next_step(account, now)
    return render_template(
        "account/new_password.html", form=form, email=account.email
    ), 422 if form.errors else 200
