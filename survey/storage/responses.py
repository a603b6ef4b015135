"""Submitted answers, linked to nobody."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from survey.storage.model import Model

# Rows lie in the order of their random key, so that not even the file says who came after whom.
UNORDERED = {"sqlite_with_rowid": False}


class Response(Model):
    """What one person answered. Holds no person, no invitation, no time, no ascending id.

    `ratings` is one byte a counted question, in the version's order (see `questionnaire.rating`).
    `answers` has every answer but texts; those are comments.
    """

    __tablename__ = "response"
    __table_args__ = (UNORDERED,)

    wave_id: Mapped[int] = mapped_column(ForeignKey("wave.id"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    unit_id: Mapped[int]
    about_you: Mapped[dict[str, Any]]
    answers: Mapped[dict[str, Any]]
    ratings: Mapped[bytes]


class Untallied(Model):
    """The ratings of a response that is not in the tally yet: gone once it is.

    A narrow row to delete costs a tenth of marking the wide row of the response (measured on
    both databases), and keeps `Response` a table that is only ever added to.
    """

    __tablename__ = "untallied"
    __table_args__ = (UNORDERED,)

    wave_id: Mapped[int] = mapped_column(ForeignKey("wave.id"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    unit_id: Mapped[int]
    ratings: Mapped[bytes]


class Comment(Model):
    """A text that somebody wrote. Does not know the response it came from."""

    __tablename__ = "comment"
    __table_args__ = (UNORDERED,)

    wave_id: Mapped[int] = mapped_column(ForeignKey("wave.id"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    unit_id: Mapped[int]
    question: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
