"""Leads plan what to do about a profile, and note what a workshop agreed on."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from wtforms.fields import SelectChoice

from survey import access
from survey.database import db
from survey.findings import words
from survey.operations import agreeing, permissions, plan_reporting, planning
from survey.operations.errors import Conflict
from survey.operations.versions import measured
from survey.operations.viewing import View, view_closed
from survey.web.planning import plan_words
from survey.web.planning.forms import ActionForm, AgreedForm, RemoveForm, revision_of

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from survey.storage.plans import Action, AgreedStep

bp = Blueprint("planning", __name__, url_prefix="/profiles/<wave>")


@bp.context_processor
def in_words() -> dict[str, Any]:
    """What templates need to say a plan."""
    return {"words": words, "plan_words": plan_words}


@bp.get("/plan")
@access.account
def plan(wave: str) -> ResponseReturnValue:
    """What is to be done, and what became of it."""
    seen = _seen(wave, request.args.get("unit"))
    account = access.signed_in_account()
    return render_template(
        "planning/plan.html",
        report=plan_reporting.plan_report(db.session, seen),
        may_plan=permissions.may(account, "plan", seen.organisation.id, seen.unit.path),
        today=datetime.now(UTC).date(),
    )


@bp.route("/plan/new", methods=["GET", "POST"])
@access.account
def new(wave: str) -> ResponseReturnValue:
    """Note an action."""
    seen = _seen(wave, request.args.get("unit"))
    access.require("plan", seen.wave, seen.unit.path)
    form = ActionForm(capability=request.args.get("capability"), unit=seen.unit.slug)
    _offer(form, seen, None)
    if form.validate_on_submit():
        planning.plan_action(db.session, _seen(wave, form.unit.data), form.wording)
        db.session.commit()
        flash("The action is in the plan.", "success")
        return redirect(_plan(seen), 303)
    return _form_page(seen, form, None)


@bp.route("/plan/<int:action>", methods=["GET", "POST"])
@access.account
def change(wave: str, action: int) -> ResponseReturnValue:
    """Change an action, or say how far it is."""
    seen, found = _action(wave, action)
    form = ActionForm(obj=found, unit=seen.unit.slug)
    _offer(form, seen, found)
    if not form.validate_on_submit():
        return _form_page(seen, form, found)
    chosen = _seen(wave, form.unit.data)
    try:
        planning.change_action(db.session, chosen, found, form.wording, revision_of(form))
    except Conflict as fault:
        db.session.refresh(found)
        form.revision.data = str(found.revision)
        return _form_page(seen, form, found, fault)
    db.session.commit()
    flash("The action is changed.", "success")
    return redirect(_plan(seen), 303)


@bp.post("/plan/<int:action>/remove")
@access.account
def remove(wave: str, action: int) -> ResponseReturnValue:
    """Delete an action that was noted by mistake."""
    seen, found = _action(wave, action)
    form = RemoveForm()
    form.validate_on_submit()
    planning.remove_action(db.session, found, revision_of(form))
    db.session.commit()
    flash("The action is removed.", "success")
    return redirect(_plan(seen), 303)


@bp.route("/agreed/<path:capability>", methods=["GET", "POST"])
@access.account
def agreed(wave: str, capability: str) -> ResponseReturnValue:
    """Note the step on which a workshop agreed."""
    seen = _seen(wave, request.args.get("unit"))
    access.require("plan", seen.wave, seen.unit.path)
    found = agreeing.agreed_on(db.session, seen, capability)
    form, fault = _agreed_form(seen, found), None
    if form.validate_on_submit():
        step, reason = int(form.step.data), form.reason.data
        try:
            agreeing.agree_on(db.session, seen, capability, step, reason, revision_of(form))
        except Conflict as conflict:
            found, fault = agreeing.agreed_on(db.session, seen, capability), conflict
            form.revision.data = str(found.revision if found else 0)
        else:
            db.session.commit()
            flash("What was agreed is noted.", "success")
            return redirect(_capability(seen, capability), 303)
    page = render_template(
        "planning/agreed.html",
        seen=seen,
        capability=seen.questionnaire.capabilities[capability],
        agreed=found,
        form=form,
        conflict=fault,
        back=_capability(seen, capability),
    )
    return page, _status(form, fault)


@bp.post("/agreed/<path:capability>/remove")
@access.account
def forget_agreed(wave: str, capability: str) -> ResponseReturnValue:
    """Remove what was agreed."""
    seen, form = _seen(wave, request.args.get("unit")), RemoveForm()
    access.require("plan", seen.wave, seen.unit.path)
    form.validate_on_submit()
    agreeing.forget_agreed(db.session, seen, capability, revision_of(form))
    db.session.commit()
    flash("What was agreed is removed.", "success")
    return redirect(_capability(seen, capability), 303)


def _seen(wave: str, unit: str | None = None) -> View:
    return view_closed(db.session, wave, access.signed_in_account(), unit or None)


def _plan(seen: View) -> str:
    unit = seen.unit.slug if seen.unit.depth else None
    return url_for(".plan", wave=seen.wave.slug, unit=unit)


def _capability(seen: View, capability: str) -> str:
    return url_for(
        "profile.capability", wave=seen.wave.slug, capability=capability, _anchor="agreed"
    )


def _action(wave: str, action_id: int) -> tuple[View, Action]:
    """An action that this account may change, and the unit that it is for now."""
    seen = _seen(wave)
    found = planning.action_of(db.session, seen.organisation.id, action_id)
    unit = plan_reporting.unit_of(db.session, seen, found)
    access.require("plan", seen.wave, unit.path)
    return replace(seen, unit=unit), found


def _offer(form: ActionForm, seen: View, action: Action | None) -> None:
    """Give the form its choices: what the wave measures, and where this account may plan."""
    asked = seen.questionnaire.capabilities
    offered = {id_: asked[id_].name for id_ in measured(seen.questionnaire)}
    if action is not None and action.capability not in offered:
        offered[action.capability] = f"{action.capability} (not asked in this wave)"
    form.capability.choices = [
        SelectChoice(value=id_, label=name)
        for id_, name in sorted(offered.items(), key=itemgetter(1))
    ]
    account = access.signed_in_account()
    form.unit.choices = [
        SelectChoice(value=unit.slug, label="\u2003" * unit.depth + unit.name)
        for unit in seen.tree.units
        if permissions.may(account, "plan", seen.organisation.id, unit.path)
    ]


def _form_page(
    seen: View, form: ActionForm, action: Action | None, conflict: Conflict | None = None
) -> ResponseReturnValue:
    page = render_template(
        "planning/action.html",
        seen=seen,
        form=form,
        action=action,
        conflict=conflict,
        back=_plan(seen),
    )
    return page, _status(form, conflict)


def _agreed_form(seen: View, found: AgreedStep | None) -> AgreedForm:
    values = {"step": str(found.step), "reason": found.reason} if found else {}
    form = AgreedForm(revision=str(found.revision) if found else "0", **values)
    form.step.choices = [
        SelectChoice(value=str(number), label=f"{number} {name}")
        for number, name in enumerate(seen.questionnaire.scale, start=1)
    ]
    return form


def _status(form: ActionForm | AgreedForm, conflict: Conflict | None) -> int:
    if conflict is not None:
        return conflict.status
    return 422 if form.is_submitted() else 200
