"""What a wave is set to. Before it opens all of it can change; afterwards only what is promised to
nobody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from survey.operations import auditing
from survey.operations.accounts import email_address
from survey.operations.audience import check_audience
from survey.operations.errors import Conflict, Refused
from survey.operations.slugs import check_slug
from survey.operations.versions import questionnaire_of
from survey.storage.organisations import Organisation
from survey.storage.versions import Publication
from survey.storage.waves import Wave

SMALLEST_GROUP: Final = 5
LONGEST_GRACE: Final = 7 * 24 * 60
LONGEST_KEPT: Final = 3650


@dataclass(frozen=True, slots=True)
class WaveSettings:
    """Everything that an admin sets; see `storage.waves.Wave`. `languages` empty: all that the
    questionnaire has. `breakdowns` None: all that it allows."""

    name: str
    version_digest: str
    minimum_group: int
    open_link: bool = False
    closes_at: datetime | None = None
    send_invitations: bool = False
    languages: tuple[str, ...] = ()
    contact: str = ""
    goal: int = 60
    grace_minutes: int = 60
    keep_people_days: int = 90
    audience: Mapping[str, Any] = field(default_factory=dict)
    breakdowns: tuple[str, ...] | None = None
    shares_figures: bool = False


def settings_of(wave: Wave) -> WaveSettings:
    """What the wave is set to now."""
    return WaveSettings(
        name=wave.name,
        version_digest=wave.version_digest,
        minimum_group=wave.minimum_group,
        open_link=wave.open_link,
        closes_at=wave.closes_at,
        send_invitations=wave.send_invitations,
        languages=tuple(wave.languages),
        contact=wave.contact,
        goal=wave.goal,
        grace_minutes=wave.grace_minutes,
        keep_people_days=wave.keep_people_days,
        audience=wave.audience,
        breakdowns=tuple(wave.breakdowns),
        shares_figures=wave.shares_figures,
    )


def create_wave(
    session: Session,
    organisation: Organisation,
    *,
    slug: str,
    simulated: bool = False,
    **values: Any,
) -> Wave:
    """Prepare a wave: nobody is asked yet.

    simulated: the answers will be made up, and every page says so. values: of WaveSettings.
    Raises Refused, Conflict (the slug is another wave's).
    """
    check_slug(slug)
    wanted = WaveSettings(**values)
    if session.scalar(select(Wave.id).where(Wave.slug == slug)) is not None:
        raise Conflict(f"There is a wave “{slug}” already.", "Give this one another short name.")
    made = Wave(slug=slug, organisation_id=organisation.id, simulated=simulated, state="prepared")
    _apply(session, made, wanted, organisation.name)
    session.add(made)
    session.flush()
    _note(session, made, "wave.create")
    return made


def change_wave(session: Session, wave: Wave, wanted: WaveSettings) -> None:
    """Set a wave that has not opened. Raises Refused."""
    session.refresh(wave, with_for_update=True)
    if wave.state != "prepared":
        raise Refused(
            "The wave has opened, so what it promises cannot change.",
            "Its last day can still be moved back.",
        )
    organisation = session.get_one(Organisation, wave.organisation_id)
    _apply(session, wave, wanted, organisation.name)
    session.flush()
    _note(session, wave, "wave.change")


def extend_wave(session: Session, wave: Wave, closes_at: datetime, *, now: datetime) -> None:
    """Move the last day of a wave that is open to a later one, or give it one. Raises Refused."""
    session.refresh(wave, with_for_update=True)
    if wave.state != "open":
        raise Refused(
            "Only a wave that is open can be extended.", "Create a new wave to ask again."
        )
    if closes_at <= now or (wave.closes_at is not None and closes_at < wave.closes_at):
        raise Refused(
            "The new last day is not later than the one that staff were told.",
            "Choose a later day, or close the wave.",
        )
    wave.closes_at = closes_at
    session.flush()
    auditing.note(
        session,
        "wave.extend",
        f"wave:{wave.slug}",
        wave.organisation_id,
        closes=closes_at.isoformat(timespec="minutes"),
    )


def _apply(session: Session, wave: Wave, wanted: WaveSettings, organisation: str) -> None:
    _check(session, wave.organisation_id, wanted, organisation)
    questionnaire = questionnaire_of(session, wanted.version_digest)
    spoken = questionnaire.languages
    if not set(wanted.languages) <= set(spoken):
        raise Refused("The questionnaire does not have these languages.", "Choose among its own.")
    possible = [question.id for question in questionnaire.breakdowns]
    if not set(wanted.breakdowns or ()) <= set(possible):
        raise Refused(
            "The questionnaire cannot be split by these questions.",
            "Choose among those that people answer about themselves by one of several options.",
        )
    for name in (
        "version_digest",
        "minimum_group",
        "open_link",
        "closes_at",
        "send_invitations",
        "goal",
        "grace_minutes",
        "keep_people_days",
        "shares_figures",
    ):
        setattr(wave, name, getattr(wanted, name))
    wave.name = wanted.name.strip()
    wave.contact = email_address(wanted.contact) if wanted.contact.strip() else ""
    wave.languages = [one for one in spoken if one in (wanted.languages or spoken)]
    chosen = possible if wanted.breakdowns is None else wanted.breakdowns
    wave.breakdowns = [one for one in possible if one in chosen]
    wave.audience = dict(wanted.audience)


def _check(session: Session, organisation_id: int, wanted: WaveSettings, organisation: str) -> None:
    if not 1 <= len(wanted.name.strip()) <= 200:
        raise Refused("A wave needs a name of at most 200 characters.", "Give it one.")
    if wanted.minimum_group < SMALLEST_GROUP:
        raise Refused(
            f"A minimum group of {wanted.minimum_group} would let people be found out.",
            f"Choose {SMALLEST_GROUP} or more; 10 is usual.",
        )
    for number, least, most, what in (
        (wanted.goal, 1, 100, "A goal is a share from 1 to 100 %."),
        (wanted.grace_minutes, 0, LONGEST_GRACE, "Grace is at most a week."),
        (wanted.keep_people_days, 0, LONGEST_KEPT, "People are kept for at most ten years."),
    ):
        if not least <= number <= most:
            raise Refused(what, "Choose another number.")
    published = select(Publication.id).where(
        Publication.organisation_id == organisation_id,
        Publication.version_digest == wanted.version_digest,
    )
    if session.scalar(published) is None:
        raise Refused(
            f"{organisation} has not published this questionnaire.",
            "Publish it first, then choose it.",
        )
    check_audience(session, organisation_id, wanted.audience)


def _note(session: Session, wave: Wave, action: str) -> None:
    auditing.note(
        session,
        action,
        f"wave:{wave.slug}",
        wave.organisation_id,
        version=wave.version_digest,
        minimum_group=wave.minimum_group,
        open_link=wave.open_link,
    )
