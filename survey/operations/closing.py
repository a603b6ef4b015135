"""How a wave ends: nobody new begins, whoever has begun may finish within the grace, then the
answers are counted and what may be shown is decided. For ever."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from survey.operations import auditing, goal_reaching, webhooks
from survey.operations.diagnosing import freeze_diagnostics
from survey.operations.errors import Refused
from survey.operations.tallying import freeze_publish_set, tally_new_responses
from survey.storage import drafts, messages, responses
from survey.storage import waves as stored
from survey.storage.waves import TAKES_ANSWERS, Wave


def begin_closing(session: Session, wave: Wave, *, now: datetime) -> bool:
    """Let nobody new begin; whether the wave is closed at once, since nobody is in the middle.

    Raises Refused unless the wave is open.
    """
    stored.hold_submissions(session, wave.id)
    session.refresh(wave, with_for_update=True)
    if wave.state != "open":
        raise Refused("Only a wave that is open can be closed.", "Look at its state first.")
    if not wave.grace_minutes or not drafts.how_many(session, wave.id):
        close_wave(session, wave, now=now)
        return True
    wave.state, wave.closes_at = "closing", now
    messages.forget_outgoing(session, wave.id)
    auditing.note(session, "wave.begin-closing", f"wave:{wave.slug}", wave.organisation_id)
    return False


def close_wave(session: Session, wave: Wave, *, now: datetime) -> int:
    """Take no more answers and decide what may be shown; how many responses were counted anew.

    Unfinished answers are deleted: they were never sent. Nothing changes afterwards.
    Raises Refused unless the wave is open or closing.
    """
    stored.hold_submissions(session, wave.id)
    session.refresh(wave, with_for_update=True)
    if wave.state not in TAKES_ANSWERS:
        raise Refused("Only a wave that is open can be closed.", "Look at its state first.")
    wave.state = "closed"
    wave.closed_at = now
    session.flush()
    unsent, sent = drafts.forget_unsent_and_sent(session, wave.id)
    messages.forget_outgoing(session, wave.id)
    folded = tally_new_responses(session, wave)
    goal_reaching.note_if_reached(session, wave, now=now)
    freeze_publish_set(session, wave)
    freeze_diagnostics(session, wave)
    responses.forget_order(session, wave.id)
    auditing.note(
        session,
        "wave.close",
        f"wave:{wave.slug}",
        wave.organisation_id,
        drafts=unsent,
        submissions=sent,
    )
    webhooks.tell_of_wave(session, wave, "wave.closed", now=now)
    return folded


def ends_at(wave: Wave) -> datetime | None:
    """When whoever has begun must have sent their answers."""
    return wave.closes_at and wave.closes_at + timedelta(minutes=wave.grace_minutes)


def due(session: Session, now: datetime) -> list[Wave]:
    """The waves whose last moment, or the grace after it, has passed."""
    found = select(Wave).where(
        Wave.state.in_(TAKES_ANSWERS), Wave.closes_at.is_not(None), Wave.closes_at <= now
    )
    return [
        wave
        for wave in session.scalars(found.order_by(Wave.id))
        if wave.state == "open" or (ends_at(wave) or now) <= now
    ]


def close_if_due(session: Session, wave: Wave, *, now: datetime) -> None:
    """Bring a wave that is due one step further."""
    if wave.state == "open":
        begin_closing(session, wave, now=now)
    elif wave.state == "closing":
        close_wave(session, wave, now=now)
