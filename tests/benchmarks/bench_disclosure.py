"""What may be shown of 5,000 units on 60 items, beside adding their counts up the tree."""

from __future__ import annotations

import sys
from time import perf_counter

import numpy as np

from survey.maturity.disclosure import protect_questions, publish_set, remainders
from survey.maturity.tally import CapabilityItem, TallyPlan

UNITS, QUESTIONS, K = 5000, 45, 10


def run() -> list[tuple[str, float, str]]:
    """Rows of what, how much, in what."""
    random = np.random.default_rng(1)
    parents = [-1, *((unit - 1) // 4 for unit in range(1, UNITS))]
    plan = TallyPlan(
        QUESTIONS,
        tuple(CapabilityItem((i, i + 1, i + 2), (1, 1, 1)) for i in range(0, QUESTIONS, 3)),
    )
    rated = random.binomial(random.integers(0, 25, (UNITS, 1)), 0.9, (UNITS, plan.items))
    asked = rated + random.binomial(2, 0.1, rated.shape)
    ids = [f"unit-{unit:05}" for unit in range(UNITS)]
    marks = [perf_counter()]
    for unit in range(UNITS - 1, 0, -1):
        rated[parents[unit]] += rated[unit]
        asked[parents[unit]] += asked[unit]
    marks.append(perf_counter())
    status = publish_set(parents, rated, asked, K, ids)
    marks.append(perf_counter())
    protected = protect_questions(status, parents, rated, plan, K, ids)
    marks.append(perf_counter())
    remainders(parents, protected, rated)
    marks.append(perf_counter())
    yardstick, *took = np.diff(marks).tolist()
    names = ("publish set", "questions protected", "other teams together")
    rows = [(f"adding up {UNITS} units x {plan.items} items", yardstick, "s")]
    for name, time in zip(names, took, strict=True):
        rows += [(name, time, "s"), ("  beside the yardstick", time / yardstick, "times")]
    return rows


if __name__ == "__main__":
    for what, number, unit in run():
        sys.stdout.write(f"{what:<62} {number:>14,.3f} {unit}\n")
