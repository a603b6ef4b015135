"""Waves: listed, read, prepared, opened, extended, closed; people reminded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from math import inf
from random import SystemRandom
from typing import TYPE_CHECKING, Any, Final

from flask import current_app, url_for
from marshmallow import fields
from marshmallow.validate import OneOf

from survey.api import pages
from survey.api.bodies import (
    ClosingSchema,
    ExtensionSchema,
    NewWaveSchema,
    ReminderSchema,
    in_utc,
)
from survey.api.conditions import unless_same
from survey.api.idempotency import idempotent
from survey.api.pages import Page, PageSchema
from survey.api.resource import OF_AN_ORGANISATION, Resource, documented, faults
from survey.api.sent import takes
from survey.api.tokens import organisation_in_part, organisation_of, token
from survey.api.wave_schemas import (
    MailingSchema,
    PreflightSchema,
    WaveInListSchema,
    WaveSchema,
)
from survey.api.wave_seen import share, wave_seen, wave_to_run
from survey.database import db
from survey.operations import api_reading, mailing, publishing, reporting, running
from survey.operations.api_tokens import READ_WAVES, RUN_WAVES
from survey.operations.errors import Refused
from survey.operations.preflight import preflight

if TYPE_CHECKING:
    from survey.storage.accounts import Account
    from survey.storage.messages import Mailing
    from survey.storage.waves import Wave

STATES: Final = ("prepared", "open", "closing", "closed")
ONE: Final = "/<string:wave>"
LOCATION: Final = {"Location": {"description": "Its address.", "schema": {"type": "string"}}}

bp = Resource(
    "waves",
    __name__,
    under=f"{OF_AN_ORGANISATION}/waves",
    description="Rounds of asking: a questionnaire that people of an organisation answer between "
    "two days. What a wave promises is frozen when it opens, and what it found when it closes.",
    parts={"wave": "The wave’s short name, as in the addresses of its pages."},
)


class WavePageSchema(PageSchema):
    """Which waves are listed."""

    state = fields.String(
        load_default=None,
        validate=OneOf(STATES),
        metadata={"description": "Only those in this state."},
    )


@dataclass(frozen=True, slots=True)
class WaveSeen:
    """A wave, and of one that is read how many answered: of a unit, None for the whole."""

    wave: Wave
    unit: str | None = None
    invited: int | None = None
    responded: int | None = None

    @property
    def imported(self) -> bool:
        """Whether its figures were counted elsewhere."""
        return self.wave.imported is not None

    @property
    def rate(self) -> float | None:
        """The share who have answered."""
        return share(self.invited, self.responded)


@bp.get("")
@token(READ_WAVES)
@unless_same
@bp.arguments(WavePageSchema, location="query")
@bp.response(200, WaveInListSchema(many=True), headers=pages.HEADERS)
def list_waves(asking: Account, page: Page, organisation: str) -> tuple[Any, dict[str, str]]:
    """List the waves, the newest first."""
    owner = organisation_in_part(asking, organisation, "read-profile")
    found = api_reading.waves(
        db.session, owner.id, page.wanted["state"], first=page.first, at_most=page.size
    )
    return [WaveSeen(one) for one in found.rows], pages.headers_of(page, found.total)


@bp.post("")
@token(RUN_WAVES)
@idempotent
@takes(NewWaveSchema, "What is asked, of whom figures may be shown, until when.")
@documented(responses=faults(409))
@bp.response(201, WaveSchema, headers=LOCATION)
def prepare_wave(
    asking: Account, sent: dict[str, Any], organisation: str
) -> tuple[WaveSeen, dict[str, str]]:
    """Prepare a wave. Nobody is asked before it opens; until then its settings can be changed on
    its page, and so can who is asked, which is everybody on the staff list."""
    owner = organisation_of(asking, organisation, "run-wave")
    chosen = publishing.publication(db.session, owner.id, sent.pop("questionnaire"))
    usual = {"minimum_group": current_app.config["MINIMUM_GROUP"]}
    changed = {"version_digest": chosen.version_digest, "closes_at": in_utc(sent.get("closes_at"))}
    made = running.create_wave(db.session, owner, **usual | sent | changed)
    db.session.commit()
    address = url_for("waves.read_wave", organisation=owner.slug, wave=made.slug)
    return _seen(asking, organisation, made.slug), {"Location": address}


@bp.get(ONE)
@token(READ_WAVES)
@unless_same
@bp.response(200, WaveSchema)
def read_wave(asking: Account, organisation: str, wave: str) -> WaveSeen:
    """Read a wave, and how many have answered: of the organisation, or of the unit that the
    account is limited to."""
    return _seen(asking, organisation, wave)


@bp.get(f"{ONE}/preflight")
@token(RUN_WAVES)
@documented(responses=faults(422))
@bp.response(200, PreflightSchema)
def check_wave(asking: Account, organisation: str, wave: str) -> dict[str, Any]:
    """Look at a wave before it opens: whether that would work, and what answers to expect."""
    found = wave_to_run(asking, organisation, wave)
    if found.state != "prepared":
        raise Refused("The wave has opened.", "Look at it before it opens.")
    checks, expected = preflight(db.session, found, random=SystemRandom())
    db.session.rollback()  # an answer was tried
    return {
        "ready": not any(one.level == "stop" for one in checks),
        "asked": expected.asked,
        "expected_answers": expected.answers,
        "half_width": None if expected.half_width == inf else expected.half_width,
        "small_units": expected.small,
        "checks": checks,
    }


@bp.post(f"{ONE}/open")
@token(RUN_WAVES)
@idempotent
@documented(responses=faults(422))
@bp.response(200, WaveSchema)
def open_wave(asking: Account, organisation: str, wave: str) -> WaveSeen:
    """Open a wave: ask everybody whom it is for. What it promises can never change again."""
    found = wave_to_run(asking, organisation, wave)
    running.open_wave(
        db.session,
        found,
        secret=current_app.config["SECRET_KEY"],
        now=datetime.now(UTC),
        random=SystemRandom(),
    )
    db.session.commit()
    current_app.extensions["jobs"].wake()
    return _seen(asking, organisation, wave)


@bp.post(f"{ONE}/remind")
@token(RUN_WAVES)
@idempotent
@takes(ReminderSchema, "When the reminder goes.", required=False)
@documented(responses=faults(409))
@bp.response(202, MailingSchema)
def remind_people(asking: Account, sent: dict[str, Any], organisation: str, wave: str) -> Mailing:
    """Remind those who have not answered, now or later. Between two mailings lies a day."""
    found = wave_to_run(asking, organisation, wave)
    now = datetime.now(UTC)
    due_at = in_utc(sent.get("due_at")) or now
    if due_at < now:
        raise Refused("The moment for the reminder has passed.", "Choose one to come, or none.")
    planned = mailing.plan(db.session, found, "reminder", due_at=due_at)
    db.session.commit()
    current_app.extensions["jobs"].wake()
    return planned


@bp.post(f"{ONE}/extend")
@token(RUN_WAVES)
@idempotent
@takes(ExtensionSchema, "Until when people can answer.")
@bp.response(200, WaveSchema)
def extend_wave(
    asking: Account, sent: dict[str, datetime], organisation: str, wave: str
) -> WaveSeen:
    """Move the last moment of a wave that is open back, or give it one."""
    found = wave_to_run(asking, organisation, wave)
    until = sent["closes_at"].astimezone(UTC)
    running.extend_wave(db.session, found, until, now=datetime.now(UTC))
    db.session.commit()
    return _seen(asking, organisation, wave)


@bp.post(f"{ONE}/close")
@token(RUN_WAVES)
@idempotent
@takes(ClosingSchema, "Whether those who have begun may finish.", required=False)
@bp.response(200, WaveSchema)
def close_wave(asking: Account, sent: dict[str, bool], organisation: str, wave: str) -> WaveSeen:
    """Close a wave, for ever: answers are counted, and what may be shown is decided.

    Those who have begun may finish within its grace; it is “closing” until then.
    """
    found = wave_to_run(asking, organisation, wave)
    close = running.close_wave if sent["at_once"] else running.begin_closing
    close(db.session, found, now=datetime.now(UTC))
    db.session.commit()
    return _seen(asking, organisation, wave)


def _seen(asking: Account, organisation: str, wave: str) -> WaveSeen:
    seen = wave_seen(asking, organisation, wave)
    if seen.wave.state == "prepared":
        return WaveSeen(seen.wave)
    profile = reporting.profile_of(db.session, seen)
    return WaveSeen(
        wave=profile.wave,
        unit=profile.unit.slug if profile.unit else None,
        invited=None if profile.wave.imported else profile.invited,
        responded=profile.responded,
    )
