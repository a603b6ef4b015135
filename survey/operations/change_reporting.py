"""What changed between waves: joined by question, with breaks where a question changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from survey.maturity.change import differences
from survey.maturity.disclosure import joined
from survey.maturity.profile import Shown
from survey.operations.errors import NotFound
from survey.operations.figures import UnitFigures, unit_figures
from survey.operations.profile import CapabilityOverTime, ChangeReport, Moment, UnitReport
from survey.operations.unit_history import Former, formerly
from survey.operations.unit_tree import UnitNode, UnitTree, tree_of
from survey.operations.versions import compared, measured, questionnaire_of
from survey.operations.viewing import View, view
from survey.questionnaire.model import Questionnaire
from survey.storage import organisations, tallies
from survey.storage.accounts import Account
from survey.storage.waves import Wave


def change_report(
    session: Session, wave_slug: str, account: Account | None, unit_slug: str | None = None
) -> ChangeReport:
    """Every capability of a closed wave, and how it stood in each closed wave before it: two
    queries a wave.

    account, unit_slug: see `viewing.view`. A unit is compared with the units that became it.
    Raises NotFound: no such wave or unit, or it has not closed.
    """
    seen = view(session, wave_slug, account, unit_slug)
    if seen.wave.state != "closed":
        raise NotFound("There is nothing to compare yet.", "Figures come when the wave closes.")
    waves = closed_up_to(seen)
    return ChangeReport(
        wave=seen.wave,
        organisation=seen.organisation,
        unit=UnitReport.of(seen.unit) if seen.unit.depth else None,
        scale=seen.questionnaire.scale,
        waves=waves,
        capabilities=with_changes(courses(session, seen, waves, [seen.unit])[seen.unit.id]),
    )


def course_of(session: Session, seen: View, capability: str) -> CapabilityOverTime:
    """How one capability came to where it is: as the report above says it, which tests all of
    them together."""
    waves = closed_up_to(seen)
    rows = with_changes(courses(session, seen, waves, [seen.unit])[seen.unit.id])
    return next(row for row in rows if row.id == capability)


def closed_up_to(seen: View) -> tuple[Wave, ...]:
    """The wave that is looked at and those closed that opened before it, the earliest first."""
    return tuple(sorted((w for w in seen.waves if _is_before(w, seen.wave)), key=_when))


def courses(
    session: Session, seen: View, waves: Sequence[Wave], units: Sequence[UnitNode]
) -> dict[int, list[CapabilityOverTime]]:
    """How each capability of the wave that is looked at stood in these waves, by the id of each
    of some of its units: two queries a wave. Differences are left to `with_changes`."""
    successors = organisations.successors(session, seen.organisation.id)
    then = [_then(session, wave, seen, units, successors) for wave in waves]
    return {
        unit.id: [
            CapabilityOverTime(
                id_,
                seen.questionnaire.capabilities[id_].name,
                tuple(
                    _moment(session, wave, parts[unit.id], id_, seen)
                    for wave, parts in zip(waves, then, strict=True)
                ),
            )
            for id_ in measured(seen.questionnaire)
        ]
        for unit in units
    }


def _is_before(wave: Wave, last: Wave) -> bool:
    return wave.id == last.id or (wave.state == "closed" and _when(wave) < _when(last))


def _when(wave: Wave) -> tuple[Any, int]:
    return wave.opened_at, wave.id


Then = list[UnitFigures]
"""What may be seen in a wave of each unit that became the one that is looked at."""


def _then(
    session: Session,
    wave: Wave,
    seen: View,
    units: Sequence[UnitNode],
    successors: Mapping[int, int | None],
) -> dict[int, Then]:
    questionnaire = questionnaire_of(session, wave.version_digest)
    tree = seen.tree if wave.id == seen.wave.id else tree_of(session, wave)
    became = formerly(tree, seen.tree, successors)
    ids = {unit.id: [one.id for one in _units_then(tree, unit, became)] for unit in units}
    rows = tallies.tallies_of(
        session, wave.id, sorted({id_ for one in ids.values() for id_ in one})
    )
    return {
        unit_id: [unit_figures(questionnaire, rows.get(id_)) for id_ in parts]
        for unit_id, parts in ids.items()
    }


def _units_then(tree: UnitTree, unit: UnitNode, became: Mapping[int, Former]) -> Sequence[UnitNode]:
    return became[unit.id].units if unit.depth else [tree.root]


def _moment(session: Session, wave: Wave, then: Then, id_: str, seen: View) -> Moment:
    parts = [unit for unit in then if id_ in unit.capabilities]
    if not parts or len(parts) < len(then):
        return Moment(wave, None)
    figure = joined([unit.raw(unit.capabilities[id_]) for unit in parts])
    return Moment(wave, figure, _break(session, wave, id_, seen))


def _break(session: Session, wave: Wave, id_: str, seen: View) -> str:
    """Why a capability's figures then and now say different things; nothing where they do not."""
    if wave.id == seen.wave.id:
        return ""
    if "other-questions" in (wave.imported, seen.wave.imported):
        return "Imported from a survey with other questions."
    if wave.version_digest == seen.wave.version_digest:
        return ""
    asked = _rated(seen.questionnaire, id_)
    if asked != _rated(questionnaire_of(session, wave.version_digest), id_):
        return "Other questions were asked about it."
    changes = compared(session, wave.version_digest, seen.wave.version_digest)
    if any(not changes[question].comparable for question in asked):
        return "It was asked in other words, or scored in another way."
    return ""


def _rated(questionnaire: Questionnaire, capability: str) -> set[str]:
    counted = questionnaire.counted_questions
    return {q.id for q in counted if q.is_rated and q.capability == capability}


def with_changes(rows: Sequence[CapabilityOverTime]) -> tuple[CapabilityOverTime, ...]:
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
        usable = None if moment.broken else moment.measure
        if isinstance(usable, Shown):
            pairs.append(before and (before.counts, usable.counts))
            before = usable
        else:
            pairs.append(None)
    return pairs
