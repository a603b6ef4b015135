"""Groups, waves, and an organisation among others, as dots of a dumb-bell chart."""

from __future__ import annotations

from survey.charts.dumb_bells import Bell, Dot, letter
from survey.findings import words
from survey.maturity.benchmark import NoQuartiles
from survey.maturity.change import Difference
from survey.maturity.profile import Shown
from survey.operations.benchmark_reporting import Standing
from survey.operations.profile import CapabilityByGroup, CapabilityOverTime


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
            words.compared(group.differs.words) + " beside all others" if group.differs else "",
        )
        for place, group in enumerate(row.groups)
        if isinstance(group.measure, Shown)
    )
    whole = row.measure.mean if isinstance(row.measure, Shown) else None
    return Bell(row.id, row.name, dots, whole, "Withheld: no group can be shown")


def of_time(row: CapabilityOverTime) -> Bell:
    """The waves, each beside the one before it."""
    dots = tuple(
        Dot(
            letter(place),
            moment.wave.name + (" (not comparable)" if moment.broken else ""),
            moment.measure,
            is_clear(moment.change),
            f"{moment.change.words} than before" if moment.change else "",
        )
        for place, moment in enumerate(row.moments)
        if isinstance(moment.measure, Shown)
    )
    return Bell(row.id, row.name, dots, note="No wave can be shown")


def of_standing(row: Standing) -> Bell:
    """The own mean before the middle half of other organisations, and their median."""
    figure, others = row.figure, row.others
    if isinstance(others, NoQuartiles) or not isinstance(figure.measure, Shown):
        return Bell(figure.id, figure.name, (), note=words.standing(row))
    own = Dot("", "Own mean", figure.measure, clear=True, compared=words.standing(row))
    return Bell(
        figure.id,
        figure.name,
        (own,),
        others.median,
        whole_name="Median of the others",
        band=(others.lower, others.upper),
        band_name="Middle half of the others",
    )
