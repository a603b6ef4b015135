"""What may be shown of 5,000 units on 60 items, beside adding their counts up the tree."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from time import perf_counter
from typing import Any

import numpy as np

from survey.maturity.breakdowns import Atoms, publish_breakdowns
from survey.maturity.disclosure import SHOWN, protect_questions, publish_set, remainders
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


def breakdowns(people: int, units: int, sizes: Sequence[int], items: int) -> tuple[float, int, int]:
    """Seconds of the audit, and how many groups of how many it shows. One in fourteen does not
    know; the n-th option is chosen by one in n as many."""
    random = np.random.default_rng(1)
    parents = [-1, *((unit - 1) // 20 for unit in range(1, units))]
    chosen = [random.choice(size, people, p=_falling(size)) for size in sizes]
    traits = np.column_stack([random.integers(1, units, people), *chosen])
    atoms, asked = np.unique(traits, axis=0, return_counts=True)
    every = np.repeat(asked[:, None], items, axis=1)
    found = Atoms(atoms[:, 0], atoms[:, 1:], random.binomial(every, 13 / 14), every)
    totals = np.zeros((2, units, items), np.int64)
    for total, who in zip(totals, (found.rated, found.asked), strict=True):
        np.add.at(total, found.units, who)
        for unit in range(units - 1, 0, -1):
            total[parents[unit]] += total[unit]
    shown = publish_set(parents, *totals, K, [f"unit-{unit:05}" for unit in range(units)])
    began = perf_counter()
    status = publish_breakdowns(parents, shown, found, sizes, K)
    return perf_counter() - began, int((status == SHOWN).sum()), status.size


def _falling(size: int) -> Any:
    weights = 1 / np.arange(1, size + 1)
    return weights / weights.sum()


AUDITS = ((3_000, 200, (35,), 1), (3_000, 200, (4, 3), 12), (1_000_000, 500, (5, 5, 5), 12))


if __name__ == "__main__":
    for people, units, sizes, items in AUDITS:
        took, seen, cells = breakdowns(people, units, sizes, items)
        what = f"audit: {people:,} people, {units} units, {sum(sizes)} groups, {items} capabilities"
        sys.stdout.write(f"{what:<62} {took:>14,.3f} s   {seen} of {cells} shown\n")
    for what, number, unit in run():
        sys.stdout.write(f"{what:<62} {number:>14,.3f} {unit}\n")
