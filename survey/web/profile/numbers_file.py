"""The numbers of a chart as a CSV file."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from survey.operations.csv_rows import FORMULA_STARTS

if TYPE_CHECKING:
    from survey.charts.chart import Cell, Table


def as_csv(table: Table) -> str:
    """Numbers exact, what is withheld empty; no text is taken for a formula."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([_safe(heading) for heading in table.columns])
    writer.writerows([_safe(cell) for cell in row] for row in table.rows)
    return out.getvalue()


def _safe(cell: Cell) -> Cell:
    if isinstance(cell, str) and cell.startswith(FORMULA_STARTS):
        return f"'{cell}"
    return cell
