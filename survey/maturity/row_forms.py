"""What rows of whole numbers say together: their sums, with any factors, modulo a prime."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from survey.maturity.tally import Integers

PRIME: Final = 2**31 - 1

Booleans = NDArray[np.bool_]


class Form:
    """Rows in reduced form: each has a column, its pivot, that no other row has."""

    def __init__(self, shape: tuple[int, ...]) -> None:
        self._rows = np.zeros(shape, np.int64)
        self.pivots: list[int] = []

    def __len__(self) -> int:
        """How many rows there are, none of which the others say."""
        return len(self.pivots)

    @property
    def rows(self) -> Integers:
        """The rows so far."""
        return self._rows[: len(self.pivots)]

    def copy(self) -> Form:
        """The same, to come back to."""
        other = Form((0, 0))
        other._rows, other.pivots = self._rows.copy(), list(self.pivots)
        return other

    def reduced(self, row: Integers) -> Integers:
        """What of a row these rows do not say."""
        row = row % PRIME
        for place in np.flatnonzero(row[self.pivots]) if self.pivots else ():
            row = (row - row[self.pivots[place]] * self._rows[place]) % PRIME
        return row

    def put(self, row: Integers, free: Booleans | None = None) -> bool:
        """Add a row that says something new, with its pivot among the columns that are free, if
        not all are; whether there is one."""
        row = self.reduced(row)
        found = np.flatnonzero(row if free is None else (row != 0) & free)
        if not found.size:
            return False
        pivot = int(found[0])
        row = row * pow(int(row[pivot]), -1, PRIME) % PRIME
        touched = np.flatnonzero(self.rows[:, pivot])
        factors = self._rows[touched, pivot][:, None]
        self._rows[touched] = (self._rows[touched] - factors * row) % PRIME
        self._rows[len(self.pivots)] = row
        self.pivots.append(pivot)
        return True

    def least(self, rated: Integers) -> int:
        """The fewest people under any one row."""
        return int(((self.rows != 0) @ rated).min())


def joined_alike(
    columns: NDArray[np.integer[Any]], people: Integers
) -> tuple[NDArray[Any], Integers]:
    """Columns that are alike as one, in their order as numbers, with their people added up."""
    unlike, which = np.unique(columns, axis=1, return_inverse=True)
    total = np.zeros(unlike.shape[1], dtype=np.int64)
    np.add.at(total, which.ravel(), people)
    return unlike, total
