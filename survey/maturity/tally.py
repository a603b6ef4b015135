"""Packed ratings become counts: all that a profile is computed from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.int64]

STEPS: Final = (1, 2, 3, 4, 5)
DONT_KNOW_BYTE: Final = 6
NOT_APPLICABLE_BYTE: Final = 7
BYTE_VALUES: Final = 8

COLUMNS: Final = 9
"""c1..c5, don't know, doesn't apply, sum of s, sum of s squared."""

DONT_KNOW: Final = 5
NOT_APPLICABLE: Final = 6
SUM: Final = 7
SUM_OF_SQUARES: Final = 8

UNIT: Final = 10_000
"""Ratings are summed as whole ten-thousandths of a step, so that sums are exact in any order."""

CHUNK: Final = 20_000
"""Responses counted at once: bounds memory to a few tens of MB."""


@dataclass(frozen=True, slots=True)
class CapabilityItem:
    """Which questions rate a capability: their columns in the packed ratings, and weights."""

    questions: tuple[int, ...]
    weights: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TallyPlan:
    """What is counted: first each question (a column of the packed ratings), then each
    capability."""

    questions: int
    capabilities: tuple[CapabilityItem, ...]

    @property
    def items(self) -> int:
        """How many things are counted."""
        return self.questions + len(self.capabilities)


@dataclass(frozen=True, slots=True, eq=False)
class Tally:
    """Counts of a group of people. `figures` has a row an item, `COLUMNS` columns."""

    figures: Counts
    responses: int

    @classmethod
    def empty(cls, plan: TallyPlan) -> Tally:
        """Nobody has answered."""
        return cls(np.zeros((plan.items, COLUMNS), dtype=np.int64), 0)

    @classmethod
    def from_bytes(cls, packed: bytes, plan: TallyPlan) -> Tally:
        """What `to_bytes` packed.

        Raises ValueError where it was packed for another plan.
        """
        numbers = np.frombuffer(packed, dtype="<i8")
        if numbers.size != 1 + plan.items * COLUMNS:
            raise ValueError(f"expected {plan.items} items, got {numbers.size} numbers")
        return cls(numbers[1:].astype(np.int64).reshape(plan.items, COLUMNS), int(numbers[0]))

    def to_bytes(self) -> bytes:
        """Little-endian 64-bit integers: the number of responses, then the figures by row."""
        return np.concatenate(([self.responses], self.figures.ravel())).astype("<i8").tobytes()

    def __add__(self, other: Tally) -> Tally:
        """The tally of both groups together."""
        return Tally(self.figures + other.figures, self.responses + other.responses)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Tally) and self.to_bytes() == other.to_bytes()

    def __hash__(self) -> int:
        return hash(self.to_bytes())


def tally(ratings: Sequence[bytes], plan: TallyPlan) -> Tally:
    """The tally of one group.

    ratings: one byte a question for each response: 0 not asked or not answered, 1-5 a step,
    6 don't know, 7 doesn't apply.
    """
    figures, _ = tally_by_group(b"".join(ratings), np.zeros(len(ratings), np.int64), 1, plan)
    return Tally(figures[0], len(ratings))


def tally_by_group(
    ratings: bytes,
    groups: Sequence[int] | NDArray[np.integer],
    number_of_groups: int,
    plan: TallyPlan,
) -> tuple[Counts, Counts]:
    """The tallies of many groups at once.

    ratings: packed ratings, joined. groups: the group of each response, from 0.
    Returns figures (groups, items, COLUMNS) and responses (groups).
    Raises ValueError where ratings are no whole number of responses, or hold a byte over 7.
    """
    group_of = np.asarray(groups, dtype=np.int64)
    rows = np.frombuffer(ratings, dtype=np.uint8)
    if rows.size != group_of.size * plan.questions:
        raise ValueError(f"{rows.size} ratings for {group_of.size} x {plan.questions} questions")
    if rows.size and rows.max() >= BYTE_VALUES:
        raise ValueError(f"a rating is 0 to 7, not {rows.max()}")
    figures = np.zeros((number_of_groups, plan.items, COLUMNS), dtype=np.int64)
    rows = rows.reshape(group_of.size, plan.questions)
    for chunk, its_groups in _chunks(rows, group_of):
        _add_questions(figures, chunk, its_groups, plan)
        for place, item in enumerate(plan.capabilities, start=plan.questions):
            if len(item.questions) > 1:
                _add_capability(figures[:, place], chunk, its_groups, item)
    _sum_questions(figures[:, : plan.questions])
    for place, item in enumerate(plan.capabilities, start=plan.questions):
        if len(item.questions) == 1:
            figures[:, place] = figures[:, item.questions[0]]
    return figures, np.bincount(group_of, minlength=number_of_groups).astype(np.int64)


def _chunks(rows: NDArray[np.uint8], groups: Counts) -> Iterator[tuple[NDArray[np.uint8], Counts]]:
    for start in range(0, len(rows), CHUNK):
        yield rows[start : start + CHUNK], groups[start : start + CHUNK]


def _add_questions(
    figures: Counts, rows: NDArray[np.uint8], groups: Counts, plan: TallyPlan
) -> None:
    """Count each byte value of each column in each group, in one pass."""
    if not plan.questions:
        return
    number_of_groups = len(figures)
    cells = groups[:, None] * plan.questions + np.arange(plan.questions)
    counted = np.bincount(
        (cells * BYTE_VALUES + rows).ravel(),
        minlength=number_of_groups * plan.questions * BYTE_VALUES,
    ).reshape(number_of_groups, plan.questions, BYTE_VALUES)
    figures[:, : plan.questions, : BYTE_VALUES - 1] += counted[:, :, 1:]


def _sum_questions(figures: Counts) -> None:
    """Sums of a question's ratings follow from its counts."""
    steps = np.array(STEPS, dtype=np.int64) * UNIT
    figures[:, :, SUM] = figures[:, :, : len(STEPS)] @ steps
    figures[:, :, SUM_OF_SQUARES] = figures[:, :, : len(STEPS)] @ steps**2


