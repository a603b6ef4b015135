"""A quick proof that groups by answers about oneself tell about nobody in particular.

What groups tell, a sum of them with any factors, tells about some people only where it differs
between them. So parts of the organisation vouch for each other: where a set of parts tells every
sum apart that all parts together tell apart, each sum, unless it is nothing, concerns somebody in
that set. With enough such sets, no part in two of them, each sum concerns k people or more. It is
the argument of Brouwer and Zimmermann for the least weight of a code (see `audit`), with parts of
the organisation in place of single atoms.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

PRIME: Final = 2**31 - 1

Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """Some people, and what sums must be alike for none of them to be told about (differences,
    groups); else at least so many of them are."""

    people: int
    differences: Rows


class Known:
    """What is told apart so far: rows in echelon form modulo a prime."""

    def __init__(self, rows: Iterable[Any] = ()) -> None:
        self._rows: list[Any] = []
        self._pivots: list[int] = []
        self.add(rows)

    def __len__(self) -> int:
        """How many independent differences are known."""
        return len(self._rows)

    def copy(self) -> Known:
        """The same, to go on from."""
        other = Known()
        other._rows, other._pivots = list(self._rows), list(self._pivots)
        return other

    def add(self, rows: Iterable[Any]) -> bool:
        """Learn differences; whether any was new."""
        before = len(self._rows)
        for row in rows:
            self._learn(np.asarray(row, dtype=np.int64) % PRIME)
        return len(self._rows) > before

    def _learn(self, row: Any) -> None:
        for pivot, known in zip(self._pivots, self._rows, strict=True):
            if row[pivot]:
                row = (row - row[pivot] * known) % PRIME
        found = np.flatnonzero(row)
        if found.size:
            pivot = int(found[0])
            self._rows.append(row * pow(int(row[pivot]), -1, PRIME) % PRIME)
            self._pivots.append(pivot)


def tells_of_few(certain: Rows, parts: Sequence[Part], unrated: Rows, k: int) -> bool:
    """Whether it could not be shown that every sum concerns k people or more.

    certain: differences that k people or more stand behind. parts: others, of fewer. unrated:
    differences that concern only people of whom nobody rated.
    """
    base = Known(certain)
    ordered = sorted(parts, key=lambda part: -part.people)
    everything = base.copy()
    everything.add(row for part in ordered for row in part.differences)
    if everything.copy().add(unrated):
        return True
    people, left = 0, ordered
    while people < k and len(everything) > len(base):
        known = base.copy()
        used: list[Part] = []
        unused: list[Part] = []
        for part in left:
            full = len(known) == len(everything)
            (unused if full or not known.add(part.differences) else used).append(part)
        if len(known) < len(everything):
            return True
        people, left = people + used[-1].people, unused
    return False
