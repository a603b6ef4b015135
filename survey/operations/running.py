"""Running a survey: a wave is prepared, opened, and closed. What it promises is frozen when it
opens: the questionnaire, the minimum group, the units."""

from __future__ import annotations

from datetime import datetime
from random import Random
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from survey.operations import auditing, mailing, webhooks
from survey.operations.closing import begin_closing, close_wave, ends_at
from survey.operations.errors import NotFound, Refused
from survey.operations.inviting import InvitationLink, invitation_links, invite
from survey.operations.participating import Participation, UnitParticipation, participation
from survey.operations.wave_settings import change_wave, create_wave, extend_wave
from survey.storage.organisations import live_units
from survey.storage.waves import NEWEST_FIRST, TAKES_ANSWERS, Wave, WaveTree

__all__ = [
    "InvitationLink",
    "Participation",
    "UnitParticipation",
    "begin_closing",
    "change_wave",
    "close_wave",
    "create_wave",
    "ends_at",
    "extend_wave",
    "invitation_links",
    "invite",
    "open_wave",
    "open_waves",
    "participation",
    "wave",
    "waves",
]


def open_wave(
    session: Session, wave: Wave, *, secret: str | bytes, now: datetime, random: Random
) -> int:
    """Ask everybody on the staff list; how many invitations that makes.

    Freezes the unit tree. From here on nothing that the start page promises can change.
    Raises Refused where the wave has been opened before, or nobody could answer.
    """
    _lock(session, wave)
    if wave.state != "prepared":
        raise Refused("This wave has been opened before.", "Create a new wave to ask again.")
    if wave.closes_at is not None and wave.closes_at <= now:
        raise Refused("The day on which it closes has passed.", "Create a wave with a later one.")
    wave.state = "open"
    wave.opened_at = now
    units = [unit | {"invited": 0} for unit in live_units(session, wave.organisation_id)]
    session.add(WaveTree(wave_id=wave.id, units=units))
    session.flush()
    invited = invite(session, wave, secret=secret, random=random)
    if not invited and not wave.open_link:
        raise Refused(
            "There is nobody to ask.", "Import people first, or allow answers by an open link."
        )
    if wave.send_invitations:
        mailing.plan(session, wave, "invitation", due_at=now)
    _note(session, wave, "wave.open", minimum_group=wave.minimum_group, open_link=wave.open_link)
    webhooks.tell_of_wave(session, wave, "wave.opened", now=now)
    return invited


def _note(session: Session, wave: Wave, action: str, **details: Any) -> None:
    auditing.note(session, action, f"wave:{wave.slug}", wave.organisation_id, **details)


def _lock(session: Session, wave: Wave) -> None:
    """Read the wave as it is now, and keep others from changing it until the end."""
    session.refresh(wave, with_for_update=True)


def wave(session: Session, slug: str) -> Wave:
    """The wave with this short name. Raises NotFound."""
    found = session.scalar(select(Wave).where(Wave.slug == slug))
    if found is None:
        raise NotFound(f"There is no wave “{slug[:80]}”.", "Check its short name.")
    return found


def waves(session: Session, organisation_id: int) -> list[Wave]:
    """The waves of an organisation, the newest first."""
    found = select(Wave).where(Wave.organisation_id == organisation_id)
    return list(session.scalars(found.order_by(*NEWEST_FIRST)))


def open_waves(session: Session) -> list[Wave]:
    """Every wave of the installation that takes answers now."""
    return list(session.scalars(select(Wave).where(Wave.state.in_(TAKES_ANSWERS))))
