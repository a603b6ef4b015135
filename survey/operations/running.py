"""Running a survey: a wave is prepared, opened, and closed. What it promises is frozen when it
opens: the questionnaire, the minimum group, the units."""

from __future__ import annotations

from datetime import datetime
from random import Random
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from survey.operations import auditing
from survey.operations.errors import Conflict, NotFound, Refused
from survey.operations.inviting import InvitationLink, invitation_links, invite
from survey.operations.participating import Participation, UnitParticipation, participation
from survey.operations.slugs import check_slug
from survey.operations.tallying import freeze_publish_set, tally_new_responses
from survey.storage import drafts, messages, responses
from survey.storage import waves as stored
from survey.storage.organisations import Organisation, live_units
from survey.storage.versions import Publication
from survey.storage.waves import Wave, WaveTree

__all__ = [
    "InvitationLink",
    "Participation",
    "UnitParticipation",
    "close_wave",
    "create_wave",
    "invitation_links",
    "invite",
    "open_wave",
    "participation",
    "wave",
    "waves",
]

SMALLEST_GROUP = 5


def create_wave(
    session: Session,
    organisation: Organisation,
    *,
    slug: str,
    name: str,
    version_digest: str,
    minimum_group: int,
    open_link: bool = False,
    closes_at: datetime | None = None,
    simulated: bool = False,
) -> Wave:
    """Prepare a wave: nobody is asked yet.

    minimum_group: fewest people whose figures are ever shown. simulated: the answers will be
    made up, and every page says so.
    Raises Refused, Conflict (the slug is another wave's).
    """
    check_slug(slug)
    _check_promises(session, organisation, name, version_digest, minimum_group)
    if session.scalar(select(Wave.id).where(Wave.slug == slug)) is not None:
        raise Conflict(f"There is a wave “{slug}” already.", "Give this one another short name.")
    made = Wave(
        slug=slug,
        organisation_id=organisation.id,
        version_digest=version_digest,
        name=name.strip(),
        minimum_group=minimum_group,
        open_link=open_link,
        closes_at=closes_at,
        simulated=simulated,
    )
    session.add(made)
    session.flush()
    _note(session, made, "wave.create", version=version_digest, minimum_group=minimum_group)
    return made


def _check_promises(
    session: Session,
    organisation: Organisation,
    name: str,
    version_digest: str,
    minimum_group: int,
) -> None:
    if not 1 <= len(name.strip()) <= 200:
        raise Refused("A wave needs a name of at most 200 characters.", "Give it one.")
    if minimum_group < SMALLEST_GROUP:
        raise Refused(
            f"A minimum group of {minimum_group} would let people be found out.",
            f"Choose {SMALLEST_GROUP} or more; 10 is usual.",
        )
    published = select(Publication.id).where(
        Publication.organisation_id == organisation.id,
        Publication.version_digest == version_digest,
    )
    if session.scalar(published) is None:
        raise Refused(
            f"{organisation.name} has not published this questionnaire.",
            "Publish it first, then choose it.",
        )


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
    _note(session, wave, "wave.open", minimum_group=wave.minimum_group, open_link=wave.open_link)
    return invited


def close_wave(session: Session, wave: Wave, *, now: datetime) -> int:
    """Take no more answers and decide what may be shown; how many responses were counted anew.

    Unfinished answers are deleted: they were never sent. Nothing changes afterwards.
    Raises Refused unless the wave is open.
    """
    stored.hold_submissions(session, wave.id)
    _lock(session, wave)
    if wave.state != "open":
        raise Refused("Only a wave that is open can be closed.", "Look at its state first.")
    wave.state = "closed"
    wave.closed_at = now
    session.flush()
    drafts.forget_unsent_and_sent(session, wave.id)
    messages.forget_outgoing(session, wave.id)
    folded = tally_new_responses(session, wave)
    freeze_publish_set(session, wave)
    responses.forget_order(session, wave.id)
    _note(session, wave, "wave.close")
    return folded


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
    found = select(Wave).where(Wave.organisation_id == organisation_id).order_by(Wave.id.desc())
    return list(session.scalars(found))
