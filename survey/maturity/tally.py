"""Packed ratings become counts: all that a profile needs, and nothing about a person.

A response is packed as one byte a question: 0 not asked or not answered, 1-5 the step,
6 don't know, 7 doesn't apply. A tally has a row for each question and each capability, and in it
nine whole numbers, so that sums are the same in any order and a recount gives the same figures.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]
Bytes = NDArray[np.uint8]

DONT_KNOW, NOT_APPLICABLE = 6, 7
BYTES = 8
"""How many different bytes a packed rating can be."""

COLUMNS = 9
"""People at each of the five steps; who don't know; to whom it doesn't apply; the sum of their
ratings in ten-thousandths of a step; the sum of the squares of those."""
DONT_KNOW_COLUMN, SUM, SUM_OF_SQUARES = 5, 7, 8

WHOLE_STEP = 10_000
"""Ten-thousandths in a step."""

CHUNK = 50_000
"""Responses counted at once: bounds the memory, and keeps every sum exact in a float."""


@dataclass(frozen=True, slots=True)
class CapabilityItem:
    """The questions that rate a capability: their columns in the packed ratings, and the weight
    of each, a whole number from 1 to 100."""

    questions: tuple[int, ...]
    weights: tuple[int, ...]

    def __post_init__(self) -> None:
        """Refuse what no questionnaire can say."""
        if not self.questions or len(self.questions) != len(self.weights):
            raise ValueError("a capability needs questions, each with one weight")
        if not all(1 <= weight <= 100 for weight in self.weights):
            raise ValueError(f"weights are whole numbers from 1 to 100, not {self.weights}")


@dataclass(frozen=True, slots=True)
class TallyPlan:
    """What is counted: one item for each packed column, then one for each capability."""

    questions: int
    capabilities: tuple[CapabilityItem, ...]

    def __post_init__(self) -> None:
        """Refuse a capability rated by a column that is not there."""
        columns = {column for item in self.capabilities for column in item.questions}
        if not columns <= set(range(self.questions)):
            raise ValueError(f"a capability is rated by a column outside 0..{self.questions - 1}")

    @property
    def items(self) -> int:
        """Rows of a tally."""
        return self.questions + len(self.capabilities)


@dataclass(frozen=True, slots=True, eq=False)
class Tally:
    """Counts of some responses: `figures` is (items, 9), see `COLUMNS`. Tallies add up."""

    responses: int
    figures: Integers

    @classmethod
    def empty(cls, plan: TallyPlan) -> Tally:
        """The tally of no responses."""
        return cls(0, np.zeros((plan.items, COLUMNS), dtype=np.int64))

    @classmethod
    def from_bytes(cls, blob: bytes, plan: TallyPlan) -> Tally:
        """What `to_bytes` wrote. Raises ValueError where it is not a tally of this plan."""
        expected = 8 * (1 + plan.items * COLUMNS)
        if len(blob) != expected:
            raise ValueError(f"a tally of this plan has {expected} bytes, not {len(blob)}")
        numbers = np.frombuffer(blob, dtype="<i8").astype(np.int64)
        return cls(int(numbers[0]), numbers[1:].reshape(plan.items, COLUMNS))

    def to_bytes(self) -> bytes:
        """The number of responses, then the figures row by row: little-endian int64."""
        return self.responses.to_bytes(8, "little") + self.figures.astype("<i8").tobytes()

    def __add__(self, other: Tally) -> Tally:
        """The tally of both lots of responses. Raises ValueError for different plans."""
        if self.figures.shape != other.figures.shape:
            raise ValueError("tallies of different plans cannot be added")
        return Tally(self.responses + other.responses, self.figures + other.figures)

    def __eq__(self, other: object) -> bool:
        """Whether all counts are the same."""
        return (
            isinstance(other, Tally)
            and self.responses == other.responses
            and np.array_equal(self.figures, other.figures)
        )


def rated_and_asked(figures: Integers) -> tuple[Integers, Integers]:
    """Who gave a step, and who gave any answer: also don't know, doesn't apply.

    figures: (..., 9), see `COLUMNS`. Returns two of (...).
    """
    return figures[..., :DONT_KNOW_COLUMN].sum(axis=-1), figures[..., :SUM].sum(axis=-1)


def tally(ratings: Sequence[bytes], plan: TallyPlan) -> Tally:
    """Count packed responses, one `bytes` each.

    Raises ValueError where a response has not one byte a question, or a byte above 7.
    """
    figures, responses = tally_by_group(ratings, np.zeros(len(ratings), np.int64), 1, plan)
    return Tally(int(responses[0]), figures[0])


def tally_by_group(
    ratings: Sequence[bytes] | bytes,
    groups: Sequence[int] | Integers,
    number_of_groups: int,
    plan: TallyPlan,
) -> tuple[Integers, Integers]:
    """Count packed responses, each in its group, in one pass.

    ratings: one `bytes` a response, or all of them joined.
    groups: the group of each response, 0 to number_of_groups - 1.
    Returns figures (groups, items, 9) and the number of responses in each group.
    Raises ValueError for ratings that do not fit the plan, or an unknown group.
    """
    member = np.asarray(groups, dtype=np.int64)
    if member.size and not 0 <= member.min() <= member.max() < number_of_groups:
        raise ValueError(f"groups are numbered from 0 to {number_of_groups - 1}")
    rows = _rows(ratings, len(member), plan.questions)
    figures = np.zeros((number_of_groups, plan.items, COLUMNS), dtype=np.int64)
    for start in range(0, len(rows), CHUNK):
        chunk = slice(start, start + CHUNK)
        _count(figures, np.ascontiguousarray(rows[chunk].T), member[chunk], plan)
    _finish(figures, plan)
    return figures, np.bincount(member, minlength=number_of_groups)


def _rows(ratings: Sequence[bytes] | bytes, responses: int, questions: int) -> Bytes:
    if not isinstance(ratings, bytes):
        if any(len(response) != questions for response in ratings):
            raise ValueError(f"a packed response of this plan has {questions} bytes")
        ratings = b"".join(ratings)
    if len(ratings) != responses * questions:
        raise ValueError(f"expected {responses} responses of {questions} bytes each")
    rows = np.frombuffer(ratings, dtype=np.uint8)
    if rows.max(initial=0) >= BYTES:
        raise ValueError(f"a packed rating is a byte from 0 to {BYTES - 1}, not {rows.max()}")
    return rows.reshape(responses, questions)


def _count(figures: Integers, columns: Bytes, member: Integers, plan: TallyPlan) -> None:
    """Add a chunk to `figures`; `columns` has a row for each question."""
    groups, first = len(figures), member * BYTES
    for question, column in enumerate(columns):
        people = np.bincount(first + column, minlength=groups * BYTES).reshape(groups, BYTES)
        figures[:, question, : BYTES - 1] += people[:, 1:]
    for place, item in enumerate(plan.capabilities, start=plan.questions):
        if len(item.questions) > 1:
            s, kind = np.divmod(_scores(item, columns[list(item.questions)]), BYTES)
            people = np.bincount(first + kind, minlength=groups * BYTES).reshape(groups, BYTES)
            figures[:, place, : BYTES - 1] += people[:, 1:]
            figures[:, place, SUM] += _sums(s, member, groups)
            figures[:, place, SUM_OF_SQUARES] += _sums(s**2, member, groups)


def _sums(amounts: Integers, member: Integers, groups: int) -> Integers:
    """The sum in each group. Added as floats: in a chunk whole numbers below 2**53, so exact."""
    return np.bincount(member, weights=amounts, minlength=groups).astype(np.int64)


def _finish(figures: Integers, plan: TallyPlan) -> None:
    """What follows from the counts: sums of a question's ratings, and the figures of a capability
    with one question, which are the question's own."""
    ratings = np.arange(1, 6) * WHOLE_STEP
    steps = figures[:, : plan.questions, :5]
    figures[:, : plan.questions, SUM] = steps @ ratings
    figures[:, : plan.questions, SUM_OF_SQUARES] = steps @ ratings**2
    for place, item in enumerate(plan.capabilities, start=plan.questions):
        if len(item.questions) == 1:
            figures[:, place] = figures[:, item.questions[0]]


