"""How capabilities stood in wave after wave: of units through reorganisations, with breaks where
other things were asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.orm import Session

from survey.maturity.disclosure import joined
from survey.maturity.profile import Shown
from survey.operations.figures import UnitFigures, unit_figures
from survey.operations.profile import CapabilityOverTime, Moment
from survey.operations.unit_history import Former, formerly
from survey.operations.unit_mix import at_former_mix
from survey.operations.unit_tree import UnitNode, UnitTree, trees_of
from survey.operations.versions import compared, measured, questionnaire_of
from survey.operations.viewing import View
from survey.questionnaire.model import Questionnaire
from survey.storage import organisations, tallies
from survey.storage.waves import Wave


def closed_up_to(seen: View) -> tuple[Wave, ...]:
    """The wave that is looked at and those closed that opened before it, the earliest first."""
    return tuple(sorted((w for w in seen.waves if _is_before(w, seen.wave)), key=_when))


def _is_before(wave: Wave, last: Wave) -> bool:
    return wave.id == last.id or (wave.state == "closed" and _when(wave) < _when(last))


def _when(wave: Wave) -> tuple[Any, int]:
    return wave.opened_at, wave.id


def courses(
    session: Session,
    seen: View,
    waves: Sequence[Wave],
    units: Sequence[UnitNode],
    *,
    with_mixes: bool = True,
) -> dict[int, list[CapabilityOverTime]]:
    """How each capability of the wave that is looked at stood in these waves, by the id of each
    of some of its units: three queries. Differences are left to `with_changes`. with_mixes: also
    what each mean would be at the former mix of units, which costs as much as all else."""
    then = _all_then(session, waves, seen, units, with_mixes=with_mixes)
    return {
        unit.id: [
            CapabilityOverTime(
                id_,
                seen.questionnaire.capabilities[id_].name,
                _with_mixes(
                    [_moment(session, one, unit.id, id_, seen) for one in then], then, unit, id_
                ),
            )
            for id_ in measured(seen.questionnaire)
        ]
        for unit in units
    }


@dataclass(frozen=True, slots=True)
class _Then:
    """What may be seen in a wave, by the id of each unit that is looked at: of the units that
    became it, and of those directly below it that are still the same, by their ids."""

    wave: Wave
    became: dict[int, list[UnitFigures]]
    below: dict[int, dict[int, UnitFigures]]


@dataclass(frozen=True, slots=True)
class _Kept:
    """Which units are looked at in a wave, as in `_Then`, by their ids."""

    wave: Wave
    became: dict[int, list[int]]
    below: dict[int, list[int]]

    @property
    def ids(self) -> set[int]:
        return {id_ for some in (*self.became.values(), *self.below.values()) for id_ in some}


def _all_then(
    session: Session,
    waves: Sequence[Wave],
    seen: View,
    units: Sequence[UnitNode],
    *,
    with_mixes: bool,
) -> list[_Then]:
    successors = organisations.successors(session, seen.organisation.id)
    others = [wave for wave in waves if wave.id != seen.wave.id]
    trees = {seen.wave.id: seen.tree} | trees_of(session, others)
    kept = [_kept(wave, trees[wave.id], seen.tree, units, successors) for wave in waves]
    if not with_mixes:
        kept = [replace(one, below={unit.id: [] for unit in units}) for one in kept]
    rows = tallies.tallies_of_waves(session, {one.wave.id: one.ids for one in kept})
    return [_then(session, one, rows) for one in kept]


def _kept(
    wave: Wave,
    tree: UnitTree,
    now: UnitTree,
    units: Sequence[UnitNode],
    successors: Mapping[int, int | None],
) -> _Kept:
    former = formerly(tree, now, successors)
    return _Kept(
        wave,
        {unit.id: [one.id for one in _units_then(tree, unit, former)] for unit in units},
        {unit.id: _same_below(tree, now, unit, former) for unit in units},
    )


def _then(session: Session, kept: _Kept, rows: Mapping[tuple[int, int], Any]) -> _Then:
    questionnaire = questionnaire_of(session, kept.wave.version_digest)
    figures = {id_: unit_figures(questionnaire, rows.get((kept.wave.id, id_))) for id_ in kept.ids}
    return _Then(
        kept.wave,
        {id_: [figures[one] for one in parts] for id_, parts in kept.became.items()},
        {id_: {one: figures[one] for one in parts} for id_, parts in kept.below.items()},
    )


def _same_below(
    then: UnitTree, now: UnitTree, unit: UnitNode, former: Mapping[int, Former]
) -> list[int]:
    """The units directly below one that were there then, too, and hold the same units."""
    return [
        child.id
        for child in now.children(unit)
        if child.id in then.place_of
        and then.units[then.units[then.place_of[child.id]].parent].id == unit.id
        and former[child.id].same_units
    ]


def _units_then(tree: UnitTree, unit: UnitNode, became: Mapping[int, Former]) -> Sequence[UnitNode]:
    return became[unit.id].units if unit.depth else [tree.root]


def _moment(session: Session, then: _Then, unit_id: int, id_: str, seen: View) -> Moment:
    became = then.became[unit_id]
    parts = [unit for unit in became if id_ in unit.capabilities]
    if not parts or len(parts) < len(became):
        return Moment(then.wave, None)
    figure = joined([unit.raw(unit.capabilities[id_]) for unit in parts])
    return Moment(then.wave, figure, _break(session, then.wave, id_, seen))


def _with_mixes(
    moments: Sequence[Moment], then: Sequence[_Then], unit: UnitNode, id_: str
) -> tuple[Moment, ...]:
    """With what each mean would be at the mix of units of the moment it is compared with."""
    found: list[Moment] = []
    before: _Then | None = None
    for moment, now in zip(moments, then, strict=True):
        usable = is_comparable(moment)
        mix = _former_mix(before, now, unit, id_) if before is not None and usable else None
        found.append(replace(moment, at_former_mix=mix))
        before = now if usable else before
    return tuple(found)


def _former_mix(then: _Then, now: _Then, unit: UnitNode, id_: str) -> float | None:
    if len(then.became[unit.id]) > 1 or not then.below[unit.id]:
        return None
    return at_former_mix(
        then.became[unit.id][0].raw_of(id_),
        {child: figures.raw_of(id_) for child, figures in then.below[unit.id].items()},
        now.became[unit.id][0].raw_of(id_),
        {child: figures.raw_of(id_) for child, figures in now.below[unit.id].items()},
    )


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


def is_comparable(moment: Moment) -> bool:
    """Whether the moment can be compared with those after it."""
    return isinstance(moment.measure, Shown) and not moment.broken
