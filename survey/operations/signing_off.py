"""Colleagues read what an author wrote: they comment on it, and sign it off before it is published.

A sign-off is of one text, known by its SHA-256: when the text changes it no longer counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from survey.operations import auditing
from survey.operations.errors import NotFound, Refused
from survey.operations.publishing import publish
from survey.questionnaire.model import Library
from survey.storage.accounts import Account
from survey.storage.manuscripts import Manuscript, ManuscriptComment, SignOff
from survey.storage.organisations import Organisation
from survey.storage.versions import Publication

LONGEST_COMMENT: Final = 2000
GONE: Final = "somebody whose account is gone"


@dataclass(frozen=True, slots=True)
class Said:
    """A comment and the e-mail address of whoever made it."""

    comment: ManuscriptComment
    by: str


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed a text off, by e-mail address, and when."""

    by: str
    at: datetime


def sign_off(session: Session, found: Manuscript, account: Account, *, now: datetime) -> None:
    """Note that this account has read the present text and finds it fit to publish.

    Raises Refused where the account itself saved it last.
    """
    if account.id == found.saved_by:
        raise Refused(
            "You saved this text yourself, so another person has to sign it off.",
            "Ask a colleague who may write questionnaires here.",
        )
    if session.get(SignOff, (found.id, found.digest)) is None:
        made = SignOff(manuscript_id=found.id, digest=found.digest, account_id=account.id, at=now)
        session.add(made)
        session.flush()
        named, text = f"manuscript:{found.id}", made.digest
        auditing.note(session, "manuscript.sign-off", named, found.organisation_id, text=text)


def signed_by(session: Session, found: Manuscript) -> int | None:
    """The account that signed the present text off, which is not the one that saved it."""
    mark = _sign_off_of(session, found)
    return mark.account_id if mark is not None else None


def _sign_off_of(session: Session, found: Manuscript) -> SignOff | None:
    mark = session.get(SignOff, (found.id, found.digest))
    return mark if mark is not None and mark.account_id != found.saved_by else None


def settle_rules(
    session: Session, organisation: Organisation, *, sign_off_needed: bool, glossary: str
) -> None:
    """Say whether a second person signs off, and which words staff know, one a line."""
    named = f"organisation:{organisation.slug}"
    if sign_off_needed and not organisation.sign_off_needed:
        auditing.note(session, "sign-off.require", named, organisation.id)
    if organisation.sign_off_needed and not sign_off_needed:
        auditing.note(session, "sign-off.waive", named, organisation.id)
    organisation.sign_off_needed, organisation.glossary = sign_off_needed, glossary
    session.flush()


def signature(session: Session, found: Manuscript) -> Signature | None:
    """Who signed the present text off, and when; None where nobody has."""
    mark = _sign_off_of(session, found)
    if mark is None:
        return None
    email = session.scalar(select(Account.email).where(Account.id == mark.account_id))
    return Signature(email or GONE, mark.at)


def publish_manuscript(
    session: Session,
    found: Manuscript,
    *,
    organisation: Organisation,
    library: Library,
    by: int,
    now: datetime,
) -> Publication:
    """Publish the present text. Raises what `publishing.publish` does."""
    return publish(
        session,
        found.source,
        organisation=organisation,
        library=library,
        by=by,
        signed_by=signed_by(session, found),
        now=now,
    )


def comment(
    session: Session, found: Manuscript, account: Account, text: str, place: str, *, now: datetime
) -> ManuscriptComment:
    """Say something of a manuscript, or of what stands at a place in it (a question's id).

    Raises Refused for nothing, or for too much.
    """
    said = text.strip()
    if not said or len(said) > LONGEST_COMMENT:
        raise Refused(
            "Write a comment." if not said else f"The comment has {len(said):,} characters.",
            f"Up to {LONGEST_COMMENT:,} characters fit.",
        )
    made = ManuscriptComment(
        manuscript_id=found.id, account_id=account.id, place=place[:200], text=said, at=now
    )
    session.add(made)
    session.flush()
    return made


def settle(session: Session, found: Manuscript, comment_id: int, *, now: datetime) -> None:
    """Note that a comment was dealt with. Raises NotFound."""
    said = session.get(ManuscriptComment, comment_id)
    if said is None or said.manuscript_id != found.id:
        raise NotFound("There is no such comment.", "Choose one from the list.")
    said.settled_at = said.settled_at or now
    session.flush()


def comments(session: Session, found: Manuscript) -> list[Said]:
    """What was said of a manuscript: what is not settled first, then by time."""
    rows = session.execute(
        select(ManuscriptComment, Account.email)
        .outerjoin(Account, Account.id == ManuscriptComment.account_id)
        .where(ManuscriptComment.manuscript_id == found.id)
        .order_by(ManuscriptComment.settled_at.is_not(None), ManuscriptComment.at)
    )
    return [Said(one, email or GONE) for one, email in rows]


def open_comments(session: Session, found: Manuscript) -> int:
    """How many comments are still to be dealt with."""
    waiting = select(func.count()).where(
        ManuscriptComment.manuscript_id == found.id, ManuscriptComment.settled_at.is_(None)
    )
    return session.scalar(waiting) or 0
