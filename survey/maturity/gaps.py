"""How far a capability is from where leads want it."""

from __future__ import annotations

from survey.maturity.profile import Measure, Shown


def gap(measure: Measure, target: int | None) -> float | None:
    """Target minus mean, in steps; negative where the mean is beyond the target."""
    return target - measure.mean if target is not None and isinstance(measure, Shown) else None


def step_gap(measure: Measure, target: int | None) -> int | None:
    """Target minus step."""
    return target - measure.step if target is not None and isinstance(measure, Shown) else None


def short(measure: Measure, target: int | None) -> float | None:
    """Share of people who say that the target is not reached: 1 - S_target."""
    if target is None or not isinstance(measure, Shown):
        return None
    return 1 - measure.shares[target - 1]
