"""Whether questions that belong together measure one thing. For authors, never of a person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil, sqrt
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from survey.maturity.moments import Moments

FEWEST_PEOPLE: Final = 50
FEWEST_QUESTIONS: Final = 3

ROUNDS, TOLERANCE = 1_000, 1e-6


@dataclass(frozen=True, slots=True)
class Reliability:
    """How well some questions measure one thing, each figure to two decimals. `people` rated all of
    them; omega and the correlation of a question with the rest are None where they cannot be
    estimated."""

    people: int
    alpha: float
    omega: float | None
    item_rest: tuple[float | None, ...]


def reliability(of: Moments) -> Reliability | None:
    """The figures of a capability's questions; None for fewer than fifty people or three questions,
    or where all people have the same sum.

    Rounded here, before they are kept: ratings cannot be worked out from two decimals.
    """
    if of.people < FEWEST_PEOPLE or len(of.sums) < FEWEST_QUESTIONS:
        return None
    found = alpha(of)
    if found is None:
        return None
    factor = one_factor(correlations(of))
    return Reliability(
        people=of.people,
        alpha=_to_two_places(found),
        omega=None if factor is None else _to_two_places(omega(factor)),
        item_rest=tuple(None if r is None else _to_two_places(r) for r in item_rest(of)),
    )


def alpha(of: Moments) -> float | None:
    """Cronbach's alpha: k / (k - 1) (1 - sum of the questions' variances / variance of the sum).

    None where all people have the same sum, or for fewer than two questions.
    Source: Cronbach (1951), Psychometrika 16, 297-334.
    """
    k, whole = len(of.sums), int(of.spread.sum())
    if k < 2 or not whole:
        return None
    return k / (k - 1) * (1 - int(of.spread.trace()) / whole)


def item_rest(of: Moments) -> list[float | None]:
    """For each question its correlation with the sum of the others; None where one of the two
    does not vary. Source: Nunnally (1978), Psychometric theory."""
    own, with_all = of.spread.diagonal(), of.spread.sum(axis=1)
    rest = of.spread.sum() - 2 * with_all + own
    variances = [(int(x), int(y)) for x, y in zip(own, rest, strict=True)]
    return [
        int(shared) / sqrt(x * y) if x and y else None
        for shared, (x, y) in zip(with_all - own, variances, strict=True)
    ]


def correlations(of: Moments) -> NDArray[np.float64] | None:
    """Of each two questions; None where one does not vary."""
    deviations = np.sqrt(of.spread.diagonal())
    return of.spread / np.outer(deviations, deviations) if deviations.all() else None


def one_factor(correlated: ArrayLike | None) -> tuple[float, ...] | None:
    """The loadings of questions on one factor. None where they cannot be estimated: a loading that
    is not above 0, or is above 1.

    Of three questions exactly, see `loadings_of_three`. Of more those with the least squares of
    what the factor leaves of the correlations: in turn each L_i = sum r_ij L_j / sum L_j² over the
    others j, until none moves. Source: Harman & Jones (1966), Psychometrika 31, 351-368.
    """
    if correlated is None:
        return None
    r = np.array(correlated, np.float64)
    if len(r) == 3:
        return loadings_of_three(r[0, 1], r[0, 2], r[1, 2])
    np.fill_diagonal(r, 0)
    found = np.full(len(r), 0.5)
    for _ in range(ROUNDS):
        before = found.copy()
        for place in range(len(r)):
            others = found @ found - found[place] ** 2
            found[place] = r[place] @ found / others if others else 0
        if np.abs(found - before).max() < TOLERANCE:
            return _if_possible(found.tolist())
    return None


def loadings_of_three(r12: float, r13: float, r23: float) -> tuple[float, ...] | None:
    """The loadings of three questions on one factor: L1 = sqrt(r12 r13 / r23), and so on. None
    where they cannot be estimated: a correlation that is not above 0, or a loading above 1.

    Source: McDonald (1999), Test theory.
    """
    if min(r12, r13, r23) <= 0:
        return None
    return _if_possible((sqrt(r12 * r13 / r23), sqrt(r12 * r23 / r13), sqrt(r13 * r23 / r12)))


def _if_possible(loadings: Iterable[float]) -> tuple[float, ...] | None:
    found = tuple(loadings)
    return found if min(found) > 0 and max(found) <= 1 + TOLERANCE else None


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


def _to_two_places(figure: float) -> float:
    """The nearest, halves down."""
    return ceil(100 * figure - 0.5) / 100
