"""A wave's pages: prepare, open, watch, close."""

from __future__ import annotations

from datetime import UTC, datetime
from random import SystemRandom
from typing import TYPE_CHECKING

from flask import Blueprint, Response, current_app, flash, redirect, render_template, url_for
from wtforms.fields import SelectChoice

from survey import access
from survey.database import db
from survey.operations import inviting, organising, publishing, running
from survey.operations.errors import NotFound, SurveyError
from survey.operations.participating import participation
from survey.operations.versions import questionnaire_of
from survey.web.running.files import csv_for_spreadsheets
from survey.web.running.forms import ConfirmForm, WaveForm

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from survey.storage.organisations import Organisation
    from survey.storage.waves import Wave

LINKS_SHOWN = 200


def add_to(bp: Blueprint) -> None:
    """Add the pages of waves to the blueprint of whoever runs surveys."""
    start = "/<organisation>/waves"
    for rule, view, methods in (
        (f"{start}/new", new_wave, ["GET", "POST"]),
        (f"{start}/<wave>", wave, ["GET"]),
        (f"{start}/<wave>/open", open_wave, ["GET", "POST"]),
        (f"{start}/<wave>/close", close_wave, ["GET", "POST"]),
        (f"{start}/<wave>/links", links, ["GET"]),
        (f"{start}/<wave>/links.csv", links_file, ["GET"]),
        (f"{start}/<wave>/invite", invite, ["POST"]),
    ):
        bp.add_url_rule(rule, view_func=view, methods=methods)


@access.account
def new_wave(organisation: str) -> ResponseReturnValue:
    """Prepare a wave."""
    owner = _owner(organisation)
    form = WaveForm()
    published = publishing.publications(db.session, owner.id)
    form.version.choices = [
        SelectChoice(value=one.version_digest, label=f"{one.title} ({one.version_digest[:8]})")
        for one in published
    ]
    if not form.is_submitted():
        form.minimum_group.data = current_app.config["MINIMUM_GROUP"]
    if form.validate_on_submit():
        try:
            made = _prepared(owner, form)
        except SurveyError as fault:
            form.slug.errors = [f"{fault.message} {fault.what_to_do}"]
        else:
            db.session.commit()
            flash(f"{made.name} is prepared. Nobody has been asked yet.", "success")
            return redirect(_address(owner, made), 303)
    page = render_template(
        "running/new_wave.html", organisation=owner, form=form, published=published
    )
    return page, 422 if form.errors else 200


def _prepared(owner: Organisation, form: WaveForm) -> Wave:
    chosen = publishing.publication(db.session, owner.id, form.version.data or "")
    return running.create_wave(
        db.session,
        owner,
        slug=form.slug.data,
        name=form.name.data,
        version_digest=chosen.version_digest,
        minimum_group=form.minimum_group.data,
        open_link=form.open_link.data,
        closes_at=form.closes_at,
    )


@access.account
def wave(organisation: str, wave: str) -> ResponseReturnValue:
    """Where the wave stands, and what can be done with it."""
    owner, found = _owned_wave(organisation, wave)
    return render_template(
        "running/wave.html",
        organisation=owner,
        wave=found,
        questionnaire=questionnaire_of(db.session, found.version_digest),
        people=organising.number_of_people(db.session, owner.id),
        participation=None if found.state == "prepared" else participation(db.session, found),
        form=ConfirmForm(),
    )


@access.account
def open_wave(organisation: str, wave: str) -> ResponseReturnValue:
    """Say what opening promises; then open."""
    owner, found = _owned_wave(organisation, wave)
    form, refusal = ConfirmForm(), None
    if form.validate_on_submit():
        try:
            invited = running.open_wave(
                db.session, found, secret=_secret(), now=datetime.now(UTC), random=SystemRandom()
            )
        except SurveyError as fault:
            db.session.rollback()
            refusal = fault
        else:
            db.session.commit()
            flash(f"{found.name} is open. {invited:,} people are invited.", "success")
            return redirect(_address(owner, found), 303)
    page = render_template(
        "running/open_wave.html",
        organisation=owner,
        wave=found,
        questionnaire=questionnaire_of(db.session, found.version_digest),
        people=organising.number_of_people(db.session, owner.id),
        form=form,
        refusal=refusal,
    )
    return page, 422 if refusal else 200


@access.account
def close_wave(organisation: str, wave: str) -> ResponseReturnValue:
    """Say what closing means; then close and count."""
    owner, found = _owned_wave(organisation, wave)
    form = ConfirmForm()
    if form.validate_on_submit():
        running.close_wave(db.session, found, now=datetime.now(UTC))
        db.session.commit()
        flash(f"{found.name} is closed. Its profile can be read.", "success")
        return redirect(_address(owner, found), 303)
    return render_template(
        "running/close_wave.html",
        organisation=owner,
        wave=found,
        participation=participation(db.session, found),
        form=form,
    )


@access.account
def invite(organisation: str, wave: str) -> ResponseReturnValue:
    """Invite people who came onto the staff list since the wave opened."""
    owner, found = _owned_wave(organisation, wave)
    added = inviting.invite(db.session, found, secret=_secret(), random=SystemRandom())
    db.session.commit()
    flash(f"{added:,} more people are invited.", "success")
    return redirect(_address(owner, found), 303)


@access.account
def links(organisation: str, wave: str) -> ResponseReturnValue:
    """The invitation links, to be copied into messages. Who has answered is not said."""
    owner, found = _owned_wave(organisation, wave)
    every = list(_links(found))
    return render_template(
        "running/links.html",
        organisation=owner,
        wave=found,
        links=every[:LINKS_SHOWN],
        total=len(every),
    )


@access.account
def links_file(organisation: str, wave: str) -> ResponseReturnValue:
    """The invitation links as a CSV file."""
    _, found = _owned_wave(organisation, wave)
    rows = ((link.email, link.unit, link.url) for link in _links(found))
    return Response(
        csv_for_spreadsheets(("email", "unit", "link"), rows),
        mimetype="text/csv",
        headers={"Content-Disposition": f'attachment; filename="{found.slug}-links.csv"'},
    )


def _links(found: Wave) -> list[inviting.InvitationLink]:
    made = inviting.invitation_links(
        db.session, found, secret=_secret(), base_url=current_app.config["BASE_URL"]
    )
    db.session.commit()  # that they were seen is in the audit log
    return list(made)


def _owner(slug: str) -> Organisation:
    found = organising.organisation(db.session, slug)
    access.require("run-wave", found)
    return found


def _owned_wave(organisation: str, slug: str) -> tuple[Organisation, Wave]:
    owner = _owner(organisation)
    found = running.wave(db.session, slug)
    if found.organisation_id != owner.id:
        raise NotFound("There is no such wave.")
    return owner, found


def _secret() -> str:
    secret: str = current_app.config["SECRET_KEY"]
    return secret


def _address(owner: Organisation, found: Wave) -> str:
    return url_for("running.wave", organisation=owner.slug, wave=found.slug)
