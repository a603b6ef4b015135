"""One capability closely: the whole, its units side by side, its questions."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from sqlalchemy.orm import Session

from survey.maturity.agreement import icc
from survey.maturity.change import differences
from survey.maturity.disclosure import (
    SHOWN,
    Statuses,
    beside_the_rest,
    disclosed,
    others,
    remainders,
)
from survey.maturity.profile import Measure
from survey.maturity.tally import SUM, SUM_OF_SQUARES, Integers, rated_and_asked
from survey.maturity.weighting import Weighted
from survey.operations.agreeing import agreed_on
from survey.operations.breakdown_reporting import by_group, questions_of
from survey.operations.change_reporting import course_of
from survey.operations.errors import NotFound
from survey.operations.figures import (
    UnitFigures,
    answered,
    item_row,
    item_span,
    unit_figures,
)
from survey.operations.plan_reporting import planned
from survey.operations.profile import (
    CapabilityByGroup,
    CapabilityFigure,
    CapabilityReport,
    QuestionFigure,
    UnitFigure,
    UnitReport,
)
from survey.operations.unit_mix import as_if_even
from survey.operations.viewing import View, view
from survey.questionnaire.model import Question
from survey.storage import tallies
from survey.storage.accounts import Account


def capability_report(
    session: Session,
    wave_slug: str,
    capability_id: str,
    account: Account | None,
    unit_slug: str | None = None,
) -> CapabilityReport:
    """Everything that may be seen of one capability in a closed wave: at most ten queries.

    account, unit_slug: see `viewing.view`.
    Raises NotFound, also while the wave is not closed: there are no figures yet.
    """
    seen = view(session, wave_slug, account, unit_slug)
    rows, targets = tallies.figures_and_targets(
        session, seen.wave.id, [seen.unit.id], seen.organisation.id
    )
    row = rows.get(seen.unit.id)
    whole = unit_figures(seen.questionnaire, row)
    if seen.wave.state != "closed" or capability_id not in whole.capabilities:
        raise NotFound(
            "There are no figures of this capability.", "Figures come when the wave closes."
        )
    target = targets.get(capability_id)
    beside = _side_by_side(session, seen, whole.capabilities[capability_id])
    questions = [q for q in seen.questionnaire.counted_questions if q.capability == capability_id]
    capability = seen.questionnaire.capabilities[capability_id]
    measure, aim = whole.capability(capability_id), target.number if target else None
    return CapabilityReport(
        wave=seen.wave,
        organisation=seen.organisation,
        unit=UnitReport.of(seen.unit, answered(row)) if seen.unit.depth else None,
        scale=seen.questionnaire.scale,
        capability=capability,
        figure=CapabilityFigure(capability_id, capability.name, measure, aim),
        target_reason=target.text if target else "",
        units=beside.units,
        others=beside.others,
        between_units=beside.between,
        as_if_even=beside.as_if_even,
        rated_by=sum(question.is_rated for question in questions),
        practices=_practices(questions, whole),
        importance=next((whole.question(q.id) for q in questions if q.kind == "importance"), None),
        breakdowns=_breakdowns(session, seen, whole, capability_id),
        course=course_of(session, seen, capability_id),
        agreed=agreed_on(session, seen, capability_id),
        actions=tuple(planned(session, seen, capability_id)),
    )


def _breakdowns(
    session: Session, seen: View, whole: UnitFigures, capability_id: str
) -> tuple[tuple[Question, CapabilityByGroup], ...]:
    questions = questions_of(seen)
    stored = tallies.breakdowns_of(session, seen.wave.id) if questions else {}
    return tuple(
        (question, by_group(question, seen.questionnaire, whole, stored, capability_id)[0])
        for question in questions
    )


def _practices(questions: list[Question], whole: UnitFigures) -> tuple[QuestionFigure, ...]:
    return tuple(
        QuestionFigure(q.id, q.text, q.capability, whole.question(q.id))
        for q in questions
        if q.is_rated and q.id != q.capability
    )


@dataclass(frozen=True, slots=True)
class _Beside:
    """The units below the one that is seen, everybody in none that is shown together, the share of
    the variance that lies between the units directly below, and the mean had these answered
    alike."""

    units: tuple[UnitFigure, ...]
    others: Measure | None
    between: float | None
    as_if_even: Weighted | None


def _side_by_side(session: Session, seen: View, item: int) -> _Beside:
    found = {
        row.unit_id: row
        for row in tallies.item_by_unit(session, seen.wave.id, item, *item_span(item))
    }
    tree = seen.tree
    rows = np.stack([item_row(found[unit.id].figures) for unit in tree.units])
    status = np.array([found[unit.id].disclosure[0] for unit in tree.units], dtype=np.uint8)
    top = tree.place_of[seen.unit.id]
    below = [tree.place_of[unit.id] for unit in tree.below(seen.unit)[1:]]
    whole = rows[top], status[top]
    found_to_differ = differences([beside_the_rest(whole, (rows[p], status[p])) for p in below])
    units = tuple(
        UnitFigure(unit.slug, unit.name, unit.depth, disclosed(rows[place], status[place]), differs)
        for place, differs in zip(below, found_to_differ, strict=True)
        for unit in (tree.units[place],)
    )
    direct = [place for place in below if tree.units[place].parent == top]
    left = remainders(tree.parents, status[:, None], rows[:, None])[:, 0]
    return _Beside(
        units=units,
        others=others(rows[top], left[top]),
        between=_between(rows, status, direct),
        as_if_even=as_if_even(
            whole,
            [(rows[place], status[place]) for place in direct],
            [tree.units[place].invited for place in (top, *direct)],
            seen.wave.minimum_group,
        ),
    )


def _between(rows: Integers, status: Statuses, places: list[int]) -> float | None:
    shown = rows[[place for place in places if status[place] == SHOWN]]
    rated, _ = rated_and_asked(shown)
    sums = np.column_stack([rated, shown[:, SUM], shown[:, SUM_OF_SQUARES]])
    found = icc([(n, total, squares) for n, total, squares in sums.tolist()])
    return found and found[0]
