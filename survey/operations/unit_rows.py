"""The rows of a file of units: each needs a short name, a name and a place in the tree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from survey.operations.csv_rows import CsvRow, CsvRows
from survey.operations.slugs import MEND, is_slug

LONGEST_NAME: Final = 200
DEEPEST: Final = 20
"""Levels below the organisation."""


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit as a file has it. `parent` is a slug; empty for the organisation itself."""

    slug: str
    name: str
    parent: str


def check_units(read: CsvRows, parents: Mapping[str, str]) -> list[UnitRow]:
    """The units of a file, noting every problem in `read`.

    parents: the slug of each known unit's parent, empty for the root.
    """
    root = next(slug for slug, parent in parents.items() if not parent)
    lines: dict[str, CsvRow] = {}
    wanted: list[UnitRow] = []
    for row in read.rows:
        slug, parent = row.cells["slug"], row.cells["parent"]
        _check_names(read, row)
        if slug in lines:
            message = f"“{slug}” is also in row {lines[slug].line}."
            read.refuse(row, "slug", message, "Keep one of the two.", "repeated-unit")
            continue
        lines[slug] = row
        if slug == root and parent:
            message = f"“{slug}” is the organisation itself, which is part of no unit."
            read.refuse(row, "parent", message, "Leave the cell empty.", "parent-of-organisation")
        above = "" if slug == root else parent or root
        wanted.append(UnitRow(slug, row.cells["name"], above))
    _check_tree(read, lines, dict(parents) | {unit.slug: unit.parent for unit in wanted})
    return wanted


def _check_names(read: CsvRows, row: CsvRow) -> None:
    slug, name = row.cells["slug"], row.cells["name"]
    if not is_slug(slug):
        read.refuse(row, "slug", f"“{slug[:80]}” cannot be a short name.", MEND, "bad-slug")
    if not 1 <= len(name) <= LONGEST_NAME or not name.isprintable():
        read.refuse(
            row,
            "name",
            "The name is empty, too long, or has a character that cannot be printed.",
            f"Write 1 to {LONGEST_NAME} characters on one line.",
            "bad-name",
        )


def _check_tree(read: CsvRows, lines: Mapping[str, CsvRow], parents: Mapping[str, str]) -> None:
    for slug, row in lines.items():
        parent = parents[slug]
        if parent and parent not in parents:
            message = f"There is no unit “{parent[:80]}”."
            mend = "Write the short name of a unit that exists or is in this file."
            read.refuse(row, "parent", message, mend, "unknown-unit")
        else:
            _check_way_up(read, row, slug, parents)


def _check_way_up(read: CsvRows, row: CsvRow, slug: str, parents: Mapping[str, str]) -> None:
    way, above = [slug], parents[slug]
    while above in parents and above not in way and len(way) <= DEEPEST + 1:
        way.append(above)
        above = parents[above]
    if above == slug:
        message = f"The unit is part of itself: {' in '.join([*way, slug])}."
        read.refuse(row, "parent", message, "Name the unit above it.", "cycle")
    elif len(way) > DEEPEST + 1:
        message = f"The unit lies more than {DEEPEST} levels deep."
        read.refuse(row, "parent", message, "Leave levels out.", "too-deep")
