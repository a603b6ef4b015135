"""Results that were counted elsewhere, taken as a wave of their own: closed, and marked as
imported. They have no responses; the same rules decide what of them may be seen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Final, Literal

import numpy as np
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from survey.maturity.tally import (
    COLUMNS,
    SUM,
    SUM_OF_SQUARES,
    WHOLE_STEP,
    Integers,
    Tally,
    TallyPlan,
)
from survey.operations import auditing
from survey.operations.errors import Refused
from survey.operations.result_rows import COUNTS, Counts, read_counts
from survey.operations.tallying import freeze_publish_set, plan_of_wave, store_counts
from survey.operations.unit_names import UnitNames
from survey.operations.unit_tree import UnitTree, tree_of
from survey.operations.versions import measured, questionnaire_of
from survey.operations.wave_settings import create_wave
from survey.storage.organisations import Organisation, live_units, units_now
from survey.storage.plans import Action, AgreedStep
from survey.storage.tallies import Tally as StoredTally
from survey.storage.waves import Wave, WaveTree

Imported = Literal["same-questions", "other-questions"]
FIRST_DAY: Final = date(1980, 1, 1)


@dataclass(frozen=True, slots=True)
class EarlierSurvey:
    """What an import is about. `version_digest`: the version that measures the same capabilities.
    `imported`: whether its very questions were asked; only then can later waves be compared."""

    slug: str
    name: str
    ended_on: date
    version_digest: str
    minimum_group: int
    imported: Imported = "other-questions"


def import_results(
    session: Session,
    organisation: Organisation,
    survey: EarlierSurvey,
    file: bytes,
    *,
    now: datetime,
) -> Wave:
    """Take people at each step by capability and unit as a closed wave; all of a file or nothing.

    Units are those of today. Raises Refused and Conflict as `create_wave` does, and for a day to
    come; InvalidRows.
    """
    if not FIRST_DAY <= survey.ended_on <= now.date():
        raise Refused(
            "An earlier survey ended on a day that has passed.", "Enter the day on which it ended."
        )
    made = create_wave(
        session,
        organisation,
        slug=survey.slug,
        name=survey.name,
        version_digest=survey.version_digest,
        minimum_group=survey.minimum_group,
        breakdowns=(),
    )
    made.imported, made.state = survey.imported, "closed"
    made.opened_at = made.closed_at = datetime.combine(survey.ended_on, time(12), UTC)
    units = [unit | {"invited": 0} for unit in live_units(session, organisation.id)]
    session.add(WaveTree(wave_id=made.id, units=units))
    session.flush()
    _count(session, made, UnitNames(units_now(session, organisation.id)), file)
    auditing.note(session, "wave.import", f"wave:{made.slug}", organisation.id)
    return made


def _count(session: Session, wave: Wave, names: UnitNames, file: bytes) -> None:
    plan, tree = plan_of_wave(session, wave), tree_of(session, wave)
    questionnaire = questionnaire_of(session, wave.version_digest)
    capabilities = {id_: questionnaire.capabilities[id_].name for id_ in measured(questionnaire)}
    counts = read_counts(file, tree, names, capabilities)
    figures = _figures(counts, plan)
    responded = _responded(counts, tree)
    found = {
        unit.id: Tally(int(responded[place]), figures[place])
        for place, unit in enumerate(tree.units)
    }
    store_counts(session, wave.id, found)
    freeze_publish_set(session, wave)


def _figures(counts: Counts, plan: TallyPlan) -> Integers:
    """(units, items, 9), as a tally has them. Everybody's rating is a whole step: sums follow from
    the counts. A question that alone rates a capability has its figures; of others nothing is
    known."""
    figures = np.zeros((len(counts.people), plan.items, COLUMNS), np.int64)
    steps, whole = counts.people[..., :5], np.arange(1, 6) * WHOLE_STEP
    of_capabilities = figures[:, plan.questions :]
    of_capabilities[..., : len(COUNTS)] = counts.people
    of_capabilities[..., SUM] = steps @ whole
    of_capabilities[..., SUM_OF_SQUARES] = steps @ whole**2
    for place, item in enumerate(plan.capabilities, start=plan.questions):
        if len(item.questions) == 1:
            figures[:, item.questions[0]] = figures[:, place]
    return figures


def _responded(counts: Counts, tree: UnitTree) -> Integers:
    """How many people there were at least: as many as any capability has, or the parts have."""
    least = counts.people.sum(axis=-1).max(axis=-1)
    below = np.zeros_like(least)
    for place in range(len(tree.units) - 1, -1, -1):
        least[place] = max(least[place], below[place])
        if place:
            below[tree.units[place].parent] += least[place]
    found: Integers = least
    return found


def remove_results(session: Session, wave: Wave) -> None:
    """Delete imported results, to take them anew from a better file.

    Raises Refused for a wave that was not imported, or from which actions were planned.
    """
    if wave.imported is None:
        raise Refused("Only imported results can be removed.", "What people answered stays.")
    planned = select(func.count()).select_from(Action).where(Action.wave_id == wave.id)
    if session.scalar(planned):
        raise Refused("Actions were planned from these results.", "Remove those first.")
    for table in (AgreedStep, StoredTally, WaveTree):
        session.execute(delete(table).where(table.wave_id == wave.id))
    session.delete(wave)
    session.flush()
    auditing.note(session, "wave.remove", f"wave:{wave.slug}", wave.organisation_id)
