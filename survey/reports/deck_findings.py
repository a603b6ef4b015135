"""What slides show in charts of where we are: steps, groups, targets, response."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from survey.findings import order, sentences, words
from survey.findings.speech import say, say_many
from survey.maturity.profile import GroupShown, Shown
from survey.questionnaire.model import STEPS
from survey.reports.deck_page import Form, Page, Picture, Series, labels
from survey.reports.office_text import in_parts, rounded, shortened
from survey.reports.office_words import (
    in_words,
    people_behind,
    shown_of,
    some_of,
    withheld_said,
)

if TYPE_CHECKING:
    from survey.operations.profile import CapabilityFigure, UnitReport
    from survey.reports.contents import Contents

A_CHART: Final = 12
"""Bars that a slide has room for; fewer where names are long."""

A_CHART_OF_LONG_NAMES: Final = 7
LONG_NAME: Final = 44
MOST_PAIRS, MOST_TRIPLES = 8, 6
"""Bars in twos and threes."""

MOST_GROUP_CHARTS: Final = 8
"""Slides of capabilities group by group; where there are more, one ranking stands for all."""

IN_A_TITLE: Final = 70
"""Letters of a name in a title."""

TARGET: Final = 6
ENDS: Final = (1.0, 5.0)


def few(names: Sequence[str]) -> int:
    """How many bars with these names a slide has room for."""
    long = max((len(name) for name in names), default=0) > LONG_NAME
    return A_CHART_OF_LONG_NAMES if long else A_CHART


def named(name: str) -> str:
    """A name as it stands in a title."""
    return shortened(name, IN_A_TITLE)


def at_each_step(told: Contents) -> Iterator[Page]:
    """How many capabilities are at each step."""
    profile = told.profile
    if not sum(profile.overall):
        return
    names = [words.step_name(step, profile.scale) for step in STEPS]
    said = " ".join(
        say_many(
            "%(number)s capability is at %(step)s.",
            "%(number)s capabilities are at %(step)s.",
            number,
            step=name,
        )
        for name, number in zip(names, profile.overall, strict=True)
    )
    yield Page(
        title=sentences.headline(profile),
        body=Picture(
            Form.COLUMNS,
            tuple(names),
            (Series(say("Capabilities"), tuple(profile.overall)),),
            say("Columns: capabilities at each of the five steps. %(said)s", said=said),
        ),
        source=_source(say("Number of capabilities at each step"), told.profile.capabilities),
        note=withheld_said((one.name, one.measure) for one in profile.capabilities),
        spoken=(
            said,
            say(
                "How to read it: a capability is at the highest step at which more than half of "
                "those who answered say that we are at least there."
            ),
        ),
    )


def _source(what: str, figures: Sequence[CapabilityFigure]) -> str:
    """What is drawn, and how many people stand behind it."""
    people = people_behind(one.measure for one in figures)
    if not people:
        return say("%(what)s.", what=what)
    return say("%(what)s. Behind each figure: %(people)s.", what=what, people=people)


def groups_at_a_glance(told: Contents) -> Iterator[Page]:
    """How many capabilities of each group are at each step; where there are two groups or more."""
    shown = [one for one in told.profile.groups if isinstance(one.figure, GroupShown)]
    if len(shown) < 2:
        return
    means = {one.title: one.figure.mean for one in shown if isinstance(one.figure, GroupShown)}
    best, worst = max(means, key=lambda one: means[one]), min(means, key=lambda one: means[one])
    title = say(
        "“%(best)s” stands highest with a mean of %(high)s, “%(worst)s” lowest with %(low)s",
        best=named(best),
        high=words.fixed(means[best]),
        worst=named(worst),
        low=words.fixed(means[worst]),
    )
    if words.fixed(means[best]) == words.fixed(means[worst]):
        title = say("All groups have the same mean, %(mean)s", mean=words.fixed(means[best]))
    said = [
        say("%(group)s: %(said)s", group=one.title, said=sentences.group(one, told.profile.scale))
        for one in told.profile.groups
    ]
    for part in in_parts(shown, few([one.title for one in shown])):
        counts = [one.figure.counts for one in part if isinstance(one.figure, GroupShown)]
        yield Page(
            title=title,
            body=Picture(
                Form.SHARES,
                labels(one.title for one in part),
                _by_step(counts, told.profile.scale),
                say("Bars: capabilities of each group at each step. %(said)s", said=" ".join(said)),
            ),
            source=say("Number of capabilities at each step, group by group; bars are shares."),
            note=withheld_said(
                (one.title, one.figure) for one in told.profile.groups if one not in shown
            ),
            spoken=(*said, say("How to read it: the darker a bar, the further on the group.")),
        )


def _by_step(counts: Sequence[Sequence[int]], scale: Sequence[str]) -> tuple[Series, ...]:
    return tuple(
        Series(words.step_name(step, scale), tuple(row[step - 1] for row in counts), step)
        for step in STEPS
    )


def each_group(told: Contents) -> Iterator[Page]:
    """What people said of each capability: group by group, or of the lowest and the highest."""
    profile = told.profile
    parts: list[tuple[str, Sequence[CapabilityFigure]]] = [
        (_furthest(group.title, shown_of(part)), part)
        for group in profile.groups
        for part in in_parts(group.capabilities, few([one.name for one in group.capabilities]))
    ]
    if len(parts) > MOST_GROUP_CHARTS:
        parts = _ends(told)
    for title, part in parts:
        yield from _what_people_said(told, title, part)


def _ends(told: Contents) -> list[tuple[str, Sequence[CapabilityFigure]]]:
    """The lowest capabilities and the highest, each with a title."""
    ranked = [one for one, _ in shown_of(order.ranking(told.profile.capabilities, "step"))]
    most, of = few([one.name for one in ranked]), len(told.profile.capabilities)
    lowest, highest = ranked[:most], ranked[most:][::-1][:most]
    ends = (
        (say("Lowest of %(all)s capabilities: %(name)s"), lowest),
        (say("Highest of %(all)s capabilities: %(name)s"), highest),
    )
    return [(said % {"all": of, "name": named(part[0].name)}, part) for said, part in ends if part]


def _what_people_said(
    told: Contents, title: str, figures: Sequence[CapabilityFigure]
) -> Iterator[Page]:
    shown = shown_of(figures)
    if not shown:
        return
    said = [in_words(one, told.profile.scale) for one in figures]
    yield Page(
        title=title,
        body=Picture(
            Form.SHARES,
            labels(one.name for one, _ in shown),
            _by_step([measure.counts for _, measure in shown], told.profile.scale),
            say(
                "Bars: people at each step, capability by capability. %(said)s", said=" ".join(said)
            ),
        ),
        source=_source(say("Number of people at each step; bars are shares"), figures),
        note=withheld_said((one.name, one.measure) for one in figures),
        spoken=(
            *said,
            say(
                "How to read it: each bar is everybody who rated the capability. The further dark "
                "reaches to the left, the more people see it far on."
            ),
        ),
    )


def _furthest(title: str, shown: Sequence[tuple[CapabilityFigure, Shown]]) -> str:
    ranked = order.ranking([one for one, _ in shown], "step")
    if not ranked:
        return title
    if len(ranked) == 1:
        return say("%(group)s: %(name)s", group=named(title), name=named(ranked[0].name))
    return say(
        "%(group)s: %(best)s is furthest on, %(worst)s furthest behind",
        group=named(title),
        best=named(ranked[-1].name),
        worst=named(ranked[0].name),
    )


def targets(told: Contents) -> Iterator[Page]:
    """Means beside targets, the widest gap first; without targets, means alone, the lowest
    first."""
    figures = told.profile.capabilities
    aimed = [one for one, _ in shown_of(order.ranking(figures, "gap")) if one.target is not None]
    chosen = aimed or [one for one, _ in shown_of(order.ranking(figures, "step"))]
    if not chosen:
        return
    most = min(MOST_PAIRS if not told.beside else MOST_TRIPLES, few([one.name for one in chosen]))
    for part in in_parts(chosen, most)[:2]:
        yield _means(told, _widest(chosen[0]), part, bool(aimed))


def _means(told: Contents, title: str, figures: Sequence[CapabilityFigure], aimed: bool) -> Page:
    said = [in_words(one, told.profile.scale) for one in figures]
    return Page(
        title=title,
        body=Picture(
            Form.BARS,
            labels(one.name for one in figures),
            tuple(_bars(told, figures, aimed)),
            say("Bars: mean of each capability, and its target. %(said)s", said=" ".join(said))
            if aimed
            else say("Bars: mean of each capability. %(said)s", said=" ".join(said)),
            ENDS,
        ),
        source=_source(say("Mean of the steps that people chose, from 1 to 5"), figures),
        note=withheld_said((one.name, one.measure) for one in told.profile.capabilities),
        spoken=(
            *said,
            say(
                "How to read it: a mean is one number for many views; the spread is on the slides "
                "before. The gap is the target less the mean."
            ),
        ),
    )


def _bars(told: Contents, figures: Sequence[CapabilityFigure], aimed: bool) -> Iterator[Series]:
    """Means; those of the whole organisation beside a unit's; targets."""
    means = tuple(rounded(one.mean) for _, one in shown_of(figures))
    yield Series(say("Mean"), means, 4, pattern="0.00")
    if told.beside:
        whole = {one.id: rounded(shown.mean) for one, shown in shown_of(told.beside.capabilities)}
        beside = tuple(whole.get(one.id) for one in figures)
        yield Series(say("Whole organisation"), beside, 2, pattern="0.00")
    if aimed:
        yield Series(say("Target"), tuple(one.target for one in figures), TARGET)


