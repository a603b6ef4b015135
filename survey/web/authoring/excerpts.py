"""What is wrong with a questionnaire's source, beside the lines where it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from survey.questionnaire.problems import Problem

LINES_AROUND = 1
WIDEST = 160
"""Characters of a line that are shown: a file on a single line stays readable."""


@dataclass(frozen=True, slots=True)
class ExcerptLine:
    """One line of the source; `number` counts from 1."""

    number: int
    text: str
    is_meant: bool


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A problem, and the lines around it."""

    problem: Problem
    lines: tuple[ExcerptLine, ...]


def excerpts(source: str, problems: Sequence[Problem]) -> list[Excerpt]:
    """Each problem with its line and those next to it."""
    lines = source.split("\n")
    return [Excerpt(problem, _around(lines, problem)) for problem in problems]


def _around(lines: Sequence[str], problem: Problem) -> tuple[ExcerptLine, ...]:
    first = max(1, problem.line - LINES_AROUND)
    last = min(len(lines), problem.line + LINES_AROUND)
    return tuple(
        ExcerptLine(number, _shortened(lines[number - 1], problem, number), number == problem.line)
        for number in range(first, last + 1)
    )


def _shortened(text: str, problem: Problem, number: int) -> str:
    text = text.rstrip("\r")
    start = max(0, problem.column - WIDEST // 2) if number == problem.line else 0
    shown = text[start : start + WIDEST]
    return ("…" if start else "") + shown + ("…" if start + WIDEST < len(text) else "")
