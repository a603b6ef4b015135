"""Figures of a profile, made from counts."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from survey.maturity.profile import Shown, measure

WHOLE_STEP = 10_000


def shown(counts: Sequence[int], dont_know: int = 0, not_applicable: int = 0) -> Shown:
    """The figures of a capability that one question rates."""
    s = sum(step * count for step, count in enumerate(counts, start=1)) * WHOLE_STEP
    squares = sum(step**2 * count for step, count in enumerate(counts, start=1)) * WHOLE_STEP**2
    row = np.array([*counts, dont_know, not_applicable, s, squares], dtype=np.int64)
    figures = measure(row)
    assert isinstance(figures, Shown)
    return figures
