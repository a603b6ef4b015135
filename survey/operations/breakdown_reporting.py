"""A profile split by what people said about themselves: the perception gap."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sqlalchemy.orm import Session

from survey.maturity.change import differences
from survey.maturity.disclosure import TOO_FEW, beside_the_rest, disclosed, left_over, others
from survey.maturity.profile import Measure
from survey.maturity.tally import COLUMNS, Integers
from survey.operations.errors import NotFound
from survey.operations.figures import BYTES, UnitFigures, item_row, unit_figures
from survey.operations.profile import BreakdownReport, CapabilityByGroup, GroupFigure
from survey.operations.versions import measured
from survey.operations.viewing import View, view
from survey.questionnaire.model import Question, Questionnaire
from survey.storage import tallies
from survey.storage.accounts import Account

Stored = Mapping[tuple[str, str], Any]


def breakdown_report(
    session: Session, wave_slug: str, question_id: str, account: Account | None
) -> BreakdownReport:
    """Every capability of a closed wave by the options of one question, of the whole organisation:
    three queries.

    account: see `viewing.view`. Raises NotFound: no such wave or question, the account is limited
    to a unit, or the wave has not closed.
    """
    seen = view(session, wave_slug, account)
    questions = questions_of(seen)
    question = next((one for one in questions if one.id == question_id), None)
    if seen.wave.state != "closed" or seen.unit.depth or question is None:
        raise NotFound(
            "This profile is not split by such a question.",
            "Choose one that its page offers.",
        )
    rows = tallies.tallies_of(session, seen.wave.id, [seen.unit.id])
    whole = unit_figures(seen.questionnaire, rows.get(seen.unit.id))
    stored = tallies.breakdowns_of(session, seen.wave.id)
    return BreakdownReport(
        wave=seen.wave,
        organisation=seen.organisation,
        scale=seen.questionnaire.scale,
        question=question,
        questions=questions,
        capabilities=by_group(question, seen.questionnaire, whole, stored),
        waves=seen.waves,
    )


def questions_of(seen: View) -> tuple[Question, ...]:
    """The questions by which this wave may be split; none of a unit."""
    if seen.unit.depth:
        return ()
    return tuple(q for q in seen.questionnaire.breakdowns if q.id in seen.wave.breakdowns)


def by_group(
    question: Question,
    questionnaire: Questionnaire,
    whole: UnitFigures,
    stored: Stored,
    only: str | None = None,
) -> tuple[CapabilityByGroup, ...]:
    """The capabilities, or only one, as the groups see them. What differs is tested over all that
    are asked for together."""
    numbered = [
        (place, id_) for place, id_ in enumerate(measured(questionnaire)) if only in (None, id_)
    ]
    splits = [_split(question, place, whole, stored) for place, _ in numbered]
    found = iter(differences([pair for split in splits for pair in split.pairs]))
    return tuple(
        CapabilityByGroup(
            id=id_,
            name=questionnaire.capabilities[id_].name,
            measure=whole.capability(id_),
            groups=tuple(
                GroupFigure(option, group, next(found))
                for option, group in zip(question.options, split.groups, strict=True)
            ),
            others=split.others,
        )
        for (_, id_), split in zip(numbered, splits, strict=True)
    )


@dataclass(frozen=True, slots=True)
class _Split:
    """One capability's groups, each with everybody else's counts and its own, and who is left."""

    groups: list[Measure]
    pairs: list[tuple[Sequence[int], Sequence[int]] | None]
    others: Measure | None


def _split(question: Question, place: int, whole: UnitFigures, stored: Stored) -> _Split:
    found = [stored.get((question.id, option.id)) for option in question.options]
    rows = np.array([_row(one, place) for one in found])
    status = np.array([TOO_FEW if one is None else one.disclosure[place] for one in found])
    all_, seen = whole.raw(whole.plan.questions + place)
    groups = [disclosed(row, one) for row, one in zip(rows, status, strict=True)]
    left = left_over(all_, seen, rows, status)
    return _Split(
        groups=groups,
        pairs=[
            beside_the_rest((all_, seen), (row, one)) for row, one in zip(rows, status, strict=True)
        ],
        others=others(all_, left),
    )


def _row(stored: Any | None, place: int) -> Integers:
    if stored is None:
        return np.zeros(COLUMNS, np.int64)
    return item_row(stored.figures[place * BYTES * COLUMNS : (place + 1) * BYTES * COLUMNS])
