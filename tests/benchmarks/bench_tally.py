"""Counting packed ratings of a million people, beside one numpy.bincount of the same bytes."""

from __future__ import annotations

import sys
from collections.abc import Callable
from time import perf_counter

import numpy as np

from survey.maturity.tally import CapabilityItem, TallyPlan, tally_by_group

RESPONSES, QUESTIONS, UNITS = 1_000_000, 60, 500


def run() -> list[tuple[str, float, str]]:
    """Rows of what, how much, in what."""
    random = np.random.default_rng(1)
    ratings = random.integers(0, 8, (RESPONSES, QUESTIONS), dtype=np.uint8).tobytes()
    units = random.integers(0, UNITS, RESPONSES)
    parents = [-1, *((unit - 1) // 5 for unit in range(1, UNITS))]
    yardstick = seconds(lambda: np.bincount(np.frombuffer(ratings, dtype=np.uint8), minlength=8))
    rows = [("numpy.bincount of all bytes", yardstick, "s")]
    for name, together in (("one question", 1), ("three questions", 3), ("six questions", 6)):
        plan = plan_of(together)
        took = seconds(lambda plan=plan: count(ratings, units, parents, plan))
        rows += [
            (f"tally, {name} a capability, {UNITS} units and all above", took, "s"),
            ("  beside the yardstick", took / yardstick, "times"),
            ("  responses", RESPONSES / took, "a second"),
        ]
    return rows


def plan_of(together: int) -> TallyPlan:
    """Every question rates a capability, so many together."""
    return TallyPlan(
        QUESTIONS,
        tuple(
            CapabilityItem(tuple(range(first, first + together)), (2,) * (together - 1) + (1,))
            for first in range(0, QUESTIONS, together)
        ),
    )


def count(ratings: bytes, units: np.ndarray, parents: list[int], plan: TallyPlan) -> None:
    """Count by unit, then add each to the one above it."""
    figures, _ = tally_by_group(ratings, units, UNITS, plan)
    for unit in range(UNITS - 1, 0, -1):
        figures[parents[unit]] += figures[unit]


def seconds(work: Callable[[], object]) -> float:
    """The shortest of three runs."""
    took = []
    for _ in range(3):
        start = perf_counter()
        work()
        took.append(perf_counter() - start)
    return min(took)


if __name__ == "__main__":
    for what, number, unit in run():
        sys.stdout.write(f"{what:<62} {number:>14,.2f} {unit}\n")
