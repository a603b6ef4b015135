"""What a report is about, gathered once: every file that is made of it says the same figures as the
pages do, which come from the same operations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from survey.operations import narrowing
from survey.operations.change_reporting import change_report
from survey.operations.errors import NotFound
from survey.operations.heat_map_reporting import HeatMap, heat_map
from survey.operations.narrowing import WHOLE, Part
from survey.operations.own_library import library_of
from survey.operations.plan_reporting import plan_report
from survey.operations.priority_reporting import PriorityReport, priority_report
from survey.operations.profile import ChangeReport, PlanReport, Profile
from survey.operations.reporting import organisation_profile
from survey.operations.viewing import view_closed
from survey.questionnaire.model import Capability
from survey.questionnaire.speaking import speaking

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from survey.storage.accounts import Account


@dataclass(frozen=True, slots=True)
class Subject:
    """Of what a report is asked for: a wave, in it the whole or a unit, of that all capabilities
    or a part; in a language of `speaking.REPORT_LANGUAGES`."""

    wave: str
    unit: str | None = None
    part: Part = WHOLE
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Brand:
    """Under whose name a report appears. `logo` is a PNG or an SVG, `logo_type` its media type."""

    name: str
    logo: bytes | None = None
    logo_type: str = ""


@dataclass(frozen=True, slots=True)
class Contents:
    """All that a report says. Everything in it is of the subject's part alone.

    `capabilities`: the wording of those of the profile, by id. `changes`: None where no earlier
    wave has closed. `heat`: None where there are no units below. `part_name`: what the part is
    called, empty for all. `beside`: the whole organisation, where the report is of a unit and its
    reader may see that. `roles`: what roles are called, by id.
    """

    subject: Subject
    profile: Profile
    beside: Profile | None
    capabilities: Mapping[str, Capability]
    part_name: str
    priorities: PriorityReport
    changes: ChangeReport | None
    heat: HeatMap | None
    plan: PlanReport
    roles: Mapping[str, str]
    made_on: date


def contents(
    session: Session, account: Account | None, subject: Subject, *, today: date
) -> Contents:
    """Gather a report as this account may see it, in the language of the subject. account: None is
    the command line, which may see everything.

    Whoever makes a file of it does so while `speaking` the same language.
    Raises NotFound: no such wave, unit or part, not closed, or not for this account.
    """
    with speaking(subject.language):
        return _gathered(session, account, subject, today)


def _gathered(session: Session, account: Account | None, subject: Subject, today: date) -> Contents:
    seen = view_closed(session, subject.wave, account, subject.unit)
    asked = (session, subject.wave, account, subject.unit)
    whole = organisation_profile(*asked, with_questions=True)
    profile = narrowing.narrowed(session, whole, subject.part)
    library = library_of(session, seen.organisation.id)
    return Contents(
        subject=subject,
        profile=profile,
        beside=_beside(session, account, subject),
        capabilities={
            one.id: seen.questionnaire.capabilities[one.id] for one in profile.capabilities
        },
        part_name=", ".join(group.title for group in profile.groups) if subject.part else "",
        priorities=narrowing.of_priorities(priority_report(*asked), profile),
        changes=narrowing.of_changes(change_report(*asked), profile) if profile.has_past else None,
        heat=narrowing.of_heat_map(heat_map(*asked), profile) if profile.units else None,
        plan=narrowing.of_plan(plan_report(session, seen), profile),
        roles={id_: one.name for id_, one in library.roles.items()},
        made_on=today,
    )


def _beside(session: Session, account: Account | None, subject: Subject) -> Profile | None:
    if subject.unit is None:
        return None
    try:
        found = organisation_profile(session, subject.wave, account)
    except NotFound:
        return None
    return None if found.unit else narrowing.narrowed(session, found, subject.part)
