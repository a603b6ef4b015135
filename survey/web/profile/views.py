"""Leads look at a profile: the organisation, a unit, a capability. Charts are in `images`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, redirect, render_template, request, url_for

from survey import access
from survey.charts import pictures
from survey.charts.dots import is_clear
from survey.charts.dumb_bells import letter
from survey.database import db
from survey.findings import glance, order, sentences, words
from survey.maturity.profile import Shown
from survey.operations import (
    benchmark_reporting,
    overviewing,
    permissions,
    reporting,
    running,
    shipped,
)
from survey.operations.comment_reporting import comment_report
from survey.operations.errors import NotFound
from survey.web.profile import addresses, charted, data_out, images, seen
from survey.web.profile.part_form import part_asked_for, part_form, part_in_address, said
from survey.web.profile.target_form import target_form
from survey.web.profile.units_form import units_form
from survey.web.profile.worked_out import worked_out

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from survey.operations.narrowing import Offered, Part
    from survey.operations.overviewing import Findings
    from survey.operations.reporting import CapabilityReport, Profile

bp = Blueprint("profile", __name__, url_prefix="/profiles")
images.add_to(bp)
data_out.add_to(bp)
STATES = {"prepared": "not open yet", "open": "open now", "closing": "closing", "closed": "closed"}


@bp.context_processor
def in_words() -> dict[str, Any]:
    """What templates need to say a figure."""
    return {
        "words": words,
        "sentences": sentences,
        "glance": glance,
        "letter": letter,
        "is_clear": is_clear,
        "is_shown": lambda measure: isinstance(measure, Shown),
        "cell": addresses.cell,
        "this_view": addresses.this_view,
    }


@bp.get("/")
@access.account
def index() -> ResponseReturnValue:
    """The waves whose profiles this account may read."""
    account = access.signed_in_account()
    organisations = [
        (organisation, running.waves(db.session, organisation.id))
        for organisation in permissions.organisations_of(account)
        if account and permissions.units_of(account, "read-profile", organisation.id) != frozenset()
    ]
    return render_template("profile/index.html", organisations=organisations, states=STATES)


@bp.get("/<wave>")
@access.account
def organisation(wave: str) -> ResponseReturnValue:
    """What a whole organisation can say about its maturity."""
    return _overview(wave, None)


@bp.get("/<wave>/units/<unit>")
@access.account
def unit(wave: str, unit: str) -> ResponseReturnValue:
    """The same of one unit, beside the whole organisation where one may see that."""
    return _overview(wave, unit)


@bp.get("/<wave>/breakdowns/<path:question>")
@access.account
def breakdown(wave: str, question: str) -> ResponseReturnValue:
    """The whole organisation, split by what people said about themselves."""
    account = access.signed_in_account()
    report = reporting.breakdown_report(db.session, wave, question, account)
    return render_template(
        "profile/breakdown.html",
        report=report,
        parts_of_chart=order.by_gap(report.capabilities),
        charts=pictures.of_breakdown(report),
        others=pictures.NOT_IN_A_GROUP,
        arguments={"wave": wave, "by": question},
    )


@bp.get("/<wave>/changes")
@access.account
def changes(wave: str) -> ResponseReturnValue:
    """What became of the whole organisation's capabilities since former waves."""
    return _changes(wave, None)


@bp.get("/<wave>/units/<unit>/changes")
@access.account
def unit_changes(wave: str, unit: str) -> ResponseReturnValue:
    """The same of one unit."""
    return _changes(wave, unit)


def _changes(wave: str, unit: str | None) -> ResponseReturnValue:
    narrowing = seen.narrowing_of(wave, unit)
    report = seen.changes(wave, unit, narrowing.profile)
    return render_template(
        "profile/changes.html",
        report=report,
        parts_of_chart=order.by_change(report.capabilities),
        charts=pictures.of_change(report),
        **_narrowing(narrowing.offered, narrowing.part, narrowing.profile),
        arguments=_arguments(narrowing.profile),
    )


@bp.get("/<wave>/units")
@access.account
def units(wave: str) -> ResponseReturnValue:
    """Every capability in every unit directly below the whole organisation."""
    return _heat_map(wave, None)


@bp.get("/<wave>/units/<unit>/units")
@access.account
def unit_units(wave: str, unit: str) -> ResponseReturnValue:
    """The same below a unit."""
    return _heat_map(wave, unit)


def _heat_map(wave: str, unit: str | None) -> ResponseReturnValue:
    narrowing = seen.narrowing_of(wave, unit)
    report = seen.heat(wave, unit, narrowing.profile)
    return render_template(
        "profile/heat_map.html",
        report=report,
        charts=pictures.of_heat_map(report),
        **_narrowing(narrowing.offered, narrowing.part, narrowing.profile),
        arguments=_arguments(narrowing.profile),
    )


@bp.get("/<wave>/priorities")
@access.account
def priorities(wave: str) -> ResponseReturnValue:
    """What to do first in the whole organisation, and who it takes."""
    return _priorities(wave, None)


@bp.get("/<wave>/units/<unit>/priorities")
@access.account
def unit_priorities(wave: str, unit: str) -> ResponseReturnValue:
    """The same of one unit."""
    return _priorities(wave, unit)


def _priorities(wave: str, unit: str | None) -> ResponseReturnValue:
    report, narrowing = seen.priorities(wave, unit)
    return render_template(
        "profile/priorities.html",
        report=report,
        charts=pictures.of_priorities(report),
        **_narrowing(narrowing.offered, narrowing.part, narrowing.profile),
        arguments=_arguments(narrowing.profile),
        role=_role,
        names={one.id: one.name for one in report.profile.capabilities},
        illustrated_by=shipped.connections().illustrated_by,
        may_plan=_may("plan", report.profile),
    )


