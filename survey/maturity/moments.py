"""What of people's ratings their variances and correlations follow from: sums and sums of products.
They add up batch by batch, in whole numbers, so that nobody's ratings have to be kept."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from survey.maturity.tally import Bytes, Integers


@dataclass(frozen=True, slots=True, eq=False)
class Moments:
    """Of people who rated all of some questions: how many they are, for each question the sum of
    its ratings, for each two the sum of their products (questions, questions). They add up."""

    people: int
    sums: Integers
    products: Integers

    @classmethod
    def of(cls, ratings: ArrayLike) -> Moments:
        """Those of some people's ratings: whole numbers (people, questions)."""
        rows = np.asarray(ratings, np.float64)  # whole numbers below 2**53: exact, multiplied fast
        if rows.ndim != 2:
            raise ValueError("ratings have a row a person and a column a question")
        sums, products = rows.sum(axis=0), rows.T @ rows
        return cls(len(rows), sums.astype(np.int64), products.astype(np.int64))

    @classmethod
    def none(cls, questions: int) -> Moments:
        """Those of nobody."""
        return cls.of(np.empty((0, questions)))

    def __add__(self, other: Moments) -> Moments:
        """Those of both lots of people, who rated the same questions."""
        return Moments(
            self.people + other.people, self.sums + other.sums, self.products + other.products
        )

    @property
    def spread(self) -> Integers:
        """The covariances, each times n (n - 1), so exact: n sum xy - sum x sum y."""
        spread: Integers = self.people * self.products - np.outer(self.sums, self.sums)
        return spread


def of_those_who_rated_all(ratings: Bytes) -> Moments:
    """The moments of the people who gave a step to every question.

    ratings: packed ratings (people, questions), see `tally`.
    """
    stepped = (ratings >= 1) & (ratings <= 5)
    return Moments.of(ratings[stepped.all(axis=1)])