def _widest(figure: CapabilityFigure) -> str:
    if figure.gap is None:
        return say("%(name)s has the lowest mean", name=named(figure.name))
    if figure.gap <= 0:
        return say("%(name)s has reached its target", name=named(figure.name))
    return say(
        "%(name)s has the widest gap: %(gap)s below its target",
        name=named(figure.name),
        gap=words.fixed(figure.gap),
    )


def response(told: Contents) -> Iterator[Page]:
    """Who answered, of the units directly below, where that may be said."""
    profile = told.profile
    depth = min((one.depth for one in profile.units), default=0)
    below = [one for one in profile.units if one.depth == depth]
    shown = [one for one in below if _rate(one) is not None]
    if not shown:
        return
    hidden = [one.name for one in below if one.responded is None]
    shown.sort(key=lambda one: -(_rate(one) or 0))
    for part in in_parts(shown, few([one.name for one in shown]))[:2]:
        said = [
            say("%(unit)s: %(answered)s.", unit=one.name, answered=sentences.answered(one))
            for one in part
        ]
        rates = tuple(_rate(one) for one in part)
        yield Page(
            title=sentences.participation(profile).rstrip("."),
            body=Picture(
                Form.BARS,
                labels(one.name for one in part),
                (Series(say("Answered, in per cent of those invited"), rates, 3, pattern='0"%"'),),
                say("Bars: who answered, unit by unit. %(said)s", said=" ".join(said)),
                (0, 100),
            ),
            source=" ".join(
                one
                for one in (
                    say("Per cent of the people invited who answered, with all units below."),
                    sentences.evenness(profile),
                )
                if one
            ),
            note=_too_few(hidden),
            spoken=(sentences.participation(profile), *said),
        )


def _rate(unit: UnitReport) -> float | None:
    """Who answered, in whole per cent; None where that may not or cannot be said."""
    if unit.responded is None or not 0 < unit.invited >= unit.responded:
        return None
    return rounded(unit.responded / unit.invited * 100, 0)


def _too_few(names: Sequence[str]) -> str:
    if not names:
        return ""
    return say("Withheld, since few were invited or answered: %(names)s.", names=some_of(names))
