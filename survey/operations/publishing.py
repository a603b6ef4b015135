"""From what an author wrote to a version that waves may ask."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from survey.operations import auditing
from survey.operations.errors import NotFound, Refused
from survey.questionnaire.canonical import canonical, digest
from survey.questionnaire.check import check
from survey.questionnaire.model import Library
from survey.questionnaire.problems import InvalidFile
from survey.storage.model import insert_into, rows_changed
from survey.storage.organisations import Organisation
from survey.storage.versions import Publication, Version

SHORTEST_PREFIX = 8


def publish(
    session: Session,
    source: str | bytes,
    *,
    organisation: Organisation,
    library: Library,
    now: datetime,
    by: int | None = None,
    signed_by: int | None = None,
) -> Publication:
    """Freeze a questionnaire, so that waves of the organisation may ask it.

    signed_by: the second person who read this very text and signed it off.
    The same content is the same version, and the same publication: pressing twice is harmless.
    Raises InvalidFile with every problem, Refused where nobody signed off what somebody must;
    then nothing is written.
    """
    checked = check(source, library)
    if checked.questionnaire is None:
        raise InvalidFile(list(checked.problems))
    if organisation.sign_off_needed and signed_by is None:
        raise Refused(
            f"{organisation.name} publishes only what a second person has signed off.",
            "Ask a colleague to read this text in the workbench and sign it off.",
        )
    content = canonical(checked.questionnaire)
    version = {"digest": digest(content), "content": content}
    session.execute(insert_into(session, Version).values(version).on_conflict_do_nothing())
    added = rows_changed(
        session,
        insert_into(session, Publication)
        .values(
            organisation_id=organisation.id,
            version_digest=version["digest"],
            questionnaire=checked.questionnaire.id,
            title=checked.questionnaire.title,
            published_at=now,
            published_by=by,
            signed_by=signed_by,
            source=source if isinstance(source, str) else source.decode(),
        )
        .on_conflict_do_nothing(),
    )
    if added:
        named = f"questionnaire:{checked.questionnaire.id}"
        auditing.note(
            session, "questionnaire.publish", named, organisation.id, version=version["digest"]
        )
    return publication(session, organisation.id, str(version["digest"]))


def publication(session: Session, organisation_id: int, reference: str) -> Publication:
    """What an organisation published: by the version's SHA-256 or the first 8 or more digits of
    it, else the latest version of the questionnaire with this id.

    Raises NotFound; Refused where the digits begin several versions.
    """
    mine = select(Publication).where(Publication.organisation_id == organisation_id)
    latest = mine.where(Publication.questionnaire == reference).order_by(
        Publication.published_at.desc(), Publication.id.desc()
    )
    found = list(session.scalars(latest.limit(1)))
    if not found and len(reference) >= SHORTEST_PREFIX:
        named = Publication.version_digest.startswith(reference, autoescape=True)
        found = list(session.scalars(mine.where(named).limit(2)))
    if len(found) > 1:
        raise Refused(f"Several versions begin with {reference}.", "Give more of its digits.")
    if not found:
        raise NotFound(
            f"No questionnaire “{reference[:100]}” has been published here.", "Publish it first."
        )
    return found[0]


def publications(session: Session, organisation_id: int) -> list[Publication]:
    """What an organisation published, the latest first."""
    return list(
        session.scalars(
            select(Publication)
            .where(Publication.organisation_id == organisation_id)
            .order_by(Publication.published_at.desc(), Publication.id.desc())
        )
    )
