"""Authors write: what they typed is kept, valid or not, with every text that it was before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session, defer

from survey.exchange.plain_text import readable
from survey.operations import auditing
from survey.operations.errors import Conflict, NotFound, Refused
from survey.operations.translation_basis import note_basis
from survey.questionnaire.source import MAX_BYTES, read
from survey.storage import manuscripts as stored
from survey.storage.accounts import Account
from survey.storage.manuscripts import Manuscript, Saving

AUTOSAVES_KEPT: Final = timedelta(days=30)
NAMED_BY: Final = {"questionnaire": "title", "capability": "name", "framework": "title"}
UNNAMED: Final = "Without a title"


@dataclass(frozen=True, slots=True)
class Typed:
    """A text from somebody's editor. `seen`: the revision that they began with."""

    source: str
    seen: int | None
    by: int | None
    at: datetime
    how: str = "saved"


def begin(
    session: Session,
    organisation_id: int,
    source: str,
    *,
    by: int | None,
    now: datetime,
    kind: str = "questionnaire",
) -> Manuscript:
    """A new manuscript. Raises Refused where the text is too long to keep, or no text."""
    _check_can_be_kept(source)
    made = Manuscript(
        organisation_id=organisation_id,
        kind=kind,
        title=_title_of(source, kind),
        source=source,
        revision=1,
        saved_at=now,
        saved_by=by,
    )
    session.add(made)
    session.flush()
    _remember(session, made, Typed(source, None, by, now, "begun"))
    return made


def save(session: Session, organisation_id: int, manuscript_id: int, typed: Typed) -> Manuscript:
    """Keep what the author typed, as the next revision. The same text again is no new one.

    Raises Conflict where somebody has saved since, NotFound, Refused (too long to keep).
    """
    _check_can_be_kept(typed.source)
    found = manuscript(session, organisation_id, manuscript_id)
    if found.source == typed.source:
        if typed.how != "autosave":
            keep_present(session, found)
        return found
    title = _title_of(typed.source, found.kind)
    note_basis(session, found)
    saved = stored.replace_text(
        session,
        manuscript_id,
        organisation_id,
        typed.seen,
        title=title,
        source=typed.source,
        saved_at=typed.at,
        saved_by=typed.by,
    )
    kept = manuscript(session, organisation_id, manuscript_id)
    if not saved:
        raise Conflict(
            "Somebody saved this after you opened it.",
            "Compare the two texts, then save the one to keep.",
        )
    _remember(session, kept, typed)
    note_basis(session, kept)
    return kept


def keep_present(session: Session, found: Manuscript) -> None:
    """Let the present text stay in the history, also where it had only saved itself."""
    newest = stored.newest_saving(session, found.id)
    if newest is not None and newest.how == "autosave":
        newest.how = "saved"
        session.flush()


def _remember(session: Session, kept: Manuscript, typed: Typed) -> None:
    begun_at = typed.at
    newest = stored.newest_saving(session, kept.id)
    if newest is not None and _goes_on(newest, typed):
        begun_at = newest.begun_at
        session.delete(newest)
    stored.forget_autosaves(session, kept.id, typed.at - AUTOSAVES_KEPT)
    session.add(
        Saving(
            manuscript_id=kept.id,
            revision=kept.revision,
            source=typed.source,
            how=typed.how,
            begun_at=begun_at,
            saved_at=typed.at,
            account_id=typed.by,
        )
    )
    session.flush()


def _goes_on(newest: Saving, typed: Typed) -> bool:
    """Whether it is the same stretch of writing."""
    return (
        newest.how == "autosave"
        and newest.account_id == typed.by
        and typed.at - newest.begun_at < stored.ONE_STRETCH
    )


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
    if length > MAX_BYTES:
        raise Refused(
            f"The file has {length:,} bytes; at most {MAX_BYTES:,} can be kept.",
            "Divide it into two questionnaires.",
        )


def _title_of(source: str, kind: str) -> str:
    document = read(source).value
    title = document.get(NAMED_BY[kind]) if isinstance(document, dict) else None
    # A JSON text may name characters that a database cannot hold.
    named = readable(title).strip() if isinstance(title, str) else ""
    return named[:200] or UNNAMED


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


def manuscripts(session: Session, organisation_id: int, *kinds: str) -> list[Manuscript]:
    """The manuscripts of an organisation, the last saved first; of these kinds only, if any are
    said. Their texts are read only when asked for."""
    mine = select(Manuscript).where(Manuscript.organisation_id == organisation_id)
    mine = mine.options(defer(Manuscript.source))
    if kinds:
        mine = mine.where(Manuscript.kind.in_(kinds))
    return list(session.scalars(mine.order_by(Manuscript.saved_at.desc(), Manuscript.id.desc())))


def saved_by(session: Session, found: Manuscript) -> str | None:
    """The e-mail address of whoever saved it last; None where that account is gone."""
    return session.scalar(select(Account.email).where(Account.id == found.saved_by))


def history(session: Session, found: Manuscript) -> list[tuple[Saving, str | None]]:
    """Every text that was kept, the last first, with the e-mail address of whoever saved it."""
    return stored.history(session, found.id)


def saving(session: Session, found: Manuscript, revision: int) -> Saving:
    """A text of its history. Raises NotFound."""
    kept = session.get(Saving, (found.id, revision))
    if kept is None:
        raise NotFound("There is no such earlier text.", "Choose one from the history.")
    return kept


def restore(
    session: Session, found: Manuscript, revision: int, *, by: int, now: datetime
) -> Manuscript:
    """Make an earlier text the present one, which itself stays in the history. Raises NotFound."""
    kept = saving(session, found, revision)
    typed = Typed(kept.source, found.revision, by, now, "restored")
    return save(session, found.organisation_id, found.id, typed)


def delete(session: Session, found: Manuscript, *, seen: int | None = None) -> None:
    """Delete a manuscript and its history; what was published of it stays.

    seen: the revision that is meant, if one is. Raises Conflict where somebody has saved since.
    """
    mine = select(Manuscript.revision).where(Manuscript.id == found.id)
    if seen not in (None, session.scalar(mine.with_for_update())):
        raise Conflict("Somebody saved this after you opened it.", "Look at it again first.")
    named = f"manuscript:{found.id}"
    auditing.note(session, "manuscript.delete", named, found.organisation_id, title=found.title)
    stored.forget(session, found.id)
