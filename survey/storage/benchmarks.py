"""Figures of other organisations to compare with, and the keys by which they are known."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    String,
    Text,
    UniqueConstraint,
    delete,
    func,
    insert,
    select,
)
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship, selectinload

from survey.storage.model import AnyRow, Model, table_of


class BenchmarkKey(Model):
    """The key with which an organisation signs what it gives to others. `sealed`: the private part,
    encrypted with the installation's secret."""

    __tablename__ = "benchmark_key"

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    public_key: Mapped[str] = mapped_column(String(64))
    sealed: Mapped[str] = mapped_column(Text)


class BenchmarkSource(Model):
    """Another organisation, known by its public key. Its figures count once an admin has made sure
    that the key is its own, `confirmed_at`."""

    __tablename__ = "benchmark_source"
    __table_args__ = (UniqueConstraint("organisation_id", "public_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    public_key: Mapped[str] = mapped_column(String(64))
    name: Mapped[str] = mapped_column(String(200))
    confirmed_at: Mapped[datetime | None]

    files: Mapped[list[BenchmarkFile]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True
    )

    @property
    def latest(self) -> BenchmarkFile:
        """The wave that closed last."""
        return max(self.files, key=lambda file: (file.year, file.month, file.id))


class BenchmarkFile(Model):
    """One wave of another organisation. `digest` is the SHA-256 of what was signed."""

    __tablename__ = "benchmark_file"
    __table_args__ = (
        UniqueConstraint("source_id", "wave"),
        CheckConstraint("month BETWEEN 1 AND 12", name="month"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("benchmark_source.id", ondelete="CASCADE"))
    wave: Mapped[str] = mapped_column(String(100))
    name: Mapped[str] = mapped_column(String(200))
    year: Mapped[int]
    month: Mapped[int]
    simulated: Mapped[bool]
    people: Mapped[int | None]
    digest: Mapped[str] = mapped_column(String(64))


class BenchmarkFigure(Model):
    """What that wave says of a capability. `asked`: the fingerprint of how it was asked."""

    __tablename__ = "benchmark_figure"

    file_id: Mapped[int] = mapped_column(
        ForeignKey("benchmark_file.id", ondelete="CASCADE"), primary_key=True
    )
    asked: Mapped[str] = mapped_column(String(64), primary_key=True)
    people: Mapped[int]
    mean: Mapped[float]


def sources_of(session: Session, organisation_id: int) -> list[BenchmarkSource]:
    """The other organisations of which something is in, by name."""
    mine = select(BenchmarkSource).where(BenchmarkSource.organisation_id == organisation_id)
    with_files = selectinload(BenchmarkSource.files)
    return list(session.scalars(mine.order_by(BenchmarkSource.name).options(with_files)))


def replace_figures(session: Session, file_id: int, rows: Sequence[dict[str, Any]]) -> None:
    """Keep these figures of a file in place of those that were there: asked, people, mean."""
    figures = table_of(BenchmarkFigure)
    session.execute(delete(figures).where(figures.c.file_id == file_id))
    if rows:
        session.execute(insert(figures), [row | {"file_id": file_id} for row in rows])


def latest_figures(
    session: Session, organisation_id: int, asked: Collection[str], *, simulated: bool
) -> list[AnyRow]:
    """What others say of what was asked so: asked, people, mean; one row an organisation and
    question, of the wave of theirs that closed last.

    Only of organisations that were confirmed. simulated: what nobody was asked is compared with its
    like alone.
    """
    newest_first = (BenchmarkFile.year.desc(), BenchmarkFile.month.desc(), BenchmarkFile.id.desc())
    place = func.row_number().over(partition_by=BenchmarkFile.source_id, order_by=newest_first)
    files = (
        select(BenchmarkFile.id, place.label("place"))
        .join(BenchmarkSource, BenchmarkSource.id == BenchmarkFile.source_id)
        .where(
            BenchmarkSource.organisation_id == organisation_id,
            BenchmarkSource.confirmed_at.is_not(None),
            BenchmarkFile.simulated == simulated,
        )
        .subquery()
    )
    found = (
        select(BenchmarkFigure.asked, BenchmarkFigure.people, BenchmarkFigure.mean)
        .join(files, files.c.id == BenchmarkFigure.file_id)
        .where(files.c.place == 1, BenchmarkFigure.asked.in_(asked))
    )
    return list(session.execute(found))


def asked_by_file(session: Session, organisation_id: int) -> dict[int, set[str]]:
    """What each file of other organisations has figures of."""
    found: dict[int, set[str]] = {}
    rows = session.execute(
        select(BenchmarkFigure.file_id, BenchmarkFigure.asked)
        .join(BenchmarkFile, BenchmarkFile.id == BenchmarkFigure.file_id)
        .join(BenchmarkSource, BenchmarkSource.id == BenchmarkFile.source_id)
        .where(BenchmarkSource.organisation_id == organisation_id)
    )
    for file_id, asked in rows:
        found.setdefault(file_id, set()).add(asked)
    return found
