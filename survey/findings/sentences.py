"""What a page of a profile says before it shows anything: each finding in a sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from survey.findings import words
from survey.findings.speech import noted, say
from survey.maturity.benchmark import FEWEST_ORGANISATIONS
from survey.maturity.change import smallest_visible_change
from survey.maturity.profile import Shown, Withheld

if TYPE_CHECKING:
    from survey.maturity.weighting import Weighted
    from survey.operations.benchmark_reporting import BenchmarkReport, Standing
    from survey.operations.heat_map_reporting import HeatMap
    from survey.operations.priority_reporting import PriorityReport
    from survey.operations.reporting import (
        BreakdownReport,
        CapabilityReport,
        ChangeReport,
        GroupReport,
        Moment,
        Profile,
        UnitReport,
    )

AGREEMENT = {
    "people agree": noted("People agree."),
    "broadly agree": noted("People broadly agree."),
    "views differ": noted("Views differ."),
    "views are spread": noted("Views are spread over the steps."),
    "two camps": noted("There are two camps, at different steps."),
}
SHARES_BETWEEN = (
    (0.25, noted("Units differ strongly: %(lies)s")),
    (0.10, noted("Units differ somewhat: %(lies)s")),
    (0.01, noted("Units differ a little: %(lies)s")),
)
HARDLY_BETWEEN = noted("Units differ hardly at all: %(lies)s")
USUAL_SPREAD = 0.9
"""Standard deviation of what people say of a capability, in steps (methods, section 7)."""
FEW_KNOW = 1 / 3
"""From this share of don't-knows on, not knowing is itself a finding."""


def headline(profile: Profile) -> str:
    """The finding of an overview: "Anytown is mostly Enabler: 7 of 12 capabilities"."""
    who = profile.unit.name if profile.unit else profile.organisation.name
    if profile.state == "prepared":
        return say("%(wave)s has not opened yet", wave=profile.wave.name)
    if profile.state in ("open", "closing"):
        return say("%(wave)s is open: figures come when it closes", wave=profile.wave.name)
    if not sum(profile.overall):
        return say("%(who)s: too few people answered to show any figure", who=who)
    where = words.where_most_are(profile.overall, profile.scale)
    return say("%(who)s is %(where)s", who=who, where=where)


def participation(profile: Profile) -> str:
    """Who was asked and how many answered: "268 of 412 people answered (65%)."."""
    invited, responded = profile.invited, profile.responded
    if profile.wave.imported:
        return _imported(responded)
    if responded is None:
        return say(
            "%(people)s were invited; too few to say how many answered.",
            people=words.people(invited),
        )
    if responded > invited:  # an open link: some came without an invitation
        return say("%(people)s answered.", people=words.people(responded))
    return say(
        "%(number)s of %(people)s answered (%(share)s).",
        number=f"{responded:,}",
        people=words.people(invited),
        share=words.percent(responded / invited),
    )


def _imported(responded: int | None) -> str:
    if responded is None:
        return say("Imported results; too few people to say how many answered.")
    people = words.people(responded)
    return say("Imported results: %(people)s or more answered.", people=people)


def answered(unit: UnitReport) -> str:
    """How many of a unit answered, where that may be said."""
    if unit.responded is None:
        return say("withheld")
    if unit.responded > unit.invited:  # an open link
        return f"{unit.responded:,}"
    return f"{unit.responded:,} ({words.percent(unit.responded / unit.invited)})"


def evenness(profile: Profile) -> str:
    """That some units answered much less than others, where they did."""
    if profile.response is None or profile.response.word != "uneven":
        return ""
    said = say(
        "Response was uneven: some units answered much less than others, so the whole may speak "
        "less for them."
    )
    ceiling = profile.response.bias_ceiling
    if ceiling is None:
        return said
    most = words.fixed(ceiling * USUAL_SPREAD)
    off = say(
        "For that reason alone a mean could be off by at most about %(most)s of a step.", most=most
    )
    return f"{said} {off}"


def steps_withheld(profile: Profile) -> str:
    """How many capabilities are at no step because they are withheld; nothing where none is."""
    number = sum(len(group.capabilities) for group in profile.groups) - sum(profile.overall)
    if not number:
        return ""
    return say("Withheld: %(capabilities)s.", capabilities=words.capabilities(number))


def breakdown(report: BreakdownReport) -> str:
    """The finding of a profile split by groups: which of them differs most often from the
    others."""
    shown = [row for row in report.capabilities if row.gap is not None]
    if not shown:
        return say(
            "Too few people answered to split by “%(question)s”", question=report.question.text
        )
    counted = Counter(
        (group.option.text, "higher" if "higher" in group.differs.words else "lower")
        for row in shown
        for group in row.groups
        if group.differs is not None and group.differs.words != "no clear change"
    )
    if not counted:
        return say("No group sees it clearly differently from the others")
    (group, how), number = max(counted.items(), key=lambda item: (item[1], item[0]))
    share = words.part_of(number, len(shown))
    if how == "higher":
        return say("“%(group)s”: higher than the others on %(share)s", group=group, share=share)
    return say("“%(group)s”: lower than the others on %(share)s", group=group, share=share)


