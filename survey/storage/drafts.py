"""Unfinished answers, and which were sent. A draft is gone at submission."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    ForeignKey,
    and_,
    bindparam,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from survey.storage.model import (
    UNORDERED,
    WHOLE,
    AnyRow,
    Model,
    is_postgresql,
    rows_changed,
    table_of,
)
from survey.storage.organisations import Organisation
from survey.storage.waves import TAKES_ANSWERS, Wave


class Draft(Model):
    """What somebody has answered so far, found by the digest of a key that only they hold."""

    __tablename__ = "draft"

    wave_id: Mapped[int] = mapped_column(ForeignKey("wave.id"), primary_key=True)
    key_digest: Mapped[bytes] = mapped_column(primary_key=True)
    unit_id: Mapped[int]
    shift: Mapped[int] = mapped_column(default=0)
    answers: Mapped[dict[str, Any]]
    revision: Mapped[int] = mapped_column(default=0)


class Submission(Model):
    """That the draft with this key was sent: nobody answers twice. Gone when the wave closes."""

    __tablename__ = "submission"
    __table_args__ = (UNORDERED,)

    wave_id: Mapped[int] = mapped_column(ForeignKey("wave.id"), primary_key=True)
    key_digest: Mapped[bytes] = mapped_column(primary_key=True)


# Statements of the busiest pages: Core, built once. `new_` keeps their parameters apart from
# the names of columns.
_draft, _wave = table_of(Draft).c, table_of(Wave).c

_OF_WAVE = (
    select(
        _wave.id.label("wave_id"),
        _wave.slug,
        _wave.name,
        _wave.state,
        _wave.version_digest,
        _wave.languages,
        _wave.minimum_group,
        _wave.simulated,
        table_of(Organisation).c.name.label("organisation_name"),
        _draft.key_digest,
        _draft.unit_id,
        _draft.shift,
        _draft.answers,
        _draft.revision,
    )
    .join_from(table_of(Wave), table_of(Organisation))
    .outerjoin(
        table_of(Draft),
        and_(_draft.wave_id == _wave.id, _draft.key_digest == bindparam("key_digest")),
    )
    .where(_wave.slug == bindparam("slug"))
)

_AGAIN = select(_draft.answers, _draft.revision).where(
    _draft.wave_id == bindparam("wave"), _draft.key_digest == bindparam("key")
)

_SAVE = (
    update(table_of(Draft))
    .where(
        _draft.wave_id == bindparam("wave"),
        _draft.key_digest == bindparam("key"),
        _draft.revision == bindparam("seen"),
    )
    .values(answers=bindparam("new_answers"), revision=bindparam("new_revision"))
    .execution_options(**WHOLE)
)

_TAKE = (
    delete(table_of(Draft))
    .where(
        _draft.wave_id == bindparam("wave"),
        _draft.key_digest == bindparam("key"),
        select(_wave.id).where(_wave.id == _draft.wave_id, _wave.state.in_(TAKES_ANSWERS)).exists(),
    )
    .returning(_draft.answers, _draft.unit_id)
)


_NOTE = insert(table_of(Submission))

_submission = table_of(Submission).c
_IS_SENT = select(_submission.wave_id).where(
    _submission.wave_id == bindparam("wave"), _submission.key_digest == bindparam("key")
)

_NEW = select(*(bindparam(f"new_{one.name}", type_=one.type) for one in _draft)).where(
    ~_IS_SENT.exists()
)
_BEGIN = {
    speaks: dialect.insert(table_of(Draft))
    .from_select(list(_draft), _NEW)
    .on_conflict_do_nothing()
    .execution_options(**WHOLE)
    for speaks, dialect in ((True, postgresql), (False, sqlite))
}
"""By whether the database is PostgreSQL."""


def draft_in_wave(session: Session, slug: str, key_digest: bytes) -> AnyRow | None:
    """The wave, its organisation's name and the draft, whose columns are None where none is."""
    found = session.connection().execute(_OF_WAVE, {"slug": slug, "key_digest": key_digest})
    return found.one_or_none()


def answers_now(session: Session, wave_id: int, key_digest: bytes) -> AnyRow | None:
    """Answers and revision as they are at this moment."""
    found = session.connection().execute(_AGAIN, {"wave": wave_id, "key": key_digest})
    return found.one_or_none()


def save_answers(
    session: Session, wave_id: int, key_digest: bytes, answers: dict[str, Any], *, seen: int
) -> bool:
    """Replace the answers, unless somebody has since the revision that was seen."""
    saved = session.connection().execute(
        _SAVE,
        {
            "wave": wave_id,
            "key": key_digest,
            "seen": seen,
            "new_answers": answers,
            "new_revision": seen + 1,
        },
    )
    return saved.rowcount == 1


def begin_draft(
    session: Session, wave_id: int, key_digest: bytes, *, unit_id: int, shift: int
) -> None:
    """Add an empty draft, unless its key has one or has sent it."""
    values = {
        "wave_id": wave_id,
        "key_digest": key_digest,
        "unit_id": unit_id,
        "shift": shift,
        "answers": {},
        "revision": 0,
    }
    named = {"wave": wave_id, "key": key_digest} | {f"new_{n}": v for n, v in values.items()}
    session.connection().execute(_BEGIN[is_postgresql(session)], named)


def is_sent(session: Session, wave_id: int, key_digest: bytes) -> bool:
    """Whether the draft with this key was sent."""
    named = {"wave": wave_id, "key": key_digest}
    return session.connection().execute(_IS_SENT, named).first() is not None


def note_sent(session: Session, wave_id: int, key_digest: bytes) -> None:
    """Remember that the draft with this key was sent. Raises IntegrityError the second time."""
    session.connection().execute(_NOTE, {"wave_id": wave_id, "key_digest": key_digest})


def how_many(session: Session, wave_id: int) -> int:
    """How many are in the middle of answering."""
    mine = select(func.count()).select_from(Draft).where(Draft.wave_id == wave_id)
    return session.scalar(mine) or 0


def sent_keys(session: Session, wave_id: int) -> set[bytes]:
    """The digests of the keys of all drafts that were sent."""
    return set(session.scalars(select(Submission.key_digest).where(Submission.wave_id == wave_id)))


def forget_unsent_and_sent(session: Session, wave_id: int) -> tuple[int, int]:
    """Delete a wave's drafts, and which were sent: it takes no more. How many of each."""
    unsent = rows_changed(session, delete(Draft).where(Draft.wave_id == wave_id))
    sent = rows_changed(session, delete(Submission).where(Submission.wave_id == wave_id))
    return unsent, sent


def take_draft(session: Session, wave_id: int, key_digest: bytes) -> AnyRow | None:
    """Remove the draft and give back what was in it; None where it is gone or the wave shut."""
    taken = session.connection().execute(_TAKE, {"wave": wave_id, "key": key_digest})
    return taken.one_or_none()
