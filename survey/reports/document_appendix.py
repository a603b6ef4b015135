"""The end of a printed report: each capability by itself, all numbers, and how they were worked
out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from survey.charts.pictures import PEOPLE
from survey.charts.steps import Columns
from survey.findings import words
from survey.findings.speech import noted, say
from survey.maturity.profile import Shown
from survey.reports import document_blocks as blocks
from survey.reports.document_blocks import Block

if TYPE_CHECKING:
    from survey.operations.profile import CapabilityFigure
    from survey.questionnaire.model import Capability
    from survey.reports.contents import Contents
    from survey.reports.pictured import Pictured


READING: Final = (
    (
        noted("Step"),
        noted(
            "The highest step at which more than half of those who answered say that we are "
            "at least there. Ties go down."
        ),
    ),
    (
        noted("Mean, and where it very likely lies"),
        noted(
            "The average of what people said, from 1 to 5. With other people answering it "
            "could have come out a little differently: the range says how much (95%, from a "
            "Dirichlet distribution)."
        ),
    ),
    (
        noted("Agreement"),
        noted(
            "From 1, where everybody says the same step, through 0, where views are evenly "
            "spread, to −1, where half say the lowest and half the highest (van der Eijk’s "
            "A). Words are given from 20 people on."
        ),
    ),
    (
        noted("Don’t know, doesn’t apply"),
        noted("These are counted beside the steps. They are never taken for a low step."),
    ),
    (
        noted("Target, gap, priority"),
        noted(
            "A target is a step on which leads have decided. The gap is the target less the "
            "mean. The priority is the gap times how much the capability matters to people."
        ),
    ),
    (
        noted("Change"),
        noted(
            "Higher or lower is said only of what is unlikely to be chance, taking into "
            "account that many capabilities are compared at once (Cliff’s delta; Benjamini-"
            "Hochberg, q below 0.05)."
        ),
    ),
)
"""Figures, and how each is to be read."""


def each_capability(told: Contents, pictured: Pictured) -> Iterator[Block]:
    """What people said of each capability, and what its steps mean."""
    yield blocks.heading(say("Each capability"))
    for figure in told.profile.capabilities:
        capability = told.capabilities[figure.id]
        yield blocks.together(_one(figure, capability, told.profile.scale, pictured))


def _one(
    figure: CapabilityFigure, capability: Capability, scale: Sequence[str], pictured: Pictured
) -> Iterator[Block]:
    yield blocks.heading(figure.name, 2)
    if capability.summary:
        yield blocks.text(capability.summary)
    if not isinstance(figure.measure, Shown):
        yield blocks.text(f"{words.withheld(figure.measure)}.")
        return
    shown = figure.measure
    yield pictured(
        Columns(figure.name, shown.counts, scale, PEOPLE, shown, figure.target), share=52
    )
    yield from _its_steps(shown.step, capability, scale)


def _its_steps(now: int, capability: Capability, scale: Sequence[str]) -> Iterator[Block]:
    name = words.step_name(now, scale)
    rows = [(say("Now: %(step)s", step=name), capability.steps[now - 1], now)]
    if now < len(scale):
        name = words.step_name(now + 1, scale)
        rows.append((say("Next: %(step)s", step=name), capability.steps[now], now + 1))
    yield blocks.steps(rows)


def all_numbers(told: Contents) -> Iterator[Block]:
    """Every figure of every capability, on pages turned sideways."""
    profile = told.profile
    heads = [
        say("Capability"),
        say("Step"),
        say("Mean"),
        say("Very likely"),
        say("Median"),
        say("Agreement"),
        say("People"),
        *(words.step_name(step, profile.scale) for step in range(1, 6)),
        say("Don’t know"),
        say("Doesn’t apply"),
        say("Target"),
        say("Gap"),
    ]
    yield blocks.heading(say("All numbers"))
    for group in profile.groups:
        yield blocks.table(
            heads,
            [_numbers(one, profile.scale) for one in group.capabilities],
            figures=[2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 15],
            caption=group.title,
            small=True,
        )


def _numbers(figure: CapabilityFigure, scale: Sequence[str]) -> list[str]:
    measure = figure.measure
    if not isinstance(measure, Shown):
        return [figure.name, words.withheld(measure)]
    return [
        figure.name,
        words.step_name(measure.step, scale),
        words.fixed(measure.mean),
        words.interval(measure),
        words.fixed(measure.median),
        words.fixed(measure.agreement),
        f"{measure.n:,}",
        *(f"{count:,}" for count in measure.counts),
        f"{measure.dont_know:,}",
        f"{measure.not_applicable:,}",
        words.step_name(figure.target, scale) if figure.target else "",
        words.fixed(figure.gap) if figure.gap is not None else "",
    ]


def method(told: Contents) -> Iterator[Block]:
    """How to read the figures, how they were worked out, and what protects people."""
    yield blocks.heading(say("How to read this"))
    for title, said in READING:
        yield from _told(say(title), say(said))
    yield from _told(
        say("Withheld"),
        say(
            "What fewer than %(people)s people said is not shown, nor anything from which it "
            "could be worked out. Answers are stored without a name, and nobody can tell who "
            "said what.",
            people=told.profile.threshold,
        ),
    )
    yield from _told(
        say("What not to conclude"),
        say(
            "Small differences mean nothing. Figures are about how things are done, not about"
            " how well somebody works. Who did not answer may see things differently."
        ),
    )


def _told(title: str, said: str) -> Iterator[Block]:
    yield blocks.heading(title, 2)
    yield blocks.text(said)
