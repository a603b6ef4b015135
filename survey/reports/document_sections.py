"""The sections of a printed report, from the summary to the plan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from babel.dates import format_date

from survey.charts import pictures
from survey.charts.ladder import Ladder
from survey.charts.placing import Row
from survey.findings import order, sentences, words
from survey.findings.speech import say, say_many
from survey.maturity.profile import Shown
from survey.questionnaire.speaking import spoken
from survey.reports import document_blocks as blocks
from survey.reports.document_blocks import Block

if TYPE_CHECKING:
    from datetime import date

    from survey.operations.priority_reporting import Work
    from survey.operations.profile import CapabilityFigure, Planned, UnitReport
    from survey.reports.contents import Contents
    from survey.reports.pictured import Pictured

MOST_UNITS = 60


def shown_of(figures: Iterable[CapabilityFigure]) -> list[tuple[CapabilityFigure, Shown]]:
    """Those that are shown, each with what is shown of it."""
    return [(one, one.measure) for one in figures if isinstance(one.measure, Shown)]


def summary(told: Contents, pictured: Pictured) -> Iterator[Block]:
    """Where we are, where we disagree, what changed, what to do first: on one page."""
    profile, stand_outs = told.profile, order.stand_outs(told.profile.groups)
    scale = profile.scale
    yield blocks.heading(say("In one page"))
    yield blocks.text(sentences.participation(profile))
    if sentences.evenness(profile):
        yield blocks.text(sentences.evenness(profile))
    yield blocks.cards(
        [
            (
                say("Where are we?"),
                sentences.headline(profile),
                [_strength(*one, scale) for one in shown_of(stand_outs.strengths)],
            ),
            (say("Where do we disagree?"), *_disagreement(told, stand_outs.disagreement)),
            (say("What changed?"), *_changed(told)),
            (say("What should we do first?"), *_first(told)),
        ]
    )
    yield blocks.note(
        say(
            "A figure is shown only where at least %(people)s people stand behind it. The last "
            "pages say how each figure is worked out.",
            people=profile.threshold,
        )
    )
    if len(profile.capabilities) <= order.A_CHART:
        rows = tuple(Row(one.name, one.measure, one.target) for one in profile.capabilities)
        yield pictured(Ladder(say("Each capability on its step"), rows, scale), share=86)


def _strength(figure: CapabilityFigure, shown: Shown, scale: Sequence[str]) -> str:
    return say(
        "Furthest on: %(name)s, %(step)s, mean %(mean)s",
        name=figure.name,
        step=words.step_name(shown.step, scale),
        mean=words.fixed(shown.mean),
    )


def _disagreement(told: Contents, divided: Sequence[CapabilityFigure]) -> tuple[str, list[str]]:
    lines = [
        say("%(name)s: %(agreement)s", name=one.name, agreement=words.agreement(shown))
        for one, shown in shown_of(divided)
    ]
    if told.heat is not None:
        lines.append(sentences.heat_map(told.heat))
    said = (
        say_many(
            "Views are far apart on %(number)s capability",
            "Views are far apart on %(number)s capabilities",
            len(divided),
        )
        if divided
        else say("On no capability are views far apart")
    )
    return said, lines


def _changed(told: Contents) -> tuple[str, list[str]]:
    if told.changes is None:
        return say("This is the first survey: there is nothing to compare it with"), []
    smallest = sentences.smallest_change(told.changes)
    return sentences.change(told.changes), [smallest] if smallest else []


def _first(told: Contents) -> tuple[str, list[str]]:
    lines = [
        say(
            "%(name)s: %(gap)s below the target",
            name=one.figure.name,
            gap=words.fixed(one.priority.gap),
        )
        for one in told.priorities.work[:3]
    ]
    return sentences.priorities(told.priorities), lines


def where_we_are(told: Contents, pictured: Pictured) -> Iterator[Block]:
    """How many capabilities are at each step, then group by group."""
    profile = told.profile
    yield blocks.heading(say("Where we are"))
    charts = pictures.of_profile(profile, order.IN_MAP_ORDER, told.beside)
    if "steps" in charts:
        yield pictured(charts["steps"])
    if sentences.steps_withheld(profile):
        yield blocks.note(sentences.steps_withheld(profile))
    for block in order.blocks(profile.groups, order.IN_MAP_ORDER):
        yield blocks.heading(block.title, 2)
        if block.group:
            yield blocks.text(sentences.group(block.group, profile.scale))
        yield pictured(charts[block.key])


def strengths_and_gaps(told: Contents) -> Iterator[Block]:
    """What is furthest on, the strongest first; and every gap, the widest first."""
    scale, figures = told.profile.scale, told.profile.capabilities
    yield blocks.heading(say("Strengths and gaps"))
    strongest = shown_of(order.ranking(figures, "step"))[::-1]
    if not strongest:
        yield blocks.text(say("Too few people answered to show any figure."))
        return
    yield blocks.table(
        [say("Capability"), say("Step"), say("Mean"), say("Agreement")],
        [
            [
                one.name,
                words.step_name(shown.step, scale),
                words.fixed(shown.mean),
                words.agreement(shown),
            ]
            for one, shown in strongest[:10]
        ],
        figures=[2],
        caption=say("Furthest on, at most ten"),
    )
    gaps = [
        [
            one.name,
            words.fixed(shown.mean),
            words.step_name(one.target, scale),
            words.fixed(one.gap),
        ]
        for one, shown in shown_of(order.ranking(figures, "gap"))
        if one.target is not None and one.gap is not None and one.gap > 0
    ]
    if gaps:
        yield blocks.table(
            [say("Capability"), say("Mean"), say("Target"), say("Gap")],
            gaps,
            figures=[1, 3],
            caption=say("Below the target, the widest gap first"),
        )


def units(told: Contents, pictured: Pictured) -> Iterator[Block]:
    """Who answered, unit by unit; and where units stand."""
    if not told.profile.units:
        return
    yield blocks.heading(say("Units"))
    if told.heat is not None:
        yield blocks.lead(sentences.heat_map(told.heat))
        for chart in pictures.of_heat_map(told.heat).values():
            yield pictured(chart)
    shown = [one for one in told.profile.units if one.responded is not None]
    if shown:
        yield blocks.table(
            [say("Unit"), say("Invited"), say("Answered")],
            [_unit_row(one) for one in shown[:MOST_UNITS]],
            figures=[1, 2],
            caption=say("Who was invited and who answered"),
        )
    left_out = len(told.profile.units) - len(shown[:MOST_UNITS])
    if left_out:
        yield blocks.note(
            say_many(
                "%(number)s more unit is not listed: too few people answered, or no room.",
                "%(number)s more units are not listed: too few people answered, or no room.",
                left_out,
            )
        )


def _unit_row(unit: UnitReport) -> list[str]:
    return [unit.name, f"{unit.invited:,}", sentences.answered(unit)]


def changes(told: Contents) -> Iterator[Block]:
    """What became of each capability since the wave before."""
    report = told.changes
    if report is None:
        return
    yield blocks.heading(say("What changed"))
    yield blocks.lead(sentences.change(report))
    if sentences.smallest_change(report):
        yield blocks.text(sentences.smallest_change(report))
    rows = []
    for one in (row for _, rows_ in order.by_change(report.capabilities) for row in rows_):
        if one.last is None:
            broken = one.moments[-1].broken
            rows.append([one.name, broken or say("Nothing to compare it with")])
            continue
        before, now = [m.measure for m in one.moments if isinstance(m.measure, Shown)][-2:]
        rows.append(
            [
                one.name,
                words.fixed(before.mean),
                words.fixed(now.mean),
                sentences.since_before(one.moments[-1]),
                words.fixed(one.last.change.delta),
                words.q(one.last.q),
            ]
        )
    yield blocks.table(
        [say("Capability"), say("Before"), say("Now"), say("Change"), say("Delta"), say("Chance")],
        rows,
        figures=[1, 2, 4],
        caption=say("Means in the two last surveys that can be compared, what rose most first"),
    )


def priorities(told: Contents) -> Iterator[Block]:
    """What to do first, what the next step looks like, and whom it takes."""
    report, scale = told.priorities, told.profile.scale
    yield blocks.heading(say("What to do first"))
    yield blocks.lead(sentences.priorities(report))
    yield blocks.text(
        say(
            "The priority is the gap to the target, times how much the capability matters to "
            "people, of 5. Where that was not asked it counts in full. It orders work; it rates "
            "nobody."
        )
    )
    if report.work:
        yield blocks.table(
            [
                say("Capability"),
                say("Now"),
                say("Target"),
                say("Gap"),
                say("Importance"),
                say("People below the target"),
                say("Priority"),
            ],
            [_work_row(one, scale) for one in report.work],
            figures=[3, 4, 5, 6],
            caption=say("Capabilities below their target, the most pressing first"),
        )
        yield blocks.heading(say("What the next step looks like"), 2)
    for one in report.work[:10]:
        yield from _next_step(one, scale)
    if report.needs:
        names = {one.id: one.name for one in told.profile.capabilities}
        yield blocks.heading(say("Roles and skills that this calls for"), 2)
        yield blocks.table(
            [say("Role"), say("Need"), say("For")],
            [
                [
                    told.roles.get(need.role) or words.sentence(need.role.replace("-", " ")),
                    words.fixed(need.value),
                    ", ".join(names[id_] for id_ in need.capabilities),
                ]
                for need in report.needs
            ],
            figures=[1],
            caption=say(
                "The need of a role is the sum of the priorities of the capabilities that name "
                "it. It is about roles, never about the people in them."
            ),
        )


def _work_row(work: Work, scale: Sequence[str]) -> list[str]:
    return [
        work.figure.name,
        words.step_name(work.shown.step, scale),
        words.step_name(work.target, scale),
        words.fixed(work.priority.gap),
        say("not known") if work.importance is None else words.fixed(work.importance),
        words.percent(work.priority.short),
        words.fixed(work.priority.value),
    ]


def _next_step(work: Work, scale: Sequence[str]) -> Iterator[Block]:
    now, wording = work.shown.step, work.capability.steps
    following = min(now + 1, work.target)
    rows = [
        (
            say("Next: %(step)s", step=words.step_name(following, scale)),
            wording[following - 1],
            following,
        )
    ]
    if following > now:
        rows.insert(
            0, (say("Now: %(step)s", step=words.step_name(now, scale)), wording[now - 1], now)
        )
    yield blocks.heading(work.figure.name, 3)
    yield blocks.steps(rows)
    if work.capability.enables:
        yield blocks.text(
            say("It makes possible: %(what)s", what=" ".join(work.capability.enables))
        )


def plan(told: Contents) -> Iterator[Block]:
    """What will be done, by whom, until when."""
    yield blocks.heading(say("The plan"))
    parts = (
        (say("To do, the earliest first"), told.plan.to_do),
        (say("Done"), told.plan.done),
    )
    if not any(actions for _, actions in parts):
        yield blocks.text(say("No action is planned yet."))
    heads = [say("Action"), say("Capability"), say("Unit"), say("Who"), say("By"), say("State")]
    for caption, actions in parts:
        if actions:
            rows = [_action_row(one) for one in actions]
            yield blocks.table(heads, rows, caption=caption)


def _action_row(planned: Planned) -> list[str]:
    action = planned.action
    return [
        action.title,
        planned.name,
        planned.unit.name,
        action.owner,
        said_date(action.due),
        say(words.ACTION_STATES[action.state]),
    ]


def said_date(day: date) -> str:
    """A day in the language spoken: "1 September 2026"."""
    return str(format_date(day, "d MMMM y", locale=spoken()))
