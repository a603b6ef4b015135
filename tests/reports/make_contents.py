"""Contents of a report, made by hand: any names, any figures, without a database."""

from dataclasses import replace
from datetime import UTC, date, datetime

from survey.maturity.change import differences
from survey.maturity.priorities import in_order, needed_roles, priority
from survey.maturity.profile import Shown, Withheld, group_figure, overall
from survey.operations.heat_map_reporting import HeatMap, HeatRow
from survey.operations.priority_reporting import PriorityReport, Work
from survey.operations.profile import (
    CapabilityFigure,
    CapabilityOverTime,
    ChangeReport,
    GroupReport,
    Moment,
    Planned,
    PlanReport,
    Profile,
    QuestionFigure,
    UnitReport,
)
from survey.operations.unit_tree import UnitNode
from survey.questionnaire.model import Capability
from survey.reports.contents import Contents, Subject
from survey.storage.organisations import Organisation
from survey.storage.plans import Action
from survey.storage.waves import Wave
from tests.make_profile import shown

SCALE = ("Explorer", "Enabler", "Embedded", "Expert", "Exemplar")
DAY = date(2026, 9, 30)
NAMES = ("User research", "Service design", "Data sharing", "Data ethics")
TOO_FEW = Withheld("too-few")


def wave(name="Autumn 2026", year=2026, **changes):
    at = datetime(year, 9, 1, 12, tzinfo=UTC)
    known = {"slug": f"autumn-{year}", "state": "closed", "minimum_group": 10, "id": year}
    known |= {"opened_at": at, "closed_at": at.replace(day=29), "simulated": False}
    return Wave(name=name, organisation_id=1, version_digest="d", **known | changes)


def counts_of(place):
    """People at each step, others for each place."""
    return 3 + place % 4, 9 + 2 * (place % 3), 14, 6 + place % 5, 1 + place % 2


def capabilities(names, withheld=(), targets=True):
    """Figures of capabilities with these names; those at places in `withheld` are not shown."""
    return tuple(
        CapabilityFigure(
            f"digital/c{place}",
            name,
            TOO_FEW if place in withheld else shown(counts_of(place), 4, 2),
            4 if targets and place % 2 == 0 else None,
        )
        for place, name in enumerate(names)
    )


def groups(figures, titles=("Digital", "Data")):
    each = -(-len(figures) // len(titles)) or 1
    parts = [figures[at : at + each] for at in range(0, len(figures), each)]
    return tuple(
        GroupReport(f"g{n}", title, group_figure([one.measure for one in part]), part)
        for n, (title, part) in enumerate(zip(titles, parts, strict=False))
    )


def profile(figures, *, organisation="Anytown", units=(), titles=("Digital", "Data"), **changes):
    now, before = wave(), wave("Autumn 2025", 2025)
    found = groups(figures, titles)
    values = {
        "wave": now,
        "organisation": Organisation(id=1, slug="anytown", name=organisation),
        "unit": None,
        "invited": 60,
        "responded": 39,
        "response": None,
        "scale": SCALE,
        "groups": found,
        "overall": overall([one.measure for one in figures]),
        "units": units,
        "waves": (now, before),
        "breakdowns": (),
        "questions": tuple(
            QuestionFigure(one.id, f"Where are we with {one.name}?", one.id, one.measure)
            for one in figures
        ),
    }
    return Profile(**values | changes)


def contents(names=NAMES, *, withheld=(), titles=("Digital", "Data"), **changes):
    """A report's contents of capabilities with these names."""
    figures = capabilities(names, withheld)
    units = units_called(changes.pop("units", ("Adults", "Places")))
    organisation = changes.pop("organisation", "Anytown")
    about = profile(figures, organisation=organisation, units=units, titles=titles)
    wording = {one.id: capability(one) for one in figures}
    order = priorities(about, wording)
    values = {
        "subject": Subject("autumn-2026"),
        "profile": about,
        "beside": None,
        "capabilities": wording,
        "part_name": "",
        "priorities": order,
        "changes": changed(about),
        "heat": heat(about),
        "plan": plan(about),
        "roles": {"user-researcher": "User researcher"},
        "made_on": DAY,
    }
    return Contents(**values | changes)


def capability(figure):
    steps = tuple(f"{figure.name} is done in manner {step}." for step in range(1, 6))
    return Capability(
        figure.id,
        figure.name,
        f"What {figure.name} is.",
        steps,
        roles=("user-researcher", "data-steward"),
        enables=(f"What {figure.name} makes possible.",),
    )


def units_called(names):
    return tuple(
        UnitReport(f"u{n}", name, 1, f"1/{n}/", 20 + n, None if n % 3 == 2 else 11 + n % 8)
        for n, name in enumerate(names)
    )


def priorities(about, wording):
    work = [
        Work(
            one,
            one.measure,
            one.target,
            wording[one.id],
            priority(one.id, one.gap, 4.2, 1 - one.measure.shares[one.target - 1]),
            4.2,
            (),
        )
        for one in about.capabilities
        if one.gap is not None and one.gap > 0
    ]
    by_id = {one.figure.id: one for one in work}
    order = in_order([one.priority for one in work])
    return PriorityReport(
        about,
        tuple(by_id[one.id] for one in order),
        (),
        tuple(one for one in about.capabilities if one.target is None),
        tuple(needed_roles(order, {one.id: wording[one.id].roles for one in order})),
    )


def changed(about):
    now, before = about.waves
    pairs = [
        (counts_of(place + 3), one.measure.counts) if isinstance(one.measure, Shown) else None
        for place, one in enumerate(about.capabilities)
    ]
    rows = tuple(
        CapabilityOverTime(
            one.id,
            one.name,
            (Moment(before, shown(counts_of(place + 3))), Moment(now, one.measure, "", differs)),
        )
        for place, (one, differs) in enumerate(
            zip(about.capabilities, differences(pairs), strict=True)
        )
    )
    return ChangeReport(now, about.organisation, None, SCALE, (before, now), rows, ())


def heat(about):
    rows = tuple(
        (
            group.title,
            tuple(
                HeatRow(
                    one.id,
                    one.name,
                    one.measure,
                    tuple(
                        TOO_FEW
                        if (n + place) % 5 == 4 or isinstance(one.measure, Withheld)
                        else shown((n % 3, 4, 3 + place % 3, 2, n % 2))
                        for n, _ in enumerate(about.units)
                    ),
                )
                for place, one in enumerate(group.capabilities)
            ),
        )
        for group in about.groups
    )
    return HeatMap(about.wave, about.organisation, None, SCALE, about.units, len(about.units), rows)


def planned(about, place, title="Ask five residents", owner="Head of design", state="planned"):
    node = UnitNode(1, "anytown", about.organisation.name, -1, 0, "1/", 60)
    figure = about.capabilities[place]
    action = Action(
        id=place + 1, wave_id=2026, unit_id=1, capability=figure.id, title=title, owner=owner,
        due=date(2026, 12, 24), state=state, evidence="Fewer calls",
    )  # fmt: skip
    return Planned(action, figure.name, node, about.wave, figure.target)


def plan(about, **changes):
    to_do = (planned(about, 0, **changes),) if about.capabilities else ()
    return PlanReport(about.wave, about.organisation, None, SCALE, to_do, (), ())


def as_unit(told, name):
    """The same, told of a unit."""
    unit = UnitReport("places", name, 1, "1/2/", 25, 18)
    return replace(told, profile=replace(told.profile, unit=unit), beside=told.profile)
