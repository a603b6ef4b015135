"""What charts of measures have in common to say: of how many people, and what is withheld."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from survey.charts.chart import Cell
from survey.findings.speech import say, say_many
from survey.maturity.profile import Measure, Shown, Withheld

NAMED: Final = 3
"""So many names are read in a note; of more, their number."""


def of_people(numbers: Iterable[int]) -> str:
    """Of how many people figures are: "111 to 119 people"; empty where there are none."""
    found = sorted(numbers)
    if not found:
        return ""
    if found[0] == found[-1]:
        return say_many("%(number)s person", "%(number)s people", found[0])
    return say("%(least)s to %(most)s people", least=f"{found[0]:,}", most=f"{found[-1]:,}")


def with_people(said: str, numbers: Iterable[int]) -> str:
    """What is drawn, then of how many people."""
    people = of_people(numbers)
    return say("%(said)s; %(people)s", said=said, people=people) if people else said


def withheld(named: Iterable[tuple[str, Measure]]) -> str:
    """Which of what is named is withheld, and why; empty where nothing is."""
    found = [(name, measure) for name, measure in named if isinstance(measure, Withheld)]
    few = [name for name, measure in found if measure.reason == "too-few"]
    others = [name for name, measure in found if measure.reason == "protects-another"]
    said = []
    if few:
        said.append(say("Withheld, since too few people answered: %(names)s.", names=listed(few)))
    if others:
        names = listed(others)
        text = "Withheld, since showing it would reveal another group’s answers: %(names)s."
        said.append(say(text, names=names))
    return " ".join(said)


def listed(names: Sequence[str]) -> str:
    """The names, or how many there are of them, where that is more than can be read."""
    if len(names) <= NAMED:
        return ", ".join(names)
    return f"{len(names):,}"


def figures(measure: Measure) -> tuple[Cell, ...]:
    """Mean, from where to where it very likely lies, and how many people rated."""
    if not isinstance(measure, Shown):
        return (None, None, None, None)
    return (measure.mean, *measure.interval, measure.n)


def figure_columns() -> tuple[str, ...]:
    """The headings of `figures`."""
    return (say("Mean"), say("From"), say("To"), say("People"))
