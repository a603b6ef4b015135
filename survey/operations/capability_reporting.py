"""One capability closely: the whole, its units side by side, its questions."""

from __future__ import annotations

import numpy as np
from sqlalchemy.orm import Session

from survey.maturity.disclosure import disclosed, remainders
from survey.maturity.profile import Measure, measure
from survey.maturity.tally import Integers
from survey.operations.breakdown_reporting import by_group, questions_of
from survey.operations.errors import NotFound
from survey.operations.figures import (
    UnitFigures,
    answered,
    item_row,
    item_span,
    unit_figures,
)
from survey.operations.profile import (
    CapabilityByGroup,
    CapabilityFigure,
    CapabilityReport,
    QuestionFigure,
    UnitFigure,
    UnitReport,
)
from survey.operations.unit_tree import UnitNode
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
    """Everything that may be seen of one capability in a closed wave: at most four queries.

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
    units, others = _side_by_side(session, seen, whole.capabilities[capability_id])
    questions = [q for q in seen.questionnaire.counted_questions if q.capability == capability_id]
    capability = seen.questionnaire.capabilities[capability_id]
    return CapabilityReport(
        wave=seen.wave,
        organisation=seen.organisation,
        unit=_report_of(seen.unit, answered(row)) if seen.unit.depth else None,
        scale=seen.questionnaire.scale,
        capability=capability,
        figure=CapabilityFigure(
            capability_id,
            capability.name,
            whole.capability(capability_id),
            target.number if target else None,
        ),
        target_reason=target.text if target else "",
        units=units,
        others=others,
        practices=_practices(questions, whole),
        importance=next((whole.question(q.id) for q in questions if q.kind == "importance"), None),
        breakdowns=_breakdowns(session, seen, whole, capability_id),
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


def _report_of(unit: UnitNode, responded: int | None) -> UnitReport:
    return UnitReport(unit.slug, unit.name, unit.depth, unit.invited, responded)


def _practices(questions: list[Question], whole: UnitFigures) -> tuple[QuestionFigure, ...]:
    return tuple(
        QuestionFigure(q.id, q.text, q.capability, whole.question(q.id))
        for q in questions
        if q.is_rated and q.id != q.capability
    )


def _side_by_side(
    session: Session, seen: View, item: int
) -> tuple[tuple[UnitFigure, ...], Measure | None]:
    """The units below the one that is seen, and everybody in none that is shown together."""
    found = {
        row.unit_id: row
        for row in tallies.item_by_unit(session, seen.wave.id, item, *item_span(item))
    }
    rows = np.stack([item_row(found[unit.id].figures) for unit in seen.tree.units])
    status = np.array([found[unit.id].disclosure[0] for unit in seen.tree.units], dtype=np.uint8)
    units = tuple(
        UnitFigure(unit.slug, unit.name, unit.depth, disclosed(rows[place], status[place]))
        for unit in seen.tree.below(seen.unit)[1:]
        for place in (seen.tree.place_of[unit.id],)
    )
    left = remainders(seen.tree.parents, status[:, None], rows[:, None])
    return units, _others(rows, left[:, 0], seen.tree.place_of[seen.unit.id])


def _others(rows: Integers, left: Integers, whole: int) -> Measure | None:
    """Everybody beyond the units that are shown; None where that is nobody, or everybody."""
    if not left[whole].any() or (left[whole] == rows[whole]).all():
        return None
    return measure(left[whole])
