"""A table as CSV, and as JSON: rows one by one, as text."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any, Final

from survey.exchange.formula_safe import safe
from survey.exchange.table import Column, Table

MARK: Final = "\ufeff"
"""By which spreadsheets know that a file is UTF-8."""


def write_csv(table: Table, file: Path) -> None:
    """A header of the columns' names, then the rows. No text is taken for a formula by a
    spreadsheet: one that begins as a formula does has an apostrophe before it."""
    with file.open("w", encoding="utf-8", newline="") as out:
        out.write(MARK)
        writer = csv.writer(out)
        writer.writerow([column.name for column in table.columns])
        writer.writerows([safe(cell) for cell in row] for row in table.rows)


def write_json(table: Table, file: Path) -> None:
    """An object with the title, the method, the columns with their labels and codes, and the rows
    as objects by the columns' names; an empty cell is null."""
    about = {
        "title": table.title,
        "method": [{"heading": heading, "text": text} for heading, text in table.method],
        "columns": [column_as_json(column) for column in table.columns],
    }
    names = [column.name for column in table.columns]
    with file.open("w", encoding="utf-8") as out:
        out.write(json.dumps(about, ensure_ascii=False, indent=1)[:-2])
        out.write(',\n "rows": [')
        for number, row in enumerate(table.rows):
            out.write(",\n  " if number else "\n  ")
            out.write(json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False))
        out.write("\n ]\n}\n")


def column_as_json(column: Column) -> dict[str, Any]:
    """A column as values that JSON can hold."""
    return {
        "name": column.name,
        "label": column.label,
        "kind": column.kind,
        "values": {str(value): text for value, text in column.values},
        "missing": {str(value): text for value, text in column.missing},
    } | {"about": dict(column.about)}
