"""What is kept of people and for how long: looking one up, erasing, deleting who was asked."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from flask import Blueprint, flash, jsonify, redirect, render_template, url_for

from survey import access
from survey.database import db
from survey.operations import auditing, retention, subjects
from survey.operations.errors import SurveyError
from survey.web.running.forms import ConfirmForm, FindPersonForm
from survey.web.running.owned import address, owned_wave, owner_of, secret

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from survey.storage.organisations import Organisation


def add_to(bp: Blueprint) -> None:
    """Add these pages to the blueprint of whoever runs surveys."""
    for rule, view, methods in (
        ("/<organisation>/people/find", find, ["GET", "POST"]),
        ("/<organisation>/people/<int:person>", person, ["GET"]),
        ("/<organisation>/people/<int:person>.json", person_file, ["GET"]),
        ("/<organisation>/people/<int:person>/erase", erase, ["POST"]),
        ("/<organisation>/waves/<wave>/certificate", certificate, ["GET"]),
        ("/<organisation>/waves/<wave>/forget", forget, ["POST"]),
    ):
        bp.add_url_rule(rule, view_func=view, methods=methods)


@access.account
def find(organisation: str) -> ResponseReturnValue:
    """Look somebody up. Sent as a form, so that no address stands in a log of addresses asked."""
    owner, form = owner_of(organisation, "administer"), FindPersonForm()
    if form.validate_on_submit():
        try:
            found = subjects.find(db.session, owner, form.known_by.data)
        except SurveyError as fault:
            form.known_by.errors = [fault.message]
        else:
            return redirect(url_for(".person", organisation=owner.slug, person=found), 303)
    page = render_template("running/find_person.html", organisation=owner, form=form)
    return page, 422 if form.errors else 200


@access.account
def person(organisation: str, person: int) -> ResponseReturnValue:
    """All that is held of a person."""
    owner = owner_of(organisation, "administer")
    found = _held(owner, person)
    return render_template(
        "running/person.html", organisation=owner, found=found, form=ConfirmForm()
    )


@access.account
def person_file(organisation: str, person: int) -> ResponseReturnValue:
    """The same as JSON, to be handed to the person."""
    found = _held(owner_of(organisation, "administer"), person)
    answer = jsonify(asdict(found) | {"answers": "linked to nobody, so none can be found"})
    answer.headers["Content-Disposition"] = 'attachment; filename="person.json"'
    return answer


def _held(owner: Organisation, person: int) -> subjects.HeldPerson:
    found = subjects.held(db.session, owner, person)
    auditing.note(db.session, "person.show", f"person:{found.id}", owner.id)
    db.session.commit()
    return found


@access.account
def erase(organisation: str, person: int) -> ResponseReturnValue:
    """Erase a person."""
    owner = owner_of(organisation, "administer")
    subjects.erase(db.session, owner, person, secret=secret())
    db.session.commit()
    flash("The person is erased.", "success")
    return redirect(url_for(".people", organisation=owner.slug), 303)


@access.account
def certificate(organisation: str, wave: str) -> ResponseReturnValue:
    """What was deleted of a wave, and when; to be printed."""
    owner, found = owned_wave(organisation, wave)
    return render_template(
        "running/certificate.html",
        organisation=owner,
        wave=found,
        certificate=retention.certificate(db.session, found),
        form=ConfirmForm(),
    )


@access.account
def forget(organisation: str, wave: str) -> ResponseReturnValue:
    """Delete who was asked, before it is due."""
    owner, found = owned_wave(organisation, wave)
    retention.forget_people(db.session, found, now=datetime.now(UTC))
    db.session.commit()
    flash("Who was asked is deleted.", "success")
    return redirect(address(owner, found, "running.certificate"), 303)
