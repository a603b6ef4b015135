"""Which groups by an answer about oneself may be seen beside the units of a wave.

Such groups cross the unit tree, so hiding small ones is not enough: what units and groups tell
together is audited (`audit`), all questions at once (methods, section 6, steps 4 and 5).

Published units part the organisation into remainders, and what tells about few people must vanish
wherever k rated alike. So a remainder with such an atom says nothing of its own: the others in it
are held against that atom, and what is left is small however many people there are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from survey.maturity.audit import Audit
from survey.maturity.disclosure import (
    PROTECTS_ANOTHER,
    SHOWN,
    TOO_FEW,
    Statuses,
    nearest_shown,
)
from survey.maturity.row_forms import joined_alike
from survey.maturity.tally import Integers
from survey.maturity.telling import Part, tells_of_few

Signs = NDArray[np.int8]


@dataclass(frozen=True, slots=True, eq=False)
class Atoms:
    """People who share their unit and their answers about themselves.

    units: the place of each atom's unit in the tree. options: (atoms, questions), the number of the
    option chosen, -1 where none was. rated, asked: (atoms, items), who gave a step, any answer.
    """

    units: NDArray[np.intp]
    options: NDArray[np.intp]
    rated: Integers
    asked: Integers


def publish_breakdowns(
    parents: Sequence[int], units: Statuses, atoms: Atoms, sizes: Sequence[int], k: int
) -> Statuses:
    """What may be shown of each option of each question, of the whole organisation.

    parents, units: the tree, and what is shown of it (units, items; see `publish_set`). sizes: how
    many options each question has. k: the minimum group.
    Larger groups come first; each is shown where it has k who rated, and nothing about fewer can be
    worked out from it together with all that is shown already.
    Returns statuses (options of all questions, items). Raises ValueError for what does not fit.
    """
    if atoms.options.shape != (len(atoms.units), len(sizes)):
        raise ValueError("each atom needs an option, or -1, for each question")
    if not atoms.rated.shape == atoms.asked.shape == (len(atoms.units), units.shape[1]):
        raise ValueError("rated and asked need a row an atom and a column an item")
    kinds, kind_of = np.unique(atoms.options, axis=0, return_inverse=True)
    members = _members(kinds, sizes)
    blocks = nearest_shown(parents, units)[atoms.units]
    found = np.empty((sum(sizes), units.shape[1]), dtype=np.uint8)
    for item in range(units.shape[1]):
        alike = _Alike.of(blocks[:, item], kind_of.ravel(), atoms, item)
        found[:, item] = _published(alike, members, k)
    return found


@dataclass(frozen=True, slots=True, eq=False)
class _Alike:
    """Atoms in the same remainder, -1 for none, and of the same kind: how many rated, of those of
    whom anybody was asked."""

    block: NDArray[np.intp]
    kind: NDArray[np.intp]
    rated: Integers

    @classmethod
    def of(cls, block: NDArray[np.intp], kind: NDArray[np.intp], atoms: Atoms, item: int) -> _Alike:
        """The largest of each remainder first."""
        there = atoms.asked[:, item] > 0
        places = np.stack([block[there], kind[there]])
        both, rated = joined_alike(places, atoms.rated[there, item])
        order = np.lexsort((-rated, both[0]))
        return cls(both[0, order], both[1, order], rated[order])


def _members(kinds: NDArray[np.intp], sizes: Sequence[int]) -> Signs:
    """Which options each kind of person has chosen (options, kinds)."""
    rows = [kinds[:, q] == option for q, size in enumerate(sizes) for option in range(size)]
    return np.array(rows, dtype=np.int8).reshape(sum(sizes), len(kinds))


def _published(alike: _Alike, members: Signs, k: int) -> Statuses:
    chosen = members[:, alike.kind]
    people = chosen.astype(np.int64) @ alike.rated
    status = np.where(people >= k, PROTECTS_ANOTHER, TOO_FEW).astype(np.uint8)
    cells = np.argsort(-people, kind="stable")[: int((people >= k).sum())]
    apart = _Apart.of(alike, chosen[cells], k)
    seen = apart.surely_safe(k)
    status[cells[:seen]] = SHOWN
    if seen < len(cells):
        told = np.concatenate([apart.blocks, apart.left])
        first = len(apart.blocks)
        audit = Audit(told, alike.rated, np.ones_like(alike.rated), k, range(first + seen))
        for place in range(seen, len(cells)):
            if audit.add(first + place):
                status[cells[place]] = SHOWN
    return status


@dataclass(frozen=True, slots=True, eq=False)
class _Apart:
    """What groups say that remainders do not.

    left: (groups, atoms), 1 where the atom is in the group; less the same of the largest atom of
    its remainder where k rated there. small: the atoms of remainders in which nowhere k rated
    alike; blocks: (such remainders, atoms), 1 where the atom is in it.
    """

    alike: _Alike
    left: Signs
    small: NDArray[np.bool_]
    blocks: Signs

    @classmethod
    def of(cls, alike: _Alike, chosen: Signs, k: int) -> _Apart:
        first = np.flatnonzero(np.diff(alike.block, prepend=-2))
        largest = np.repeat(first, np.diff(first, append=len(alike.block)))
        inside = alike.block >= 0
        held = inside & (alike.rated[largest] >= k)
        left = chosen - np.where(held, chosen[:, largest], 0).astype(np.int8)
        small = inside & ~held
        numbers = np.unique(alike.block[small])
        return cls(alike, left, small, (alike.block == numbers[:, None]).astype(np.int8))

    def surely_safe(self, k: int) -> int:
        """How many groups, the largest first, can be shown quickly to tell about nobody."""
        safe, unsure = 0, len(self.left)
        while safe < unsure:  # by halves, the whole first
            tried = unsure if unsure == len(self.left) else (safe + unsure + 1) // 2
            if not self._tells_of_few(tried, k):
                safe = tried
            else:
                unsure = tried - 1
        return safe

    def _tells_of_few(self, groups: int, k: int) -> bool:
        left, rated = self.left[:groups].astype(np.int64), self.alike.rated
        found, people = joined_alike(left[:, ~self.small], rated[~self.small])
        unlike, left = found.T, left.T
        parts = [
            Part(int(number), row[None])
            for number, row in zip(people, unlike, strict=True)
            if 0 < number < k
        ]
        unrated = [unlike[people == 0]]
        for block in self.blocks.astype(bool):
            there, rows = rated[block], left[block]  # somebody rated: the largest come first
            differences = rows - rows[0]
            parts.append(Part(int(there[there > 0].min()), differences[there > 0]))
            unrated.append(differences[there == 0])
        return tells_of_few(unlike[people >= k], parts, np.concatenate(unrated), k)
