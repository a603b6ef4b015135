"""Submitted answers, linked to nobody."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    String,
    Text,
    func,
    insert,
    select,
    text,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from survey.storage.model import UNORDERED, AnyRow, Model, is_postgresql, table_of

ROWS_AT_ONCE = 100


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
    """A text that somebody wrote. Does not know the response it came from.

    `state`: waiting for a moderator, cleared to be read by leads, or held back. `redacted`: what
    leads read in its place, None where they read it as it was written.
    """

    __tablename__ = "comment"
    __table_args__ = (
        CheckConstraint("state IN ('waiting', 'cleared', 'held')", name="state"),
        UNORDERED,
    )

    wave_id: Mapped[int] = mapped_column(ForeignKey("wave.id"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    unit_id: Mapped[int]
    question: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(10), default="waiting")
    redacted: Mapped[str | None] = mapped_column(Text)


def comments_in(session: Session, wave_id: int, state: str, at_most: int) -> list[Comment]:
    """Comments of a wave in this state, by their random ids."""
    found = select(Comment).where(Comment.wave_id == wave_id, Comment.state == state)
    return list(session.scalars(found.order_by(Comment.id).limit(at_most)))


def comments_by_state(session: Session, wave_id: int) -> dict[str, int]:
    """How many comments of a wave are in each state."""
    found = select(Comment.state, func.count()).where(Comment.wave_id == wave_id)
    return {state: number for state, number in session.execute(found.group_by(Comment.state))}  # noqa: C416 -- rows, typed


def cleared_comments(session: Session, wave_id: int) -> list[tuple[str, str]]:
    """Question and text of what leads may read, by random ids."""
    said = func.coalesce(Comment.redacted, Comment.text)
    found = select(Comment.question, said).where(
        Comment.wave_id == wave_id, Comment.state == "cleared"
    )
    return [(question, text_) for question, text_ in session.execute(found.order_by(Comment.id))]


def add(
    session: Session,
    responses: Sequence[dict[str, Any]],
    untallied: Sequence[dict[str, Any]],
    comments: Sequence[dict[str, Any]],
) -> None:
    """Store rows by the names of their columns."""
    connection = session.connection()
    for table, rows in ((Response, responses), (Untallied, untallied), (Comment, comments)):
        if rows:
            connection.execute(insert(table_of(table)), rows)


# Both databases join the ratings of a unit, since a row costs more to fetch than to join.
# PostgreSQL finds its rows by their place (ctid): by key, each would be looked up again.
_TAKE_POSTGRESQL = text("""
    WITH gone AS (
        DELETE FROM untallied
        WHERE wave_id = :wave AND ctid = ANY(ARRAY(
            SELECT ctid FROM untallied WHERE wave_id = :wave LIMIT :at_most
        ))
        RETURNING unit_id, ratings
    )
    SELECT unit_id, count(*), string_agg(ratings, ''::bytea) FROM gone GROUP BY unit_id
""")
_READ_SQLITE = text("""
    SELECT unit_id, count(*), group_concat(hex(ratings), ''), max(id) FROM (
        SELECT id, unit_id, ratings FROM untallied
        WHERE wave_id = :wave ORDER BY id LIMIT :at_most
    ) GROUP BY unit_id
""")
_DELETE_SQLITE = text("DELETE FROM untallied WHERE wave_id = :wave AND id <= :last")


def take_untallied(session: Session, wave_id: int, at_most: int) -> list[tuple[int, int, bytes]]:
    """Remove ratings that wait to be tallied: unit, number of responses, their ratings joined.

    Nobody else may take them meanwhile (see `waves.lock_wave`).
    """
    connection = session.connection()
    wave = {"wave": wave_id}
    if is_postgresql(session):
        rows = connection.execute(_TAKE_POSTGRESQL, wave | {"at_most": at_most})
        return [(unit_id, number, ratings) for unit_id, number, ratings in rows]
    found = connection.execute(_READ_SQLITE, wave | {"at_most": at_most}).all()
    if found:
        connection.execute(_DELETE_SQLITE, wave | {"last": max(row[3] for row in found)})
    return [(unit_id, number, bytes.fromhex(ratings)) for unit_id, number, ratings, _ in found]


def untallied_by_unit(session: Session, wave_id: int) -> list[tuple[int, int]]:
    """Each unit with how many responses in it itself wait to be tallied."""
    mine = table_of(Untallied).c
    found = select(mine.unit_id, func.count()).where(mine.wave_id == wave_id)
    return [(row[0], row[1]) for row in session.connection().execute(found.group_by(mine.unit_id))]


_ALL_POSTGRESQL = text("""
    SELECT unit_id, count(*), string_agg(ratings, ''::bytea) FROM response
    WHERE wave_id = :wave GROUP BY unit_id, left(id::text, 1)
