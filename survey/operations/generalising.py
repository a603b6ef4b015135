"""Rows that can be given away: no unit and answers about the person that few share."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np

from survey.maturity.disclosure import SHOWN, publish_set
from survey.operations.unit_tree import UnitNode, UnitTree

AboutYou = tuple[str | None, ...]
"""Answers about the person in the questionnaire's order, None where blank."""


def generalised(
    tree: UnitTree, unit_ids: Sequence[int], about_you: Sequence[AboutYou], k: int
) -> list[tuple[UnitNode, AboutYou]]:
    """For each row the unit and the answers about the person that k rows or more share.

    Rows move up to the nearest unit whose number of rows may be known (`disclosure`), so that
    nothing is left over when rows are held against a published figure. Then answers are blanked,
    the last question first (`methods` §0). There must be k rows or more.
    """
    units = _moved_up(tree, unit_ids, k)
    rows_of = defaultdict(list)
    for row, unit in enumerate(units):
        rows_of[unit.id].append(row)
    shared = list(about_you)
    for rows in rows_of.values():
        blanked = _blanked([about_you[row] for row in rows], k)
        for row, answers in zip(rows, blanked, strict=True):
            shared[row] = answers
    return list(zip(units, shared, strict=True))


def _moved_up(tree: UnitTree, unit_ids: Sequence[int], k: int) -> list[UnitNode]:
    places = tree.places(unit_ids)
    rows = np.bincount(places, minlength=len(tree.units)).astype(np.int64)
    tree.sum_upwards(rows)
    status = publish_set(tree.parents, rows[:, None], rows[:, None], k, tree.ids)[:, 0]
    nearest = list(tree.units)
    for place, unit in enumerate(tree.units):  # parents come first
        if status[place] != SHOWN and unit.parent >= 0:
            nearest[place] = nearest[unit.parent]
    return [nearest[place] for place in places]


def _blanked(rows: list[AboutYou], k: int) -> list[AboutYou]:
    blank: AboutYou = (None,) * len(rows[0])
    for question in reversed(range(len(blank))):
        counts = Counter(rows)
        rows = [row if counts[row] >= k else _without(row, question) for row in rows]
    counts = Counter(rows)
    while 0 < counts[blank] < k:  # too few to be blank alone: the smallest other kind joins them
        others = (kind for kind in counts if kind != blank)
        smallest = min(others, key=lambda kind: (counts[kind], repr(kind)))
        counts[blank] += counts.pop(smallest)
        rows = [blank if row == smallest else row for row in rows]
    return rows


def _without(row: AboutYou, question: int) -> AboutYou:
    return (*row[:question], None, *row[question + 1 :])
