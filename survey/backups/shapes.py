"""How a table and its rows are written so that every database can read them: columns by kind,
rows as JSON arrays. It leans on no model, so that a backup is read by later versions."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    Double,
    Float,
    Integer,
    LargeBinary,
    MetaData,
    Text,
    Uuid,
)
from sqlalchemy import Table as SqlTable
from sqlalchemy.types import String, TypeEngine

from survey.storage.model import UtcDateTime


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of value. `of`: the column types of models that it stands for; `stored`: the one by
    which rows are read and written; `said`, `read`: to what JSON can hold, and back."""

    of: type[TypeEngine[Any]]
    stored: TypeEngine[Any]
    said: Callable[[Any], Any]
    read: Callable[[Any], Any]


def _same(value: Any) -> Any:
    return value


KINDS: Final = {
    "boolean": Kind(Boolean, Boolean(), _same, _same),
    "integer": Kind(Integer, BigInteger(), _same, _same),
    "real": Kind(Float, Double(), _same, _same),
    "text": Kind(String, Text(), _same, _same),
    "bytes": Kind(LargeBinary, LargeBinary(), lambda raw: b64encode(raw).decode(), b64decode),
    "uuid": Kind(Uuid, Uuid(), lambda id_: id_.hex, UUID),
    "instant": Kind(UtcDateTime, UtcDateTime(), datetime.isoformat, datetime.fromisoformat),
    "day": Kind(Date, Date(), date.isoformat, date.fromisoformat),
    "json": Kind(JSON, JSON(), _same, _same),
}


@dataclass(frozen=True, slots=True)
class Shape:
    """A table: its columns with their kinds, those of its key, those that refer to rows of the same
    table, and the one that the database numbers, if any."""

    name: str
    columns: tuple[tuple[str, str], ...]
    key: tuple[str, ...]
    own: tuple[str, ...]
    numbered: str | None


def shape_of(table: SqlTable) -> Shape:
    """The shape of a model's table."""
    numbered = table.autoincrement_column
    return Shape(
        table.name,
        tuple((column.name, _kind_of(column)) for column in table.columns),
        tuple(column.name for column in table.primary_key),
        tuple(
            column.name
            for column in table.columns
            if any(one.column.table is table for one in column.foreign_keys)
        ),
        None if numbered is None else numbered.name,
    )


def _kind_of(column: Column[Any]) -> str:
    for name, kind in KINDS.items():
        if isinstance(column.type, kind.of):
            return name
    raise TypeError(f"no kind of value for {column}")


def table_like(shape: Shape) -> SqlTable:
    """A table by which rows of this shape are read and written."""
    columns = (Column(name, KINDS[kind].stored) for name, kind in shape.columns)
    return SqlTable(shape.name, MetaData(), *columns)


def line_of(shape: Shape, row: Iterable[Any]) -> bytes:
    """A row as a line: the same bytes whichever database it comes from."""
    said = [
        None if value is None else KINDS[kind].said(value)
        for value, (_, kind) in zip(row, shape.columns, strict=True)
    ]
    return json.dumps(said, separators=(",", ":")).encode() + b"\n"


def row_of(shape: Shape, line: bytes) -> dict[str, Any]:
    """The row that was written so, by the names of its columns."""
    return {
        name: None if value is None else KINDS[kind].read(value)
        for value, (name, kind) in zip(json.loads(line), shape.columns, strict=True)
    }
