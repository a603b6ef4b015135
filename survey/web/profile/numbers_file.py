"""The numbers of a chart as a CSV file."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from survey.exchange.formula_safe import safe

if TYPE_CHECKING:
    from survey.charts.chart import Table


def as_csv(table: Table) -> str:
    """Numbers exact, what is withheld empty; no text is taken for a formula."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(map(safe, table.columns))
    writer.writerows(map(safe, row) for row in table.rows)
    return out.getvalue()
