"""What slides show of change, units and priorities."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from survey.findings import sentences, words
from survey.findings.speech import say
from survey.maturity.profile import Measure, Shown
from survey.reports.deck_findings import ENDS, MOST_PAIRS, few
from survey.reports.deck_page import Cell, Form, Page, Picture, Series, Table, labels, split
from survey.reports.office_text import in_parts, rounded, shortened
from survey.reports.office_words import people_behind, then_and_now, withheld_said

if TYPE_CHECKING:
    from survey.maturity.change import Difference
    from survey.operations.heat_map_reporting import HeatMap, HeatRow
    from survey.operations.priority_reporting import Work
    from survey.operations.profile import CapabilityOverTime, UnitReport
    from survey.reports.contents import Contents

MOST_COLUMNS: Final = 8
"""Units that one slide has room for."""

LONGEST_HEAD, LONGEST_NAME = 36, 80
"""Letters of a unit's name over a column, of a capability's before a row."""

A_SLIDE: Final = 13
MOST_ROWS: Final = 2 * A_SLIDE
"""Capabilities on slides of a heat map, two slides full: those on which units differ most."""

Course = tuple["CapabilityOverTime", Shown, Shown, "Difference"]


def changes(told: Contents) -> Iterator[Page]:
    """Before and now, what moved most first."""
    report = told.changes
    compared: list[Course] = []
    for row in report.capabilities if report else ():
        found = then_and_now(row)
        if found is not None:
            compared.append((row, *found))
    compared.sort(key=lambda one: (-abs(one[3].change.delta), one[0].id))
    if report is None or not compared:
        return
    for part in in_parts(compared, min(MOST_PAIRS, few([one[0].name for one in compared])))[:2]:
        yield Page(
            title=sentences.change(report),
            body=_before_and_now(part),
            source=say(
                "Mean from 1 to 5; before: %(then)s, now: %(now)s. %(smallest)s",
                then=people_behind(one[1] for one in part),
                now=people_behind(one[2] for one in part),
                smallest=sentences.smallest_change(report),
            ),
            note=_not_compared(report.capabilities),
            spoken=(
                *(_moved(one) for one in part),
                say(
                    "Those who answered are not the same people each time, and nobody knows who "
                    "is: so a change is called one only where chance alone would rarely make it."
                ),
            ),
        )


def _before_and_now(part: Sequence[Course]) -> Picture:
    then = tuple(rounded(one[1].mean) for one in part)
    now = tuple(rounded(one[2].mean) for one in part)
    said = " ".join(_moved(one) for one in part)
    return Picture(
        Form.BARS,
        labels(one[0].name for one in part),
        (
            Series(say("Before"), then, 2, pattern="0.00"),
            Series(say("Now"), now, 4, pattern="0.00"),
        ),
        say("Bars: means before and now. %(said)s", said=said),
        ENDS,
    )


def _moved(one: Course) -> str:
    row, then, now, differs = one
    return say(
        "%(name)s: mean %(then)s before, %(now)s now; %(change)s.",
        name=row.name,
        then=words.fixed(then.mean),
        now=words.fixed(now.mean),
        change=say(differs.words),
    )


def _not_compared(rows: Sequence[CapabilityOverTime]) -> str:
    """Those that are withheld now, and why."""
    return withheld_said(
        (row.name, row.moments[-1].measure) for row in rows if row.moments[-1].measure is not None
    )


def heat(told: Contents) -> Iterator[Page]:
    """Units across, capabilities down: the step in colour, the mean as a number."""
    report = told.heat
    if report is None or not any(row.spread is not None for row in report.rows):
        return
    rows = _most_apart(report)
    slides = 2 if len(rows) <= A_SLIDE else 1
    for part in in_parts(_largest(report, slides * MOST_COLUMNS), MOST_COLUMNS):
        yield from split(_heat_page(report, rows, part))


def _largest(report: HeatMap, most: int) -> list[int]:
    """The places of the units of which most people were invited, in the order of the tree."""
    places = sorted(range(len(report.units)), key=lambda place: -report.units[place].invited)
    return sorted(places[:most])


def _most_apart(report: HeatMap) -> Sequence[HeatRow]:
    if len(report.rows) <= MOST_ROWS:
        return report.rows
    apart = sorted(report.rows, key=lambda row: (row.spread is None, -(row.spread or 0), row.id))
    return apart[:MOST_ROWS]


def _heat_page(report: HeatMap, rows: Sequence[HeatRow], columns: Sequence[int]) -> Page:
    whole = shortened(report.unit.name, LONGEST_HEAD) if report.unit else say("Everybody")
    units = [shortened(report.units[place].name, LONGEST_HEAD) for place in columns]
    body = [
        (
            Cell(shortened(row.name, LONGEST_NAME)),
            _heat_cell(row.whole),
            *(_heat_cell(row.cells[place]) for place in columns),
        )
        for row in rows
    ]
    return Page(
        title=sentences.heat_map(report),
        body=Table(
            (say("Capability"), whole, *units),
            tuple(body),
            (3.2, *(1.0 for _ in range(len(units) + 1))),
            say("Table: the step and mean of each capability in each unit."),
            frozenset(range(1, len(units) + 2)),
            size=11 if len(units) < MOST_COLUMNS else 10,
        ),
        source=say(
            "In colour the step, the number the mean, from 1 to 5. %(shown)s",
            shown=_of_how_many(report, rows, units),
        ).strip(),
        note=say("– withheld: too few people, or it would reveal others.")
        if any(cell.text == WITHHELD for row in body for cell in row)
        else "",
        spoken=(*_said_of(rows, report.units, columns), *_colours(report.scale)),
    )


WITHHELD: Final = "–"


def _heat_cell(measure: Measure) -> Cell:
    if not isinstance(measure, Shown):
        return Cell(WITHHELD)
    return Cell(words.fixed(measure.mean, 1), measure.step)


def _of_how_many(report: HeatMap, rows: Sequence[HeatRow], units: Sequence[str]) -> str:
    said = []
    if report.of_units > len(units):
        said.append(say("Units: %(some)s of %(all)s.", some=len(units), all=f"{report.of_units:,}"))
    if len(report.rows) > len(rows):
        said.append(
            say(
                "Capabilities: the %(some)s of %(all)s on which units differ most.",
                some=len(rows),
                all=len(report.rows),
            )
        )
    return " ".join(said)


def _said_of(
    rows: Sequence[HeatRow], units: Sequence[UnitReport], columns: Sequence[int]
) -> list[str]:
    """The extremes of each row in words."""
    said = []
    for row in rows:
        means = [
            (cell.mean, units[place].name)
            for place in columns
            if isinstance(cell := row.cells[place], Shown)
        ]
        if len(means) > 1:
            said.append(
                say(
                    "%(name)s: from %(low)s (%(lowest)s) to %(high)s (%(highest)s).",
                    name=row.name,
                    low=words.fixed(min(means)[0], 1),
                    lowest=min(means)[1],
                    high=words.fixed(max(means)[0], 1),
                    highest=max(means)[1],
                )
            )
    return said


def _colours(scale: Sequence[str]) -> tuple[str, ...]:
    steps = ", ".join(words.step_name(step, scale) for step in range(1, 6))
    return (say("Colours, from light to dark: %(steps)s.", steps=steps),)


def priorities(told: Contents) -> Iterator[Page]:
    """What to do first: a chart of the order, then the factors it comes from."""
    work = told.priorities.work
    if not work:
        return
    yield _order(told, work[: few([one.figure.name for one in work])])
    most, scale = work[:MOST_ROWS], told.profile.scale
    heads = (
        *(say("Capability"), say("Now"), say("Target"), say("Gap"), say("Importance")),
        *(say("People below the target"), say("Priority")),
    )
    yield from split(
        Page(
            title=_below(len(work)),
            body=Table(
                heads,
                tuple(_work_row(one, scale) for one in most),
                (3.4, 1.6, 1.5, 0.8, 1.5, 1.5, 1.3),
                say("Table: capabilities below their target, the most pressing first."),
                frozenset((3, 4, 5, 6)),
            ),
            source=_rule(),
            spoken=tuple(_work_said(one) for one in most),
        )
    )


def _order(told: Contents, part: Sequence[Work]) -> Page:
    values = tuple(rounded(one.priority.value) for one in part)
    said = tuple(_work_said(one) for one in part)
    return Page(
        title=sentences.priorities(told.priorities),
        body=Picture(
            Form.BARS,
            labels(one.figure.name for one in part),
            (Series(say("Priority"), values, 4, pattern="0.00"),),
            say("Bars: the order of work. %(said)s", said=" ".join(said)),
        ),
        source=_rule(),
        note=withheld_said((one.name, one.measure) for one in told.profile.capabilities),
        spoken=said,
    )


def _rule() -> str:
    return say(
        "The priority is the gap to the target, times how much the capability matters to people, "
        "of 5. Where that was not asked it counts in full. It orders work; it rates nobody."
    )


def _below(number: int) -> str:
    if number == 1:
        return say("One capability is below its target")
    return say("%(number)s capabilities are below their target", number=number)


def _work_said(one: Work) -> str:
    return say(
        "%(name)s: %(gap)s below the target, priority %(priority)s.",
        name=one.figure.name,
        gap=words.fixed(one.priority.gap),
        priority=words.fixed(one.priority.value),
    )


def _work_row(one: Work, scale: Sequence[str]) -> tuple[Cell, ...]:
    return (
        Cell(one.figure.name),
        Cell(words.step_name(one.shown.step, scale), one.shown.step),
        Cell(words.step_name(one.target, scale)),
        Cell(words.fixed(one.priority.gap)),
        Cell(say("not known") if one.importance is None else words.fixed(one.importance)),
        Cell(words.percent(one.priority.short)),
        Cell(words.fixed(one.priority.value)),
    )
