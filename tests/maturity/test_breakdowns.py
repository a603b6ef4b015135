"""Groups by an answer about oneself cross the units: what both together tell is audited."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from survey.maturity.audit import Audit
from survey.maturity.breakdowns import Atoms, publish_breakdowns
from survey.maturity.disclosure import PROTECTS_ANOTHER, SHOWN, TOO_FEW, publish_set
from tests.maturity.test_audit import tells
from tests.maturity.trees import ID, ancestors, reduced, trees, with_all_below

K = 4


def published(parents, atoms, sizes, k=K):
    """Which units and which options may be seen (units, items), (options, items)."""
    rated, asked = (
        with_all_below(parents, own_of(parents, atoms, who)) for who in (atoms.rated, atoms.asked)
    )
    units = publish_set(parents, rated, asked, k, [ID(unit) for unit in range(len(parents))])
    return units, publish_breakdowns(parents, units, atoms, sizes, k)


def own_of(parents, atoms, who):
    own = np.zeros((len(parents), who.shape[1]), np.int64)
    np.add.at(own, atoms.units, who)
    return own


def atoms_of(*people):
    """Atoms from rows of a unit, its options, who rated, and who was asked."""
    units, options, rated, asked = zip(*people, strict=True)
    return Atoms(
        np.array(units),
        np.array(options),
        np.array(rated, np.int64)[:, None],
        np.array(asked, np.int64)[:, None],
    )


def cells_of(parents, atoms, sizes):
    """Every unit and every option as the atoms in it."""
    units = [
        [int(unit == at or unit in ancestors(parents, at)) for at in atoms.units]
        for unit in range(len(parents))
    ]
    options = [
        [int(chosen == option) for chosen in atoms.options[:, question]]
        for question, size in enumerate(sizes)
        for option in range(size)
    ]
    return units, options


def test_t27_a_group_that_one_unit_makes_up_with_a_few_others_protects_them():
    # a: 12 x; b: 20 x, 12 y; c: 8 x, 12 y
    rows = [(1, [0], 12, 12), (2, [0], 20, 20), (2, [1], 12, 12), (3, [0], 8, 8), (3, [1], 12, 12)]
    units, options = published([-1, 0, 0, 0], atoms_of(*rows), [2], k=10)
    assert (units == SHOWN).all()
    assert (options == SHOWN).all()
    alone = [(1, [0], 12, 12), (2, [1], 20, 20), (3, [0], 8, 8), (3, [1], 12, 12)]
    units, options = published([-1, 0, 0, 0], atoms_of(*alone), [2], k=10)
    assert (units == SHOWN).all()
    assert (options == PROTECTS_ANOTHER).all(), "x less a would be the eight of c"


def test_a_group_of_too_few_is_withheld_and_so_is_what_would_reveal_it():
    _, options = published([-1], atoms_of((0, [0], 30, 30), (0, [1], 3, 3)), [2])
    assert options[:, 0].tolist() == [PROTECTS_ANOTHER, TOO_FEW]


def test_those_who_did_not_say_are_protected_too():
    _, options = published([-1], atoms_of((0, [0], 30, 30), (0, [-1], 3, 3)), [2])
    assert options[:, 0].tolist() == [PROTECTS_ANOTHER, TOO_FEW]


def test_two_questions_are_audited_together():
    # Young and new are the same people but for two.
    rows = [(0, [0, 0], 20, 20), (0, [0, 1], 2, 2), (0, [1, 1], 20, 20)]
    _, options = published([-1], atoms_of(*rows), [2, 2])
    assert options[:, 0].tolist() == [SHOWN, SHOWN, PROTECTS_ANOTHER, PROTECTS_ANOTHER]


def test_nobody_there_shows_nothing():
    nobody = Atoms(
        np.empty(0, np.intp), np.empty((0, 1), np.intp), *np.empty((2, 0, 3), dtype=np.int64)
    )
    units = np.full((1, 3), TOO_FEW, np.uint8)
    assert (publish_breakdowns([-1], units, nobody, [2], K) == TOO_FEW).all()


def test_what_does_not_fit_is_refused():
    atoms = atoms_of((0, [0], 5, 5))
    units = np.zeros((1, 1), np.uint8)
    with pytest.raises(ValueError, match="option"):
        publish_breakdowns([-1], units, atoms, [2, 2], K)
    with pytest.raises(ValueError, match="item"):
        publish_breakdowns([-1], np.zeros((1, 2), np.uint8), atoms, [2], K)


@st.composite
def surveys(draw, units=4, atoms=7):
    """A tree, and people in it with their answers about themselves."""
    parents = draw(trees(most=units))
    sizes = draw(st.lists(st.integers(1, 3), min_size=1, max_size=2))
    rows = draw(
        st.lists(
            st.tuples(
                st.integers(0, len(parents) - 1),
                st.tuples(*(st.integers(-1, size - 1) for size in sizes)),
            ),
            min_size=1,
            max_size=atoms,
            unique=True,
        )
    )
    asked = [draw(st.sampled_from([1, 2, 3, 4, 5, 9])) for _ in rows]
    rated = [draw(st.integers(max(0, number - 1), number)) for number in asked]
    people = [(*row, r, a) for row, r, a in zip(rows, rated, asked, strict=True)]
    return parents, sizes, atoms_of(*people)


@given(surveys())
@settings(max_examples=300)
def test_nothing_about_few_can_be_worked_out_and_no_group_is_withheld_for_nothing(survey):
    parents, sizes, atoms = survey
    units, options = published(parents, atoms, sizes)
    rated, asked = atoms.rated[:, 0].tolist(), atoms.asked[:, 0].tolist()
    cells, groups = cells_of(parents, atoms, sizes)
    seen = [cell for cell, status in zip(cells, units[:, 0], strict=True) if status == SHOWN]
    assert not tells(reduced(seen), rated, asked, K)
    people = [int(np.dot(group, rated)) for group in groups]
    for place in sorted(range(len(groups)), key=lambda place: (-people[place], place)):
        if people[place] < K:
            assert options[place, 0] == TOO_FEW
            continue
        leaks = tells(reduced([*seen, groups[place]]), rated, asked, K)
        assert (options[place, 0] != SHOWN) == leaks
        if not leaks:
            seen.append(groups[place])


@given(surveys(units=7, atoms=40))
@settings(max_examples=200)
def test_it_says_what_the_audit_of_all_units_and_options_says(survey):
    parents, sizes, atoms = survey
    units, options = published(parents, atoms, sizes)
    cells, groups = cells_of(parents, atoms, sizes)
    shown = [place for place in range(len(cells)) if units[place, 0] == SHOWN]
    people = np.array(groups) @ atoms.rated[:, 0]
    audit = Audit([*cells, *groups], atoms.rated[:, 0], atoms.asked[:, 0], K, published=shown)
    for place in np.argsort(-people, kind="stable"):
        if people[place] >= K:
            assert audit.add(len(cells) + place) == (options[place, 0] == SHOWN)
