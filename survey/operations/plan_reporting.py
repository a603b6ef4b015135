"""The plan as it stands: each action with what has become of its capability since."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from survey.maturity.change import differences
from survey.maturity.profile import Shown
from survey.operations.courses import closed_up_to, courses
from survey.operations.profile import CapabilityOverTime, Planned, PlanReport
from survey.operations.unit_history import carried_on_by
from survey.operations.unit_tree import UnitNode
from survey.operations.versions import spoken_questionnaire_of
from survey.operations.viewing import View
from survey.storage import organisations, plans, tallies
from survey.storage.plans import Action
from survey.storage.waves import Wave


def plan_report(session: Session, seen: View) -> PlanReport:
    """The actions planned up to a wave, for the unit that is looked at and all below it."""
    found = _with_progress(session, seen, planned(session, seen))
    return PlanReport(
        wave=seen.wave,
        organisation=seen.organisation,
        unit=seen.unit if seen.unit.depth else None,
        scale=seen.questionnaire.scale,
        to_do=tuple(one for one in found if one.action.is_open),
        done=tuple(one for one in found if one.action.state == "done"),
        dropped=tuple(one for one in found if one.action.state == "dropped"),
    )


def unit_of(session: Session, seen: View, action: Action) -> UnitNode:
    """Whom an action is for now: where nothing carries its unit on, it falls to the whole."""
    successors = organisations.successors(session, seen.organisation.id)
    return _unit(seen, action, successors)


def planned(session: Session, seen: View, capability: str | None = None) -> list[Planned]:
    """The same actions without what became of them: all, or those about one capability."""
    waves = {wave.id: wave for wave in closed_up_to(seen)}
    successors = organisations.successors(session, seen.organisation.id)
    _, targets = tallies.figures_and_targets(session, seen.wave.id, (), seen.organisation.id)
    actions = [
        (action, _unit(seen, action, successors))
        for action in plans.actions_of(session, list(waves))
        if capability in (None, action.capability)
    ]
    return [
        Planned(
            action=action,
            name=_name(session, action, seen, waves[action.wave_id]),
            unit=unit,
            since=waves[action.wave_id],
            target=targets[action.capability].number if action.capability in targets else None,
        )
        for action, unit in actions
        if unit.path.startswith(seen.unit.path)
    ]


def _unit(seen: View, action: Action, successors: Mapping[int, int | None]) -> UnitNode:
    now = carried_on_by(action.unit_id, seen.tree, successors)
    return seen.tree.root if now is None else seen.tree.units[seen.tree.place_of[now]]


def _name(session: Session, action: Action, seen: View, since: Wave) -> str:
    """The capability's name, also where it is no longer asked."""
    asked = seen.questionnaire.capabilities
    if action.capability not in asked:
        asked = spoken_questionnaire_of(session, since.version_digest).capabilities
    return asked[action.capability].name


def _with_progress(session: Session, seen: View, found: Sequence[Planned]) -> list[Planned]:
    """With how the capability stood, then and now: tested over all actions together."""
    older = [one for one in found if one.since.id != seen.wave.id]
    waves = [w for w in closed_up_to(seen) if w.id in {one.since.id for one in older}]
    if not older:
        return list(found)
    units = list({one.unit.id: one.unit for one in older}.values())
    course = courses(session, seen, [*waves, seen.wave], units)
    rows = {(unit_id, row.id): row for unit_id, some in course.items() for row in some}
    with_moments = [_moments(one, rows) for one in found]
    pairs = [_comparable(one) for one in with_moments]
    return [
        replace(one, differs=differs)
        for one, differs in zip(with_moments, differences(pairs), strict=True)
    ]


def _moments(one: Planned, rows: Mapping[tuple[int, str], CapabilityOverTime]) -> Planned:
    row = rows.get((one.unit.id, one.action.capability))
    if row is None or one.since.id == row.moments[-1].wave.id:
        return one
    before = next(moment for moment in row.moments if moment.wave.id == one.since.id)
    return replace(one, before=before, now=row.moments[-1])


def _comparable(one: Planned) -> tuple[Sequence[int], Sequence[int]] | None:
    before, now = one.before and one.before.measure, one.now and one.now.measure
    if not (isinstance(before, Shown) and isinstance(now, Shown)):
        return None
    return None if one.before and one.before.broken else (before.counts, now.counts)
