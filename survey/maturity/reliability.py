"""Whether questions that belong together measure one thing. For authors, never of a person."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

import numpy as np
from numpy.typing import ArrayLike

from survey.maturity.tally import Integers

LOWEST_ALPHA, HIGHEST_ALPHA = 0.70, 0.95
LOWEST_ITEM_REST = 0.30
FEWEST_PEOPLE = 50
FEWEST_QUESTIONS = 3


def alpha(ratings: ArrayLike) -> float | None:
    """Cronbach's alpha: k / (k - 1) (1 - sum of the questions' variances / variance of the sum).

    ratings: people, questions; whole rows only. None where all people have the same sum, or for
    fewer than two people or questions. Source: Cronbach (1951), Psychometrika 16, 297-334.
    """
    rows = np.asarray(ratings, float)
    if rows.ndim != 2 or min(rows.shape) < 2:
        return None
    whole = rows.sum(axis=1).var(ddof=1)
    k = rows.shape[1]
    return None if not whole else float(k / (k - 1) * (1 - rows.var(axis=0, ddof=1).sum() / whole))


def item_rest(ratings: ArrayLike) -> list[float | None]:
    """For each question its correlation with the sum of the others; None where one of the two
    does not vary. ratings: as in `alpha`. Source: Nunnally (1978), Psychometric theory."""
    rows = np.asarray(ratings, float)
    rest = rows.sum(axis=1, keepdims=True) - rows
    return [
        float(np.corrcoef(rows[:, place], rest[:, place])[0, 1])
        if rows[:, place].std() and rest[:, place].std()
        else None
        for place in range(rows.shape[1])
    ]


def loadings_of_three(r12: float, r13: float, r23: float) -> tuple[float, float, float] | None:
    """The loadings of three questions on one factor: L1 = sqrt(r12 r13 / r23), and so on. None
    where they cannot be estimated: a correlation that is not above 0, or a loading above 1.

    Source: McDonald (1999), Test theory.
    """
    if min(r12, r13, r23) <= 0:
        return None
    found = sqrt(r12 * r13 / r23), sqrt(r12 * r23 / r13), sqrt(r13 * r23 / r12)
    return None if max(found) > 1 else found


def omega(loadings: Sequence[float]) -> float:
    """McDonald's omega of questions on one factor: (sum L)² / ((sum L)² + sum (1 - L²)).

    Source: McDonald (1999), Test theory.
    """
    common = sum(loadings) ** 2
    return common / (common + sum(1 - one * one for one in loadings))


def standardised_alpha(correlations: Sequence[float], questions: int) -> float:
    """Alpha of standardised questions: k r / (1 + (k - 1) r), r the mean correlation."""
    mean = sum(correlations) / len(correlations)
    return questions * mean / (1 + (questions - 1) * mean)


def longest_run(ratings: Integers) -> Integers:
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


def straight_lined(ratings: Integers) -> Integers:
    """Which people gave one answer throughout: a longest run of at least ten, and of at least
    90 % of what they rated. 1 or 0 for each person.

    Source: Meade & Craig (2012), Psychological Methods 17, 437-455; the cut is ours.
    """
    rated = (ratings > 0).sum(axis=1)
    throughout: Integers = longest_run(ratings) >= np.maximum(10, np.ceil(0.9 * rated))
    return throughout.astype(np.int64)
