"""No group of fewer than k can be worked out, and no more is withheld than that needs."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from survey.maturity.disclosure import (
    PROTECTS_ANOTHER,
    SHOWN,
    TOO_FEW,
    disclosed,
    publish_participation,
    publish_set,
    remainders,
)
from survey.maturity.profile import Shown, Withheld
from tests.maturity.counting import V, row_of
from tests.maturity.trees import ID, ancestors, derivable, people, trees, with_all_below

K = 10


class Council:
    """A tree written as name: (parent, rated with all below, asked with all below)."""

    def __init__(self, units, k=K):
        self.names = list(units)
        self.parents = [self.names.index(p) if p else -1 for p, *_ in units.values()]
        self.rated = np.array([[rated] for _, rated, *_ in units.values()])
        self.asked = np.array([[asked[-1]] for _, *asked in units.values()])
        self.status = publish_set(self.parents, self.rated, self.asked, k, self.names)

    def of(self, status):
        found = zip(self.names, self.status[:, 0], strict=True)
        return {name for name, its_own in found if its_own == status}

    def remainder(self, name):
        rest = remainders(self.parents, self.status, self.rated)
        return int(rest[self.names.index(name), 0])


def test_t24_the_smallest_is_hidden_to_protect_a_small_sibling():
    council = Council(
        {
            "council": (None, 100),
            "adults": ("council", 41),
            "a21": ("adults", 21),
            "a14": ("adults", 14),
            "a6": ("adults", 6),
            "places": ("council", 30),
            "p18": ("places", 18),
            "p12": ("places", 12),
            "digital": ("council", 29),
            "d22": ("digital", 22),
            "d7": ("digital", 7),
        }
    )
    assert council.of(PROTECTS_ANOTHER) == {"a14", "d22"}
    assert council.of(TOO_FEW) == {"a6", "d7"}
    assert (council.remainder("adults"), council.remainder("digital")) == (20, 29)
    assert council.remainder("places") == council.remainder("council") == 0
    assert council.remainder("a14") == council.remainder("a6") == 0


def test_t25_children_of_a_hidden_unit_move_up_and_may_be_hidden_too():
    council = Council(
        {
            "p": (None, 30),
            "a": ("p", 8),
            "b": ("p", 22),
            "b1": ("b", 12),
            "b2": ("b", 10),
        }
    )
    assert council.of(SHOWN) == {"p", "b1"}
    assert (council.of(TOO_FEW), council.of(PROTECTS_ANOTHER)) == ({"a"}, {"b", "b2"})
    assert council.remainder("p") == 18


def test_t26_nobody_learns_that_all_of_a_small_team_did_not_know():
    council = Council({"parent": (None, 20, 25), "a": ("parent", 20, 22), "b": ("parent", 0, 3)})
    assert council.of(SHOWN) == {"parent"}
    assert council.of(PROTECTS_ANOTHER) == {"a"}


def test_t30_people_placed_directly_in_a_parent_are_protected_too():
    council = Council({"p": (None, 33), "a": ("p", 15), "b": ("p", 15)})
    assert council.of(PROTECTS_ANOTHER) == {"a"}
    assert council.remainder("p") == 18


@pytest.mark.parametrize("people_there", [0, 1, K - 1])
def test_fewer_than_k_are_too_few(people_there):
    assert Council({"p": (None, people_there)}).of(TOO_FEW) == {"p"}


@pytest.mark.parametrize("people_there", [K, K + 1])
def test_k_people_may_be_seen(people_there):
    assert Council({"p": (None, people_there)}).of(SHOWN) == {"p"}


@pytest.mark.parametrize(("directly", "hidden"), [(0, 0), (1, 1), (K - 1, 1), (K, 0), (K + 1, 0)])
def test_the_people_directly_in_a_parent_are_none_or_at_least_k(directly, hidden):
    council = Council({"p": (None, 40 + directly), "a": ("p", 20), "b": ("p", 20)})
    assert len(council.of(PROTECTS_ANOTHER)) == hidden


def test_what_is_withheld_looks_the_same_whatever_it_hides():
    assert disclosed(row_of(V), TOO_FEW) == disclosed(row_of((9, 0, 0, 0, 0)), TOO_FEW)
    assert disclosed(row_of(V), TOO_FEW) == Withheld("too-few")
    assert disclosed(row_of(V), PROTECTS_ANOTHER) == Withheld("protects-another")
    assert isinstance(disclosed(row_of(V), SHOWN), Shown)


@st.composite
def councils(draw, items=1):
    """Parents, people rated and asked in each unit itself (units, items), and k."""
    parents, k = draw(trees()), draw(st.integers(2, 5))
    rated = [[draw(people(k)) for _ in range(items)] for _ in parents]
    silent = [[draw(st.sampled_from([0, 0, 0, 1, k])) for _ in range(items)] for _ in parents]
    return parents, np.array(rated), np.array(rated) + np.array(silent), k


def statuses_of(parents, rated, asked, k, ids=None):
    ids = ids or [ID(unit) for unit in range(len(parents))]
    return publish_set(
        parents, with_all_below(parents, rated), with_all_below(parents, asked), k, ids
    )


@settings(max_examples=400, deadline=None)
@given(councils())
def test_no_sum_or_difference_of_what_is_published_tells_of_fewer_than_k(council):
    parents, rated, asked, k = council
    published = statuses_of(*council)[:, 0] == SHOWN
    for group in derivable(parents, published, asked[:, 0]):
        assert rated[group, 0].sum() >= k


@settings(max_examples=300, deadline=None)
@given(councils(items=3))
def test_what_is_published_is_what_the_rule_says_unit_by_unit(council):
    parents, rated, asked, k = council
    found = statuses_of(*council)
    for item in range(3):
        totals = with_all_below(parents, rated[:, item]), with_all_below(parents, asked[:, item])
        assert found[:, item].tolist() == by_the_book(parents, *totals, k)


def by_the_book(parents, rated, asked, k):
    """Methods, section 6, steps 1 and 2, word for word."""
    published = {unit for unit in range(len(parents)) if rated[unit] >= k}
    eligible = set(published)

    def nearest(unit):
        return {
            below
            for below in published
            if unit in ancestors(parents, below)
            and next(a for a in ancestors(parents, below) if a in published or a == unit) == unit
        }

    depth = {unit: len(list(ancestors(parents, unit))) for unit in range(len(parents))}
    for unit in sorted(depth, key=lambda unit: -depth[unit]):
        while unit in published and (below := nearest(unit)):
            left = sum(asked[d] for d in below), sum(rated[d] for d in below)
            if asked[unit] == left[0] or rated[unit] - left[1] >= k:
                break
            published.remove(min(below, key=lambda d: (rated[d], ID(d))))
    return [
        SHOWN if u in published else PROTECTS_ANOTHER if u in eligible else TOO_FEW
        for u in range(len(parents))
    ]


@given(councils(items=2), st.randoms())
def test_the_order_of_units_makes_no_difference(council, random):
    parents, rated, asked, k = council
    order = list(range(len(parents)))
    random.shuffle(order)
    place = {unit: position for position, unit in enumerate(order)}
    moved = [place[parents[unit]] if parents[unit] >= 0 else -1 for unit in order]
    ids = [ID(unit) for unit in order]
    found = statuses_of(moved, rated[order], asked[order], k, ids)
    assert found.tolist() == statuses_of(*council)[order].tolist()


@given(councils(items=2))
def test_a_remainder_is_nobody_or_at_least_k_and_the_remainders_are_everybody(council):
    parents, rated, asked, k = council
    status = statuses_of(*council)
    answered = np.stack([with_all_below(parents, rated), with_all_below(parents, asked)], axis=2)
    rest = remainders(parents, status, answered)
    assert ((rest[:, :, 1] == 0) | (rest[:, :, 0] >= k)).all()
    assert (rest[status != SHOWN] == 0).all()
    root = parents.index(-1)
    for item in np.flatnonzero(status[root] == SHOWN):
        assert rest[:, item].sum(axis=0).tolist() == answered[root, item].tolist()


@given(councils())
def test_nothing_is_hidden_where_every_group_is_empty_or_large(council):
    parents, rated, _, k = council
    rated = rated * k  # nobody, or k and more, in each unit itself
    assert PROTECTS_ANOTHER not in statuses_of(parents, rated, rated, k)


@given(councils())
def test_participation_is_told_of_units_with_k_invited_and_never_of_fewer(council):
    parents, invited, _, k = council
    ids = [ID(unit) for unit in range(len(parents))]
    found = publish_participation(parents, with_all_below(parents, invited[:, 0]), k, ids)
    for group in derivable(parents, found == SHOWN, invited[:, 0]):
        assert invited[group, 0].sum() >= k


def test_a_forest_of_hidden_chains_is_decided_in_a_moment():
    deep = 3000
    parents = [unit - 1 for unit in range(deep)]
    people_there = np.arange(deep, 0, -1)[:, None]
    status = publish_set(parents, people_there, people_there, K, [ID(u) for u in range(deep)])
    published = np.flatnonzero(status[:, 0] == SHOWN)
    assert (np.diff(people_there[published, 0]) <= -K).all()
    assert people_there[published[-1], 0] >= K


def test_units_that_fit_no_tree_are_refused():
    one = np.full((2, 1), 20)
    with pytest.raises(ValueError, match="below themselves"):
        publish_set([1, 0], one, one, K, ["a", "b"])
    with pytest.raises(ValueError, match="does not exist"):
        publish_set([-1, 5], one, one, K, ["a", "b"])


@pytest.mark.parametrize(
    ("rated", "asked", "k", "ids"),
    [
        ([[1]], [[1]], K, ["a", "b"]),
        ([[1], [1]], [[1, 1], [1, 1]], K, ["a", "b"]),
        ([1, 1], [1, 1], K, ["a", "b"]),
        ([[1], [1]], [[1], [1]], 0, ["a", "b"]),
        ([[1], [1]], [[1], [1]], K, ["a"]),
        ([[2], [1]], [[1], [1]], K, ["a", "b"]),
    ],
)
def test_arrays_that_do_not_fit_are_refused(rated, asked, k, ids):
    with pytest.raises(ValueError, match="need"):
        publish_set([-1, 0], rated, asked, k, ids)


def test_there_may_be_no_units_or_no_items():
    assert publish_set([], np.empty((0, 2)), np.empty((0, 2)), K, []).shape == (0, 2)
    assert publish_set([-1], np.empty((1, 0)), np.empty((1, 0)), K, ["a"]).shape == (1, 0)
