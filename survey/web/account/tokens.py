"""Tokens by which programs act for one's account: made, seen once, revoked."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_wtf import FlaskForm
from wtforms import RadioField, SelectMultipleField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length

from survey import access
from survey.database import db
from survey.operations import api_tokens
from survey.operations.api_tokens import DAYS, LONGEST_NAME, RESOURCES, SCOPES
from survey.operations.errors import Refused

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue


class TokenForm(FlaskForm):
    """A program, and what it may do for how long."""

    name = StringField(
        "Name of the program",
        validators=[
            InputRequired("Enter a name."),
            Length(max=LONGEST_NAME, message=f"The name has at most {LONGEST_NAME} characters."),
        ],
    )
    scopes = SelectMultipleField(
        "What may it do?",
        choices=[SelectChoice(value=scope, label=text) for scope, text in SCOPES.items()],
        validators=[InputRequired("Choose what it may do.")],
    )
    days = RadioField(
        "For how long?",
        choices=[SelectChoice(value=days, label=f"{days} days") for days in DAYS],
        default=DAYS[1],
        coerce=int,
    )


def add_to(bp: Blueprint) -> None:
    """Add these pages to the blueprint of accounts."""
    bp.add_url_rule("/account/tokens", view_func=tokens)
    bp.add_url_rule("/account/tokens", view_func=make_token, methods=["POST"])
    bp.add_url_rule("/account/tokens/<int:token>/revoke", view_func=revoke_token, methods=["POST"])


@access.account
def tokens() -> ResponseReturnValue:
    """The account's tokens, and a form to make one."""
    return _page(TokenForm(formdata=None))


@access.account
def make_token() -> ResponseReturnValue:
    """Make a token and show it, this once."""
    form = TokenForm()
    if not form.validate():
        return _page(form), 422
    try:
        token, _ = api_tokens.make_token(
            db.session,
            access.me(),
            name=form.name.data,
            scopes=form.scopes.data,
            days=form.days.data,
            now=datetime.now(UTC),
        )
    except Refused as fault:
        form.name.errors = [f"{fault.message} {fault.what_to_do}"]
        return _page(form), 422
    db.session.commit()
    return _page(TokenForm(formdata=None), token)


@access.account
def revoke_token(token: int) -> ResponseReturnValue:
    """End a token."""
    ended = api_tokens.revoke(db.session, access.me(), token, now=datetime.now(UTC))
    db.session.commit()
    flash(f"“{ended.name}” can no longer act for you.", "success")
    return redirect(url_for(".tokens"), 303)


def _page(form: TokenForm, token: str = "") -> str:
    return render_template(
        "account/tokens.html",
        form=form,
        token=token,
        tokens=api_tokens.tokens_of(db.session, access.me()),
        scopes=SCOPES,
        resources=RESOURCES,
        now=datetime.now(UTC),
    )