@bp.get("/<wave>/compare")
@access.account
def compare(wave: str) -> ResponseReturnValue:
    """Up to four units side by side."""
    chosen = [slug for slug in request.args.getlist("unit") if slug]
    found = seen.comparison(wave)
    return render_template(
        "profile/compare.html",
        report=found.map,
        form=units_form(found.choices, chosen),
        charts=pictures.of_comparison(found.map),
        arguments={"wave": wave, "unit": chosen},
    )


@bp.get("/<wave>/benchmark")
@access.account
def benchmark(wave: str) -> ResponseReturnValue:
    """Where the whole organisation stands among others."""
    report = benchmark_reporting.benchmark_report(db.session, wave, access.signed_in_account())
    return render_template(
        "profile/benchmark.html",
        report=report,
        parts_of_chart=order.by_standing(report.standings),
        charts=pictures.of_benchmark(report),
        arguments={"wave": wave},
    )


@bp.get("/<wave>/comments")
@access.account
def comments(wave: str) -> ResponseReturnValue:
    """What people wrote, after a moderator has read it."""
    account, capability = access.signed_in_account(), request.args.get("capability")
    search = request.args.get("search", "").strip()
    report = comment_report(db.session, wave, account, capability, search)
    return render_template(
        "profile/comments.html", report=report, capability=capability, search=search
    )


@bp.route("/<wave>/capabilities/<path:capability>", methods=["GET", "POST"])
@access.account
def capability(wave: str, capability: str) -> ResponseReturnValue:
    """One capability: what people said, unit by unit, and the step that is aimed for."""
    account = access.signed_in_account()
    report = reporting.capability_report(db.session, wave, capability, account)
    form = target_form(report.scale, report.figure.target, report.target_reason)
    organisation = report.organisation.id
    may_set = permissions.may(account, "set-target", organisation)
    if form.is_submitted() and not may_set:
        raise NotFound("You may not set targets here.")
    if form.validate_on_submit():
        step = int(form.step.data)
        reporting.set_target(db.session, organisation, capability, step, form.reason.data)
        db.session.commit()
        return redirect(url_for(".capability", wave=wave, capability=capability), 303)
    page = render_template(
        "profile/capability.html",
        report=report,
        charts=pictures.of_capability(report),
        others=pictures.OTHERS,
        not_in_a_group=pictures.NOT_IN_A_GROUP,
        roles=[_role(id_) for id_ in report.capability.roles],
        standing=benchmark_reporting.standing(db.session, report),
        case_studies=shipped.connections().illustrated_by.get(capability, ()),
        arguments={"wave": wave, "capability": capability},
        form=form if may_set else None,
        may_plan=_may("plan", report),
    )
    return page, 422 if form.is_submitted() else 200


@bp.get("/<wave>/workings/<path:capability>")
@access.account
def working(wave: str, capability: str) -> ResponseReturnValue:
    """How figures of a capability were worked out: of the whole, a unit, a group, a practice."""
    account, unit = access.signed_in_account(), request.args.get("unit")
    report = reporting.capability_report(db.session, wave, capability, account, unit)
    found = worked_out(report, request.args)
    return render_template("profile/workings.html", report=report, found=found)


def _role(id_: str) -> str:
    role = shipped.library().roles.get(id_)
    return role.name if role else words.sentence(id_.replace("-", " "))


def _may(action: str, report: Profile | CapabilityReport) -> bool:
    account, unit = access.signed_in_account(), report.unit
    return permissions.may(account, action, report.organisation.id, unit.path if unit else None)


def _overview(wave: str, unit: str | None) -> ResponseReturnValue:
    account, part = access.signed_in_account(), part_asked_for()
    found = overviewing.overview(db.session, wave, account, unit, part)
    profile, findings = found.profile, found.findings
    if findings is None or found.offered is None:
        return render_template("profile/participation.html", profile=profile)
    beside = seen.whole_organisation(wave) if unit else None
    sort = charted.sort_asked_for()
    return render_template(
        "profile/overview.html",
        profile=profile,
        glances=_glances(profile, findings),
        beside=pictures.means_of(beside) if beside else None,
        stand_outs=order.stand_outs(profile.groups),
        blocks=order.blocks(profile.groups, sort),
        charts=pictures.of_profile(profile, sort, beside),
        sorts=order.SORTS,
        sort=sort,
        may_share=_may("share", profile),
        **_narrowing(found.offered, part, profile),
        arguments=_arguments(profile) | ({} if sort == order.IN_MAP_ORDER else {"sort": sort}),
    )


def _arguments(profile: Profile) -> dict[str, str]:
    """By which a chart of a page finds again what the page shows."""
    unit = {"unit": profile.unit.slug} if profile.unit else {}
    return {"wave": profile.wave.slug} | unit | part_in_address()


def _glances(profile: Profile, findings: Findings) -> dict[str, glance.Glance]:
    return {
        "standing": glance.standing(profile),
        "disagreement": glance.disagreement(profile, findings.apart),
        "changes": glance.changes(findings.changes),
        "first": glance.first(findings.priorities),
    }


def _narrowing(offered: Offered, part: Part, profile: Profile) -> dict[str, Any]:
    """What a page needs to be narrowed, and to say how it is."""
    title = profile.groups[0].title if profile.groups else ""
    return {
        "part_form": part_form(offered, part),
        "part_said": said(offered, part, title),
        "part_arguments": part_in_address(),
    }
