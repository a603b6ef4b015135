"""Figures as they may be seen. Everything that is shown of a tally comes through here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from survey.maturity.disclosure import SHOWN, TOO_FEW, disclosed
from survey.maturity.profile import Measure, Withheld
from survey.maturity.tally import COLUMNS, Integers, Tally, TallyPlan
from survey.operations.versions import measured, plan_of
from survey.questionnaire.model import Questionnaire

NOTHING = Withheld("too-few")
"""The figures of a unit without answers."""

BYTES = 8
"""Of each number in a packed tally."""


def item_span(item: int) -> tuple[int, int]:
    """Where one item is in a packed tally (see `Tally.to_bytes`): first byte, and how many."""
    return BYTES * (1 + item * COLUMNS), BYTES * COLUMNS


def item_row(packed: bytes) -> Integers:
    """The figures in those bytes."""
    return np.frombuffer(packed, dtype="<i8").astype(np.int64)


def answered(row: Any | None) -> int | None:
    """How many of a unit with this stored tally answered; None where that is withheld."""
    if row is None or not row.disclosure or row.disclosure[-1] != SHOWN:
        return None
    return int(row.number)


@dataclass(frozen=True, slots=True)
class UnitFigures:
    """What may be seen of one unit of a closed wave."""

    plan: TallyPlan
    capabilities: dict[str, int]
    questions: dict[str, int]
    tally: Tally | None
    disclosure: bytes

    def capability(self, id_: str) -> Measure:
        """The figures of a capability."""
        return self._item(self.capabilities[id_])

    def question(self, id_: str) -> Measure:
        """The figures of a counted question."""
        return self._item(self.questions[id_])

    def raw(self, item: int) -> tuple[Integers, int]:
        """An item's counts, and whether they may be seen: for `disclosure` to work with."""
        if self.tally is None:
            return np.zeros(COLUMNS, np.int64), TOO_FEW
        return self.tally.figures[item], self.disclosure[item]

    def raw_of(self, id_: str) -> tuple[Integers, int]:
        """The same of a capability."""
        return self.raw(self.capabilities[id_])

    def _item(self, item: int) -> Measure:
        if self.tally is None:
            return NOTHING
        return disclosed(self.tally.figures[item], self.disclosure[item])


def unit_figures(questionnaire: Questionnaire, row: Any | None) -> UnitFigures:
    """What may be seen of a stored tally; nothing before its wave has closed, or of no row."""
    plan = plan_of(questionnaire)
    known = row is not None and row.disclosure is not None
    return UnitFigures(
        plan=plan,
        capabilities={
            id_: item for item, id_ in enumerate(measured(questionnaire), start=plan.questions)
        },
        questions={
            question.id: item for item, question in enumerate(questionnaire.counted_questions)
        },
        tally=Tally.from_bytes(row.figures, plan) if row is not None and known else None,
        disclosure=row.disclosure if row is not None and known else b"",
    )