def heat_map(report: HeatMap) -> str:
    """On which capability the units differ most."""
    who = report.unit.name if report.unit else report.organisation.name
    if not report.units:
        return say("%(who)s has no units below it", who=who)
    apart = [(row.spread, row.name) for row in report.rows if row.spread is not None]
    if not apart:
        return say("Too few people answered to show units beside one another")
    spread, name = max(apart)
    if not spread:
        return say("Units see every capability alike")
    steps = words.steps(spread)
    return say("Units are furthest apart on %(name)s: %(steps)s", name=name, steps=steps)


def change(report: ChangeReport) -> str:
    """The finding of what changed: how many capabilities stand higher than in the wave before."""
    if len(report.waves) == 1:
        return say(
            "%(wave)s is the first wave: there is nothing to compare it with",
            wave=report.wave.name,
        )
    last = [row.last for row in report.capabilities if row.last is not None]
    if not last:
        return say("No capability can be compared with a wave before")
    higher = sum("higher" in one.words for one in last)
    lower = sum("lower" in one.words for one in last)
    return _moved(report.waves[-2].name, higher, lower, words.capabilities(len(last)))


def _moved(wave: str, higher: int, lower: int, of: str) -> str:
    if higher and lower:
        said = say(
            "Since %(wave)s: %(higher)s higher, %(lower)s lower, of %(of)s",
            wave=wave,
            higher=higher,
            lower=lower,
            of=of,
        )
    elif higher:
        said = say("Since %(wave)s: %(higher)s higher, of %(of)s", wave=wave, higher=higher, of=of)
    elif lower:
        said = say("Since %(wave)s: %(lower)s lower, of %(of)s", wave=wave, lower=lower, of=of)
    else:
        said = say("No clear change since %(wave)s, in any of %(of)s", wave=wave, of=of)
    return said


def since_before(moment: Moment) -> str:
    """How a capability changed, and whether that is only another mix of units."""
    if moment.change is None:
        return ""
    if moment.at_former_mix is None:
        return words.changed(moment.change.words)
    return say(
        "%(change)s; with people from each unit in the shares of then: mean %(mean)s",
        change=words.changed(moment.change.words),
        mean=words.fixed(moment.at_former_mix),
    )


def smallest_change(report: ChangeReport) -> str:
    """What change so many people could show at all: nothing where there is nothing to compare."""
    changes = [row.last.change for row in report.capabilities if row.last is not None]
    if not changes:
        return ""
    seen = max(smallest_visible_change(one.n, one.m) for one in changes)
    return say(
        "With so many people, a mean has to move by about %(seen)s of a step to be told from "
        "chance.",
        seen=words.fixed(seen),
    )


def priorities(report: PriorityReport) -> str:
    """The finding of what to do first."""
    if not report.profile.capabilities or not sum(report.profile.overall):
        return say("Too few people answered to say what to do first")
    if report.work:
        return say("Begin with %(name)s", name=report.work[0].figure.name)
    if report.reached:
        return say("Every target is reached")
    return say("No target is set yet")


def benchmark(report: BenchmarkReport) -> str:
    """The finding among others: on how many capabilities it is far up, and far down."""
    if not report.standings:
        return say("Too few people answered to compare us with others")
    quarters = Counter(row.quarter for row in report.standings if row.quarter is not None)
    if not quarters:
        most = max(row.others.organisations for row in report.standings)
        if most >= FEWEST_ORGANISATIONS:
            return say("One organisation has too many of the people to compare us with others")
        return say(
            "%(number)s of %(needed)s organisations are in",
            number=most,
            needed=FEWEST_ORGANISATIONS,
        )
    return _among(quarters[4], quarters[1], words.capabilities(quarters.total()))


def _among(high: int, low: int, of: str) -> str:
    if high and low:
        said = say(
            "Among others: highest quarter on %(high)s, lowest quarter on %(low)s, of %(of)s",
            high=high,
            low=low,
            of=of,
        )
    elif high:
        said = say("Among others: highest quarter on %(high)s, of %(of)s", high=high, of=of)
    elif low:
        said = say("Among others: lowest quarter on %(low)s, of %(of)s", low=low, of=of)
    else:
        said = say("Among others: in the middle half on each of %(of)s", of=of)
    return said


