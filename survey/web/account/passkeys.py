"""Passkeys in the browser: made on one's account page, used on the sign-in page. A script speaks
with the device; without scripts there is the password."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, current_app, flash, redirect, request, session, url_for

from survey import access
from survey.database import db
from survey.operations import accounts, factors, passkeys
from survey.operations.errors import Refused
from survey.operations.passkeys import Options
from survey.web.account.onward import is_own_path, onward
from survey.web.account.tries import counted

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue


CHALLENGE = "passkey-challenge"


def add_to(bp: Blueprint) -> None:
    """Add these pages to the blueprint of accounts."""
    for rule, view, methods in (
        ("/account/passkeys/options", options_to_add, ["GET"]),
        ("/account/passkeys", add, ["POST"]),
        ("/account/passkeys/<passkey>/remove", remove, ["POST"]),
        ("/sign-in/passkey/options", options_to_sign_in, ["GET"]),
        ("/sign-in/passkey", sign_in, ["POST"]),
    ):
        bp.add_url_rule(rule, endpoint=f"passkey_{view.__name__}", view_func=view, methods=methods)


def _ask(options: Options) -> Response:
    session[CHALLENGE] = urlsafe_b64encode(options.challenge).decode()
    return Response(options.json, mimetype="application/json")


def _challenge() -> bytes:
    asked = session.pop(CHALLENGE, None)
    if asked is None:
        raise Refused("Nothing was asked of this device.", "Load the page again.")
    return urlsafe_b64decode(asked)


def _sent() -> dict[str, Any]:
    sent = request.get_json(silent=True)
    if not isinstance(sent, dict) or not isinstance(sent.get("credential"), dict):
        raise Refused("The device sent nothing that can be read.", "Try once more.")
    return sent


def _base_url() -> str:
    base: str = current_app.config["BASE_URL"]
    return base


@access.account_setting_up
def options_to_add() -> ResponseReturnValue:
    """What the device is asked, to make a passkey."""
    return _ask(passkeys.options_to_add(db.session, access.newcomer(), _base_url()))


@access.account_setting_up
def add() -> ResponseReturnValue:
    """Keep the passkey that the device made."""
    me, sent = access.newcomer(), _sent()
    passkeys.add(
        db.session,
        me,
        sent["credential"],
        name=str(sent.get("name", "")),
        challenge=_challenge(),
        base_url=_base_url(),
        now=datetime.now(UTC),
    )
    access.sign_in(me, via="passkey")
    db.session.commit()
    flash("The passkey is added. You can sign in with it from now on.", "success")
    wanted = str(sent.get("next", ""))
    return {"onward": wanted if is_own_path(wanted) else url_for("account.own")}


@access.account_lately
def remove(passkey: str) -> ResponseReturnValue:
    """Take a passkey away."""
    me = access.me()
    if access.second_factor_is_required():
        factors.leave_one(db.session, me)
    passkeys.remove(db.session, me, passkey)
    db.session.commit()
    flash("The passkey is removed.", "success")
    return redirect(url_for("account.own"), 303)


@access.public
def options_to_sign_in() -> ResponseReturnValue:
    """What the device is asked, to sign in."""
    return _ask(passkeys.options_to_sign_in(_base_url()))


@access.public
@counted
def sign_in() -> ResponseReturnValue:
    """Let in whose passkey this is."""
    sent = _sent()
    account = passkeys.sign_in(
        db.session, sent["credential"], challenge=_challenge(), base_url=_base_url()
    )
    accounts.note_success(db.session, account)
    access.sign_in(account, via="passkey")
    db.session.commit()
    return {"onward": onward(account, str(sent.get("next", "")))}
