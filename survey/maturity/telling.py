"""A quick proof that groups by answers about oneself tell about nobody in particular.

What groups tell, a sum of them with any factors, tells about some people only where it differs
between them. So parts of the organisation vouch for each other: where a set of parts tells every
sum apart that all parts together tell apart, each sum, unless it is nothing, concerns somebody in
that set. With enough such sets, no part in two of them, each sum concerns k people or more. It is
the argument of Brouwer and Zimmermann for the least weight of a code (see `audit`), with parts of
the organisation in place of single atoms.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from survey.maturity.row_forms import Form

Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """Some people, and what sums must be alike for none of them to be told about (differences,
    groups); else at least so many of them are."""

    people: int
    differences: Rows


def tells_of_few(certain: Rows, parts: Sequence[Part], unrated: Rows, k: int) -> bool:
    """Whether it could not be shown that every sum concerns k people or more.

    certain: differences that k people or more stand behind. parts: others, of fewer. unrated:
    differences that concern only people of whom nobody rated.
    """
    base = Form((certain.shape[1], certain.shape[1]))
    _learn(base, certain)
    ordered = sorted(parts, key=lambda part: -part.people)
    everything = base.copy()
    for part in ordered:
        _learn(everything, part.differences)
    if any(everything.reduced(row).any() for row in unrated):
        return True
    people, left = 0, ordered
    while people < k and len(everything) > len(base):
        known = base.copy()
        used: list[Part] = []
        unused: list[Part] = []
        for part in left:
            full = len(known) == len(everything)
            (unused if full or not _learn(known, part.differences) else used).append(part)
        if len(known) < len(everything):
            return True
        people, left = people + used[-1].people, unused
    return False


def _learn(known: Form, differences: Rows) -> bool:
    """Put differences to those that are known; whether any was new."""
    return sum(known.put(row) for row in differences) > 0
