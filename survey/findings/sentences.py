"""What a page of a profile says before it shows anything: each finding in a sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from survey.findings import words
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
    "people agree": "People agree",
    "broadly agree": "People broadly agree",
    "views differ": "Views differ",
    "views are spread": "Views are spread over the steps",
    "two camps": "There are two camps, at different steps",
}
SHARES_BETWEEN = ((0.25, "strongly"), (0.10, "somewhat"), (0.01, "a little"))
USUAL_SPREAD = 0.9
"""Standard deviation of what people say of a capability, in steps (methods, section 7)."""
FEW_KNOW = 1 / 3
"""From this share of don't-knows on, not knowing is itself a finding."""


def headline(profile: Profile) -> str:
    """The finding of an overview: "Anytown is mostly Enabler: 7 of 12 capabilities"."""
    who = profile.unit.name if profile.unit else profile.organisation.name
    if profile.state == "prepared":
        return f"{profile.wave.name} has not opened yet"
    if profile.state in ("open", "closing"):
        return f"{profile.wave.name} is open: figures come when it closes"
    if not sum(profile.overall):
        return f"{who}: too few people answered to show any figure"
    return f"{who} is {words.where_most_are(profile.overall, profile.scale)}"


def participation(profile: Profile) -> str:
    """Who was asked and how many answered: "268 of 412 people answered (65%)."."""
    invited, responded = profile.invited, profile.responded
    if profile.wave.imported:
        return _imported(responded)
    if responded is None:
        return f"{words.people(invited)} were invited; too few to say how many answered."
    if responded > invited:  # an open link: some came without an invitation
        return f"{words.people(responded)} answered."
    return (
        f"{responded:,} of {words.people(invited)} answered ({words.percent(responded / invited)})."
    )


def _imported(responded: int | None) -> str:
    if responded is None:
        return "Imported results; too few people to say how many answered."
    return f"Imported results: {words.people(responded)} or more answered."


def answered(unit: UnitReport) -> str:
    """How many of a unit answered, where that may be said."""
    if unit.responded is None:
        return "withheld"
    if unit.responded > unit.invited:  # an open link
        return f"{unit.responded:,}"
    return f"{unit.responded:,} ({words.percent(unit.responded / unit.invited)})"


def evenness(profile: Profile) -> str:
    """That some units answered much less than others, where they did."""
    if profile.response is None or profile.response.word != "uneven":
        return ""
    said = (
        "Response was uneven: some units answered much less than others, so the whole may speak "
        "less for them."
    )
    ceiling = profile.response.bias_ceiling
    if ceiling is None:
        return said
    most = words.fixed(ceiling * USUAL_SPREAD)
    return f"{said} For that reason alone a mean could be off by at most about {most} of a step."


def steps_withheld(profile: Profile) -> str:
    """How many capabilities are at no step because they are withheld; nothing where none is."""
    number = sum(len(group.capabilities) for group in profile.groups) - sum(profile.overall)
    return f"Withheld: {words.how_many(number, 'capability', 'capabilities')}." if number else ""


def breakdown(report: BreakdownReport) -> str:
    """The finding of a profile split by groups: which of them differs most often from the
    others."""
    shown = [row for row in report.capabilities if row.gap is not None]
    if not shown:
        return f"Too few people answered to split by “{report.question.text}”"
    counted = Counter(
        (group.option.text, "higher" if "higher" in group.differs.words else "lower")
        for row in shown
        for group in row.groups
        if group.differs is not None and group.differs.words != "no clear change"
    )
    if not counted:
        return "No group sees it clearly differently from the others"
    (group, how), number = max(counted.items(), key=lambda item: (item[1], item[0]))
    of = words.how_many(len(shown), "capability", "capabilities")
    return f"“{group}”: {how} than the others on {number} of {of}"


def heat_map(report: HeatMap) -> str:
    """On which capability the units differ most."""
    who = report.unit.name if report.unit else report.organisation.name
    if not report.units:
        return f"{who} has no units below it"
    apart = [(row.spread, row.name) for row in report.rows if row.spread is not None]
    if not apart:
        return "Too few people answered to show units beside one another"
    spread, name = max(apart)
    if not spread:
        return "Units see every capability alike"
    unit = "of a step" if spread < 1 else "steps"
    return f"Units are furthest apart on {name}: {words.fixed(spread)} {unit}"


def change(report: ChangeReport) -> str:
    """The finding of what changed: how many capabilities stand higher than in the wave before."""
    if len(report.waves) == 1:
        return f"{report.wave.name} is the first wave: there is nothing to compare it with"
    last = [row.last for row in report.capabilities if row.last is not None]
    if not last:
        return "No capability can be compared with a wave before"
    higher = sum("higher" in one.words for one in last)
    lower = sum("lower" in one.words for one in last)
    of = f"of {words.how_many(len(last), 'capability', 'capabilities')}"
    if not higher and not lower:
        return f"No clear change since {report.waves[-2].name}, in any {of}"
    moved = [f"{number} {how}" for number, how in ((higher, "higher"), (lower, "lower")) if number]
    return f"Since {report.waves[-2].name}: {', '.join(moved)}, {of}"


def since_before(moment: Moment) -> str:
    """How a capability changed, and whether that is only another mix of units."""
    if moment.change is None:
        return ""
    if moment.at_former_mix is None:
        return moment.change.words
    mean = words.fixed(moment.at_former_mix)
    return f"{moment.change.words}; with people from each unit in the shares of then: mean {mean}"


