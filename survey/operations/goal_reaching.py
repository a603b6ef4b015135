"""The moment in which as many have answered as a wave's goal says: noted once, and told."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from survey.operations import webhooks
from survey.operations.participating import participation
from survey.storage.waves import Wave


def note_if_reached(session: Session, wave: Wave, *, now: datetime) -> bool:
    """Note that a wave has reached its goal, if it has and that was not known; whether it is new.

    It is not said of a wave of which it is withheld how many have answered, nor of one that more
    may answer than were invited, once they have: then there is no share.
    """
    if wave.goal_reached_at is not None or not _is_reached(session, wave):
        return False
    session.refresh(wave, with_for_update=True)
    if wave.goal_reached_at is not None:  # somebody else was first
        return False
    wave.goal_reached_at = now
    session.flush()
    webhooks.tell_of_wave(session, wave, "wave.goal_reached", now=now)
    return True


def _is_reached(session: Session, wave: Wave) -> bool:
    found = participation(session, wave)
    if found.responded is None or found.rate is None:
        return False
    return 100 * found.responded >= wave.goal * found.invited
