"""Student's t distribution, as far as tests of change need it. A library for this alone would cost
every worker 25 MB."""

from __future__ import annotations

from math import exp, lgamma, log

PRECISION = 1e-15
TINY = 1e-300


def two_sided_p(t: float, degrees: float) -> float:
    """The chance of a value at least as far from 0 as t, with so many degrees of freedom (any
    number above 0).

    I_x(degrees / 2, 1/2) at x = degrees / (degrees + t²), I the regularised incomplete beta
    function. Raises ValueError for no degrees of freedom.
    Source: Abramowitz & Stegun (1964), 26.7.1.
    """
    if degrees <= 0:
        raise ValueError(f"degrees of freedom are above 0, not {degrees}")
    return _incomplete_beta(degrees / (degrees + t * t), degrees / 2, 0.5)


def _incomplete_beta(x: float, a: float, b: float) -> float:
    if x in (0.0, 1.0):
        return x
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log(1 - x))
    if x < (a + 1) / (a + b + 2):
        return front * _continued_fraction(x, a, b) / a
    return 1 - front * _continued_fraction(1 - x, b, a) / b


def _continued_fraction(x: float, a: float, b: float) -> float:
    """That of the incomplete beta function (Abramowitz & Stegun 26.5.8), by Lentz's method."""
    value = c = 1.0
    d = 1 / _not_zero(1 - (a + b) * x / (a + 1))
    value = d
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
