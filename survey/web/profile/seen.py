"""What an address asks to see. A page and the images on it ask here alike, so that both speak of
the same figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import request

from survey import access
from survey.database import db
from survey.operations import narrowing, priority_reporting, reporting
from survey.operations.errors import NotFound
from survey.operations.heat_map_reporting import HeatMap, heat_map
from survey.operations.narrowing import Offered, Part
from survey.operations.unit_comparing import UnitComparison, compare_units
from survey.web.profile.part_form import part_asked_for

if TYPE_CHECKING:
    from survey.operations.priority_reporting import PriorityReport
    from survey.operations.profile import ChangeReport, Profile


@dataclass(frozen=True, slots=True)
class Narrowing:
    """To which part, by what else it could be, and the profile of that part."""

    part: Part
    offered: Offered
    profile: Profile


def closed_profile(wave: str, unit: str | None) -> Profile:
    """The profile that the address asks for. Raises NotFound, also before the wave has closed."""
    profile = reporting.organisation_profile(db.session, wave, access.signed_in_account(), unit)
    if profile.state != "closed":
        raise NotFound("There are no figures yet.", "Figures come when the wave closes.")
    return narrowing.narrowed(db.session, profile, part_asked_for())


def whole_organisation(wave: str) -> Profile | None:
    """The organisation's profile to compare a unit with, where this account may see it."""
    profile = reporting.organisation_profile(db.session, wave, access.signed_in_account())
    return None if profile.unit else profile  # a unit: the account is limited to it


def narrowing_of(wave: str, unit: str | None) -> Narrowing:
    """What a page needs to be narrowed."""
    account = access.signed_in_account()
    return _narrowing(reporting.organisation_profile(db.session, wave, account, unit))


def _narrowing(whole: Profile) -> Narrowing:
    part = part_asked_for()
    profile = narrowing.narrowed(db.session, whole, part)
    return Narrowing(part, narrowing.offered(db.session, whole), profile)


def changes(wave: str, unit: str | None, profile: Profile | None = None) -> ChangeReport:
    """What changed in the capabilities asked for. profile: of these, where it is known."""
    report = reporting.change_report(db.session, wave, access.signed_in_account(), unit)
    if not part_asked_for():
        return report
    return narrowing.of_changes(report, profile or closed_profile(wave, unit))


def heat(wave: str, unit: str | None, profile: Profile | None = None) -> HeatMap:
    """The units below one, on the capabilities asked for. profile: of these, where it is known."""
    report = heat_map(db.session, wave, access.signed_in_account(), unit)
    if not part_asked_for():
        return report
    return narrowing.of_heat_map(report, profile or closed_profile(wave, unit))


def priorities(wave: str, unit: str | None) -> tuple[PriorityReport, Narrowing]:
    """What to do first among the capabilities asked for, and how they are narrowed."""
    account = access.signed_in_account()
    report = priority_reporting.priority_report(db.session, wave, account, unit)
    found = _narrowing(report.profile)
    return narrowing.of_priorities(report, found.profile), found


def comparison(wave: str) -> UnitComparison:
    """The units that the address names, side by side. Raises NotFound, Refused."""
    slugs = [slug for slug in request.args.getlist("unit") if slug]
    return compare_units(db.session, wave, access.signed_in_account(), slugs)