""")
_ALL_SQLITE = text("""
    SELECT unit_id, count(*), group_concat(hex(ratings), '') FROM response
    WHERE wave_id = :wave GROUP BY unit_id, substr(id, 1, 1)
""")


def all_ratings(
    session: Session, wave_id: int, at_most: int
) -> Iterator[list[tuple[int, int, bytes]]]:
    """The ratings of every response, a batch of not many more at a time: unit, number of responses,
    their ratings joined.

    The database joins them, which takes a third of the time of reading each row (measured); in
    sixteen parts a unit, since what it joins has a limit.
    """
    statement = _ALL_POSTGRESQL if is_postgresql(session) else _ALL_SQLITE
    rows = session.connection().execute(
        statement, {"wave": wave_id}, execution_options={"yield_per": ROWS_AT_ONCE}
    )
    batch: list[tuple[int, int, bytes]] = []
    people = 0
    for unit_id, number, ratings in rows:
        packed = bytes.fromhex(ratings) if isinstance(ratings, str) else bytes(ratings)
        batch.append((unit_id, number, packed))
        people += number
        if people >= at_most:
            yield batch
            batch, people = [], 0
    if batch:
        yield batch


def all_with_about_you(session: Session, wave_id: int, at_most: int) -> Iterator[Sequence[AnyRow]]:
    """Unit, answers about the person, and ratings of every response, a batch at a time."""
    mine = table_of(Response).c
    return _batches(session, wave_id, at_most, mine.unit_id, mine.about_you, mine.ratings)


def _batches(
    session: Session, wave_id: int, at_most: int, *columns: ColumnElement[Any]
) -> Iterator[Sequence[AnyRow]]:
    found = select(*columns).where(table_of(Response).c.wave_id == wave_id)
    rows = session.connection().execute(found, execution_options={"yield_per": at_most})
    return rows.partitions()


def places_in_random_order(session: Session, wave_id: int) -> list[tuple[int, dict[str, Any]]]:
    """Unit and answers about the person of every response, by its random id."""
    mine = table_of(Response).c
    found = select(mine.unit_id, mine.about_you).where(mine.wave_id == wave_id).order_by(mine.id)
    return [(unit_id, about_you) for unit_id, about_you in session.connection().execute(found)]


def answers_in_random_order(session: Session, wave_id: int) -> Iterator[dict[str, Any]]:
    """The answers of every response but those about the person, in the same order."""
    mine = table_of(Response).c
    found = select(mine.answers).where(mine.wave_id == wave_id).order_by(mine.id)
    yield from session.connection().execute(found, execution_options={"yield_per": 1000}).scalars()


def forget_order(session: Session, wave_id: int) -> None:
    """Store a wave's responses and comments afresh, in the order of their random ids.

    PostgreSQL keeps rows in the order they came, each with the number of its transaction, which
    a response shares with its comments. SQLite keeps neither.
    """
    if not is_postgresql(session):
        return
    for table in (Response.__tablename__, Comment.__tablename__):
        session.execute(
            text(
                f"WITH gone AS (DELETE FROM {table} WHERE wave_id = :wave_id RETURNING *) "  # noqa: S608
                f"INSERT INTO {table} SELECT * FROM gone ORDER BY id"
            ),
            {"wave_id": wave_id},
        )
