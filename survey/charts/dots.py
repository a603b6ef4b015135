"""Groups, waves, and an organisation among others, as dots of a dumb-bell chart."""

from __future__ import annotations

from survey.charts.dumb_bells import Bell, Dot, letter
from survey.findings import words
from survey.findings.speech import say
from survey.maturity.benchmark import NoQuartiles
from survey.maturity.change import Difference
from survey.maturity.profile import Shown, Withheld
from survey.operations.benchmark_reporting import Standing
from survey.operations.profile import CapabilityByGroup, CapabilityOverTime, Moment


def is_clear(difference: Difference | None) -> bool:
    """Whether something differs by more than chance."""
    return difference is not None and difference.words != "no clear change"


def of_groups(row: CapabilityByGroup) -> Bell:
    """The groups of a question, each beside all others."""
    dots = tuple(
        Dot(
            letter(place),
            group.option.text,
            group.measure,
            is_clear(group.differs),
            _beside_all_others(group.differs),
        )
        for place, group in enumerate(row.groups)
        if isinstance(group.measure, Shown)
    )
    whole = row.measure.mean if isinstance(row.measure, Shown) else None
    withheld = tuple(g.option.text for g in row.groups if not isinstance(g.measure, Shown))
    note = say("Withheld: no group can be shown")
    whole_name = say("Whole organisation")
    return Bell(row.id, row.name, dots, whole, note, whole_name, withheld=withheld)


def of_time(row: CapabilityOverTime) -> Bell:
    """The waves, each beside the one before it."""
    dots = tuple(
        Dot(
            letter(place),
            _wave(moment),
            moment.measure,
            is_clear(moment.change),
            _than_before(moment.change),
        )
        for place, moment in enumerate(row.moments)
        if isinstance(moment.measure, Shown)
    )
    withheld = tuple(m.wave.name for m in row.moments if isinstance(m.measure, Withheld))
    note = say("No wave can be shown")
    return Bell(row.id, row.name, dots, note=note, withheld=withheld, in_time=True)


def of_standing(row: Standing) -> Bell:
    """The own mean before the middle half of other organisations, and their median."""
    figure, others = row.figure, row.others
    if isinstance(others, NoQuartiles) or not isinstance(figure.measure, Shown):
        return Bell(figure.id, figure.name, (), note=words.standing(row))
    own = Dot("", say("Own mean"), figure.measure, clear=True, compared=words.standing(row))
    return Bell(
        figure.id,
        figure.name,
        (own,),
        others.median,
        whole_name=say("Median of the others"),
        band=(others.lower, others.upper),
        band_name=say("Middle half of the others"),
    )


def _beside_all_others(differs: Difference | None) -> str:
    if differs is None:
        return ""
    return say("%(differs)s beside all others", differs=words.compared(differs.words))


def _than_before(change: Difference | None) -> str:
    return say("%(change)s than before", change=words.changed(change.words)) if change else ""


def _wave(moment: Moment) -> str:
    if not moment.broken:
        return moment.wave.name
    return say("%(wave)s (not comparable)", wave=moment.wave.name)
