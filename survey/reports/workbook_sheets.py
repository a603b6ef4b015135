"""The sheets of a workbook that have a row for each capability, unit, priority or action."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from survey.findings import order, sentences, words
from survey.findings.speech import say
from survey.maturity.profile import Measure, Shown, Withheld
from survey.questionnaire.model import STEPS
from survey.reports.document_sections import said_date
from survey.reports.office_text import shortened
from survey.reports.office_words import method, next_step, role_name, then_and_now
from survey.reports.workbook_look import (
    PERCENT,
    TWO_PLACES,
    WHOLE,
    Column,
    Looks,
    new_sheet,
    write,
    write_heads,
    write_mean,
    write_row,
    write_step,
    write_title,
)

if TYPE_CHECKING:
    from survey.operations.profile import (
        CapabilityFigure,
        CapabilityOverTime,
        Moment,
        Planned,
        UnitReport,
    )
    from survey.reports.contents import Contents

HEAD: Final = 2
"""The row of a table's head; the first is 0."""

LONGEST_HEAD: Final = 60
"""Letters of a unit's name over a narrow column."""

Cell = str | float | None


def add_capabilities(looks: Looks, told: Contents, name: str) -> None:
    """Every capability with all its figures."""
    scale = told.profile.scale
    columns = (
        *(Column(say("Group"), 24), Column(say("Capability"), 40), Column(say("Step"), 16)),
        Column(say("Mean"), 9, TWO_PLACES),
        Column(say("Very likely from"), 9, TWO_PLACES),
        Column(say("to"), 9, TWO_PLACES),
        *(Column(say("Median"), 9, TWO_PLACES), Column(say("Agreement"), 11, TWO_PLACES)),
        *(Column(say("Agreement in words"), 16), Column(say("People"), 9, WHOLE)),
        *(Column(words.step_name(step, scale), 12, WHOLE) for step in STEPS),
        *(Column(say("Don’t know"), 9, WHOLE), Column(say("Doesn’t apply"), 9, WHOLE)),
        *(Column(say("Target"), 14), Column(say("Gap"), 9, TWO_PLACES)),
        *((Column(say("Mean of the whole organisation"), 14, TWO_PLACES),) if told.beside else ()),
    )
    sheet = _table(looks, name, sentences.headline(told.profile), columns)
    beside = {one.id: one.measure for one in told.beside.capabilities} if told.beside else {}
    row = HEAD
    for group in told.profile.groups:
        for figure in group.capabilities:
            row += 1
            cells = [group.title, figure.name, *_figures(figure, scale)]
            if told.beside:
                cells.append(_mean(beside.get(figure.id)))
            write_row(looks, sheet, row, cells, columns)
            if isinstance(figure.measure, Shown):
                step = figure.measure.step
                write_step(looks, sheet, row, 2, step, words.step_name(step, scale))
    sheet.freeze_panes(HEAD + 1, 2)
    sheet.autofilter(HEAD, 0, row, len(columns) - 1)


def _figures(figure: CapabilityFigure, scale: Sequence[str]) -> list[Cell]:
    target = words.step_name(figure.target, scale) if figure.target else None
    shown = figure.measure
    if not isinstance(shown, Shown):
        return [words.withheld(shown), *[None] * 14, target, None]
    return [
        words.step_name(shown.step, scale),
        *(shown.mean, *shown.interval, shown.median, shown.agreement),
        words.agreement(shown),
        *(shown.n, *shown.counts, shown.dont_know, shown.not_applicable),
        *(target, figure.gap),
    ]


def _mean(measure: Measure | None) -> Cell:
    return measure.mean if isinstance(measure, Shown) else say("Withheld")


def add_units(looks: Looks, told: Contents, name: str) -> None:
    """Every unit with who was invited and who answered."""
    columns = (
        *(
            Column(say("Unit"), 50),
            Column(say("Level"), 8, WHOLE),
            Column(say("Invited"), 11, WHOLE),
        ),
        *(Column(say("Answered"), 14, WHOLE), Column(say("Share"), 10, PERCENT)),
    )
    sheet = _table(looks, name, sentences.participation(told.profile), columns)
    row = HEAD
    for row, unit in enumerate(told.profile.units, start=HEAD + 1):
        write_row(looks, sheet, row, [unit.name, unit.depth, *_response(unit)], columns)
    sheet.autofilter(HEAD, 0, row, len(columns) - 1)


def _response(unit: UnitReport) -> list[Cell]:
    if unit.responded is None:
        return [unit.invited, say("withheld")]
    if not 0 < unit.invited >= unit.responded:
        return [unit.invited, unit.responded]
    return [unit.invited, unit.responded, unit.responded / unit.invited]


def add_heat_map(looks: Looks, told: Contents, name: str) -> None:
    """The mean of each capability in each unit directly below, in the colour of its step."""
    report = told.heat
    if report is None:
        return
    columns = (
        *(Column(say("Group"), 22), Column(say("Capability"), 36)),
        Column(say("Everybody") if report.unit is None else report.unit.name, 13, TWO_PLACES),
        *(Column(shortened(unit.name, LONGEST_HEAD), 13, TWO_PLACES) for unit in report.units),
    )
    sheet = _table(looks, name, sentences.heat_map(report), columns)
    row = HEAD
    for title, rows in report.groups:
        for one in rows:
            row += 1
            write_row(looks, sheet, row, [title, one.name], columns)
            for place, measure in enumerate((one.whole, *one.cells), start=2):
                if isinstance(measure, Shown):
                    write_mean(looks, sheet, row, place, measure.mean, measure.step)
                else:
                    write(looks, sheet, row, place, say("Withheld"), "quiet")
    sheet.freeze_panes(HEAD + 1, 2)


