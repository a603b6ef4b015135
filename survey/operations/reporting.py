"""The profile of an organisation or a unit, from its tally alone: the same work however many
have answered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from survey.maturity.profile import group_figure, overall
from survey.operations.breakdown_reporting import breakdown_report, questions_of
from survey.operations.capability_reporting import capability_report
from survey.operations.change_reporting import change_report
from survey.operations.evenness import evenness
from survey.operations.figures import UnitFigures, answered, unit_figures
from survey.operations.participating import participation, with_rates_before
from survey.operations.profile import (
    BreakdownReport,
    CapabilityFigure,
    CapabilityReport,
    ChangeReport,
    GroupReport,
    Moment,
    Profile,
    QuestionFigure,
    UnitFigure,
    UnitReport,
)
from survey.operations.profile_json import as_json, breakdown_as_json
from survey.operations.targets import set_target
from survey.operations.unit_tree import UnitNode
from survey.operations.versions import groups_of
from survey.operations.viewing import View, view
from survey.questionnaire.model import CapabilityGroup, Questionnaire
from survey.storage import tallies
from survey.storage.accounts import Account

__all__ = [
    "BreakdownReport",
    "CapabilityFigure",
    "CapabilityReport",
    "ChangeReport",
    "GroupReport",
    "Moment",
    "Profile",
    "QuestionFigure",
    "UnitFigure",
    "UnitReport",
    "as_json",
    "breakdown_as_json",
    "breakdown_report",
    "capability_report",
    "change_report",
    "organisation_profile",
    "profile_of",
    "set_target",
]


def organisation_profile(
    session: Session,
    wave_slug: str,
    account: Account | None,
    unit_slug: str | None = None,
    *,
    with_questions: bool = False,
) -> Profile:
    """The profile that this account may see: of the whole, or of a unit with all below it.

    Two queries for a closed wave. An open one has participation and no figures.
    account, unit_slug: see `viewing.view`. with_questions: each question's figures too.
    Raises NotFound.
    """
    seen = view(session, wave_slug, account, unit_slug)
    return profile_of(session, seen, with_questions=with_questions)


def profile_of(session: Session, seen: View, *, with_questions: bool = False) -> Profile:
    """The same of what is looked at: one query more for a closed wave."""
    if seen.wave.state != "closed":
        return _participation_only(session, seen)
    rows, targets = tallies.figures_and_targets(
        session, seen.wave.id, [seen.unit.id], seen.organisation.id
    )
    figures = unit_figures(seen.questionnaire, rows.get(seen.unit.id))
    steps = {id_: row.number for id_, row in targets.items()}
    groups = tuple(
        _group(group, figures, seen.questionnaire, steps) for group in groups_of(seen.questionnaire)
    )
    measures = [figure.measure for group in groups for figure in group.capabilities]
    return _profile(
        seen,
        {unit.id: answered(rows.get(unit.id)) for unit in seen.tree.below(seen.unit)},
        before={},
        groups=groups,
        overall=overall(measures),
        questions=_questions(seen.questionnaire, figures) if with_questions else (),
    )


def _participation_only(session: Session, seen: View) -> Profile:
    found = participation(session, seen.wave, seen.tree)
    found = with_rates_before(session, seen.wave, found)
    responded = {one.unit.id: one.responded for one in found.by_unit}
    before = {one.unit.id: one.rate_before for one in found.by_unit}
    return _profile(seen, responded, before, groups=(), overall=(), questions=())


def _profile(
    seen: View,
    responded: Mapping[int, int | None],
    before: Mapping[int, float | None],
    **figures: Any,
) -> Profile:
    units = {
        unit.id: UnitReport.of(unit, responded[unit.id], before.get(unit.id))
        for unit in seen.tree.below(seen.unit)
    }
    own = units.pop(seen.unit.id)
    return Profile(
        wave=seen.wave,
        organisation=seen.organisation,
        unit=None if _is_root(seen.unit) else own,
        invited=own.invited,
        responded=own.responded,
        response=evenness(seen.tree, seen.unit, responded),
        scale=seen.questionnaire.scale,
        units=tuple(units.values()),
        waves=seen.waves,
        breakdowns=questions_of(seen),
        **figures,
    )


def _is_root(unit: UnitNode) -> bool:
    return unit.depth == 0


def _group(
    group: CapabilityGroup,
    figures: UnitFigures,
    questionnaire: Questionnaire,
    targets: Mapping[str, int],
) -> GroupReport:
    members = tuple(
        CapabilityFigure(
            id=id_,
            name=questionnaire.capabilities[id_].name,
            measure=figures.capability(id_),
            target=targets.get(id_),
        )
        for id_ in group.capabilities
        if id_ in figures.capabilities
    )
    figure = group_figure([member.measure for member in members])
    return GroupReport(group.id, group.title, figure, members)


def _questions(questionnaire: Questionnaire, figures: UnitFigures) -> tuple[QuestionFigure, ...]:
    return tuple(
        QuestionFigure(q.id, q.text, q.capability, figures.question(q.id))
        for q in questionnaire.counted_questions
    )
