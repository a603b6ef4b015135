"""What authors write: the text as it is, the texts it was, what was said of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, Final

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, delete, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from survey.storage.accounts import Account
from survey.storage.model import Model, rows_changed

KINDS: Final = ("questionnaire", "capability", "framework")
HOW: Final = ("begun", "autosave", "saved", "restored")


class Manuscript(Model):
    """A file as its author typed it, valid or not. `revision` counts savings."""

    __tablename__ = "manuscript"
    __table_args__ = (CheckConstraint(f"kind IN {KINDS}", name="kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20), default="questionnaire")
    title: Mapped[str] = mapped_column(String(200))
    source: Mapped[str] = mapped_column(Text)
    revision: Mapped[int] = mapped_column(default=1)
    saved_at: Mapped[datetime]
    saved_by: Mapped[int | None]

    @property
    def digest(self) -> str:
        """The SHA-256 of its text, in hexadecimal: by this a sign-off or a rehearsal is of it."""
        return sha256(self.source.encode()).hexdigest()


class Saving(Model):
    """A text that a manuscript had at a revision. What is saved by itself within one stretch of
    writing is one row, which began at `begun_at`. `source` is read only when asked for."""

    __tablename__ = "saving"
    __table_args__ = (CheckConstraint(f"how IN {HOW}", name="how"),)

    manuscript_id: Mapped[int] = mapped_column(ForeignKey("manuscript.id"), primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(Text, deferred=True)
    how: Mapped[str] = mapped_column(String(10))
    begun_at: Mapped[datetime]
    saved_at: Mapped[datetime]
    account_id: Mapped[int | None]


class ManuscriptComment(Model):
    """What a colleague says of a manuscript, or of one question of it."""

    __tablename__ = "manuscript_comment"

    id: Mapped[int] = mapped_column(primary_key=True)
    manuscript_id: Mapped[int] = mapped_column(ForeignKey("manuscript.id"), index=True)
    account_id: Mapped[int]
    place: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    settled_at: Mapped[datetime | None]


class SignOff(Model):
    """That somebody has read this very text, known by its SHA-256, and finds it fit to publish."""

    __tablename__ = "sign_off"

    manuscript_id: Mapped[int] = mapped_column(ForeignKey("manuscript.id"), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[int]
    at: Mapped[datetime]


class TranslationBasis(Model):
    """Of which original each translation of a manuscript was made: text key to the original and
    a digest of the translation."""

    __tablename__ = "translation_basis"

    manuscript_id: Mapped[int] = mapped_column(ForeignKey("manuscript.id"), primary_key=True)
    language: Mapped[str] = mapped_column(String(20), primary_key=True)
    texts: Mapped[dict[str, Any]]


OF_A_MANUSCRIPT: Final = (Saving, ManuscriptComment, SignOff, TranslationBasis)


def replace_text(
    session: Session, manuscript_id: int, organisation_id: int, seen: int | None, **values: Any
) -> bool:
    """Give a manuscript another text, unless somebody has since the revision that was seen."""
    changed = (
        update(Manuscript)
        .where(
            Manuscript.id == manuscript_id,
            Manuscript.organisation_id == organisation_id,
            Manuscript.revision == seen,
        )
        .values(revision=Manuscript.revision + 1, **values)
    )
    return rows_changed(session, changed) == 1


def newest_saving(session: Session, manuscript_id: int) -> Saving | None:
    """The last row of its history."""
    mine = select(Saving).where(Saving.manuscript_id == manuscript_id)
    return session.scalar(mine.order_by(Saving.revision.desc()).limit(1))


def history(session: Session, manuscript_id: int) -> list[tuple[Saving, str | None]]:
    """Every text that was kept, the last first, with the e-mail address of whoever saved it."""
    rows = session.execute(
        select(Saving, Account.email)
        .outerjoin(Account, Account.id == Saving.account_id)
        .where(Saving.manuscript_id == manuscript_id)
        .order_by(Saving.revision.desc())
    )
    return [(saving, email) for saving, email in rows]


def forget_autosaves(session: Session, manuscript_id: int, before: datetime) -> None:
    """Delete texts that nobody saved on purpose, and that are older."""
    session.execute(
        delete(Saving).where(
            Saving.manuscript_id == manuscript_id,
            Saving.how == "autosave",
            Saving.saved_at < before,
        )
    )


def forget(session: Session, manuscript_id: int) -> None:
    """Delete a manuscript with all that belongs to it."""
    for table in OF_A_MANUSCRIPT:
        session.execute(delete(table).where(table.manuscript_id == manuscript_id))
    session.execute(delete(Manuscript).where(Manuscript.id == manuscript_id))


ONE_STRETCH: Final = timedelta(minutes=10)
"""Of writing: what is saved by itself meanwhile is one text of the history."""