def standing(row: Standing) -> str:
    """One capability among others: "Among 12 other organisations: in the middle half …"."""
    if row.quarter is None:
        return say("Among others: %(where)s.", where=words.standing(row))
    return say(
        "Among %(number)s other organisations: %(where)s.",
        number=row.others.organisations,
        where=words.standing(row),
    )


def capability(report: CapabilityReport) -> str:
    """The finding of one capability: "User research is clearly Embedded"."""
    figure = report.figure
    if not isinstance(figure.measure, Shown):
        return say("%(name)s: no figure can be shown", name=figure.name)
    lowest, highest = figure.measure.step_range
    low, high = report.scale[lowest - 1], report.scale[highest - 1]
    if lowest == highest:
        return say("%(name)s is clearly %(step)s", name=figure.name, step=low)
    return say("%(name)s is between %(low)s and %(high)s", name=figure.name, low=low, high=high)


def what_people_said(report: CapabilityReport) -> list[str]:
    """How many rated it, how far they agree, who did not know, and how far it is to the target."""
    figure, shown = report.figure, report.figure.measure
    if not isinstance(shown, Shown):
        return [f"{words.withheld(shown)}."]
    said = [
        say(
            "%(people)s rated it. More than half say that we are at least at %(step)s.",
            people=words.people(shown.n),
            step=words.step_name(shown.step, report.scale),
        )
    ]
    agreement = "two camps" if shown.two_camps else shown.agreement_words
    if agreement:
        said.append(say(AGREEMENT[agreement]))
    if shown.dont_know:
        said.append(_not_known(shown))
    if report.as_if_even is not None and report.as_if_even.is_worth_saying:
        said.append(as_if_even(report.as_if_even))
    if figure.target is not None and figure.gap is not None:
        said.append(_distance(figure.gap, words.step_name(figure.target, report.scale)))
    if isinstance(report.importance, Shown):
        said.append(importance(report.importance))
    return said


def _not_known(shown: Shown) -> str:
    said = say("%(people)s did not know.", people=words.people(shown.dont_know))
    if shown.dont_know / (shown.n + shown.dont_know) < FEW_KNOW:
        return said
    few = say("Few people know enough to say.")
    return f"{said} {few}"


def as_if_even(weighted: Weighted) -> str:
    """What the mean would be had all units answered alike."""
    return say(
        "Some units answered more than others. Had all answered alike, the mean would be about "
        "%(even)s in place of %(mean)s.",
        even=words.fixed(weighted.weighted_mean),
        mean=words.fixed(weighted.mean),
    )


def between_units(report: CapabilityReport) -> str:
    """Whether units differ at all: by the share of the variance between them (LeBreton & Senter
    2008); nothing where that cannot be said."""
    share = report.between_units
    if share is None:
        return ""
    said = next((text for least, text in SHARES_BETWEEN if share >= least), HARDLY_BETWEEN)
    percent = words.percent(max(share, 0.0))
    lies = say("%(share)s of how people differ lies between units, the rest within.", share=percent)
    return say(said, lies=lies)


def group(report: GroupReport, scale: Sequence[str]) -> str:
    """The mean of a group of capabilities, and how many of them are at each step; or that it is
    withheld."""
    if isinstance(report.figure, Withheld):
        return say("Too many of its capabilities are withheld to give a mean.")
    shown = sum(isinstance(figure.measure, Shown) for figure in report.capabilities)
    at_steps = ", ".join(
        say("%(number)s at %(step)s", number=number, step=words.step_name(step, scale))
        for step, number in enumerate(report.figure.counts, start=1)
        if number
    )
    return say(
        "Mean %(mean)s, over %(share)s: %(at_steps)s.",
        mean=words.fixed(report.figure.mean),
        share=words.part_of(shown, len(report.capabilities)),
        at_steps=at_steps,
    )


def importance(measure: Shown) -> str:
    """How much it matters to people: "Importance: mean 4.20 of 5, said 180 people."."""
    return say(
        "Importance: mean %(mean)s of 5, said %(people)s.",
        mean=words.fixed(measure.mean),
        people=words.people(measure.n),
    )


def step_offered(report: CapabilityReport) -> str:
    """The step that would go with how much it matters to people; nothing where that is not known.
    The median importance is read as the step that people want (methods, section 8)."""
    if not isinstance(report.importance, Shown):
        return ""
    step = report.importance.step
    return say(
        "More than half say that it matters at least %(step)s of 5: %(offered)s would go with "
        "that.",
        step=step,
        offered=words.step_name(step, report.scale),
    )


def _distance(gap: float, target: str) -> str:
    if gap <= 0:
        return say("The target, %(target)s, is reached.", target=target)
    below = words.fixed(gap)
    return say("The target is %(target)s: the mean is %(gap)s below it.", target=target, gap=below)
