"""What is in a backup: lines of JSON, compressed and sealed.

The first line says what the backup is of, with the shape of each table. Then come the tables in
that order: a line a row, and a line with how many there were and their SHA-256.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, BinaryIO, Final

from survey.backups.sealed import Unreadable, unseal
from survey.backups.shapes import Shape

LINES_AT_ONCE: Final = 1000
BYTES_AT_ONCE: Final = 1024**2
_GZIP: Final = 16 + zlib.MAX_WBITS
NOT_UNDERSTOOD: Final = (StopIteration, KeyError, TypeError, ValueError, zlib.error)


@dataclass(frozen=True, slots=True)
class Heading:
    """What a backup is of. `product`: the version that made it; `revision`: of the tables;
    `secret_mark`: tells whether two installations have the same secret key, and not which."""

    made_at: datetime
    product: str
    revision: str
    secret_mark: str
    tables: tuple[Shape, ...]


@dataclass(frozen=True, slots=True)
class Counted:
    """A table as it went by. `last`: the highest number that the database gave, where it tells."""

    table: str
    rows: int
    sha256: str
    last: int | None = None


Take = Callable[[Shape, list[bytes]], None]
"""Takes some rows of a table, a line each."""


def heading_line(heading: Heading) -> bytes:
    """The first line."""
    return _line(asdict(heading) | {"made_at": heading.made_at.isoformat()})


def table_lines(rows: Iterable[bytes], name: str, last: int | None) -> Iterator[bytes]:
    """The rows of a table, then what they come to."""
    digest, number = sha256(), 0
    for row in rows:
        digest.update(row)
        number += 1
        yield row
    yield _line(asdict(Counted(name, number, digest.hexdigest(), last)))


def _line(value: dict[str, Any]) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode() + b"\n"


def compressed(lines: Iterable[bytes]) -> Iterator[bytes]:
    """The lines as gzip, in parts."""
    gzip = zlib.compressobj(wbits=_GZIP)
    for line in lines:
        yield gzip.compress(line)
    yield gzip.flush()


def read(file: BinaryIO, key: bytes, take: Take) -> tuple[Heading, tuple[Counted, ...]]:
    """Read a backup to its end; `take` gets all rows, some at a time.

    Raises Unreadable: what was taken until then is part of a file that cannot be trusted.
    """
    lines = _lines(unseal(file, key))
    try:
        heading = _heading(next(lines))
        counted = tuple(_read_table(lines, shape, take) for shape in heading.tables)
    except NOT_UNDERSTOOD as fault:
        raise _not_understood() from fault
    if next(lines, None) is not None:
        raise _not_understood()
    return heading, counted


def heading_of(file: BinaryIO, key: bytes) -> Heading:
    """What a backup is of, from its beginning. Raises Unreadable."""
    try:
        return _heading(next(_lines(unseal(file, key))))
    except NOT_UNDERSTOOD as fault:
        raise _not_understood() from fault


def _not_understood() -> Unreadable:
    return Unreadable(
        "The backup is sealed as it should be, but this version does not understand it.",
        "Use the version of the product that made it, or a later one.",
    )


def _lines(parts: Iterable[bytes]) -> Iterator[bytes]:
    gzip = zlib.decompressobj(wbits=_GZIP)
    rest = b""
    for part in parts:
        *whole, rest = (rest + gzip.decompress(part)).split(b"\n")
        yield from (line + b"\n" for line in whole)
    if rest or not gzip.eof:
        raise _not_understood()


def _heading(line: bytes) -> Heading:
    said = json.loads(line)
    tables = tuple(
        Shape(
            one["name"],
            tuple((name, kind) for name, kind in one["columns"]),
            tuple(one["key"]),
            tuple(one["own"]),
            one["numbered"],
        )
        for one in said.pop("tables")
    )
    return Heading(datetime.fromisoformat(said.pop("made_at")), tables=tables, **said)


def _read_table(lines: Iterator[bytes], shape: Shape, take: Take) -> Counted:
    digest, number, waiting, size = sha256(), 0, list[bytes](), 0
    for line in lines:
        if not line.startswith(b"["):
            break
        digest.update(line)
        number += 1
        waiting.append(line)
        size += len(line)
        if len(waiting) == LINES_AT_ONCE or size >= BYTES_AT_ONCE:
            take(shape, waiting)
            waiting, size = [], 0
    else:
        raise _not_understood()
    if waiting:
        take(shape, waiting)
    counted = Counted(**json.loads(line))
    if (counted.table, counted.rows, counted.sha256) != (shape.name, number, digest.hexdigest()):
        raise _not_understood()
    return counted
