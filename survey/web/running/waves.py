"""A wave's pages: prepare it, see where it stands, hand out links."""

from __future__ import annotations

from datetime import UTC, datetime
from random import SystemRandom
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, current_app, flash, redirect, render_template
from wtforms.fields import SelectChoice

from survey import access
from survey.database import db
from survey.operations import audience, inviting, mailing, organising, publishing, running
from survey.operations.errors import SurveyError
from survey.operations.participating import by_day, participation, with_rates_before
from survey.operations.versions import questionnaire_of
from survey.web.running.files import csv_for_spreadsheets
from survey.web.running.forms import ConfirmForm
from survey.web.running.owned import address, owned_wave, owner_of, secret, sends_mail
from survey.web.running.wave_forms import WaveForm

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from survey.storage.organisations import Organisation
    from survey.storage.versions import Publication
    from survey.storage.waves import Wave

LINKS_SHOWN = 200
PARTICIPATION = ("unit", "name", "invited", "answered", "share", "share before")


def add_to(bp: Blueprint) -> None:
    """Add the pages of waves to the blueprint of whoever runs surveys."""
    start = "/<organisation>/waves"
    for rule, view, methods in (
        (f"{start}/new", new_wave, ["GET", "POST"]),
        (f"{start}/<wave>", wave, ["GET"]),
        (f"{start}/<wave>/links", links, ["GET"]),
        (f"{start}/<wave>/links.csv", links_file, ["GET"]),
        (f"{start}/<wave>/invite", invite, ["POST"]),
        (f"{start}/<wave>/watch", watch, ["GET"]),
        (f"{start}/<wave>/participation.csv", participation_file, ["GET"]),
    ):
        bp.add_url_rule(rule, view_func=view, methods=methods)


@access.account
def new_wave(organisation: str) -> ResponseReturnValue:
    """Prepare a wave."""
    owner = owner_of(organisation)
    form = WaveForm()
    published = publishing.publications(db.session, owner.id)
    form.version.choices = version_choices(published)
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
            return redirect(address(owner, made), 303)
    page = render_template(
        "running/new_wave.html", organisation=owner, form=form, published=published
    )
    return page, 422 if form.errors else 200


def version_choices(published: list[Publication]) -> list[SelectChoice]:
    """What an organisation has published, to choose from."""
    return [
        SelectChoice(value=one.version_digest, label=f"{one.title} ({one.version_digest[:8]})")
        for one in published
    ]


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
        send_invitations=sends_mail(),
    )


@access.account
def wave(organisation: str, wave: str) -> ResponseReturnValue:
    """Where the wave stands, and what can be done with it."""
    owner, found = owned_wave(organisation, wave)
    if found.imported:
        return _imported_page(owner, found)
    prepared = found.state == "prepared"
    return render_template(
        "running/wave.html" if not prepared else "running/prepared_wave.html",
        organisation=owner,
        wave=found,
        questionnaire=questionnaire_of(db.session, found.version_digest),
        people=organising.number_of_people(db.session, owner.id),
        asked=sum(one.asked for one in audience.planned(db.session, found, found.audience))
        if prepared
        else 0,
        **({} if prepared else _watched(found)),
        mailings=mailing.mailings(db.session, found.id),
        bounced=inviting.bounced(db.session, found.id),
        without_email=inviting.without_email(db.session, found.id),
        sends_mail=sends_mail(),
        ends_at=running.ends_at(found),
        form=ConfirmForm(),
    )


def _imported_page(owner: Organisation, found: Wave) -> ResponseReturnValue:
    return render_template(
        "running/imported_wave.html",
        organisation=owner,
        wave=found,
        questionnaire=questionnaire_of(db.session, found.version_digest),
    )


def _watched(found: Wave) -> dict[str, Any]:
    return {
        "participation": with_rates_before(db.session, found, participation(db.session, found)),
        "days": by_day(db.session, found),
        "now": datetime.now(UTC),
    }


@access.account
def watch(organisation: str, wave: str) -> ResponseReturnValue:
    """How many have answered by now: the part of the wave's page that changes by itself."""
    owner, found = owned_wave(organisation, wave)
    return render_template("running/watch.html", organisation=owner, wave=found, **_watched(found))


@access.account
def participation_file(organisation: str, wave: str) -> ResponseReturnValue:
    """How many have answered in each unit, as a CSV file; withheld where it is on the page."""
    _, found = owned_wave(organisation, wave)
    rows = (
        (
            row.unit.slug,
            row.unit.name,
            str(row.invited),
            "" if row.responded is None else str(row.responded),
            _share(row.rate),
            _share(row.rate_before),
        )
        for row in with_rates_before(db.session, found, participation(db.session, found)).by_unit
    )
    return Response(
        csv_for_spreadsheets(PARTICIPATION, rows),
        mimetype="text/csv",
        headers={"Content-Disposition": f'attachment; filename="{found.slug}-participation.csv"'},
    )


def _share(rate: float | None) -> str:
    return "" if rate is None else f"{rate:.4f}"


@access.account
def invite(organisation: str, wave: str) -> ResponseReturnValue:
    """Invite people who came onto the staff list since the wave opened."""
    owner, found = owned_wave(organisation, wave)
    added = inviting.invite(db.session, found, secret=secret(), random=SystemRandom())
    if added and found.send_invitations:
        mailing.plan(db.session, found, "invitation", due_at=datetime.now(UTC))
    db.session.commit()
    current_app.extensions["jobs"].wake()
    flash(f"{added:,} more people are invited.", "success")
    return redirect(address(owner, found), 303)


@access.account
def links(organisation: str, wave: str) -> ResponseReturnValue:
    """The invitation links, to be copied into messages. Who has answered is not said."""
    owner, found = owned_wave(organisation, wave)
    every = _links(found)
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
    _, found = owned_wave(organisation, wave)
    rows = ((link.email, link.staff_number, link.unit, link.url) for link in _links(found))
    return Response(
        csv_for_spreadsheets(("email", "staff number", "unit", "link"), rows),
        mimetype="text/csv",
        headers={"Content-Disposition": f'attachment; filename="{found.slug}-links.csv"'},
    )


def _links(found: Wave) -> list[inviting.InvitationLink]:
    made = inviting.invitation_links(
        db.session, found, secret=secret(), base_url=current_app.config["BASE_URL"]
    )
    db.session.commit()  # that they were seen is in the audit log
    return made