def _add_capability(
    figures: Counts, rows: NDArray[np.uint8], groups: Counts, item: CapabilityItem
) -> None:
    """Rate each person on a capability, and count them.

    s = sum(w r) / sum(w) over rated questions; none where the rated weight is under half the
    weight shown (methods, section 1). A person's step is ceil(s - 1/2), from the exact fraction.
    """
    bytes_ = rows[:, item.questions].astype(np.int64)
    weights = np.array(item.weights, dtype=np.int64)
    is_rated = (bytes_ >= STEPS[0]) & (bytes_ <= STEPS[-1])
    rated_weight = is_rated @ weights
    shown_weight = (bytes_ > 0) @ weights
    weighted = np.where(is_rated, bytes_, 0) @ weights
    has_score = (rated_weight > 0) & (2 * rated_weight >= shown_weight)
    divisor = np.where(has_score, rated_weight, 1)
    step = _nearest_half_down(weighted, divisor)
    score = np.where(has_score, _nearest_half_down(weighted * UNIT, divisor), 0)
    opted_out = np.where((bytes_ > 0).any(axis=1), DONT_KNOW_BYTE, 0)
    none_apply = ((bytes_ == 0) | (bytes_ == NOT_APPLICABLE_BYTE)).all(axis=1)
    opted_out = np.where((opted_out > 0) & none_apply, NOT_APPLICABLE_BYTE, opted_out)
    value = np.where(has_score, step, opted_out)
    number_of_groups = len(figures)
    counted = np.bincount(groups * BYTE_VALUES + value, minlength=number_of_groups * BYTE_VALUES)
    figures[:, : BYTE_VALUES - 1] += counted.reshape(number_of_groups, BYTE_VALUES)[:, 1:]
    # Floats hold these sums exactly: a chunk's squares stay under 2 ** 53.
    for column, amounts in ((SUM, score), (SUM_OF_SQUARES, score**2)):
        sums = np.bincount(groups, weights=amounts, minlength=number_of_groups)
        figures[:, column] += sums.astype(np.int64)


def _nearest_half_down(numerator: Counts, divisor: Counts) -> Counts:
    """numerator / divisor to the nearest whole number, halves down, exactly."""
    return -((divisor - 2 * numerator) // (2 * divisor))
