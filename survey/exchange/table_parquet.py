"""A table as Parquet: typed columns, and the codebook in the file’s own metadata."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from survey.exchange.table import Cell, Kind, Table
from survey.exchange.table_csv import column_as_json

TYPES: Final[Mapping[Kind, str]] = {"text": "VARCHAR", "whole": "BIGINT", "number": "DOUBLE"}
METADATA: Final = "codebook"
"""The key under which title, method and columns stand, as JSON."""

ROWS_AT_ONCE: Final = 10_240
"""That are held in memory: five times of DuckDB's smallest part."""

_SETTINGS: Final[Mapping[str, Any]] = {
    "threads": 1,
    "memory_limit": "256MB",
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}


def write_parquet(table: Table, file: Path) -> None:
    """Rows go through a file beside it, so that memory holds a part of them at a time. What is
    not known is NULL."""
    import duckdb  # takes memory, which only those need who ask for a file

    with TemporaryDirectory(dir=file.parent) as folder:
        rows = Path(folder) / "rows.csv"
        _write_rows(table, rows)
        with duckdb.connect(config={**_SETTINGS, "temp_directory": folder}) as database:
            database.execute(_statement(table, rows, file))


def _write_rows(table: Table, file: Path) -> None:
    """Every text in quotes, also an empty one: so it is told from a cell without anything."""
    as_text: list[Callable[[Any], str]] = [
        _quoted if column.kind == "text" else repr for column in table.columns
    ]
    with file.open("w", encoding="utf-8", newline="") as out:
        for row in table.rows:
            cells = zip(as_text, row, strict=True)
            out.write(",".join("" if cell is None else said(cell) for said, cell in cells))
            out.write("\n")


def _quoted(cell: Cell) -> str:
    return '"{}"'.format(str(cell).replace('"', '""'))


def _statement(table: Table, rows: Path, file: Path) -> str:
    types = ", ".join(f"{_literal(c.name)}: '{TYPES[c.kind]}'" for c in table.columns)
    about = {
        "title": table.title,
        "method": dict(table.method),
        "columns": [column_as_json(column) for column in table.columns],
    }
    read = (
        f"read_csv({_literal(str(rows))}, header = false, auto_detect = false, delim = ',', "
        f"quote = '\"', escape = '\"', nullstr = '', allow_quoted_nulls = false, "
        f"new_line = '\\n', columns = {{{types}}})"
    )
    described = _literal(json.dumps(about, ensure_ascii=False))
    options = (
        f"FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {ROWS_AT_ONCE}, "
        f"KV_METADATA {{{METADATA}: {described}}}"
    )
    return f"COPY (SELECT * FROM {read}) TO {_literal(str(file))} ({options})"  # noqa: S608 -- quoted


def _literal(text: str) -> str:
    return "'{}'".format(text.replace("'", "''"))
