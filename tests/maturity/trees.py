"""Trees of units, and what an insider could work out of what is published: by brute force."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import product

import numpy as np
from hypothesis import strategies as st

ID = "unit-{:02}".format


@st.composite
def trees(draw, most=7):
    """Parents of up to so many units in any order, the first root anywhere."""
    size = draw(st.integers(1, most))
    above = [-1] + [draw(st.integers(0, unit - 1)) for unit in range(1, size)]
    place = draw(st.permutations(range(size)))
    parents = [-1] * size
    for unit, parent in enumerate(above):
        parents[place[unit]] = -1 if parent < 0 else place[parent]
    return parents


def people(k):
    """How many people sit in a unit itself: the sizes where rules turn, and some others."""
    return st.one_of(st.sampled_from([0, 0, 1, k - 1, k, k + 1]), st.integers(0, 3 * k))


def with_all_below(parents, own):
    """Counts of each unit with all below it, from counts of the unit itself."""
    total = np.array(own, dtype=np.int64)
    for unit in range(len(parents)):
        for above in ancestors(parents, unit):
            total[above] += np.array(own)[unit]
    return total


def ancestors(parents, unit) -> Iterator[int]:
    while (unit := parents[unit]) >= 0:
        yield unit


def derivable(parents, published, own_asked) -> Iterator[list[int]]:
    """Every set of people, as the units where they sit, whose figures some sum or difference of
    published figures, with any factors, gives. Units where nobody was asked are in none."""
    seats = [unit for unit, asked in enumerate(own_asked) if asked]
    rows = [
        [int(unit == seat or unit in ancestors(parents, seat)) for seat in seats]
        for unit in range(len(parents))
        if published[unit]
    ]
    basis = reduced(rows)
    for chosen in product((0, 1), repeat=len(seats)):
        if any(chosen) and spans(basis, chosen):
            yield [seat for seat, taken in zip(seats, chosen, strict=True) if taken]


def reduced(rows):
    """The rows in reduced echelon form, as pairs of pivot and row."""
    basis = []
    for row in rows:
        left = rest(basis, [Fraction(x) for x in row])
        pivot = next((place for place, x in enumerate(left) if x), None)
        if pivot is not None:
            left = [x / left[pivot] for x in left]
            basis = [
                (at, [a - other[pivot] * b for a, b in zip(other, left, strict=True)])
                for at, other in basis
            ]
            basis.append((pivot, left))
    return basis


def rest(basis, row):
    """What of a row the basis cannot make."""
    for pivot, made in basis:
        row = [a - row[pivot] * b for a, b in zip(row, made, strict=True)]
    return row


def spans(basis, row):
    """Whether the basis can make a row."""
    return not any(rest(basis, list(row)))
