"""The path of a wave: set it, choose who is asked, check, open, extend, close."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from random import SystemRandom
from typing import TYPE_CHECKING, Any

from flask import Blueprint, current_app, flash, redirect, render_template, request
from wtforms.fields import SelectChoice

from survey import access
from survey.database import db
from survey.operations import audience, organising, publishing, running
from survey.operations.errors import SurveyError
from survey.operations.languages import language_name
from survey.operations.participating import participation
from survey.operations.preflight import preflight
from survey.operations.versions import questionnaire_of
from survey.operations.wave_settings import WaveSettings, settings_of
from survey.web.running.forms import ConfirmForm
from survey.web.running.looking import looked_at
from survey.web.running.owned import address, owned_wave, secret
from survey.web.running.wave_forms import AudienceForm, ExtendForm, SettingsForm
from survey.web.running.waves import version_choices

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from survey.storage.waves import Wave


def add_to(bp: Blueprint) -> None:
    """Add these pages to the blueprint of whoever runs surveys."""
    for name, view in (
        ("settings", settings),
        ("asked", asked),
        ("open", open_wave),
        ("extend", extend_wave),
        ("close", close_wave),
    ):
        rule = f"/<organisation>/waves/<wave>/{name}"
        bp.add_url_rule(rule, view_func=view, methods=["GET", "POST"])


@access.account
def settings(organisation: str, wave: str) -> ResponseReturnValue:
    """Change what the wave is set to, before it opens."""
    owner, found = owned_wave(organisation, wave)
    form = SettingsForm(data=None if request.form else _shown(settings_of(found)))
    published = publishing.publications(db.session, owner.id)
    form.version.choices = version_choices(published)
    form.languages.choices = _language_choices(found)
    form.breakdowns.choices = _breakdown_choices(found)
    if form.validate_on_submit():
        try:
            running.change_wave(db.session, found, _wanted(form, found))
        except SurveyError as fault:
            db.session.rollback()
            form.form_errors.append(f"{fault.message} {fault.what_to_do}")
        else:
            db.session.commit()
            flash("The settings are saved.", "success")
            return redirect(address(owner, found), 303)
    page = render_template("running/settings.html", organisation=owner, wave=found, form=form)
    return page, 422 if form.errors or form.form_errors else 200


def _shown(now: WaveSettings) -> dict[str, Any]:
    return {
        "name": now.name,
        "version": now.version_digest,
        "minimum_group": now.minimum_group,
        "open_link": now.open_link,
        "closes_on": now.closes_at and now.closes_at.date(),
        "languages": list(now.languages),
        "breakdowns": list(now.breakdowns or ()),
        "shares_figures": now.shares_figures,
        "send_invitations": now.send_invitations,
        "contact": now.contact,
        "goal": now.goal,
        "grace_minutes": now.grace_minutes,
        "keep_people_days": now.keep_people_days,
    }


def _language_choices(found: Wave) -> list[SelectChoice]:
    spoken = questionnaire_of(db.session, found.version_digest).languages
    return [SelectChoice(value=code, label=language_name(code)) for code in spoken]


def _breakdown_choices(found: Wave) -> list[SelectChoice]:
    asked = questionnaire_of(db.session, found.version_digest)
    return [SelectChoice(value=one.id, label=one.text) for one in asked.breakdowns]


def _wanted(form: SettingsForm, found: Wave) -> WaveSettings:
    chosen = publishing.publication(db.session, found.organisation_id, form.version.data or "")
    asked = questionnaire_of(db.session, chosen.version_digest)
    stays = chosen.version_digest == found.version_digest
    return WaveSettings(
        name=form.name.data,
        version_digest=chosen.version_digest,
        minimum_group=form.minimum_group.data,
        open_link=form.open_link.data,
        closes_at=form.closes_at,
        send_invitations=form.send_invitations.data,
        languages=tuple(one for one in asked.languages if one in (form.languages.data or ())),
        breakdowns=tuple(form.breakdowns.data or ()) if stays else None,
        shares_figures=form.shares_figures.data,
        contact=form.contact.data or "",
        goal=form.goal.data,
        grace_minutes=form.grace_minutes.data,
        keep_people_days=form.keep_people_days.data,
        audience=found.audience,
    )


@access.account
def asked(organisation: str, wave: str) -> ResponseReturnValue:
    """Choose who is asked, and see what answers to expect of it."""
    owner, found = owned_wave(organisation, wave)
    form = AudienceForm(data=None if request.form else _audience_shown(found))
    tree = organising.units(db.session, owner.id)
    form.units.choices = [
        SelectChoice(value=unit.id, label=f"{'– ' * (unit.path.count('/') - 2)}{unit.name}")
        for unit in tree[1:]
    ]
    shown = found.audience
    if form.validate_on_submit():
        shown = _chosen(form)
        try:
            wanted = settings_of(found)
            audience.check_audience(db.session, owner.id, shown)
            if "look" not in request.form:
                running.change_wave(db.session, found, _with_audience(wanted, shown))
        except SurveyError as fault:
            db.session.rollback()
            form.form_errors.append(f"{fault.message} {fault.what_to_do}")
            shown = found.audience
        else:
            if "look" not in request.form:
                db.session.commit()
                flash("Who is asked is saved.", "success")
                return redirect(address(owner, found), 303)
    page = render_template(
        "running/asked.html",
        organisation=owner,
        wave=found,
        form=form,
        planned=audience.planned(db.session, found, shown),
    )
    return page, 422 if form.errors or form.form_errors else 200


def _audience_shown(found: Wave) -> dict[str, Any]:
    sample = found.audience.get("sample", {})
    return {
        "kind": "units" if "units" in found.audience else "sample" if sample else "all",
        "units": found.audience.get("units", []),
        "half_width": Decimal(str(sample.get("half_width", 0.3))),
        "response_rate": round(100 * sample.get("response_rate", found.goal / 100)),
    }


def _chosen(form: AudienceForm) -> dict[str, Any]:
    if form.kind.data == "units":
        return {"units": form.units.data or []}
    if form.kind.data == "sample":
        rate = (form.response_rate.data or 60) / 100
        return {"sample": {"half_width": float(form.half_width.data or 0.3), "response_rate": rate}}
    return {}


def _with_audience(now: WaveSettings, shown: dict[str, Any]) -> WaveSettings:
    values = {name: getattr(now, name) for name in WaveSettings.__slots__}
    return WaveSettings(**values | {"audience": shown})


@access.account
def open_wave(organisation: str, wave: str) -> ResponseReturnValue:
    """Say what was checked and what opening promises; then open."""
    owner, found = owned_wave(organisation, wave)
    form, refusal = ConfirmForm(), None
    if form.validate_on_submit():
        try:
            invited = running.open_wave(
                db.session, found, secret=secret(), now=datetime.now(UTC), random=SystemRandom()
            )
        except SurveyError as fault:
            db.session.rollback()
            refusal = fault
        else:
            db.session.commit()
            current_app.extensions["jobs"].wake()
            flash(f"{found.name} is open. {invited:,} people are invited.", "success")
            return redirect(address(owner, found), 303)
    checks: list[Any] = []
    if found.state == "prepared":
        inside, _ = preflight(db.session, found, random=SystemRandom())
        db.session.rollback()
        checks = [*looked_at(found), *inside]
    page = render_template(
        "running/open_wave.html",
        organisation=owner,
        wave=found,
        questionnaire=questionnaire_of(db.session, found.version_digest),
        checks=checks,
        form=form,
        refusal=refusal,
    )
    return page, 422 if refusal else 200


@access.account
def extend_wave(organisation: str, wave: str) -> ResponseReturnValue:
    """Move the last day back."""
    owner, found = owned_wave(organisation, wave)
    form = ExtendForm()
    if form.validate_on_submit() and form.closes_at:
        try:
            running.extend_wave(db.session, found, form.closes_at, now=datetime.now(UTC))
        except SurveyError as fault:
            db.session.rollback()
            form.closes_on.errors = [f"{fault.message} {fault.what_to_do}"]
        else:
            db.session.commit()
            flash("The last day is moved.", "success")
            return redirect(address(owner, found), 303)
    page = render_template("running/extend_wave.html", organisation=owner, wave=found, form=form)
    return page, 422 if form.errors else 200


@access.account
def close_wave(organisation: str, wave: str) -> ResponseReturnValue:
    """Say what closing means; then close and count, once those who have begun had their time."""
    owner, found = owned_wave(organisation, wave)
    form = ConfirmForm()
    if form.validate_on_submit():
        if running.begin_closing(db.session, found, now=datetime.now(UTC)):
            said = f"{found.name} is closed. Its profile can be read."
        else:
            said = f"{found.name} takes nobody new. Those who have begun may finish."
        db.session.commit()
        flash(said, "success")
        return redirect(address(owner, found), 303)
    return render_template(
        "running/close_wave.html",
        organisation=owner,
        wave=found,
        participation=participation(db.session, found),
        form=form,
    )