def smallest_change(report: ChangeReport) -> str:
    """What change so many people could show at all: nothing where there is nothing to compare."""
    changes = [row.last.change for row in report.capabilities if row.last is not None]
    if not changes:
        return ""
    seen = max(smallest_visible_change(one.n, one.m) for one in changes)
    return (
        f"With so many people, a mean has to move by about {words.fixed(seen)} of a step to be "
        "told from chance."
    )


def priorities(report: PriorityReport) -> str:
    """The finding of what to do first."""
    if not report.profile.capabilities or not sum(report.profile.overall):
        return "Too few people answered to say what to do first"
    if report.work:
        return f"Begin with {report.work[0].figure.name}"
    if report.reached:
        return "Every target is reached"
    return "No target is set yet"


def benchmark(report: BenchmarkReport) -> str:
    """The finding among others: on how many capabilities it is far up, and far down."""
    if not report.standings:
        return "Too few people answered to compare us with others"
    quarters = Counter(row.quarter for row in report.standings if row.quarter is not None)
    if not quarters:
        most = max(row.others.organisations for row in report.standings)
        if most >= FEWEST_ORGANISATIONS:
            return "One organisation has too many of the people to compare us with others"
        return f"{most} of {FEWEST_ORGANISATIONS} organisations are in"
    of = f"of {words.how_many(quarters.total(), 'capability', 'capabilities')}"
    ends = ((4, "highest quarter"), (1, "lowest quarter"))
    far = [f"{end} on {quarters[n]}" for n, end in ends if quarters[n]]
    if not far:
        return f"Among others: in the middle half on each {of}"
    return f"Among others: {', '.join(far)}, {of}"


def standing(row: Standing) -> str:
    """One capability among others: "Among 12 other organisations: in the middle half …"."""
    if row.quarter is None:
        return f"Among others: {words.standing(row)}."
    return f"Among {row.others.organisations} other organisations: {words.standing(row)}."


def capability(report: CapabilityReport) -> str:
    """The finding of one capability: "User research is clearly Embedded"."""
    figure = report.figure
    if not isinstance(figure.measure, Shown):
        return f"{figure.name}: no figure can be shown"
    lowest, highest = figure.measure.step_range
    between = "" if lowest == highest else "between "
    where = words.position(figure.measure, report.scale)
    return f"{figure.name} is {between}{where.replace(' to ', ' and ') if between else where}"


def what_people_said(report: CapabilityReport) -> list[str]:
    """How many rated it, how far they agree, who did not know, and how far it is to the target."""
    figure, shown = report.figure, report.figure.measure
    if not isinstance(shown, Shown):
        return [f"{words.withheld(shown)}."]
    said = [
        f"{words.sentence(words.people(shown.n))} rated it. More than half say that we are at "
        f"least at {words.step_name(shown.step, report.scale)}."
    ]
    if words.agreement(shown):
        said.append(f"{AGREEMENT[words.agreement(shown)]}.")
    if shown.dont_know:
        share = shown.dont_know / (shown.n + shown.dont_know)
        few = " Few people know enough to say." if share >= FEW_KNOW else ""
        said.append(f"{words.sentence(words.people(shown.dont_know))} did not know.{few}")
    if report.as_if_even is not None and report.as_if_even.is_worth_saying:
        said.append(as_if_even(report.as_if_even))
    if figure.target is not None and figure.gap is not None:
        said.append(_distance(figure.gap, words.step_name(figure.target, report.scale)))
    if isinstance(report.importance, Shown):
        said.append(importance(report.importance))
    return said


def as_if_even(weighted: Weighted) -> str:
    """What the mean would be had all units answered alike."""
    return (
        "Some units answered more than others. Had all answered alike, the mean would be about "
        f"{words.fixed(weighted.weighted_mean)} in place of {words.fixed(weighted.mean)}."
    )


def between_units(report: CapabilityReport) -> str:
    """Whether units differ at all: by the share of the variance between them (LeBreton & Senter
    2008); nothing where that cannot be said."""
    share = report.between_units
    if share is None:
        return ""
    size = next((word for least, word in SHARES_BETWEEN if share >= least), "hardly at all")
    said = words.percent(max(share, 0.0))
    return f"Units differ {size}: {said} of how people differ lies between units, the rest within."


def group(report: GroupReport, scale: Sequence[str]) -> str:
    """The mean of a group of capabilities, and how many of them are at each step; or that it is
    withheld."""
    if isinstance(report.figure, Withheld):
        return "Too many of its capabilities are withheld to give a mean."
    shown = sum(isinstance(figure.measure, Shown) for figure in report.capabilities)
    members = words.how_many(len(report.capabilities), "capability", "capabilities")
    at_steps = ", ".join(
        f"{number} at {words.step_name(step, scale)}"
        for step, number in enumerate(report.figure.counts, start=1)
        if number
    )
    return f"Mean {words.fixed(report.figure.mean)}, over {shown} of {members}: {at_steps}."


def importance(measure: Shown) -> str:
    """How much it matters to people: "Importance: mean 4.20 of 5, said 180 people."."""
    return f"Importance: mean {words.fixed(measure.mean)} of 5, said {words.people(measure.n)}."


def step_offered(report: CapabilityReport) -> str:
    """The step that would go with how much it matters to people; nothing where that is not known.
    The median importance is read as the step that people want (methods, section 8)."""
    if not isinstance(report.importance, Shown):
        return ""
    step = report.importance.step
    offered = words.step_name(step, report.scale)
    return f"More than half say that it matters at least {step} of 5: {offered} would go with that."


def _distance(gap: float, target: str) -> str:
    if gap <= 0:
        return f"The target, {target}, is reached."
    return f"The target is {target}: the mean is {words.fixed(gap)} below it."
