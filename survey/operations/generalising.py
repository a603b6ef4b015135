"""Rows that can be given away: no unit and answers about the person that few share."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence

from survey.operations.unit_tree import UnitNode, UnitTree

AboutYou = tuple[str | None, ...]
"""Answers about the person in the questionnaire's order, None where blank."""


def generalised(
    tree: UnitTree,
    unit_ids: Sequence[int],
    about_you: Sequence[AboutYou],
    k: int,
    shown: Collection[int],
) -> list[tuple[UnitNode, AboutYou]]:
    """For each row the unit and the answers about the person that k rows or more share.

    shown: ids of the units of which every figure is shown. Rows move up to the nearest of them, or
    to the organisation, so that nothing is left over when rows are held against what is shown; and
    further where fewer than k would be there. Then answers are blanked, the last question first
    (`methods` §0). There must be k rows or more.
    """
    units = _moved_up(tree, unit_ids, k, shown)
    rows_of = defaultdict(list)
    for row, unit in enumerate(units):
        rows_of[unit.id].append(row)
    shared = list(about_you)
    for rows in rows_of.values():
        blanked = _blanked([about_you[row] for row in rows], k)
        for row, answers in zip(rows, blanked, strict=True):
            shared[row] = answers
    return list(zip(units, shared, strict=True))


def _moved_up(
    tree: UnitTree, unit_ids: Sequence[int], k: int, shown: Collection[int]
) -> list[UnitNode]:
    kept = {unit.id for unit in tree.units if unit.id in shown} | {tree.root.id}
    while True:
        nearest = list(tree.units)
        for place, unit in enumerate(tree.units):  # parents come first
            if unit.id not in kept:
                nearest[place] = nearest[unit.parent]
        moved = [nearest[place] for place in tree.places(unit_ids)]
        rows = Counter(unit.id for unit in moved)
        if rows[tree.root.id] in range(1, k):  # too few beside all others: the smallest joins them
            few = {min(kept - {tree.root.id}, key=lambda id_: (rows[id_] == 0, rows[id_], id_))}
        else:
            few = {id_ for id_ in kept - {tree.root.id} if rows[id_] in range(1, k)}
        if not few:
            return moved
        kept -= few


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
