"""One's own account: password, second factor, where one is signed in."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from flask import (
    Blueprint,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from webauthn.helpers import bytes_to_base64url

from survey import access
from survey.database import db
from survey.operations import accounts, factors, passkeys, second_factor, sessions
from survey.operations.errors import Refused
from survey.operations.tokens import digest_of
from survey.web.account.forms import ChangePasswordForm, CodeForm
from survey.web.account.onward import onward
from survey.web.qr_code import qr_code
from survey.web.running.forms import ConfirmForm

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue


def add_to(bp: Blueprint) -> None:
    """Add these pages to the blueprint of accounts."""
    for rule, view, methods in (
        ("/account", own, ["GET"]),
        ("/account/password", password, ["GET", "POST"]),
        ("/account/second-factor", turn_on, ["GET", "POST"]),
        ("/account/second-factor/off", turn_off, ["POST"]),
        ("/account/sign-out-elsewhere", sign_out_elsewhere, ["POST"]),
    ):
        bp.add_url_rule(rule, view_func=view, methods=methods)


@access.account
def own() -> ResponseReturnValue:
    """What this account is and may do, and where it is signed in."""
    me = access.me()
    mine = passkeys.passkeys_of(db.session, me)
    return render_template(
        "account/own.html",
        account=me,
        sessions=sessions.sessions_of(db.session, me),
        this=digest_of(access.own_token()),
        with_passkeys=passkeys.are_possible(current_app.config["BASE_URL"]),
        passkeys=[(bytes_to_base64url(one.id), one) for one in mine],
        lately=access.signed_in_lately(),
        needs_one=access.second_factor_is_required() and factors.number_of(me, mine) == 1,
        form=ConfirmForm(),
    )


@access.account
def password() -> ResponseReturnValue:
    """Change the password; other devices are signed out."""
    me, form = access.me(), ChangePasswordForm()
    if form.validate_on_submit():
        now = datetime.now(UTC)
        if accounts.sign_in(db.session, me.email, form.present.data, now=now) is None:
            db.session.commit()  # a wrong try counts
            form.present.errors = ["This is not your present password."]
        else:
            try:
                accounts.set_password(db.session, me, form.password.data)
            except Refused as fault:
                form.password.errors = [f"{fault.message} {fault.what_to_do}"]
            else:
                access.sign_in(me, via=access.signed_in_by())
                db.session.commit()
                flash("Your password is changed. Other devices are signed out.", "success")
                return redirect(url_for(".own"), 303)
    return render_template("account/password.html", form=form), 422 if form.errors else 200


@access.account_setting_up
def turn_on() -> ResponseReturnValue:
    """Show a secret to an authenticator app, and ask for a code as a sign that it has it. Where a
    second factor is required, whoever has none comes here first."""
    me, form, first = access.newcomer(), CodeForm(), access.lacks_second_factor()
    secret = session.setdefault("totp-secret", second_factor.new_secret())
    if form.validate_on_submit():
        try:
            codes = second_factor.turn_on(
                db.session,
                me,
                secret,
                form.code.data,
                key=current_app.config["SECRET_KEY"],
                now=datetime.now(UTC),
            )
        except Refused as fault:
            form.code.errors = [f"{fault.message} {fault.what_to_do}"]
        else:
            session.pop("totp-secret")
            access.sign_in(me, via="code")
            db.session.commit()
            further = onward(me, request.args.get("next", "")) if first else ""
            return render_template("account/recovery.html", codes=codes, onward=further)
    return render_template(
        "account/second_factor.html",
        form=form,
        first=first,
        with_passkeys=first and passkeys.are_possible(current_app.config["BASE_URL"]),
        secret=" ".join(secret[i : i + 4] for i in range(0, len(secret), 4)),
        picture=qr_code(second_factor.address_of(secret, me.email)),
    ), 422 if form.errors else 200


@access.account_lately
def turn_off() -> ResponseReturnValue:
    """Ask this account for codes no longer."""
    me, required = access.me(), access.second_factor_is_required()
    if required:
        factors.leave_one(db.session, me)
    second_factor.turn_off(db.session, me)
    db.session.commit()
    asked = (
        "Sign in with your passkey from now on."
        if required
        else "You are asked for your password alone."
    )
    flash(asked, "success")
    return redirect(url_for(".own"), 303)


@access.account
def sign_out_elsewhere() -> ResponseReturnValue:
    """Sign out all devices but this one."""
    sessions.end_all_sessions(db.session, access.me(), but=access.own_token())
    db.session.commit()
    flash("All other devices are signed out.", "success")
    return redirect(url_for(".own"), 303)