def _scores(item: CapabilityItem, asked: Bytes) -> Integers:
    """The score of each response, see `_score`: looked up where the ways to answer are fewer than
    the responses."""
    if BYTES ** len(asked) > asked.shape[1]:
        return _score(item, asked)
    pattern = asked[0].astype(np.uint32)
    for column in asked[1:]:
        pattern = pattern * np.uint32(BYTES) + column
    scores: Integers = _score_of_pattern(item)[pattern]
    return scores


@lru_cache(maxsize=1024)
def _score_of_pattern(item: CapabilityItem) -> Integers:
    """The score of each way to answer the item's questions, worked out once."""
    patterns = np.indices((BYTES,) * len(item.questions), dtype=np.uint8)
    return _score(item, patterns.reshape(len(item.questions), -1))


def _score(item: CapabilityItem, asked: Bytes) -> Integers:
    """What each person says of a capability, as 8 s + kind.

    asked: packed ratings, a row for each of the item's questions.
    s = sum(w r) / sum(w) over the rated questions, in ten-thousandths, halves down; the kind is
    the step, the exact s to the nearest, halves down: ceil(s - 1/2). Below half the weight shown
    there is no s, and the kind is 6 or 7; where nothing was shown it is 0.
    Source: methods, section 1, "person on a capability".
    """
    sums = np.zeros((len(_TERMS), asked.shape[1]), dtype=np.int64)
    for weight, column in zip(item.weights, asked, strict=True):
        sums += np.take(weight * _TERMS, column, axis=1)
    rated, total, shown, unknown = sums
    silent = np.where(unknown > 0, DONT_KNOW, np.where(shown > 0, NOT_APPLICABLE, 0))
    twice = np.maximum(2 * rated, 1)
    step = -((rated - 2 * total) // twice)
    s = -((rated - 2 * WHOLE_STEP * total) // twice)
    scores: Integers = np.where((rated > 0) & (2 * rated >= shown), BYTES * s + step, silent)
    return scores


_TERMS = np.array(
    [
        (0, 1, 1, 1, 1, 1, 0, 0),  # rated
        (0, 1, 2, 3, 4, 5, 0, 0),  # its rating
        (0, 1, 1, 1, 1, 1, 1, 1),  # shown
        (0, 1, 1, 1, 1, 1, 1, 0),  # neither silent nor "doesn't apply"
    ],
    dtype=np.int64,
)
"""What each byte adds, times its weight."""
