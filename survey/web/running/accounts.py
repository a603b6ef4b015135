"""Colleagues who sign in: invite them, give and take roles, help who is locked out."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from wtforms.fields import SelectChoice

from survey import access
from survey.database import db
from survey.operations import account_links, accounts, factors, organising, sessions
from survey.operations.errors import SurveyError
from survey.operations.permissions import ROLES
from survey.web.running import files
from survey.web.running.forms import AccountForm, ConfirmForm
from survey.web.running.owned import owner_of, sends_mail

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from survey.storage.accounts import Account
    from survey.storage.organisations import Organisation

MEANS = {
    "admin": "everything",
    "author": "writes questionnaires",
    "lead": "reads profiles, sets targets",
    "viewer": "reads profiles",
    "moderator": "clears comments",
}


def add_to(bp: Blueprint) -> None:
    """Add these pages to the blueprint of whoever runs surveys."""
    start = "/<organisation>/accounts"
    one = f"{start}/<int:account>"
    for rule, view, methods in (
        (start, list_accounts, ["GET"]),
        (start, invite_colleague, ["POST"]),
        (f"{one}/grants/<int:grant>/revoke", revoke, ["POST"]),
        (f"{one}/link", send_link, ["POST"]),
        (f"{one}/second-factor/off", forget_second_factor, ["POST"]),
        (f"{one}/sign-out", sign_out_account, ["POST"]),
    ):
        bp.add_url_rule(rule, view_func=view, methods=methods)


@access.account
def list_accounts(organisation: str) -> ResponseReturnValue:
    """Who has which role, and a form to invite a colleague."""
    return _page(owner_of(organisation, "administer"), AccountForm(formdata=None))


def _page(owner: Organisation, form: AccountForm, link: str = "") -> str:
    tree = organising.units(db.session, owner.id)
    form.unit.choices = files.unit_choices(tree, root="")
    form.role.choices = [
        SelectChoice(value=role, label=f"{role.capitalize()}: {MEANS[role]}") for role in ROLES
    ]
    form.role.data = form.role.data or "viewer"
    listed = accounts.accounts_of(db.session, owner.id)
    return render_template(
        "running/accounts.html",
        organisation=owner,
        accounts=listed,
        with_factor=factors.with_one(db.session, listed),
        names={unit.id: unit.name for unit in tree},
        form=form,
        confirm=ConfirmForm(),
        link=link,
        sends_mail=sends_mail(),
        now=datetime.now(UTC),
    )


@access.account
def invite_colleague(organisation: str) -> ResponseReturnValue:
    """Give a role, with an account where there is none; the link to set a password goes by
    e-mail, or is shown once."""
    owner, form = owner_of(organisation, "administer"), AccountForm()
    form.unit.choices = files.unit_choices(organising.units(db.session, owner.id), root="")
    if not form.validate():
        return _page(owner, form), 422
    try:
        account, is_new = _with_role(owner, form)
    except SurveyError as fault:
        db.session.rollback()
        form.email.errors = [f"{fault.message} {fault.what_to_do}"]
        return _page(owner, form), 422
    if not is_new:
        db.session.commit()
        flash(f"{account.email} has this role now.", "success")
        return redirect(url_for(".list_accounts", organisation=owner.slug), 303)
    return _give_link(owner, account)


def _with_role(owner: Organisation, form: AccountForm) -> tuple[Account, bool]:
    unit = organising.unit(db.session, owner.id, form.unit.data) if form.unit.data else None
    known = accounts.account_named(db.session, form.email.data)
    role = form.role.data
    if known is not None:
        accounts.add_grant(db.session, known, role=role, organisation=owner, unit=unit)
        return known, False
    made = accounts.create_account(
        db.session, form.email.data, role=role, organisation=owner, unit=unit
    )
    return made, True


def _give_link(owner: Organisation, account: Account) -> ResponseReturnValue:
    now = datetime.now(UTC)
    if sends_mail():
        account_links.ask_for_link(db.session, account, "invitation", now=now)
        db.session.commit()
        current_app.extensions["jobs"].wake()
        flash(f"A link to set a password is on its way to {account.email}.", "success")
        return redirect(url_for(".list_accounts", organisation=owner.slug), 303)
    token = account_links.make_link(db.session, account, "invitation", now=now)
    db.session.commit()
    link = f"{current_app.config['BASE_URL']}/accounts/{token}"
    return _page(owner, AccountForm(formdata=None), link)


@access.account
def send_link(organisation: str, account: int) -> ResponseReturnValue:
    """Send or show another link to set a password."""
    owner = owner_of(organisation, "administer")
    return _give_link(owner, accounts.account_in(db.session, owner.id, account))


@access.account
def revoke(organisation: str, account: int, grant: int) -> ResponseReturnValue:
    """Take a role away."""
    owner = owner_of(organisation, "administer")
    found = accounts.account_in(db.session, owner.id, account)
    try:
        accounts.revoke_grant(db.session, found, grant, owner.id)
    except SurveyError as fault:
        db.session.rollback()
        flash(f"{fault.message} {fault.what_to_do}", "important")
    else:
        db.session.commit()
        flash("The role is taken away.", "success")
    return redirect(url_for(".list_accounts", organisation=owner.slug), 303)


@access.account
def forget_second_factor(organisation: str, account: int) -> ResponseReturnValue:
    """Let somebody in who lost their phone and their recovery codes, or what has their passkey."""
    owner = owner_of(organisation, "administer")
    found = accounts.account_in(db.session, owner.id, account)
    factors.take_all(db.session, found)
    sessions.end_all_sessions(db.session, found)
    db.session.commit()
    asked = "a new second factor" if access.second_factor_is_required() else "a password alone"
    flash(f"{found.email} is asked for {asked}.", "success")
    return redirect(url_for(".list_accounts", organisation=owner.slug), 303)


@access.account
def sign_out_account(organisation: str, account: int) -> ResponseReturnValue:
    """Sign somebody out everywhere."""
    owner = owner_of(organisation, "administer")
    found = accounts.account_in(db.session, owner.id, account)
    sessions.end_all_sessions(db.session, found)
    accounts.note_everywhere(db.session, found, "account.sign-out")
    db.session.commit()
    flash(f"{found.email} is signed out everywhere.", "success")
    return redirect(url_for(".list_accounts", organisation=owner.slug), 303)
