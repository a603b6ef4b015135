"""Which figures of a unit tree may be seen, so that no small group can be told from others.

Recommended practice of the method page, section 6, steps 0 to 3 and 6. Published units are
nested, so sums and differences of what is shown yield only unions of remainders: a unit without
the published units nearest below it. Each remainder has enough people, or nobody was asked in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from survey.maturity.profile import Reason
from survey.maturity.tally import Counts

SHOWN: Final = 0
TOO_FEW: Final = 1
PROTECTS_ANOTHER: Final = 2
REASONS: Final[dict[int, Reason]] = {TOO_FEW: "too-few", PROTECTS_ANOTHER: "protects-another"}

Disclosure = NDArray[np.uint8]
"""(units, items): SHOWN, TOO_FEW or PROTECTS_ANOTHER."""


def publish_set(
    parents: Sequence[int], rated: Counts, asked: Counts, k: int, ids: Sequence[str]
) -> Disclosure:
    """What may be shown of each unit and item.

    parents: index of each unit's parent, -1 for the root, in any order. rated, asked: (units,
    items), people in the unit or below with a rating, or with any answer at all. k: the smallest
    group. ids: names that settle ties.
    A published unit is safe iff nobody was asked in its remainder, or k or more have a rating
    there; while it is not, the smallest of the units nearest below it is withheld.
    Raises ValueError for shapes that do not fit, k below 1, or parents that form no tree.
    """
    tree = _Tree(parents)
    if rated.shape != asked.shape or len(rated) != len(parents) or k < 1:
        raise ValueError(f"{rated.shape} rated, {asked.shape} asked, {len(parents)} units, k={k}")
    status = np.where(rated >= k, SHOWN, TOO_FEW).astype(np.uint8)
    shown_rated = np.zeros_like(rated)  # of each unit, or of what is shown below a withheld one
    shown_asked = np.zeros_like(asked)
    for unit in tree.deepest_first:
        children = tree.children[unit]
        below_rated = shown_rated[children].sum(axis=0)
        below_asked = shown_asked[children].sum(axis=0)
        is_shown = status[unit] == SHOWN
        small = (asked[unit] != below_asked) & (rated[unit] - below_rated < k)
        for item in np.flatnonzero(is_shown & small):
            _hide_until_safe(tree, status[:, item], rated[:, item], asked[:, item], k, ids, unit)
        shown_rated[unit] = np.where(is_shown, rated[unit], below_rated)
        shown_asked[unit] = np.where(is_shown, asked[unit], below_asked)
    return status


def _hide_until_safe(
    tree: _Tree,
    status: Disclosure,
    rated: Counts,
    asked: Counts,
    k: int,
    ids: Sequence[str],
    unit: int,
) -> None:
    nearest = list(tree.nearest_shown(unit, status))
    while nearest:
        rest_asked = asked[unit] - asked[nearest].sum()
        if rest_asked == 0 or rated[unit] - rated[nearest].sum() >= k:
            return
        smallest = min(nearest, key=lambda place: (rated[place], ids[place]))
        status[smallest] = PROTECTS_ANOTHER
        nearest.remove(smallest)
        nearest.extend(tree.nearest_shown(smallest, status))


def protect_questions(
    status: Disclosure, parents: Sequence[int], rated: Counts, rates: Sequence[int], k: int
) -> Disclosure:
    """Withhold questions that, beside their capability, would reveal who answered only one.

    rates: for each question (the first items), the item of the capability that it rates, or -1.
    In a unit where both are shown, as many people must have rated the one as the other, or k or
    more must have rated only one. Where a capability fails this in any unit, its questions are
    shown for the root alone, if they pass there: otherwise the unit that fails could be had by
    subtracting the others. A new array is returned.
    """
    protected = status.copy()
    root = list(parents).index(-1)
    for capability in sorted({item for item in rates if item >= 0}):
        questions = [place for place, item in enumerate(rates) if item == capability]
        pairs = (status[:, questions] == SHOWN) & (status[:, [capability]] == SHOWN)
        apart = np.abs(rated[:, [capability]] - rated[:, questions])
        fails = (pairs & (apart > 0) & (apart < k)).any(axis=1)
        if not fails.any():
            continue
        units = np.arange(len(status)) if fails[root] else np.delete(np.arange(len(status)), root)
        cells = np.ix_(units, np.array(questions))
        protected[cells] = np.where(status[cells] == SHOWN, PROTECTS_ANOTHER, status[cells])
    return protected


def nearest_shown(parents: Sequence[int], status: Disclosure, unit: int) -> tuple[int, ...]:
    """The units nearest below `unit` that are shown, for one item's status.

    What the unit has beyond them is its remainder, "other teams together": it can be worked out
    anyway, so it may be shown.
    """
    return tuple(_Tree(parents).nearest_shown(unit, status))


class _Tree:
    """Units by place: who stands below whom, and an order in which children come first."""

    def __init__(self, parents: Sequence[int]) -> None:
        self.children: list[list[int]] = [[] for _ in parents]
        roots = [unit for unit, parent in enumerate(parents) if parent == -1]
        for unit, parent in enumerate(parents):
            if parent != -1:
                self.children[parent].append(unit)
        order = list(roots)
        for unit in order:  # grows while it is walked: parents before children
            order.extend(self.children[unit])
        if len(roots) != 1 or len(order) != len(parents):
            raise ValueError("the units form no tree with one root")
        self.deepest_first = order[::-1]

    def nearest_shown(self, unit: int, status: Disclosure) -> Iterator[int]:
        """The nearest units below `unit` whose status is SHOWN."""
        waiting = list(self.children[unit])
        while waiting:
            place = waiting.pop()
            if status[place] == SHOWN:
                yield place
            else:
                waiting.extend(self.children[place])
