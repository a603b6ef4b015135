"""Which cells of breakdowns may be seen beside the units: an audit of all that anybody could work
out by adding and subtracting, with any factors.

People fall into atoms, groups that no cell divides. Each published cell is a row of ones and zeros
over the atoms; what can be worked out are the sums of these rows. Where a sum is itself a set of
atoms in which people were asked and fewer than k rated, it tells about those few (methods,
section 6, step 5).

First it is tried to show that no sum at all, but the empty one, has fewer than k people under it.
That is the question for the least weight of a code, answered as Brouwer and Zimmermann do: rows are
brought into reduced form several times, with first atoms that no other form has; a sum of two rows
or more has two first atoms or more in every form, so it has at least their people, and single rows
are looked at. (Betten et al. (2006), Error-correcting linear codes, section 1.8.) Where that does
not decide, sums of few people are looked at one by one; where there are too many of these, the cell
is withheld.

Arithmetic is modulo a prime. A sum with few people under it, made whole and without a common
factor, has as few of them modulo a prime: so none is missed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from survey.maturity.row_forms import PRIME, Form, joined_alike
from survey.maturity.tally import Integers

MOST_TRIED: Final = 5_000
"""Sums that are looked at one by one before a cell is withheld because nobody can be sure."""

Cells = NDArray[np.int8]


class Audit:
    """Published cells over atoms, to which others are added where that is safe."""

    def __init__(
        self,
        cells: ArrayLike,
        rated: ArrayLike,
        asked: ArrayLike,
        k: int,
        published: Iterable[int] = (),
    ) -> None:
        """cells: every cell that may come (cells, atoms), 1 where the atom is in it; or any whole
        numbers, where these stand for what is left of cells once others are taken away. rated,
        asked: people of each atom who gave a step, who gave any answer. published: places of the
        cells that are seen anyway; where these are not safe, `is_safe` is false and no other comes
        to them.

        Raises ValueError for what does not fit.
        """
        members = np.asarray(cells, dtype=np.int8)
        who_rated, who_asked = np.asarray(rated, np.int64), np.asarray(asked, np.int64)
        if members.ndim != 2 or not who_rated.shape == who_asked.shape == members.shape[1:]:
            raise ValueError("each atom needs a column in cells, who rated and who was asked")
        self.k = k
        self._cells, self._rated = _merged(members, who_rated, who_asked)
        self._forms = [Form(self._cells.shape) for _ in range(max(1, -(-k // 2)))]
        for cell in published:
            self._put(cell)
        self.is_safe = self._safe()

    def add(self, cell: int) -> bool:
        """Publish a cell, by its place, unless that would tell about fewer than k; whether it may
        be seen."""
        if not self.is_safe:
            return False
        before = [form.copy() for form in self._forms]
        if self._put(cell) and not self._safe():
            self._forms = before
            return False
        return True

    def _put(self, cell: int) -> bool:
        """Add a row to every form; whether it says anything new. A form that finds no atom of its
        own any more is given up, but not the first."""
        row = self._cells[cell].astype(np.int64)
        if not self._forms[0].reduced(row).any():
            return False
        kept: list[Form] = []
        free = self._rated > 0
        for form in self._forms:
            free[form.pivots] = False
        for form in self._forms:
            if form.put(row, free) or (not kept and form.put(row, np.ones_like(free))):
                free[form.pivots[-1]] = False
                kept.append(form)
        taken = set(kept[0].pivots)
        self._forms = [kept[0], *(form for form in kept[1:] if taken.isdisjoint(form.pivots))]
        return True

    def _safe(self) -> bool:
        return self._none_is_small() or not self._tells()

    def _none_is_small(self) -> bool:
        """Whether every sum has at least k people under it."""
        people = [np.sort(self._rated[form.pivots]) for form in self._forms]
        if not people[0].size or sum(int(one[0]) for one in people) >= self.k:
            return True
        if sum(int(one[:2].sum()) for one in people) < self.k and people[0].size > 1:
            return False
        return all(form.least(self._rated) >= self.k for form in self._forms)

    def _tells(self) -> bool:
        """Whether some sum is a set of atoms with fewer than k who rated, or that is not known."""
        first = self._forms[0]
        people = self._rated[first.pivots]
        small = np.flatnonzero(people < self.k)
        sums = _sums(first.rows[small], people[small], self.k)
        for tried, made in enumerate(sums):
            if tried == MOST_TRIED:
                return True
            if (made <= 1).all() and int(self._rated[made == 1].sum()) < self.k:
                return True
        return False


def _merged(members: Cells, rated: Integers, asked: Integers) -> tuple[Cells, Integers]:
    """Atoms that all cells hold alike are one; those in which nobody was asked are none. The one
    with the most who rated comes first."""
    unlike, people = joined_alike(members[:, asked > 0], rated[asked > 0])
    order = np.argsort(-people, kind="stable")
    return unlike[:, order], people[order]


def _sums(rows: Integers, least: Integers, k: int) -> Iterator[Any]:
    """The sums of rows whose first atoms have fewer than k people together."""
    order = np.argsort(least, kind="stable")
    waiting: list[tuple[int, int, Any]] = [(0, 0, np.zeros(rows.shape[1], np.int64))]
    while waiting:
        start, people, partial = waiting.pop()
        for place in range(start, order.size):
            more = people + int(least[order[place]])
            if more >= k:
                break  # rows come with their people growing
            made = (partial + rows[order[place]]) % PRIME
            yield made
            waiting.append((place + 1, more, made))
