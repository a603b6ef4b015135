"""Student's t distribution, as far as tests of change need it."""

from __future__ import annotations

from survey.maturity.incomplete_beta import incomplete_beta


def two_sided_p(t: float, degrees: float) -> float:
    """The chance of a value at least as far from 0 as t, with so many degrees of freedom (any
    number above 0).

    I_x(degrees / 2, 1/2) at x = degrees / (degrees + t²), I the regularised incomplete beta
    function. Raises ValueError for no degrees of freedom.
    Source: Abramowitz & Stegun (1964), 26.7.1.
    """
    if degrees <= 0:
        raise ValueError(f"degrees of freedom are above 0, not {degrees}")
    return incomplete_beta(degrees / (degrees + t * t), degrees / 2, 0.5)
