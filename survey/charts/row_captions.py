"""What a chart of rows says in words and in numbers: bars, columns and the ladder alike."""

from __future__ import annotations

from collections.abc import Sequence

from survey.charts import captions
from survey.charts.chart import Cell, Table
from survey.charts.placing import Row
from survey.findings import words
from survey.findings.speech import say
from survey.maturity.profile import Measure, Shown
from survey.questionnaire.model import STEPS


def shown(rows: Sequence[Row]) -> list[tuple[Row, Shown]]:
    """The rows that may be seen."""
    return [(row, row.measure) for row in rows if isinstance(row.measure, Shown)]


def at_step(name: str, measure: Shown, scale: Sequence[str]) -> str:
    """Where one thing stands: "User research is clearly at 3 Embedded"."""
    lowest, highest = measure.step_range
    if lowest == highest:
        return say("%(name)s is clearly at %(step)s", name=name, step=step(lowest, scale))
    return say(
        "%(name)s is between %(lowest)s and %(highest)s",
        name=name,
        lowest=step(lowest, scale),
        highest=step(highest, scale),
    )


def lowest(rows: Sequence[Row], scale: Sequence[str]) -> str:
    """Which row is lowest, where it is so by more than chance from the highest."""
    ranked = sorted(shown(rows), key=lambda one: (one[1].mean, one[0].label))
    if not ranked:
        return say("No figure can be shown")
    (row, least), (_, most) = ranked[0], ranked[-1]
    if len(ranked) == 1:
        return at_step(row.label, least, scale)
    if least.interval[1] < most.interval[0]:
        return say("%(name)s is lowest, at %(step)s", name=row.label, step=step(least.step, scale))
    return say(
        "All lie close together: means from %(least)s to %(most)s",
        least=words.fixed(least.mean),
        most=words.fixed(most.mean),
    )


def step(number: int, scale: Sequence[str]) -> str:
    """A step by its number and name."""
    return words.step_name(number, scale)


def in_words(rows: Sequence[Row], scale: Sequence[str]) -> str:
    """The rows, one after another."""
    return ". ".join(f"{row.label}: {_said(row.measure, scale)}" for row in rows) + "."


def _said(measure: Measure, scale: Sequence[str]) -> str:
    if not isinstance(measure, Shown):
        return words.withheld(measure).lower()
    name, mean = step(measure.step, scale), words.fixed(measure.mean)
    return say("step %(step)s, mean %(mean)s", step=name, mean=mean)


def note(rows: Sequence[Row]) -> str:
    """Which rows are withheld, and why."""
    return captions.withheld((row.label, row.measure) for row in rows)


def table(rows: Sequence[Row], scale: Sequence[str]) -> Table:
    """Each row with its step, mean, likely range and target, and how many are at each step."""
    beside = any(row.beside is not None for row in rows)
    whole = (say("Whole organisation"),) if beside else ()
    steps = tuple(step(number, scale) for number in STEPS)
    heads = (say("Name"), say("Step"), *captions.figure_columns(), say("Target"))
    return Table(
        (*heads, *whole, *steps, say("Agreement")),
        tuple((*_cells(row), *((row.beside,) if beside else ()), *_counts(row)) for row in rows),
    )


def _cells(row: Row) -> tuple[Cell, ...]:
    at = row.measure.step if isinstance(row.measure, Shown) else None
    return (row.label, at, *captions.figures(row.measure), row.target)


def _counts(row: Row) -> tuple[Cell, ...]:
    if not isinstance(row.measure, Shown):
        return (None,) * (len(STEPS) + 1)
    return (*row.measure.counts, words.agreement(row.measure) or None)
