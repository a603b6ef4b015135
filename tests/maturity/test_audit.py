"""What anybody could work out of units and breakdowns by adding and subtracting tells of no few."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from survey.maturity import audit
from survey.maturity.audit import Audit
from tests.maturity.trees import reduced, spans

K = 10
#          ax  bx  by  cx  cy
RATED = (12, 20, 12, 8, 12)
CELLS = {
    "all": (1, 1, 1, 1, 1),
    "a": (1, 0, 0, 0, 0),
    "b": (0, 1, 1, 0, 0),
    "c": (0, 0, 0, 1, 1),
    "x": (1, 1, 0, 1, 0),
    "y": (0, 0, 1, 0, 1),
    "bx": (0, 1, 0, 0, 0),
    "by": (0, 0, 1, 0, 0),
}


def published(cells, rated, asked=None, k=K):
    """Which cells, in their order, may be seen."""
    made = Audit(list(cells), rated, rated if asked is None else asked, k)
    return [made.add(place) for place in range(len(cells))]


def test_t27_a_unit_split_by_the_question_gives_a_small_cell_away():
    assert published(CELLS.values(), RATED) == [True] * 6 + [False, False]


def test_t27_without_the_split_it_passes():
    assert all(published([cell for name, cell in CELLS.items() if name in "allxyc"], RATED))


def test_a_cell_that_others_make_is_published():
    assert published([(1, 1), (1, 0), (0, 1)], (10, 10)) == [True, True, True]


def test_people_of_whom_nobody_knew_an_answer_are_protected():
    cells = [(1, 1), (1, 0)]
    assert published(cells, (20, 0), (22, 3)) == [True, False]
    assert published(cells, (20, 0), (22, 0)) == [True, True], "nobody there was asked"


def test_the_whole_is_withheld_where_it_is_small():
    assert published([(1, 1)], (5, 4)) == [False]


def test_what_takes_too_long_to_look_at_is_withheld(monkeypatch):
    alike = [(1, 1, 0), (1, 0, 1)], (20, 4, 4)  # what tells them apart is no set of people
    assert published(*alike) == [True, True]
    monkeypatch.setattr(audit, "MOST_TRIED", 0)
    assert published(*alike) == [True, False]


def test_nothing_comes_to_cells_that_are_not_safe_themselves():
    found = Audit([(1, 0), (1, 1)], (4, 20), (4, 20), K, published=[0])
    assert (found.is_safe, found.add(1)) == (False, False)


@pytest.mark.parametrize("rated", [(1,), (1, 2, 3)])
def test_what_does_not_fit_is_refused(rated):
    with pytest.raises(ValueError, match="atom"):
        Audit([(1, 1)], rated, rated, K)


@st.composite
def tables(draw):
    """Atoms with people, and cells over them: a tree's units and one or two questions."""
    atoms = draw(st.integers(2, 7))
    asked = draw(st.lists(st.sampled_from([0, 1, 2, 3, 4, 5, 7]), min_size=atoms, max_size=atoms))
    rated = [draw(st.integers(max(0, number - 1), number)) for number in asked]
    cells = draw(
        st.lists(
            st.lists(st.integers(0, 1), min_size=atoms, max_size=atoms).filter(any),
            min_size=1,
            max_size=6,
        )
    )
    return cells, rated, asked


@given(tables())
@settings(max_examples=400)
def test_nothing_small_can_be_worked_out_and_nothing_is_withheld_for_nothing(table):
    cells, rated, asked = table
    k = 4
    shown = published(cells, rated, asked, k)
    seen = []
    for cell, is_shown in zip(cells, shown, strict=True):
        leaks = tells(reduced([*seen, cell]), rated, asked, k)
        assert is_shown != leaks
        if is_shown:
            seen.append(cell)


def tells(basis, rated, asked, k):
    """By brute force: whether any set of atoms that can be worked out has fewer than k."""
    seats = [place for place, number in enumerate(asked) if number]
    basis = reduced([[row[seat] for seat in seats] for _, row in basis])
    return any(
        sum(rated[seat] for seat, taken in zip(seats, chosen, strict=True) if taken) < k
        and spans(basis, chosen)
        for chosen in product((0, 1), repeat=len(seats))
        if any(chosen)
    )


def test_two_hundred_units_by_thirty_five_cells_are_audited():
    random = np.random.default_rng(1)
    units, options = 200, 35
    at = random.integers(0, units, 3000), random.integers(0, options, 3000)
    people = np.zeros((units, options), np.int64)
    np.add.at(people, at, 1)
    groups = np.repeat(np.eye(units, dtype=bool), options, axis=1)
    cells = np.tile(np.eye(options, dtype=bool), units)
    enough = (groups * people.ravel()).sum(axis=1) >= K
    rest = groups[~enough].any(axis=0)[None]
    seen = enough.sum() + 1
    made = np.vstack([groups[enough], rest, cells]), people.ravel(), people.ravel(), K
    found = Audit(*made, published=range(seen))
    assert found.is_safe
    assert sum(found.add(seen + place) for place in range(options)) > 30
