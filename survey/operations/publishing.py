"""From what an author types to a version that waves may ask: save, check, publish."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from survey.operations import auditing
from survey.operations.errors import Conflict, NotFound, Refused
from survey.questionnaire.canonical import canonical, digest
from survey.questionnaire.check import Checked, check
from survey.questionnaire.model import Library
from survey.questionnaire.problems import InvalidFile
from survey.questionnaire.source import read
from survey.storage.model import insert_into, rows_changed
from survey.storage.organisations import Organisation
from survey.storage.versions import Manuscript, Publication, Version

__all__ = [
    "Checked",
    "check",
    "manuscript",
    "manuscripts",
    "publication",
    "publications",
    "publish",
    "save_manuscript",
]

LONGEST_MANUSCRIPT = 1024 * 1024
"""Bytes as UTF-8: as much as a questionnaire file may have."""

SHORTEST_PREFIX = 8


def save_manuscript(
    session: Session,
    organisation_id: int,
    *,
    manuscript_id: int | None,
    source: str,
    revision: int | None,
    now: datetime,
) -> Manuscript:
    """Keep what the author typed, valid or not: a new manuscript, or the next revision of one.

    revision: the one that the author began with.
    Raises Conflict where somebody has saved since, NotFound, Refused (too long to keep).
    """
    _check_can_be_kept(source)
    title = _title_of(source)
    if manuscript_id is None:
        new = Manuscript(
            organisation_id=organisation_id, title=title, source=source, revision=1, saved_at=now
        )
        session.add(new)
        session.flush()
        return new
    saved = rows_changed(
        session,
        update(Manuscript)
        .where(
            Manuscript.id == manuscript_id,
            Manuscript.organisation_id == organisation_id,
            Manuscript.revision == revision,
        )
        .values(title=title, source=source, revision=Manuscript.revision + 1, saved_at=now),
    )
    kept = manuscript(session, organisation_id, manuscript_id)
    if saved != 1:
        raise Conflict(
            "Somebody saved this questionnaire after you opened it.",
            "Compare the two texts, then save the one to keep.",
        )
    return kept


def _check_can_be_kept(source: str) -> None:
    try:
        length = len(source.encode())
    except UnicodeEncodeError as fault:
        raise Refused(
            f"Character {fault.start + 1} is half of a pair and stands for nothing.", "Delete it."
        ) from fault
    if "\0" in source:
        raise Refused(
            f"Character {source.index(chr(0)) + 1} is the character NUL, which no text has.",
            "Delete it, or upload the file as UTF-8 text.",
        )
    if length > LONGEST_MANUSCRIPT:
        raise Refused(
            f"The file has {length:,} bytes; at most {LONGEST_MANUSCRIPT:,} can be kept.",
            "Divide it into two questionnaires.",
        )


def _title_of(source: str) -> str:
    document = read(source).value
    title = document.get("title") if isinstance(document, dict) else None
    return title.strip()[:200] if isinstance(title, str) and title.strip() else "Without a title"


def manuscript(session: Session, organisation_id: int, manuscript_id: int) -> Manuscript:
    """A manuscript of the organisation as it is now. Raises NotFound."""
    found = session.scalar(
        select(Manuscript)
        .where(Manuscript.id == manuscript_id, Manuscript.organisation_id == organisation_id)
        .execution_options(populate_existing=True)
    )
    if found is None:
        raise NotFound("There is no such questionnaire.", "Choose one from the list.")
    return found


def manuscripts(session: Session, organisation_id: int) -> list[Manuscript]:
    """The manuscripts of an organisation, the last saved first."""
    return list(
        session.scalars(
            select(Manuscript)
            .where(Manuscript.organisation_id == organisation_id)
            .order_by(Manuscript.saved_at.desc(), Manuscript.id.desc())
        )
    )


def publish(
    session: Session,
    source: str | bytes,
    *,
    organisation: Organisation,
    library: Library,
    now: datetime,
) -> Publication:
    """Freeze a questionnaire, so that waves of the organisation may ask it.

    The same content is the same version, and the same publication: pressing twice is harmless.
    Raises InvalidFile with every problem; then nothing is written.
    """
    checked = check(source, library)
    if checked.questionnaire is None:
        raise InvalidFile(list(checked.problems))
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
