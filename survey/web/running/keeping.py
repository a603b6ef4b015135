"""What is kept of people and for how long: looking one up, erasing, deleting who was asked."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for

from survey import access
from survey.database import db
from survey.operations import auditing, retention, subjects
from survey.operations.errors import SurveyError
from survey.web.running.forms import ConfirmForm
from survey.web.running.owned import address, owned_wave, owner_of, secret

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue


def add_to(bp: Blueprint) -> None:
    """Add these pages to the blueprint of whoever runs surveys."""
    for rule, view, methods in (
        ("/<organisation>/person", person, ["GET"]),
        ("/<organisation>/person.json", person_file, ["GET"]),
        ("/<organisation>/person/erase", erase, ["POST"]),
        ("/<organisation>/waves/<wave>/certificate", certificate, ["GET"]),
        ("/<organisation>/waves/<wave>/forget", forget, ["POST"]),
    ):
        bp.add_url_rule(rule, view_func=view, methods=methods)


@access.account
def person(organisation: str) -> ResponseReturnValue:
    """All that is held of the person with this address."""
    owner, email = owner_of(organisation, "administer"), request.args.get("email", "").strip()
    found = refusal = None
    if email:
        try:
            found = subjects.held(db.session, owner, email)
        except SurveyError as fault:
            refusal = fault
        else:
            auditing.note(db.session, "person.show", f"person:{found.id}", owner.id)
            db.session.commit()
    page = render_template(
        "running/person.html",
        organisation=owner,
        email=email,
        found=found,
        refusal=refusal,
        form=ConfirmForm(),
    )
    return page, 404 if refusal else 200


@access.account
def person_file(organisation: str) -> ResponseReturnValue:
    """The same as JSON, to be handed to the person."""
    owner = owner_of(organisation, "administer")
    found = subjects.held(db.session, owner, request.args.get("email", ""))
    auditing.note(db.session, "person.show", f"person:{found.id}", owner.id)
    db.session.commit()
    answer = jsonify(asdict(found) | {"answers": "linked to nobody, so none can be found"})
    answer.headers["Content-Disposition"] = 'attachment; filename="person.json"'
    return answer


@access.account
def erase(organisation: str) -> ResponseReturnValue:
    """Erase a person."""
    owner = owner_of(organisation, "administer")
    subjects.erase(db.session, owner, request.form.get("email", ""), secret=secret())
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
