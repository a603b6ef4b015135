"""When a wave closes, its capabilities are counted by what people said about themselves, and what
may be shown of that is decided."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from sqlalchemy.orm import Session

from survey.maturity.breakdowns import Atoms, publish_breakdowns
from survey.maturity.disclosure import Statuses
from survey.maturity.tally import COLUMNS, Integers, TallyPlan, rated_and_asked, tally_by_group
from survey.operations.unit_tree import UnitTree
from survey.operations.versions import questionnaire_of
from survey.questionnaire.model import Question
from survey.storage import responses, tallies
from survey.storage.waves import Wave

BATCH: Final = 10_000
ATOMS_AT_ONCE: Final = 2_000
NOT_SAID: Final = -1


def freeze_breakdowns(
    session: Session, wave: Wave, plan: TallyPlan, tree: UnitTree, units: Statuses
) -> None:
    """Count and decide, once.

    units: what may be shown of each unit, in the tree's order, and capability.
    """
    possible = {q.id: q for q in questionnaire_of(session, wave.version_digest).breakdowns}
    questions = [possible[id_] for id_ in wave.breakdowns]
    if not questions:
        return
    atoms, figures = _counted(_people(session, wave.id, plan, tree, questions), plan, questions)
    sizes = [len(question.options) for question in questions]
    status = publish_breakdowns(tree.parents, units, atoms, sizes, wave.minimum_group)
    cells = [(question.id, option.id) for question in questions for option in question.options]
    tallies.store_breakdowns(
        session,
        [
            {
                "wave_id": wave.id,
                "question": question,
                "option": option,
                "figures": figures[cell].astype("<i8").tobytes(),
                "disclosure": status[cell].tobytes(),
            }
            for cell, (question, option) in enumerate(cells)
        ],
    )


@dataclass(frozen=True, slots=True, eq=False)
class _People:
    """Everybody who answered: a row of unit's place and options chosen, and their ratings."""

    traits: NDArray[np.intp]
    ratings: NDArray[np.uint8]


def _people(
    session: Session, wave_id: int, plan: TallyPlan, tree: UnitTree, questions: Sequence[Question]
) -> _People:
    traits = [np.empty((0, 1 + len(questions)), np.intp)]
    packed = []
    for batch in responses.all_with_about_you(session, wave_id, BATCH):
        unit_ids, about_you, ratings = zip(*batch, strict=True)
        chosen = [_options_chosen(question, about_you) for question in questions]
        traits.append(np.column_stack([tree.places(unit_ids), *chosen]))
        packed.append(b"".join(ratings))
    every = np.frombuffer(b"".join(packed), np.uint8).reshape(-1, plan.questions)
    return _People(np.concatenate(traits), every)


def _options_chosen(question: Question, about_you: Sequence[dict[str, Any]]) -> list[int]:
    numbers: dict[Any, int] = {option.id: place for place, option in enumerate(question.options)}
    return [numbers.get(answers.get(question.id), NOT_SAID) for answers in about_you]


def _counted(
    people: _People, plan: TallyPlan, questions: Sequence[Question]
) -> tuple[Atoms, Integers]:
    """Who rated and who was asked, by unit and options together; and the figures of each option
    of each question (options, capabilities, 9)."""
    kinds, which = np.unique(people.traits, axis=0, return_inverse=True)
    capabilities = len(plan.capabilities)
    rated, asked = np.zeros((2, len(kinds), capabilities), np.int64)
    cells = [
        (number, option) for number, q in enumerate(questions) for option in range(len(q.options))
    ]
    totals = np.zeros((len(cells), capabilities, COLUMNS), np.int64)
    for atoms, figures in _by_atom(people.ratings, which.ravel(), len(kinds), plan):
        rated[atoms], asked[atoms] = rated_and_asked(figures)
        for cell, (number, option) in enumerate(cells):
            totals[cell] += figures[kinds[atoms, 1 + number] == option].sum(axis=0)
    return Atoms(kinds[:, 0], kinds[:, 1:], rated, asked), totals


def _by_atom(
    ratings: NDArray[np.uint8], which: NDArray[np.intp], atoms: int, plan: TallyPlan
) -> Iterator[tuple[slice, Integers]]:
    """The capabilities' figures of some atoms at once, so that memory does not grow with them."""
    order = np.argsort(which, kind="stable")
    starts = np.searchsorted(which[order], np.arange(0, atoms + ATOMS_AT_ONCE, ATOMS_AT_ONCE))
    for number, (start, end) in enumerate(pairwise(starts)):
        first, rows = number * ATOMS_AT_ONCE, order[start:end]
        some = slice(first, min(first + ATOMS_AT_ONCE, atoms))
        figures, _ = tally_by_group(
            ratings[rows].tobytes(), which[rows] - first, some.stop - first, plan
        )
        yield some, figures[:, plan.questions :]
