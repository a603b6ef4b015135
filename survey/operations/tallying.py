"""Responses become counts: each is folded into the tally once, for its unit and all above it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime

import numpy as np
from sqlalchemy.orm import Session

from survey.maturity.disclosure import (
    Statuses,
    protect_questions,
    publish_participation,
    publish_set,
)
from survey.maturity.tally import Integers, Tally, TallyPlan, rated_and_asked, tally_by_group
from survey.operations.breaking_down import freeze_breakdowns
from survey.operations.errors import Refused
from survey.operations.unit_tree import UnitTree, tree_of
from survey.operations.versions import plan_of, questionnaire_of
from survey.storage import responses, tallies, waves
from survey.storage.waves import Wave

BATCH = 100_000
"""Responses in memory at once."""

Batch = Sequence[tuple[int, int, bytes]]
"""Rows of a unit's id, a number of responses, and their packed ratings joined."""

Tallies = dict[int, Tally]
"""What each unit, by id, has answered with all below it. Units without answers are not there."""


def tally_new_responses(session: Session, wave: Wave, *, today: date | None = None) -> int:
    """Fold the responses that are not in the tally yet; how many they were.

    today: the day to which they are counted, the present one (UTC) unless said otherwise.

    Each is counted exactly once: taking it and storing the counts are one transaction, and
    nobody else folds this wave meanwhile.
    """
    waves.lock_wave(session, wave.id)
    plan, tree = plan_of_wave(session, wave), tree_of(session, wave)
    new = _count(_untallied(session, wave.id), plan, tree)
    if not new:
        return 0
    before = stored_tallies(session, wave.id, plan)
    both = {unit: before[unit] + found if unit in before else found for unit, found in new.items()}
    store_counts(session, wave.id, both)
    responded = new[tree.root.id].responses
    waves.count_day(session, wave.id, today or datetime.now(UTC).date(), responded)
    return responded


def recount(session: Session, wave: Wave) -> bool:
    """Count every response afresh; whether the tally said the same.

    Where it did not, the fresh counts replace it, unless the wave is closed: its figures may
    have been seen, and never change. Raises Refused for imported results.
    """
    if wave.imported is not None:
        raise Refused("Imported results have no answers to count.", "Import them again instead.")
    waves.hold_submissions(session, wave.id)  # or the fresh counts see more than the tally
    tally_new_responses(session, wave)
    plan, tree = plan_of_wave(session, wave), tree_of(session, wave)
    afresh = _count(responses.all_ratings(session, wave.id, BATCH), plan, tree)
    before = stored_tallies(session, wave.id, plan)
    same = _as_bytes(afresh) == _as_bytes(before)
    if not same and wave.state != "closed":
        tallies.remove_tallies(session, wave.id)
        store_counts(session, wave.id, afresh)
    return same


def freeze_publish_set(session: Session, wave: Wave) -> None:
    """Decide, once, which figures of a wave that closes may be seen, and which never.

    Every unit gets a tally, so that a unit without answers is withheld as any small one is.
    """
    plan, tree = plan_of_wave(session, wave), tree_of(session, wave)
    found = stored_tallies(session, wave.id, plan)
    empty = Tally.empty(plan)
    store_counts(session, wave.id, {unit.id: empty for unit in tree.units if unit.id not in found})
    status = publishable(
        tree, [found.get(unit.id, empty) for unit in tree.units], plan, wave.minimum_group
    )
    freeze_breakdowns(session, wave, plan, tree, status[:, plan.questions :])
    answered = _participation_shown(tree, found, wave)
    tallies.store_disclosure(
        session,
        wave.id,
        {
            unit.id: status[place].tobytes() + answered[place].tobytes()
            for place, unit in enumerate(tree.units)
        },
    )


def publishable(tree: UnitTree, by_unit: Sequence[Tally], plan: TallyPlan, k: int) -> Statuses:
    """What may be shown of each unit, in the tree's order, and item (`methods` §6)."""
    figures = np.stack([tally.figures for tally in by_unit])
    rated, asked = rated_and_asked(figures)
    status = publish_set(tree.parents, rated, asked, k, tree.ids)
    return protect_questions(status, tree.parents, rated, plan, k, tree.ids)


def _participation_shown(tree: UnitTree, found: Tallies, wave: Wave) -> Statuses:
    """Where it may be said how many answered: by how many were invited, whom all may know; by
    how many answered, where anybody could."""
    responses_in = {unit_id: tally.responses for unit_id, tally in found.items()}
    known_by_answers = wave.open_link or wave.imported is not None
    people = [
        responses_in.get(unit.id, 0) if known_by_answers else unit.invited for unit in tree.units
    ]
    return publish_participation(tree.parents, people, wave.minimum_group, tree.ids)


def plan_of_wave(session: Session, wave: Wave) -> TallyPlan:
    """What is counted of the version that the wave asks."""
    return plan_of(questionnaire_of(session, wave.version_digest))


def stored_tallies(session: Session, wave_id: int, plan: TallyPlan) -> Tallies:
    """The tally of every unit that has answers."""
    found = tallies.tallies_of(session, wave_id)
    return {unit: Tally.from_bytes(row.figures, plan) for unit, row in found.items()}


def _untallied(session: Session, wave_id: int) -> Iterator[Batch]:
    while batch := responses.take_untallied(session, wave_id, BATCH):
        yield batch


def _count(batches: Iterable[Batch], plan: TallyPlan, tree: UnitTree) -> Tallies:
    """Count by the units where people are, then add each unit to the one above it."""
    figures: Integers | None = None
    people = np.zeros(len(tree.units), dtype=np.int64)
    for batch in batches:
        unit_ids, numbers, ratings = zip(*batch, strict=True)
        places = np.repeat(tree.places(unit_ids), numbers)
        found, responded = tally_by_group(b"".join(ratings), places, len(tree.units), plan)
        figures = found if figures is None else figures + found
        people += responded
    if figures is None:
        return {}
    tree.sum_upwards(figures)
    tree.sum_upwards(people)
    return {
        unit.id: Tally(figures=figures[place], responses=int(people[place]))
        for place, unit in enumerate(tree.units)
        if people[place]
    }


def store_counts(session: Session, wave_id: int, found: Tallies) -> None:
    """Add or replace the tally of units, by their ids."""
    tallies.store_tallies(
        session,
        [
            {
                "wave_id": wave_id,
                "unit_id": unit_id,
                "responses": tally.responses,
                "figures": tally.to_bytes(),
            }
            for unit_id, tally in found.items()
        ],
    )


def _as_bytes(found: Tallies) -> dict[int, bytes]:
    return {unit_id: tally.to_bytes() for unit_id, tally in found.items() if tally.responses}
