"""How far it is to where leads want to be."""

from __future__ import annotations

from dataclasses import dataclass

from survey.maturity.profile import Shown


@dataclass(frozen=True, slots=True)
class Gap:
    """The way to a target step. `gap`: steps from the mean, below 0 where it is passed;
    `step_gap`: the same from the step; `short`: share of people who rate it lower, 0 to 1."""

    gap: float
    step_gap: int
    short: float


def gap_to(target: int, figures: Shown) -> Gap:
    """The gap between figures and a target from 1 to 5.

    gap = target - mean, step gap = target - step, short = 1 - S_target (methods, section 8).
    Raises ValueError for a target that is no step.
    """
    if not 1 <= target <= len(figures.counts):
        raise ValueError(f"a target is a step from 1 to {len(figures.counts)}, not {target}")
    return Gap(
        gap=target - figures.mean,
        step_gap=target - figures.step,
        short=sum(figures.counts[: target - 1]) / figures.n,
    )
