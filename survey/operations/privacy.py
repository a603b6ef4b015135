"""The privacy notice of a wave, from what it is set to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from survey.operations.errors import NotFound
from survey.operations.versions import questionnaire_of
from survey.questionnaire.translate import offered
from survey.storage.organisations import Organisation
from survey.storage.waves import Wave


@dataclass(frozen=True, slots=True)
class PrivacyNotice:
    """What people may know of a wave before they answer. What it asks stands in the version with
    this digest, in these languages."""

    wave: str
    organisation: str
    digest: str
    languages: tuple[str, ...]
    contact: str
    minimum_group: int
    breakdowns: tuple[str, ...]
    shares_figures: bool
    closes_at: datetime | None
    grace_minutes: int
    keep_people_days: int
    open_link: bool
    sends_invitations: bool
    has_texts: bool


def privacy_notice(session: Session, slug: str) -> PrivacyNotice:
    """The notice of a wave that has opened. Raises NotFound."""
    wave = session.scalar(select(Wave).where(Wave.slug == slug))
    if wave is None or wave.state == "prepared":
        raise NotFound("There is no such survey.", "Open the link in your invitation.")
    questionnaire = questionnaire_of(session, wave.version_digest)
    return PrivacyNotice(
        wave=wave.slug,
        organisation=session.get_one(Organisation, wave.organisation_id).name,
        digest=wave.version_digest,
        languages=offered(questionnaire, wave.languages),
        contact=wave.contact,
        minimum_group=wave.minimum_group,
        breakdowns=tuple(wave.breakdowns),
        shares_figures=wave.shares_figures,
        closes_at=wave.closes_at,
        grace_minutes=wave.grace_minutes,
        keep_people_days=wave.keep_people_days,
        open_link=wave.open_link,
        sends_invitations=wave.send_invitations,
        has_texts=any(question.kind == "text" for question in questionnaire.questions),
    )
