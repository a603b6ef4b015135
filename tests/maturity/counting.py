"""Counts of people at five steps, and ratings, for tests of the figures."""

import numpy as np
from hypothesis import strategies as st

V = (12, 61, 118, 47, 13)
B = (8, 45, 120, 65, 18)

counts = st.tuples(*[st.integers(0, 300)] * 5).filter(any)


def row_of(counts, dont_know=0, not_applicable=0):
    """A row of a tally in which each person's rating is a whole step."""
    total = sum(step * people for step, people in enumerate(counts, 1)) * 10_000
    squares = sum(step**2 * people for step, people in enumerate(counts, 1)) * 10_000**2
    return np.array([*counts, dont_know, not_applicable, total, squares], dtype=np.int64)


def one_by_one(counts):
    """The steps that people chose, each person's in turn."""
    return [step for step, people in enumerate(counts, 1) for _ in range(people)]
