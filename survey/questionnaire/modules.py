"""Modules dealt to people: everyone gets some, each module and each pair as often as can be.

Planned missingness: Raghunathan & Grizzle (1995), Gonzalez & Eltinge (2007). Blocks come from
cyclic difference sets: block i holds {d + i mod v for d in the base block}.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache
from itertools import combinations
from math import comb
from random import Random
from typing import Final

from survey.questionnaire.model import Questionnaire

DIFFERENCE_SETS: Final = {
    (7, 3): (0, 1, 3),
    (13, 4): (0, 1, 3, 9),
    (21, 5): (0, 1, 4, 14, 16),
    (31, 6): (0, 1, 3, 8, 12, 18),
}
"""(modules, modules a person) to a base block that gives every pair together exactly once."""

BLOCKS_TRIED: Final = 5_000
"""How many base blocks are all compared, where no difference set is known. Of more, a good one
is grown."""


def blocks(modules: int, per_person: int) -> tuple[tuple[int, ...], ...]:
    """Which modules each shift gives: `modules` blocks of `per_person` places, each place in
    `per_person` of them.

    Raises ValueError unless 1 <= per_person <= modules.
    """
    if not 1 <= per_person <= modules:
        raise ValueError(f"cannot deal {per_person} of {modules} modules")
    base = _base_block(modules, per_person)
    return tuple(
        tuple(sorted((place + shift) % modules for place in base)) for shift in range(modules)
    )


@cache
def _base_block(modules: int, per_person: int) -> tuple[int, ...]:
    """The known difference set, else a block whose differences are spread as evenly as can be."""
    known = DIFFERENCE_SETS.get((modules, per_person))
    if known is not None:
        return known
    if comb(modules - 1, per_person - 1) > BLOCKS_TRIED:
        return _grown_block(modules, per_person)
    others = combinations(range(1, modules), per_person - 1)
    return min(((0, *rest) for rest in others), key=lambda block: _unevenness(block, modules))


def _grown_block(modules: int, per_person: int) -> tuple[int, ...]:
    """A block grown place by place, then mended by single exchanges until none helps."""
    block: tuple[int, ...] = (0,)
    while len(block) < per_person:
        block = _evenest((block,), block, modules)
    while True:
        shorter = [block[:place] + block[place + 1 :] for place in range(1, per_person)]
        mended = _evenest(shorter, block, modules)
        if _unevenness(mended, modules) >= _unevenness(block, modules):
            return block
        block = mended


def _evenest(
    blocks_so_far: Iterable[tuple[int, ...]], taken: Collection[int], modules: int
) -> tuple[int, ...]:
    """The evenest of these blocks with one more place, of those not taken."""
    free = [place for place in range(1, modules) if place not in taken]
    grown = (tuple(sorted((*block, place))) for block in blocks_so_far for place in free)
    return min(grown, key=lambda block: _unevenness(block, modules))


def _unevenness(block: Sequence[int], modules: int) -> int:
    """Sum of squares of how often each pair of modules would be dealt together."""
    together = Counter((a - b) % modules for a in block for b in block if a != b)
    return sum(times**2 for times in together.values())


def number_of_shifts(questionnaire: Questionnaire) -> int:
    """How many ways of dealing the modules there are; 1 where there is nothing to deal."""
    return max(1, len(questionnaire.modules))


def assign(questionnaire: Questionnaire, shift: int) -> tuple[str, ...]:
    """The ids of the modules that a person with this shift is asked."""
    modules = questionnaire.modules
    if not modules:
        return ()
    dealt = blocks(len(modules), questionnaire.modules_per_person or len(modules))
    return tuple(modules[place].id for place in dealt[shift % len(modules)])


def shift_sequence(shifts: int, random: Random) -> Iterator[int]:
    """Shifts without end: every shift once in each cycle, shuffled afresh in each."""
    while True:
        cycle = list(range(shifts))
        random.shuffle(cycle)
        yield from cycle
