"""All that the first page of a profile says: where we are, where we disagree, what changed, what
to do first."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from survey.operations import narrowing
from survey.operations.change_reporting import changes_of
from survey.operations.heat_map_reporting import HeatMap, furthest_apart
from survey.operations.narrowing import Offered, Part
from survey.operations.priority_reporting import PriorityReport, priorities_of
from survey.operations.profile import ChangeReport, Profile
from survey.operations.reporting import profile_of
from survey.operations.viewing import View, view
from survey.storage.accounts import Account


@dataclass(frozen=True, slots=True)
class Findings:
    """What stands out in a profile. `changes`: None where no earlier wave has closed. `apart`: the
    capability on which units differ most, None where there are no units below."""

    priorities: PriorityReport
    changes: ChangeReport | None
    apart: HeatMap | None


@dataclass(frozen=True, slots=True)
class Overview:
    """A profile, by what it can be narrowed, and its findings. The last two are None before the
    wave has closed."""

    profile: Profile
    offered: Offered | None = None
    findings: Findings | None = None


def overview(
    session: Session, wave_slug: str, account: Account | None, unit_slug: str | None, part: Part
) -> Overview:
    """What this account sees first, of that part of the capabilities: at most seven queries, and
    one where a map is chosen.

    account, unit_slug: see `viewing.view`. Raises NotFound.
    """
    seen = view(session, wave_slug, account, unit_slug)
    whole = profile_of(session, seen, with_questions=True)
    if whole.state != "closed":
        return Overview(whole)
    profile = narrowing.narrowed(session, whole, part)
    found = _findings(session, seen, whole, profile)
    return Overview(profile, narrowing.offered(session, whole), found)


def _findings(session: Session, seen: View, whole: Profile, profile: Profile) -> Findings:
    ids = {one.id for one in profile.capabilities}
    return Findings(
        priorities=narrowing.of_priorities(priorities_of(session, whole), profile),
        changes=_changes(session, seen, profile) if whole.has_past else None,
        apart=furthest_apart(session, seen, ids) if profile.units else None,
    )


def _changes(session: Session, seen: View, profile: Profile) -> ChangeReport:
    return narrowing.of_changes(changes_of(session, seen, with_mixes=False), profile)
