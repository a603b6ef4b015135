"""What slides say in words and tables: all on one page, what stands out, next steps, roles, the
plan, the method."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from survey.findings import glance, order, sentences, words
from survey.findings.speech import say
from survey.maturity.profile import Shown
from survey.reports.deck_findings import named
from survey.reports.deck_page import Cell, Page, Part, Parts, Table, split
from survey.reports.document_sections import said_date
from survey.reports.office_words import facts, method, next_step, role_name, shown_of, withheld_said

if TYPE_CHECKING:
    from survey.findings.glance import Glance
    from survey.operations.heat_map_reporting import HeatMap
    from survey.operations.priority_reporting import Work
    from survey.operations.profile import CapabilityFigure, Planned
    from survey.reports.contents import Contents

MOST_NEXT_STEPS: Final = 8
MOST_ROLES: Final = 12
MOST_ACTIONS: Final = 40


def in_one_page(told: Contents) -> Iterator[Page]:
    """Where we are, where we disagree, what changed, what to do first."""
    profile = told.profile
    seen = (
        (say("Where are we?"), glance.standing(profile)),
        (say("Where do we disagree?"), glance.disagreement(profile, _furthest_apart(told.heat))),
        (say("What changed?"), glance.changes(told.changes)),
        (say("What should we do first?"), glance.first(told.priorities)),
    )
    yield Page(
        title=say("In one page"),
        body=Parts(tuple(Part(heading, _glance(one)) for heading, one in seen), 2),
        source=_behind(told),
        note=withheld_said((one.name, one.measure) for one in profile.capabilities),
        spoken=(*(line for _, one in seen for line in _glance(one)), *facts(told)),
    )


def _furthest_apart(report: HeatMap | None) -> HeatMap | None:
    """The map with the one row on which units differ most."""
    rows = [row for row in report.rows if row.spread is not None] if report else []
    if report is None or not rows:
        return None
    furthest = max(rows, key=lambda row: (row.spread or 0.0, row.name))
    return replace(report, groups=(("", (furthest,)),))


def _glance(one: Glance) -> tuple[str, ...]:
    points = (
        say("%(name)s: %(said)s", name=named(point.name), said=point.said) for point in one.points
    )
    return one.finding, *points


def _behind(told: Contents) -> str:
    return say(
        "%(answered)s A figure is shown only where at least %(people)s people stand behind it.",
        answered=sentences.participation(told.profile),
        people=told.profile.threshold,
    )


def standing_out(told: Contents) -> Iterator[Page]:
    """The strongest, the widest gaps, where people are of two minds."""
    profile = told.profile
    found = order.stand_outs(profile.groups)
    if not found.strengths:
        return
    parts = (
        Part(say("Furthest on"), _list(found.strengths, told, "step")),
        Part(
            say("Widest gaps"),
            _list(found.gaps, told, "gap") or (say("No capability is below its target."),),
        ),
        Part(
            say("Where people disagree"),
            _list(found.disagreement, told, "agreement")
            or (say("On no capability are views far apart."),),
        ),
    )
    yield Page(
        title=say("%(name)s is our strongest capability", name=named(found.strengths[0].name)),
        body=Parts(parts, 3),
        source=_behind(told),
        spoken=tuple(f"{part.heading}: {one}" for part in parts for one in part.sentences),
    )


def _list(figures: Sequence[CapabilityFigure], told: Contents, what: str) -> tuple[str, ...]:
    scale = told.profile.scale
    return tuple(
        say("%(name)s: %(said)s", name=one.name, said=_standing(one, shown, scale, what))
        for one, shown in shown_of(figures)
    )


def _standing(one: CapabilityFigure, shown: Shown, scale: Sequence[str], what: str) -> str:
    if what == "gap":
        return say("%(gap)s below the target", gap=words.fixed(one.gap or 0.0))
    if what == "agreement":
        return words.agreement(shown)
    return say(
        "%(step)s, mean %(mean)s",
        step=words.step_name(shown.step, scale),
        mean=words.fixed(shown.mean),
    )


def next_steps(told: Contents) -> Iterator[Page]:
    """For what comes first: how it is done now, and how at the next step."""
    work, scale = told.priorities.work[:MOST_NEXT_STEPS], told.profile.scale
    if not work:
        return
    table = Table(
        (say("Capability"), say("Now"), say("The next step")),
        tuple(_wording(one, scale) for one in work),
        (2.2, 4.2, 4.2),
        say("Table: the wording of the present and of the next step of what comes first."),
    )
    yield from split(
        Page(
            title=say("What the next step looks like"),
            body=table,
            source=say("Wording of the steps as staff read it."),
            spoken=tuple(_next_said(one, scale) for one in work),
        )
    )


def _wording(one: Work, scale: Sequence[str]) -> tuple[Cell, ...]:
    now, then = one.shown.step, next_step(one)
    return Cell(one.figure.name), *(
        Cell(
            say(
                "%(step)s: %(wording)s",
                step=words.step_name(step, scale),
                wording=one.capability.steps[step - 1],
            )
        )
        for step in (now, then)
    )


def _next_said(one: Work, scale: Sequence[str]) -> str:
    then = next_step(one)
    return say(
        "%(name)s: next is %(step)s. %(wording)s",
        name=one.figure.name,
        step=words.step_name(then, scale),
        wording=one.capability.steps[then - 1],
    )


def roles(told: Contents) -> Iterator[Page]:
    """The roles that the gaps call for."""
    needs = told.priorities.needs[:MOST_ROLES]
    if not needs:
        return
    names = {one.id: one.name for one in told.profile.capabilities}
    rows = tuple(
        (
            Cell(role_name(told, need.role)),
            Cell(", ".join(named(names[id_]) for id_ in need.capabilities)),
            Cell(words.fixed(need.value)),
        )
        for need in needs
    )
    yield from split(
        Page(
            title=say(
                "The gaps call most for this role: %(role)s", role=role_name(told, needs[0].role)
            ),
            body=Table(
                (say("Role"), say("For"), say("Need")),
                rows,
                (3, 7, 1),
                say("Table: roles, the most needed first."),
                frozenset((2,)),
            ),
            source=say(
                "The need of a role is the sum of the priorities of the capabilities that name "
                "it. It is about roles, never about the people in them."
            ),
            spoken=tuple(
                say("%(role)s: need %(need)s.", role=row[0].text, need=row[2].text) for row in rows
            ),
        )
    )


def plan(told: Contents) -> Iterator[Page]:
    """What will be done, by whom, until when."""
    found = [*told.plan.to_do, *told.plan.done][:MOST_ACTIONS]
    if not found:
        yield _nothing_planned()
        return
    yield from split(
        Page(
            title=_planned(len(told.plan.to_do), len(told.plan.done)),
            body=Table(
                (say("Action"), say("Capability"), say("Who"), say("By"), say("State")),
                tuple(_action(one) for one in found),
                (4, 3, 2.2, 2, 1.4),
                say("Table: actions, the earliest due first."),
            ),
            source=say("Made on %(day)s.", day=said_date(told.made_on)),
            spoken=tuple(
                say(
                    "%(action)s: %(owner)s, by %(day)s.",
                    action=one.action.title,
                    owner=one.action.owner,
                    day=said_date(one.action.due),
                )
                for one in found
            ),
        )
    )


def _nothing_planned() -> Page:
    asked = (
        say("What will we do about the first priorities?"),
        say("Who sees to it, and until when?"),
        say("How will we know that it has worked?"),
    )
    return Page(
        title=say("No action is planned yet"),
        body=Parts((Part(say("What to agree on"), asked),), 1),
        spoken=(say("Actions that are agreed here can be noted in the product."),),
    )


def _planned(to_do: int, done: int) -> str:
    return say("The plan: %(open)s to do, %(done)s done", open=to_do, done=done)


def _action(one: Planned) -> tuple[Cell, ...]:
    action = one.action
    about = (
        one.name
        if not one.unit.depth
        else say("%(name)s (%(unit)s)", name=one.name, unit=one.unit.name)
    )
    state = say(words.ACTION_STATES[action.state])
    return tuple(
        Cell(text) for text in (action.title, about, action.owner, said_date(action.due), state)
    )


def how_to_read(told: Contents) -> Iterator[Page]:
    """The method, and what protects people."""
    parts = [Part(heading, (said,)) for heading, said in method(told)]
    half = (len(parts) + 1) // 2
    titles = (say("How to read the figures"), say("What is said, and what is not"))
    for title, few in zip(titles, (parts[:half], parts[half:]), strict=True):
        yield Page(
            title=title,
            body=Parts(tuple(few), 2),
            source=say("The product’s help has every formula with its source."),
            spoken=tuple(f"{part.heading}. {one}" for part in few for one in part.sentences),
        )
