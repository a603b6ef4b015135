"""The codebook of a table: a row for each of its columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from survey.exchange.table import Column, Label, Table, longest

COLUMNS: Final = ("variable", "label", "kind", "values", "missing")
KINDS: Final = {"text": "text", "whole": "whole number", "number": "number"}
EMPTY: Final = "Not known, or withheld (an empty cell)"


def codebook(table: Table) -> Table:
    """Each column's name, label, kind, values (a line each, value = label) and codes of what is no
    answer (label and code); and whatever else is said about it."""
    headings = tuple(dict.fromkeys(name for column in table.columns for name, _ in column.about))
    names = (*COLUMNS, *headings)
    rows = [_row(column, headings) for column in table.columns]
    columns = tuple(
        Column(name, name.capitalize(), longest=longest(cells))
        for name, cells in zip(names, zip(*rows, strict=True), strict=True)
    )
    return Table(f"Codebook: {table.title}", f"{table.name}-codebook", columns, rows)


def _row(column: Column, headings: Sequence[str]) -> tuple[str, ...]:
    about = dict(column.about)
    return (
        column.name,
        column.label,
        KINDS[column.kind],
        _lines(column.values, "{0} = {1}"),
        _lines(column.missing, "{1} ({0})") or EMPTY,
        *(about.get(heading, "") for heading in headings),
    )


def _lines(labels: Sequence[Label], form: str) -> str:
    """Numbers with their labels, one a line. A cell that began with a code below nought would be
    a formula to a spreadsheet."""
    return "\n".join(form.format(value, text) for value, text in labels)
