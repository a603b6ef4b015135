"""Between the forms of these pages and the CSV files that operations read and people download."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from wtforms.fields import SelectChoice

from survey.exchange.formula_safe import safe

if TYPE_CHECKING:
    from survey.operations.csv_rows import RowProblem
    from survey.storage.organisations import Unit


def csv_bytes(rows: Sequence[Mapping[str, str]]) -> bytes:
    """Rows as a CSV file with a header."""
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0])
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def csv_for_spreadsheets(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Rows as a CSV file in which no cell is taken for a formula."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(header)
    writer.writerows(map(safe, row) for row in rows)
    return out.getvalue()


def sentence(problem: RowProblem) -> str:
    """What is wrong and how to mend it."""
    return f"{problem.message} {problem.mend}"


def unit_choices(tree: Sequence[Unit], *, root: str | None = None) -> list[SelectChoice]:
    """The units to choose from, each indented by its depth. `root` is what choosing the
    organisation itself sends, if not its short name."""
    return [
        SelectChoice(
            value=_value(unit, root), label=f"{'– ' * (unit.path.count('/') - 1)}{unit.name}"
        )
        for unit in tree
    ]


def _value(unit: Unit, root: str | None) -> str:
    return root if unit.parent_id is None and root is not None else unit.slug
