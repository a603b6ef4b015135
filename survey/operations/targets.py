"""The step that leads want to reach, and why."""

from __future__ import annotations

from sqlalchemy.orm import Session

from survey.operations import auditing
from survey.operations.errors import Refused
from survey.questionnaire.model import STEPS
from survey.storage import tallies

LONGEST_REASON = 1000
LONGEST_ID = 100


def set_target(
    session: Session, organisation_id: int, capability: str, step: int, reason: str
) -> None:
    """Set or replace an organisation's target for a capability, by its id.

    Raises Refused for a step that is none, or a reason that is missing or too long.
    """
    reason = reason.strip()
    if step not in STEPS:
        raise Refused("A target is one of the five steps.", "Choose a step from 1 to 5.")
    if not 1 <= len(reason) <= LONGEST_REASON:
        raise Refused(
            "A target needs a reason, so that others understand it.",
            f"Say why in at most {LONGEST_REASON:,} characters.",
        )
    if not 1 <= len(capability) <= LONGEST_ID:
        raise Refused("There is no such capability.", "Choose one of the profile's.")
    tallies.store_target(session, organisation_id, capability, step, reason)
    auditing.note(session, "target.set", f"capability:{capability}", organisation_id, step=step)
