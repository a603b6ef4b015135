"""What programs read: lists, a page at a time and without the texts; versions as they are; where
the parts of a library are from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from survey.operations.errors import NotFound
from survey.operations.own_library import Origin
from survey.storage.accounts import Account
from survey.storage.manuscripts import Manuscript, Saving
from survey.storage.model import AnyRow
from survey.storage.own_library import OwnPart
from survey.storage.versions import Publication, Version
from survey.storage.waves import NEWEST_FIRST, Wave


@dataclass(frozen=True, slots=True)
class Listed:
    """Some rows of a list, and how many it has in all."""

    rows: Sequence[Any]
    total: int


def drafts(session: Session, organisation_id: int, *, first: int, at_most: int) -> Listed:
    """The questionnaires that are being written, from the `first` (0) on, the last saved first."""
    columns = (Manuscript.id, Manuscript.title, Manuscript.revision, Manuscript.saved_at)
    wanted = select(*columns).where(
        Manuscript.organisation_id == organisation_id, Manuscript.kind == "questionnaire"
    )
    newest_first = wanted.order_by(Manuscript.saved_at.desc(), Manuscript.id.desc())
    return _some(session, newest_first, first, at_most)


def savings(session: Session, manuscript_id: int, *, first: int, at_most: int) -> Listed:
    """The texts that a draft had, from the `first` (0) on, the last first. `by`: the e-mail
    address of whoever saved it; None where that account is gone."""
    wanted = (
        select(
            Saving.revision, Saving.how, Saving.begun_at, Saving.saved_at, Account.email.label("by")
        )
        .outerjoin(Account, Account.id == Saving.account_id)
        .where(Saving.manuscript_id == manuscript_id)
    )
    return _some(session, wanted.order_by(Saving.revision.desc()), first, at_most)


def published(session: Session, organisation_id: int, *, first: int, at_most: int) -> Listed:
    """What an organisation published, from the `first` (0) on, the latest first."""
    wanted = _publications().where(Publication.organisation_id == organisation_id)
    latest_first = wanted.order_by(Publication.published_at.desc(), Publication.id.desc())
    return _some(session, latest_first, first, at_most)


def published_version(session: Session, organisation_id: int, digest: str) -> AnyRow:
    """One of them, by the SHA-256 of its version. Raises NotFound."""
    found = session.execute(_publications().where(*_is(organisation_id, digest))).one_or_none()
    if found is None:
        raise _not_published()
    return found


def content_of(session: Session, organisation_id: int, digest: str) -> bytes:
    """The canonical JSON of a version that the organisation published. Raises NotFound."""
    wanted = select(Version.content).join(Publication, Publication.version_digest == Version.digest)
    content: bytes | None = session.scalar(wanted.where(*_is(organisation_id, digest)))
    if content is None:
        raise _not_published()
    return content


def source_of(session: Session, organisation_id: int, digest: str) -> str:
    """What was published as its author wrote it. Raises NotFound, also where that was not kept."""
    if not published_version(session, organisation_id, digest).source_kept:
        raise NotFound(
            "The author’s own file of this version was not kept.",
            "Read its content instead, in which nothing is left to look up.",
        )
    wanted = select(Publication.source).where(*_is(organisation_id, digest))
    return session.scalars(wanted).one() or ""


def waves(
    session: Session, organisation_id: int, state: str | None, *, first: int, at_most: int
) -> Listed:
    """The waves of an organisation, all or those in one state, from the `first` (0) on, the newest
    first."""
    wanted = select(Wave).where(Wave.organisation_id == organisation_id)
    if state is not None:
        wanted = wanted.where(Wave.state == state)
    counted = select(func.count()).select_from(wanted.subquery())
    newest_first = wanted.order_by(*NEWEST_FIRST).offset(first).limit(at_most)
    return Listed(session.scalars(newest_first).all(), session.scalar(counted) or 0)


def origins(session: Session, organisation_id: int) -> Mapping[str, Origin]:
    """Which parts of its library an organisation added or adapted, by path."""
    wanted = select(OwnPart.path, OwnPart.basis.is_(None)).where(
        OwnPart.organisation_id == organisation_id
    )
    return {path: "own" if own else "adapted" for path, own in session.execute(wanted)}


def _not_published() -> NotFound:
    return NotFound(
        "No such version has been published here.", "Choose one from the list of versions."
    )


def _is(organisation_id: int, digest: str) -> tuple[Any, ...]:
    return Publication.organisation_id == organisation_id, Publication.version_digest == digest


def _publications() -> Select[*tuple[Any, ...]]:
    return select(
        Publication.version_digest.label("version"),
        Publication.questionnaire,
        Publication.title,
        Publication.published_at,
        Publication.signed_by.is_not(None).label("signed_off"),
        Publication.source.is_not(None).label("source_kept"),
    )


def _some(session: Session, wanted: Select[*tuple[Any, ...]], first: int, at_most: int) -> Listed:
    counted = select(func.count()).select_from(wanted.order_by(None).subquery())
    rows = session.execute(wanted.offset(first).limit(at_most)).all()
    return Listed(rows, session.scalar(counted) or 0)
