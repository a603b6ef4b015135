"""The step of a capability on which those in a workshop agreed, beside what staff said: the two
are never mixed, and this one changes no figure."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import ColumnElement, delete, update
from sqlalchemy.orm import Session

from survey.operations import auditing
from survey.operations.errors import Conflict, NotFound, Refused
from survey.operations.versions import measured
from survey.operations.viewing import View
from survey.questionnaire.model import STEPS
from survey.storage.model import insert_into, rows_changed
from survey.storage.plans import AgreedStep, agreed_steps

LONGEST_REASON: Final = 1_000


def agreed_on(session: Session, seen: View, capability: str) -> AgreedStep | None:
    """The step that was agreed of a capability in the unit that is looked at.

    Raises NotFound for a capability that the wave does not measure.
    """
    if capability not in measured(seen.questionnaire):
        raise NotFound("There is no such capability.", "Choose one of the profile's.")
    return agreed_steps(session, seen.wave.id, seen.unit.id, capability).get(capability)


def agree_on(
    session: Session, seen: View, capability: str, step: int, reason: str, revision: int
) -> None:
    """Note the step on which a workshop agreed, and why.
    revision: the one that was changed, 0 where nothing was agreed before.
    Raises NotFound as `agreed_on` does; Refused for what is no step, or a reason that is missing
    or too long; Conflict where somebody else has noted one since.
    """
    agreed_on(session, seen, capability)
    if step not in STEPS:
        raise Refused("What is agreed is one of the five steps.", "Choose a step from 1 to 5.")
    if not 1 <= len(reason.strip()) <= LONGEST_REASON:
        raise Refused(
            "A step that is agreed needs a reason, so that others understand it.",
            f"Say why in at most {LONGEST_REASON:,} characters.",
        )
    values = {"step": step, "reason": reason.strip()}
    if not _stored(session, seen, capability, values, revision):
        raise _conflict()
    about = f"wave:{seen.wave.slug} capability:{capability}"
    auditing.note(session, "agreed-step.set", about, seen.organisation.id, step=step)


def forget_agreed(session: Session, seen: View, capability: str, revision: int) -> None:
    """Remove the step that was agreed. Raises Conflict where it was changed since."""
    mine = _this(seen, capability, revision)
    if not rows_changed(session, delete(AgreedStep).where(*mine)):
        raise _conflict()
    about = f"wave:{seen.wave.slug} capability:{capability}"
    auditing.note(session, "agreed-step.remove", about, seen.organisation.id)


def _stored(
    session: Session, seen: View, capability: str, values: dict[str, Any], revision: int
) -> int:
    if revision:
        mine = _this(seen, capability, revision)
        change = update(AgreedStep).where(*mine).values(revision=revision + 1, **values)
        return rows_changed(session, change)
    new = insert_into(session, AgreedStep).values(
        wave_id=seen.wave.id, unit_id=seen.unit.id, capability=capability, revision=1, **values
    )
    return rows_changed(session, new.on_conflict_do_nothing())


def _this(seen: View, capability: str, revision: int) -> tuple[ColumnElement[bool], ...]:
    return (
        AgreedStep.wave_id == seen.wave.id,
        AgreedStep.unit_id == seen.unit.id,
        AgreedStep.capability == capability,
        AgreedStep.revision == revision,
    )


def _conflict() -> Conflict:
    return Conflict(
        "Somebody else has noted what was agreed since you opened this page.",
        "Compare what they wrote with what you typed, and save again.",
    )
