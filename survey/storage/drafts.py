"""Unfinished answers. A draft is gone at submission."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ForeignKey, Index, and_, bindparam, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from survey.storage.model import AnyRow, Model, is_postgresql, table_of
from survey.storage.organisations import Organisation
from survey.storage.waves import Wave


class Draft(Model):
    """What somebody has answered so far, found by the digest of a key that only they hold."""

    __tablename__ = "draft"
    __table_args__ = (
        Index("uq_draft_wave_id_invitation_id", "wave_id", "invitation_id", unique=True),
    )

    wave_id: Mapped[int] = mapped_column(ForeignKey("wave.id"), primary_key=True)
    key_digest: Mapped[bytes] = mapped_column(primary_key=True)
    invitation_id: Mapped[int | None]
    unit_id: Mapped[int]
    shift: Mapped[int] = mapped_column(default=0)
    answers: Mapped[dict[str, Any]]
    revision: Mapped[int] = mapped_column(default=0)


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
        _wave.minimum_group,
        _wave.simulated,
        table_of(Organisation).c.name.label("organisation_name"),
        _draft.key_digest,
        _draft.invitation_id,
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
)

_TAKE = (
    delete(table_of(Draft))
    .where(
        _draft.wave_id == bindparam("wave"),
        _draft.key_digest == bindparam("key"),
        select(_wave.id).where(_wave.id == _draft.wave_id, _wave.state == "open").exists(),
    )
    .returning(_draft.answers, _draft.unit_id, _draft.invitation_id)
)


def _begin(insert: Any) -> Any:
    new = insert(table_of(Draft))
    return new.on_conflict_do_update(
        index_elements=["wave_id", "invitation_id"],
        set_={"key_digest": new.excluded.key_digest},
    )


_BEGIN = {True: _begin(postgresql.insert), False: _begin(sqlite.insert)}
"""By whether the database is PostgreSQL."""

_OF_INVITATION = select(_draft.revision).where(
    _draft.wave_id == bindparam("wave"), _draft.invitation_id == bindparam("invitation")
)


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


def has_draft(session: Session, wave_id: int, invitation_id: int) -> bool:
    """Whether this invitation's answers have been begun."""
    named = {"wave": wave_id, "invitation": invitation_id}
    return session.connection().execute(_OF_INVITATION, named).first() is not None


def begin_draft(session: Session, values: dict[str, Any]) -> None:
    """Add a draft. Where the invitation has one, keep it, and let the new key find it."""
    session.connection().execute(_BEGIN[is_postgresql(session)], values)


def take_draft(session: Session, wave_id: int, key_digest: bytes) -> AnyRow | None:
    """Remove the draft and give back what was in it; None where it is gone or the wave shut."""
    taken = session.connection().execute(_TAKE, {"wave": wave_id, "key": key_digest})
    return taken.one_or_none()
