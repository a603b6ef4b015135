"""The regularised incomplete beta function. A library for this alone would cost every worker
25 MB."""

from __future__ import annotations

from math import exp, lgamma, log

PRECISION = 1e-15
TINY = 1e-300


def incomplete_beta(x: float, a: float, b: float) -> float:
    """I_x(a, b): the chance that a number drawn from a beta distribution is at most x.

    x: from 0 to 1; a, b: above 0. Raises ValueError for others.
    Source: Abramowitz & Stegun (1964), 26.5.
    """
    if not (0 <= x <= 1 and a > 0 and b > 0):
        raise ValueError(f"expected 0 <= x <= 1 and a, b above 0, got {x}, {a}, {b}")
    if x in (0.0, 1.0):
        return float(x)
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log(1 - x))
    if x < (a + 1) / (a + b + 2):
        return front * _continued_fraction(x, a, b) / a
    return 1 - front * _continued_fraction(1 - x, b, a) / b


def _continued_fraction(x: float, a: float, b: float) -> float:
    """That of the incomplete beta function (Abramowitz & Stegun 26.5.8), by Lentz's method."""
    c = 1.0
    value = d = 1 / _not_zero(1 - (a + b) * x / (a + 1))
    for m in range(1, 10_000):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for term in (even, odd):
            d = 1 / _not_zero(1 + term * d)
            c = _not_zero(1 + term / c)
            value *= c * d
        if abs(c * d - 1) < PRECISION:
            break
    return value


def _not_zero(number: float) -> float:
    return number if abs(number) > TINY else TINY