def add_changes(looks: Looks, told: Contents, name: str) -> None:
    """Every capability before and now."""
    report = told.changes
    if report is None:
        return
    columns = (
        *(Column(say("Capability"), 44), Column(say("People before"), 10, WHOLE)),
        *(Column(say("Mean before"), 10, TWO_PLACES), Column(say("People now"), 10, WHOLE)),
        *(Column(say("Mean now"), 10, TWO_PLACES), Column(say("Change"), 36)),
        *(Column(say("Delta, from −1 to 1"), 11, TWO_PLACES), Column(say("Chance"), 14)),
    )
    sheet = _table(looks, name, sentences.change(report), columns)
    sheet.merge_range(1, 0, 1, len(columns) - 1, "", looks.by_name["quiet"])
    write(looks, sheet, 1, 0, sentences.smallest_change(report), "quiet")
    row = HEAD
    for row, one in enumerate(_ranked(report.capabilities), start=HEAD + 1):
        write_row(looks, sheet, row, _change(one), columns)
    sheet.autofilter(HEAD, 0, row, len(columns) - 1)


def _ranked(rows: Sequence[CapabilityOverTime]) -> list[CapabilityOverTime]:
    return [one for _, few in order.by_change(rows) for one in few]


def _change(row: CapabilityOverTime) -> list[Cell]:
    found, last = then_and_now(row), row.moments[-1]
    if found is None:
        return [row.name, None, None, *_alone(last)]
    then, now, differs = found
    return [
        *(row.name, then.n, then.mean, now.n, now.mean, sentences.since_before(last)),
        *(differs.change.delta, words.q(differs.q)),
    ]


def _alone(moment: Moment) -> list[Cell]:
    """What there is now, with nothing before to compare it with."""
    if isinstance(moment.measure, Withheld):
        return [None, None, words.withheld(moment.measure)]
    why = moment.broken or say("Nothing to compare it with")
    if moment.measure is None:
        return [None, None, why]
    return [moment.measure.n, moment.measure.mean, why]


def add_priorities(looks: Looks, told: Contents, name: str) -> None:
    """What to do first, the wording of the next step, and the roles that it calls for."""
    scale = told.profile.scale
    columns = (
        *(Column(say("Capability"), 36), Column(say("Now"), 14), Column(say("Target"), 14)),
        *(Column(say("Gap"), 9, TWO_PLACES), Column(say("Importance"), 13, TWO_PLACES)),
        Column(say("People below the target"), 12, PERCENT),
        *(Column(say("Priority"), 9, TWO_PLACES), Column(say("The next step"), 60)),
        Column(say("Roles"), 40),
    )
    sheet = _table(looks, name, sentences.priorities(told.priorities), columns)
    for row, work in enumerate(told.priorities.work, start=HEAD + 1):
        then = next_step(work)
        cells: list[Cell] = [
            *(work.figure.name, words.step_name(work.shown.step, scale)),
            *(words.step_name(work.target, scale), work.priority.gap),
            say("not known") if work.importance is None else work.importance,
            *(work.priority.short, work.priority.value),
            f"{words.step_name(then, scale)}: {work.capability.steps[then - 1]}",
            ", ".join(role_name(told, role) for role in work.capability.roles),
        ]
        write_row(looks, sheet, row, cells, columns)


def add_plan(looks: Looks, told: Contents, name: str) -> None:
    """Every action: to do, done, dropped."""
    columns = (
        *(Column(say("Action"), 44), Column(say("Capability"), 36), Column(say("Unit"), 28)),
        *(Column(say("Who"), 26), Column(say("By"), 18), Column(say("State"), 14)),
        Column(say("What shows that it has worked"), 50),
    )
    actions = [*told.plan.to_do, *told.plan.done, *told.plan.dropped]
    title = say("The plan") if actions else say("No action is planned yet")
    sheet = _table(looks, name, title, columns)
    for row, one in enumerate(actions, start=HEAD + 1):
        write_row(looks, sheet, row, _action(one), columns)


def _action(one: Planned) -> list[Cell]:
    action = one.action
    return [
        *(action.title, one.name, one.unit.name, action.owner, said_date(action.due)),
        *(say(words.ACTION_STATES[action.state]), action.evidence),
    ]


def add_method(looks: Looks, told: Contents, name: str) -> None:
    """How to read the figures, and what protects people."""
    columns = (Column(say("About"), 30), Column(say("Text"), 90))
    sheet = _table(looks, name, say("How to read this"), columns)
    for row, (heading, said) in enumerate(method(told), start=HEAD + 1):
        write_row(looks, sheet, row, [heading, said], columns)


def _table(looks: Looks, name: str, title: str, columns: Sequence[Column]) -> Any:
    sheet = new_sheet(looks, name, columns)
    write_title(looks, sheet, title, columns)
    write_heads(looks, sheet, HEAD, columns)
    return sheet
