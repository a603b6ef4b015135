"""What a reader takes in first: a finding and the few capabilities that it is about, for each of
the four questions that a profile answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from survey.findings import order, sentences, words
from survey.findings.speech import say
from survey.maturity.profile import Shown

if TYPE_CHECKING:
    from survey.operations.heat_map_reporting import HeatMap
    from survey.operations.priority_reporting import PriorityReport
    from survey.operations.profile import (
        CapabilityFigure,
        CapabilityOverTime,
        ChangeReport,
        Profile,
    )

MOST: Final = 3
"""Capabilities that a reader keeps in mind."""


@dataclass(frozen=True, slots=True)
class Point:
    """A capability, by its id, and what is said of it."""

    id: str
    name: str
    said: str


@dataclass(frozen=True, slots=True)
class Glance:
    """A finding, as a sentence without a full stop, and what it rests on."""

    finding: str
    points: tuple[Point, ...]


def standing(profile: Profile) -> Glance:
    """Where we are: what is furthest on and what is furthest behind."""
    shown = [one for one in profile.capabilities if isinstance(one.measure, Shown)]
    ranked = order.ranking(shown, "step")
    if not ranked:
        return Glance(say("No figure can be shown"), ())
    highest, lowest = ranked[-1], ranked[0]
    if highest.id == lowest.id:
        return Glance(say("One capability can be shown"), (_at(highest, profile.scale),))
    finding = say("%(name)s is furthest on", name=highest.name)
    return Glance(finding, (_at(highest, profile.scale), _at(lowest, profile.scale)))


def disagreement(profile: Profile, apart: HeatMap | None) -> Glance:
    """Where we disagree: within the whole, and between units. apart: a map with the row on which
    units differ most."""
    divided = order.stand_outs(profile.groups).disagreement[: MOST - 1]
    points = [Point(one.id, one.name, _agreement(one)) for one in divided]
    row = next((one for one in apart.rows if one.spread), None) if apart else None
    if row is not None and row.spread is not None:
        steps = words.fixed(row.spread)
        points.append(Point(row.id, row.name, say("%(steps)s apart between units", steps=steps)))
    if divided:
        finding = say("Views are furthest apart on %(name)s", name=divided[0].name)
    elif row is not None and apart is not None:
        finding = sentences.heat_map(apart)
    else:
        finding = say("On no capability are views far apart")
    return Glance(finding, tuple(points))


def compared(report: HeatMap) -> str:
    """The finding of a few units side by side: on which capability they differ most, and how.
    report: with these units as its columns."""
    rows = [(row.spread, row.name, row) for row in report.rows if row.spread is not None]
    if not rows:
        return say("Too few people answered to show these units beside one another")
    spread, name, row = max(rows, key=lambda one: one[:2])
    if not spread:
        return say("These units see every capability alike")
    means = [
        (cell.mean, unit.name)
        for cell, unit in zip(row.cells, report.units, strict=True)
        if isinstance(cell, Shown)
    ]
    return say(
        "%(high)s stands %(steps)s above %(low)s on %(name)s",
        high=max(means)[1],
        steps=words.steps(spread),
        low=min(means)[1],
        name=name,
    )


def changes(report: ChangeReport | None) -> Glance:
    """What changed since the wave before: what moved most and is more than chance."""
    if report is None:
        return Glance(say("This is the first wave: there is nothing to compare it with yet"), ())
    moved = [row for row in report.capabilities if _moved(row)]
    moved.sort(key=lambda row: (-abs(row.last.change.delta if row.last else 0.0), row.id))
    points = tuple(Point(row.id, row.name, _since(row)) for row in moved[:MOST])
    return Glance(sentences.change(report), points)


def first(report: PriorityReport) -> Glance:
    """What to do first: the most pressing gaps."""
    points = tuple(
        Point(work.figure.id, work.figure.name, _gap(work.figure, report.profile.scale))
        for work in report.work[:MOST]
    )
    return Glance(sentences.priorities(report), points)


def _at(figure: CapabilityFigure, scale: tuple[str, ...]) -> Point:
    measure = figure.measure
    if not isinstance(measure, Shown):
        return Point(figure.id, figure.name, words.withheld(measure))
    step, mean = words.step_name(measure.step, scale), words.fixed(measure.mean)
    return Point(figure.id, figure.name, say("%(step)s, mean %(mean)s", step=step, mean=mean))


def _agreement(figure: CapabilityFigure) -> str:
    return words.agreement(figure.measure) if isinstance(figure.measure, Shown) else ""


def _gap(figure: CapabilityFigure, scale: tuple[str, ...]) -> str:
    target = words.step_name(figure.target or 1, scale)
    return say("%(gap)s below %(target)s", gap=words.fixed(figure.gap or 0.0), target=target)


def _moved(row: CapabilityOverTime) -> bool:
    return row.last is not None and row.last.words != "no clear change"


def _since(row: CapabilityOverTime) -> str:
    means = [
        one.measure.mean for one in row.moments if isinstance(one.measure, Shown) and not one.broken
    ]
    said = words.changed(row.last.words) if row.last is not None else ""
    then, now = words.fixed(means[-2]), words.fixed(means[-1])
    return say("%(said)s, mean %(then)s to %(now)s", said=said, then=then, now=now)
