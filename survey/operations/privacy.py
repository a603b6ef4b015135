"""The privacy notice of a wave, from what it is set to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from survey.operations.errors import NotFound
from survey.operations.running import wave as wave_named
from survey.operations.versions import questionnaire_of
from survey.storage.organisations import Organisation


@dataclass(frozen=True, slots=True)
class PrivacyNotice:
    """What people may know of a wave before they answer."""

    wave: str
    organisation: str
    title: str
    contact: str
    minimum_group: int
    closes_at: datetime | None
    grace_minutes: int
    keep_people_days: int
    open_link: bool
    sends_invitations: bool
    about_you: tuple[str, ...]
    has_texts: bool


def privacy_notice(session: Session, slug: str) -> PrivacyNotice:
    """The notice of a wave that has opened. Raises NotFound."""
    wave = wave_named(session, slug)
    if wave.state == "prepared":
        raise NotFound("There is no such survey.", "Open the link in your invitation.")
    questionnaire = questionnaire_of(session, wave.version_digest)
    return PrivacyNotice(
        wave=wave.slug,
        organisation=session.get_one(Organisation, wave.organisation_id).name,
        title=questionnaire.title,
        contact=wave.contact,
        minimum_group=wave.minimum_group,
        closes_at=wave.closes_at,
        grace_minutes=wave.grace_minutes,
        keep_people_days=wave.keep_people_days,
        open_link=wave.open_link,
        sends_invitations=wave.send_invitations,
        about_you=tuple(question.text for question in questionnaire.about_you),
        has_texts=any(question.kind == "text" for question in questionnaire.questions),
    )
