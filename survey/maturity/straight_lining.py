"""Who gave one answer throughout. Said of all answers together, never of a person; nobody is left
out for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from survey.maturity.tally import Bytes, Integers

SHORTEST_RUN: Final = 10
LEAST_SHARE: Final = 0.9

AS_PRESSED: Final = np.array([0, 1, 2, 3, 4, 5, 0, 0], np.uint8)
TURNED: Final = np.array([0, 5, 4, 3, 2, 1, 0, 0], np.uint8)
"""What was pressed, by the packed rating (see `tally`); of a question whose steps run the other way
than its answers."""


def pressed(ratings: Bytes, turned: Sequence[bool]) -> Bytes:
    """Answers as they were on the screen; 0 where none was on the scale.

    ratings: packed ratings (people, questions). turned: which questions are turned round.
    """
    found = AS_PRESSED[ratings]
    found[:, turned] = TURNED[ratings[:, turned]]
    return found


def longest_run(ratings: Bytes | Integers) -> Integers:
    """For each person the longest run of one answer over the questions they rated, in order.

    ratings: people, questions; 0 where a question was not rated.
    """
    people = ratings.shape[0]
    run, last = np.zeros(people, np.int64), np.zeros(people, np.int64)
    longest = np.zeros(people, np.int64)
    for column in ratings.T.astype(np.int64):
        rated = column > 0
        run = np.where(rated, np.where(column == last, run + 1, 1), run)
        last = np.where(rated, column, last)
        longest = np.maximum(longest, run)
    return longest


def straight_lined(ratings: Bytes | Integers) -> Integers:
    """Which people gave one answer throughout: a longest run of at least ten, and of at least
    90 % of what they rated. 1 or 0 for each person.

    ratings: as in `longest_run`.
    Source: Meade & Craig (2012), Psychological Methods 17, 437-455; the cut is ours.
    """
    rated = (ratings > 0).sum(axis=1)
    least = np.maximum(SHORTEST_RUN, np.ceil(LEAST_SHARE * rated))
    throughout: Integers = longest_run(ratings) >= least
    return throughout.astype(np.int64)
