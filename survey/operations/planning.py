"""What leads will do about a capability: actions with an owner and a date.

An action carries a revision. A change says which one it was made from, so that of two leads who
change the same action at once the later is told, and overwrites nothing unseen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from survey.operations import auditing
from survey.operations.errors import Conflict, NotFound, Refused
from survey.operations.versions import measured
from survey.operations.viewing import View
from survey.storage.model import rows_changed
from survey.storage.plans import STATES, Action

LONGEST_LINE: Final = 200
LONGEST_EVIDENCE: Final = 2_000


@dataclass(frozen=True, slots=True)
class Wording:
    """All that leads write of an action; see `storage.plans.Action`."""

    capability: str
    title: str
    owner: str
    due: date
    state: str = "planned"
    evidence: str = ""


def action_of(session: Session, organisation_id: int, action_id: int) -> Action:
    """An action of this organisation as the database has it now. Raises NotFound."""
    found = session.get(Action, action_id, populate_existing=True)
    if found is None or found.organisation_id != organisation_id:
        raise NotFound("There is no such action.", "Perhaps somebody has removed it.")
    return found


def plan_action(session: Session, seen: View, wording: Wording) -> Action:
    """Note an action for the unit that is looked at. Raises Refused for wording that says too
    little or too much."""
    made = Action(
        organisation_id=seen.organisation.id,
        wave_id=seen.wave.id,
        unit_id=seen.unit.id,
        **_checked(wording, seen),
    )
    session.add(made)
    session.flush()
    auditing.note(session, "action.plan", f"action:{made.id}", made.organisation_id)
    return made


def change_action(
    session: Session, seen: View, action: Action, wording: Wording, revision: int
) -> None:
    """Write an action anew, also that it is now done or dropped, and for which unit.

    seen: the wave and the unit that it is now for. revision: the one that was changed.
    Raises Refused as `plan_action` does; Conflict where there is a later one by now.
    """
    values = {"unit_id": seen.unit.id, "revision": revision + 1} | _checked(wording, seen, action)
    mine = (Action.id == action.id, Action.revision == revision)
    if not rows_changed(session, update(Action).where(*mine).values(values)):
        raise _conflict()
    session.refresh(action)
    auditing.note(
        session, "action.change", f"action:{action.id}", action.organisation_id, state=action.state
    )


def remove_action(session: Session, action: Action, revision: int) -> None:
    """Delete an action that was noted by mistake. Raises Conflict where it was changed since."""
    mine = (Action.id == action.id, Action.revision == revision)
    if not rows_changed(session, delete(Action).where(*mine)):
        raise _conflict()
    session.expunge(action)
    auditing.note(session, "action.remove", f"action:{action.id}", action.organisation_id)


def _checked(wording: Wording, seen: View, before: Action | None = None) -> dict[str, Any]:
    """The columns of an action. What it is about may stay what it was, although this wave no
    longer asks it."""
    known = wording.capability in measured(seen.questionnaire)
    if not known and (before is None or wording.capability != before.capability):
        raise Refused("There is no such capability.", "Choose one of the profile's.")
    if wording.state not in STATES:
        raise Refused("An action is in one of four states.", f"Choose one: {', '.join(STATES)}.")
    evidence = wording.evidence.strip()
    if len(evidence) > LONGEST_EVIDENCE:
        raise Refused("The evidence is too long.", f"Use at most {LONGEST_EVIDENCE:,} characters.")
    return {
        "capability": wording.capability,
        "title": _line("what will be done", wording.title),
        "owner": _line("who sees to it", wording.owner),
        "due": wording.due,
        "state": wording.state,
        "evidence": evidence,
    }


def _line(what: str, said: str) -> str:
    said = " ".join(said.split())
    if not 1 <= len(said) <= LONGEST_LINE:
        raise Refused(f"An action says {what}.", f"Say it in at most {LONGEST_LINE:,} characters.")
    return said


def _conflict() -> Conflict:
    return Conflict(
        "Somebody else has changed this action since you opened it.",
        "Compare what they wrote with what you typed, and save again.",
    )
