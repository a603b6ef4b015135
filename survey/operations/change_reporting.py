"""What changed between waves: joined by question, with breaks where a question changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from statistics import fmean
from typing import Any

from sqlalchemy.orm import Session

from survey.maturity.change import differences
from survey.maturity.profile import Shown
from survey.operations.courses import closed_up_to, courses, is_comparable
from survey.operations.errors import NotFound
from survey.operations.profile import (
    CapabilityOverTime,
    ChangeReport,
    GroupOverTime,
    Moment,
    UnitReport,
)
from survey.operations.viewing import View, view
from survey.questionnaire.model import CapabilityGroup
from survey.storage.accounts import Account


def change_report(
    session: Session, wave_slug: str, account: Account | None, unit_slug: str | None = None
) -> ChangeReport:
    """Every capability of a closed wave, and how it stood in each closed wave before it: four
    queries, however many there are.

    account, unit_slug: see `viewing.view`. A unit is compared with the units that became it.
    Raises NotFound: no such wave or unit, or it has not closed.
    """
    seen = view(session, wave_slug, account, unit_slug)
    if seen.wave.state != "closed":
        raise NotFound("There is nothing to compare yet.", "Figures come when the wave closes.")
    return changes_of(session, seen)


def changes_of(session: Session, seen: View, *, with_mixes: bool = True) -> ChangeReport:
    """The same of what is looked at, in a wave that has closed. with_mixes: see `courses`."""
    waves = closed_up_to(seen)
    found = courses(session, seen, waves, [seen.unit], with_mixes=with_mixes)
    rows = _with_changes(found[seen.unit.id])
    return ChangeReport(
        wave=seen.wave,
        organisation=seen.organisation,
        unit=UnitReport.of(seen.unit) if seen.unit.depth else None,
        scale=seen.questionnaire.scale,
        waves=waves,
        capabilities=rows,
        groups=tuple(_group(group, rows) for group in seen.questionnaire.groups),
    )


def _group(group: CapabilityGroup, rows: Sequence[CapabilityOverTime]) -> GroupOverTime:
    members = [row for row in rows if row.id in group.capabilities]
    compared = [row for row in members if row.last is not None]
    pairs = [_last_two(row) for row in compared]
    enough = bool(pairs) and 2 * len(pairs) >= len(members)
    said = [row.last.words for row in compared if row.last is not None]
    return GroupOverTime(
        title=group.title,
        then=fmean(then for then, _ in pairs) if enough else None,
        now=fmean(now for _, now in pairs) if enough else None,
        higher=sum("higher" in one for one in said),
        lower=sum("lower" in one for one in said),
        compared=len(compared),
        members=len(members),
    )


def _last_two(row: CapabilityOverTime) -> tuple[float, float]:
    """The means of the last two moments that can be compared."""
    means = [
        one.measure.mean
        for one in row.moments
        if is_comparable(one) and isinstance(one.measure, Shown)
    ]
    return means[-2], means[-1]


def course_of(session: Session, seen: View, capability: str) -> CapabilityOverTime:
    """How one capability came to where it is: as the report above says it, which tests all of
    them together."""
    waves = closed_up_to(seen)
    rows = _with_changes(courses(session, seen, waves, [seen.unit])[seen.unit.id])
    return next(row for row in rows if row.id == capability)


def _with_changes(rows: Sequence[CapabilityOverTime]) -> tuple[CapabilityOverTime, ...]:
    """With the difference of each moment from the one before it that can be compared: tested over
    all that the report shows."""
    pairs = [pair for row in rows for pair in _pairs(row.moments)]
    found = iter(differences(pairs))
    return tuple(
        replace(row, moments=tuple(replace(one, change=next(found)) for one in row.moments))
        for row in rows
    )


def _pairs(moments: Sequence[Moment]) -> list[Any]:
    pairs: list[Any] = []
    before: Shown | None = None
    for moment in moments:
        if is_comparable(moment) and isinstance(moment.measure, Shown):
            pairs.append(before and (before.counts, moment.measure.counts))
            before = moment.measure
        else:
            pairs.append(None)
    return pairs
