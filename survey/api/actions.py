"""Actions: what leads plan to do about a profile, listed, read, planned, changed, removed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, Final

from flask import Response, url_for
from marshmallow import fields
from marshmallow.validate import OneOf

from survey.api import pages
from survey.api.action_schemas import ActionSchema
from survey.api.bodies import ActionTextSchema
from survey.api.conditions import (
    CHANGES,
    ETAG,
    changed,
    check_meant,
    on_condition,
    tagged,
    unless_same,
)
from survey.api.drafts import LARGEST_ID, LOCATION
from survey.api.idempotency import idempotent
from survey.api.pages import Page, PageSchema
from survey.api.resource import OF_A_WAVE, Resource
from survey.api.sent import takes
from survey.api.tokens import require, token
from survey.api.wave_seen import closed_wave_seen
from survey.database import db
from survey.findings.words import ACTION_STATES
from survey.operations import plan_reporting, planning
from survey.operations.api_tokens import READ_ACTIONS, WRITE_ACTIONS
from survey.operations.errors import Conflict, NotFound
from survey.operations.planning import Wording

if TYPE_CHECKING:
    from survey.operations.profile import Planned
    from survey.operations.viewing import View
    from survey.storage.accounts import Account

ONE: Final = "/<int:action>"

bp = Resource(
    "actions",
    __name__,
    under=f"{OF_A_WAVE}/actions",
    description="What is planned about a profile: from a wave that has closed, and from those "
    "before it.",
    parts={"action": "The action’s number, as in the list."},
)


class ActionPageSchema(PageSchema):
    """Which actions are listed: those that fit all that is said."""

    state = fields.String(
        validate=OneOf(list(ACTION_STATES)), metadata={"description": "Only those in this state."}
    )
    capability = fields.String(
        metadata={"description": "Only those about the capability with this id."}
    )
    unit = fields.String(
        load_default=None,
        metadata={"description": "Only those for the unit with this short name, and below it."},
    )
    due_before = fields.Date(metadata={"description": "Only those due before this day."})


@dataclass(frozen=True, slots=True)
class ActionTold:
    """An action, as it is told on a day."""

    planned: Planned
    today: date

    @property
    def overdue(self) -> bool:
        """Whether it is still to be done, and should have been."""
        return self.planned.is_overdue(self.today)


Answer = tuple[ActionTold, dict[str, str]]


@bp.get("")
@token(READ_ACTIONS)
@unless_same
@bp.arguments(ActionPageSchema, location="query")
@bp.response(200, ActionSchema(many=True), headers=pages.HEADERS)
def list_actions(
    asking: Account, page: Page, organisation: str, wave: str
) -> tuple[list[ActionTold], dict[str, str]]:
    """List the actions, the earliest due first."""
    seen = closed_wave_seen(asking, organisation, wave, page.wanted["unit"])
    found = _wanted(plan_reporting.planned(db.session, seen), page)
    return [_told(one) for one in page.of(found)], pages.headers_of(page, len(found))


@bp.post("")
@token(WRITE_ACTIONS)
@idempotent
@takes(ActionTextSchema, "What will be done, by whom, by when.")
@bp.response(201, ActionSchema, headers=ETAG | LOCATION)
def plan_action(asking: Account, sent: dict[str, Any], organisation: str, wave: str) -> Answer:
    """Plan an action."""
    seen = _planning(asking, organisation, wave, sent.pop("unit"))
    made = planning.plan_action(db.session, seen, Wording(**sent))
    db.session.commit()
    address = url_for("actions.read_action", organisation=organisation, wave=wave, action=made.id)
    told = _one(seen, made.id)
    return told, _known(told) | {"Location": address}


@bp.get(ONE)
@token(READ_ACTIONS)
@bp.response(200, ActionSchema, headers=ETAG)
def read_action(asking: Account, organisation: str, wave: str, action: int) -> Answer:
    """Read an action."""
    told = _one(_seen(asking, organisation, wave, action), action)
    return told, _known(told)


@bp.put(ONE)
@token(WRITE_ACTIONS)
@on_condition
@takes(ActionTextSchema, "All of it anew.")
@bp.response(200, ActionSchema, headers=ETAG)
def change_action(
    asking: Account, sent: dict[str, Any], organisation: str, wave: str, action: int
) -> Answer:
    """Write an action anew, also that it is now done or dropped."""
    seen = _seen(asking, organisation, wave, action, to_change=True)
    found = _one(seen, action).planned.action
    check_meant(found.revision)
    unit = sent.pop("unit")
    chosen = _planning(asking, organisation, wave, unit) if unit is not None else seen
    try:
        planning.change_action(db.session, chosen, found, Wording(**sent), found.revision)
    except Conflict as fault:
        raise changed() from fault
    db.session.commit()
    told = _one(chosen, action)
    return told, _known(told)


@bp.delete(ONE)
@token(WRITE_ACTIONS)
@on_condition
@bp.response(204)
def remove_action(asking: Account, organisation: str, wave: str, action: int) -> Response:
    """Remove an action that was noted by mistake. What was done, or dropped, is better said so."""
    seen = _seen(asking, organisation, wave, action, to_change=True)
    found = _one(seen, action).planned.action
    check_meant(found.revision)
    try:
        planning.remove_action(db.session, found, found.revision)
    except Conflict as fault:
        raise changed() from fault
    db.session.commit()
    return Response(status=204)


def _planning(asking: Account, organisation: str, wave: str, unit: str | None) -> View:
    """A closed wave and the unit, for which the account may plan."""
    seen = closed_wave_seen(asking, organisation, wave, unit)
    require(asking, "plan", seen.organisation, seen.unit.path)
    return seen


def _seen(
    asking: Account, organisation: str, wave: str, action: int, *, to_change: bool = False
) -> View:
    """A closed wave and the unit that an action is for now, where the account may read it, or
    change it. Raises NotFound, of others' actions as of none."""
    seen = closed_wave_seen(asking, organisation, wave)
    if action > LARGEST_ID:
        raise _no_such_action()
    try:
        found = planning.action_of(db.session, seen.organisation.id, action)
    except NotFound as fault:
        raise _no_such_action() from fault
    unit = plan_reporting.unit_of(db.session, seen, found)
    needed = "plan" if to_change else "read-profile"
    require(asking, needed, seen.organisation, unit.path)
    return replace(seen, unit=unit)


def _one(seen: View, action: int) -> ActionTold:
    """An action of the unit that is looked at. Raises NotFound also where it is of a later wave."""
    for one in plan_reporting.planned(db.session, seen):
        if one.action.id == action:
            return _told(one)
    raise _no_such_action()


def _no_such_action() -> NotFound:
    return NotFound("There is no such action.", "Choose one from the list.")


def _wanted(found: Sequence[Planned], page: Page) -> list[Planned]:
    wanted = page.wanted
    return [
        one
        for one in found
        if wanted.get("state", one.action.state) == one.action.state
        and wanted.get("capability", one.action.capability) == one.action.capability
        and one.action.due < wanted.get("due_before", date.max)
    ]


def _told(planned: Planned) -> ActionTold:
    return ActionTold(planned, datetime.now(UTC).date())


def _known(told: ActionTold) -> dict[str, str]:
    return tagged(told.planned.action.revision) | CHANGES
