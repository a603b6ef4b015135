"""A draft is rehearsed: a thousand made-up people go through it, in the background, before real
ones do. What they answer is drawn by chance; all else is done as with real answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from random import Random
from typing import Any, Final
from uuid import UUID, uuid4

import numpy as np
from sqlalchemy.orm import Session

from survey.maturity.disclosure import disclosed
from survey.maturity.profile import group_figure, overall
from survey.operations import own_library
from survey.operations.errors import Refused
from survey.operations.profile import CapabilityFigure, GroupReport
from survey.operations.rehearsal_figures import Figures, figures_of
from survey.operations.rehearsal_run import figures_from, rehearse
from survey.operations.rehearsed_people import Wanted, crowd
from survey.questionnaire.check import check
from survey.questionnaire.modules import number_of_shifts
from survey.questionnaire.walking import Walk
from survey.storage import rehearsals
from survey.storage.manuscripts import Manuscript
from survey.storage.model import Opened
from survey.storage.rehearsals import Rehearsal

KEPT: Final = timedelta(days=1)
AT_ONCE: Final = 50
"""People who go through between two words on how far it is."""


@dataclass(frozen=True, slots=True)
class Report:
    """How a rehearsal stands. `is_behind`: the draft has another text by now. `figures`, and the
    profile over everybody (`groups`, `overall`), are there when it is done."""

    rehearsal: Rehearsal
    is_behind: bool
    figures: Figures | None = None
    groups: tuple[GroupReport, ...] = ()

    @property
    def overall(self) -> tuple[int, ...]:
        """How many capabilities are at each step."""
        return overall([one.measure for group in self.groups for one in group.capabilities])


def number_of_problems(session: Session, found: Manuscript) -> int:
    """How many problems keep a draft from being rehearsed."""
    library = own_library.library_of(session, found.organisation_id)
    return len(check(found.source, library).problems)


def ask(
    session: Session,
    found: Manuscript,
    wanted: Wanted,
    *,
    minimum_group: int,
    other_people: bool = False,
    now: datetime,
) -> Rehearsal:
    """Let a worker rehearse the text as it is now, in place of what was rehearsed before.

    The same text is rehearsed by the same people, unless others are asked for.
    Raises Refused where the text has problems.
    """
    session.refresh(found, with_for_update=True)
    if number_of_problems(session, found):
        raise Refused("A draft with problems cannot be rehearsed.", "Mend them first.")
    before = rehearsals.rehearsal_of(session, found.id)
    draw = before.draw + 1 if before is not None and other_people else 0
    rehearsals.forget(session, found.id)
    made = Rehearsal(
        id=uuid4(),
        manuscript_id=found.id,
        digest=found.digest,
        source=found.source,
        spread=wanted.spread,
        share=wanted.share,
        minimum_group=minimum_group,
        draw=draw,
        state="waiting",
        at=now,
    )
    session.add(made)
    session.flush()
    return made


def report(session: Session, found: Manuscript) -> Report | None:
    """How the rehearsal of a draft stands; None where there is none."""
    rehearsal = rehearsals.rehearsal_of(session, found.id)
    if rehearsal is None:
        return None
    is_behind = rehearsal.digest != found.digest
    if rehearsal.state != "done":
        return Report(rehearsal, is_behind)
    figures = figures_of(rehearsal.result)
    return Report(rehearsal, is_behind, figures, tuple(_groups(figures)))


def _groups(figures: Figures) -> Iterator[GroupReport]:
    shown = {
        one.id: CapabilityFigure(
            one.id, one.name, disclosed(np.array(one.row, np.int64), one.status), target=None
        )
        for one in figures.capabilities
    }
    for group in figures.groups:
        members = tuple(shown[id_] for id_ in group.capabilities)
        figure = group_figure([member.measure for member in members])
        yield GroupReport(group.id, group.title, figure, members)


def work_on_all(opened: Opened, *, now: datetime) -> None:
    """Rehearse what waits, and delete what was asked for more than a day ago."""
    with opened() as session:
        rehearsals.forget_before(session, now - KEPT)
        session.commit()
    while (waiting := _next(opened)) is not None:
        work(opened, waiting)


def _next(opened: Opened) -> UUID | None:
    with opened() as session:
        return rehearsals.next_waiting(session)


def work(opened: Opened, rehearsal_id: UUID) -> None:
    """Rehearse one; what comes of it stands with it afterwards. Nothing happens where it is not
    wanted any more: replaced, or its draft deleted."""
    try:
        outcome = _rehearse(opened, rehearsal_id)
    except Exception:
        _note(opened, rehearsal_id, state="failed", source="")
        raise
    if outcome is not None:
        _note(opened, rehearsal_id, source="", **outcome)


def _rehearse(opened: Opened, rehearsal_id: UUID) -> dict[str, Any] | None:
    """What is to be noted of a rehearsal; None where it is not wanted any more."""
    with opened() as session:
        rehearsal = session.get(Rehearsal, rehearsal_id)
        manuscript = session.get(Manuscript, rehearsal.manuscript_id) if rehearsal else None
        if rehearsal is None or manuscript is None:
            return None
        organisation_id = manuscript.organisation_id
        library = own_library.library_of(session, organisation_id)
        questionnaire = check(rehearsal.source, library).questionnaire
        if questionnaire is None:
            return {"state": "faulty"}
        seed = _seed(rehearsal)
        people = crowd(
            session,
            organisation_id,
            Wanted(rehearsal.spread, rehearsal.share),
            shifts=number_of_shifts(questionnaire),
            random=Random(seed),  # noqa: S311 -- a simulation
        )
    number = len(people.rehearsing)
    walks: list[Walk] = []
    for walk in rehearse(questionnaire, people, seed):
        if len(walks) % AT_ONCE == 0 and not _note(
            opened, rehearsal_id, done=len(walks), of=number
        ):
            return None
        walks.append(walk)
    figures = figures_from(questionnaire, people, walks, rehearsal.minimum_group)
    return {"state": "done", "done": number, "of": number, "result": figures.to_json()}


def _note(opened: Opened, rehearsal_id: UUID, **values: Any) -> bool:
    """In a transaction of its own, so that others see it."""
    with opened() as session:
        is_wanted = rehearsals.note(session, rehearsal_id, **values)
        session.commit()
    return is_wanted


def _seed(rehearsal: Rehearsal) -> int:
    drawn = sha256(f"{rehearsal.digest}:{rehearsal.draw}".encode()).digest()
    return int.from_bytes(drawn[:6], "big")
