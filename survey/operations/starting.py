"""How a person comes in: by an invitation, or by an open link."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from random import Random
from secrets import token_urlsafe
from typing import Any

from sqlalchemy.orm import Session

from survey.operations.drafting import (
    OpenDraft,
    already_sent,
    closed,
    digest_of,
    open_draft,
)
from survey.operations.errors import NotFound, Refused
from survey.operations.versions import questionnaire_of
from survey.questionnaire.minutes import estimated_minutes
from survey.questionnaire.model import Questionnaire
from survey.questionnaire.modules import number_of_shifts
from survey.storage import drafts, waves
from survey.storage.waves import Invitation, Wave


@dataclass(frozen=True, slots=True)
class AskedWave:
    """The wave that a person is asked to answer."""

    id: int
    slug: str
    name: str
    state: str
    simulated: bool


@dataclass(frozen=True, slots=True)
class Invited:
    """The invitation that a person came with."""

    id: int
    unit_id: int
    shift: int


@dataclass(frozen=True, slots=True)
class UnitChoice:
    """A unit that somebody with an open link may say they belong to; the root has depth 0."""

    id: int
    name: str
    depth: int


@dataclass(frozen=True, slots=True)
class StartPage:
    """What is said before the first question."""

    wave: AskedWave
    organisation_name: str
    digest: str
    questionnaire: Questionnaire
    minutes: float
    minimum_group: int
    invitation: Invited | None = None
    has_draft: bool = False
    units: tuple[UnitChoice, ...] = ()

    @property
    def wave_slug(self) -> str:
        """The wave's name in addresses."""
        return self.wave.slug


def draft_key(secret: str | bytes, token: str) -> str:
    """The key of an invitation's draft: the same on every device, and not the token."""
    secret = secret.encode() if isinstance(secret, str) else secret
    return hmac.new(secret, b"draft:" + token.encode(), "sha256").hexdigest()


def new_key() -> str:
    """A key for a draft that only this browser knows."""
    return token_urlsafe(24)


def start_page(session: Session, *, token: str | None = None, slug: str | None = None) -> StartPage:
    """What a person sees who comes with an invitation's token, or with a wave's open link.

    Raises NotFound, Closed, AlreadyUsed.
    """
    if token is not None:
        row = waves.wave_by_token(session, digest_of(token))
        what_to_do = "Open the link in your e-mail again. If that fails, ask who sent it."
    else:
        row = waves.wave_with_link(session, slug or "")
        what_to_do = "Check the address, or use the link in your invitation."
    if row is None:
        raise NotFound("This link leads to no survey.", what_to_do)
    if row.state != "open":
        raise closed(row.state)
    return _invited(session, row) if token is not None else _anybody(session, row)


def _invited(session: Session, row: Any) -> StartPage:
    if row.used:
        raise already_sent()
    return StartPage(
        **_asked(session, row),
        invitation=Invited(row.invitation_id, row.unit_id, row.shift),
        has_draft=drafts.has_draft(session, row.id, row.invitation_id),
    )


def _anybody(session: Session, row: Any) -> StartPage:
    return StartPage(**_asked(session, row), units=_choices(row.units or []))


def _asked(session: Session, row: Any) -> dict[str, Any]:
    questionnaire = questionnaire_of(session, row.version_digest)
    return {
        "wave": AskedWave(row.id, row.slug, row.name, row.state, row.simulated),
        "organisation_name": row.organisation_name,
        "digest": row.version_digest,
        "questionnaire": questionnaire,
        "minutes": estimated_minutes(questionnaire),
        "minimum_group": row.minimum_group,
    }


def _choices(units: list[dict[str, Any]]) -> tuple[UnitChoice, ...]:
    depth: dict[int | None, int] = {None: -1}
    for unit in units:  # parents come first
        depth[unit["id"]] = depth[unit["parent"]] + 1
    return tuple(UnitChoice(unit["id"], unit["name"], depth[unit["id"]]) for unit in units)


def begin(
    session: Session,
    *,
    wave: AskedWave | Wave,
    invitation: Invited | Invitation | None,
    key: str | bytes,
    unit_id: int | None = None,
    random: Random,
) -> OpenDraft:
    """Begin a draft, or go on with the one that the invitation has.

    unit_id: what somebody with an open link chose; None means the organisation as a whole. An
    invitation has its own. `random` deals the modules of an open link.
    Raises AlreadyUsed, Closed, Refused (a unit that is not in the wave).
    """
    if invitation is not None:
        if waves.is_used(session, wave.id, invitation.id):
            raise already_sent()
        unit_id, shift = invitation.unit_id, invitation.shift
    else:
        unit_id = _chosen(session, wave.id, unit_id)
        shift = _dealt(session, wave.id, random)
    drafts.begin_draft(
        session,
        {
            "wave_id": wave.id,
            "key_digest": digest_of(key),
            "invitation_id": invitation and invitation.id,
            "unit_id": unit_id,
            "shift": shift,
            "answers": {},
            "revision": 0,
        },
    )
    return open_draft(session, wave.slug, key)


def _chosen(session: Session, wave_id: int, unit_id: int | None) -> int:
    units: list[int] = [unit["id"] for unit in waves.frozen_units(session, wave_id) or ()]
    chosen = units[0] if unit_id is None and units else unit_id
    if chosen is None or chosen not in units:
        raise Refused("That team is not part of this survey.", "Choose one from the list.")
    return chosen


def _dealt(session: Session, wave_id: int, random: Random) -> int:
    digest = waves.version_digest_of(session, wave_id)
    return random.randrange(max(1, number_of_shifts(questionnaire_of(session, digest))))
