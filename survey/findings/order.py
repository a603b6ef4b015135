"""In which order capabilities are shown, and which of them stand out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, TypeVar

from survey.findings.speech import noted, say
from survey.maturity.profile import Shown, Withheld

if TYPE_CHECKING:
    from survey.operations.benchmark_reporting import Standing
    from survey.operations.profile import CapabilityByGroup, CapabilityOverTime
    from survey.operations.reporting import CapabilityFigure, GroupReport

Figure = TypeVar("Figure")

IN_MAP_ORDER: Final = "map"
SORTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        IN_MAP_ORDER: noted("By group"),
        "step": noted("Lowest step first"),
        "gap": noted("Widest gap first"),
        "agreement": noted("Least agreement first"),
    }
)
A_CHART = 20
"""As many capabilities as one chart shows."""
STANDING_OUT = 3
NO_QUARTER = 5
"""What others are not shown of comes after the four quarters."""


@dataclass(frozen=True, slots=True)
class Block:
    """Capabilities that are drawn together. `group` is None where they are ranked."""

    key: str
    title: str
    group: GroupReport | None
    capabilities: tuple[CapabilityFigure, ...]


@dataclass(frozen=True, slots=True)
class StandOuts:
    """The few capabilities to look at first."""

    strengths: tuple[CapabilityFigure, ...]
    gaps: tuple[CapabilityFigure, ...]
    disagreement: tuple[CapabilityFigure, ...]


def blocks(groups: Sequence[GroupReport], sort: str) -> tuple[Block, ...]:
    """What to draw, chart by chart: the map's groups, or one ranking; never a giant chart."""
    if sort == IN_MAP_ORDER:
        return tuple(
            Block(f"{group.id}.{number}", _part(group.title, start, group.capabilities), group, few)
            for group in groups
            for number, (start, few) in enumerate(_few(group.capabilities), start=1)
        )
    ranked = ranking((figure for group in groups for figure in group.capabilities), sort)
    return tuple(
        Block(f"{sort}.{number}", _part(say(SORTS[sort]), start, ranked), None, few)
        for number, (start, few) in enumerate(_few(ranked), start=1)
    )


def ranking(figures: Iterable[CapabilityFigure], sort: str) -> tuple[CapabilityFigure, ...]:
    """The figures in that order; those without the figure, then those withheld, last."""
    return tuple(sorted(figures, key=lambda figure: (*_rank(figure, sort), figure.id)))


def stand_outs(groups: Sequence[GroupReport]) -> StandOuts:
    """Strengths, the widest gaps to a target, and where people are of two minds."""
    shown = [f for g in groups for f in g.capabilities if isinstance(f.measure, Shown)]
    strongest = ranking(shown, "step")[::-1]
    with_gap = [f for f in ranking(shown, "gap") if f.gap is not None and f.gap > 0]
    divided = [f for f in ranking(shown, "agreement") if _is_divided(f)]
    return StandOuts(
        tuple(strongest[:STANDING_OUT]),
        tuple(with_gap[:STANDING_OUT]),
        tuple(divided[:STANDING_OUT]),
    )


def by_gap(
    rows: Sequence[CapabilityByGroup],
) -> tuple[tuple[str, tuple[CapabilityByGroup, ...]], ...]:
    """Capabilities split by groups, the widest gap between groups first, in parts that fit a chart:
    the key and the rows of each."""
    ranked = sorted(rows, key=lambda row: (row.gap is None, -(row.gap or 0.0), row.id))
    return _charts("groups", ranked)


def by_change(
    rows: Sequence[CapabilityOverTime],
) -> tuple[tuple[str, tuple[CapabilityOverTime, ...]], ...]:
    """Capabilities over time, what rose most since the wave before first, in parts that fit a
    chart: the key and the rows of each."""
    ranked = sorted(
        rows,
        key=lambda row: (row.last is None, -(row.last.change.delta if row.last else 0), row.id),
    )
    return _charts("change", ranked)


def by_standing(rows: Sequence[Standing]) -> tuple[tuple[str, tuple[Standing, ...]], ...]:
    """Capabilities beside other organisations, the lowest quarter first, in parts that fit a chart:
    the key and the rows of each. Within a quarter by name: a finer order would be a rank."""
    ranked = sorted(
        rows, key=lambda row: (row.quarter or NO_QUARTER, row.figure.name, row.figure.id)
    )
    return _charts("benchmark", ranked)


def _charts(name: str, ranked: Sequence[Figure]) -> tuple[tuple[str, tuple[Figure, ...]], ...]:
    parts = enumerate(_few(ranked), start=1)
    return tuple((f"{name}.{number}", few) for number, (_, few) in parts)


def _is_divided(figure: CapabilityFigure) -> bool:
    measure = figure.measure
    return isinstance(measure, Shown) and (
        measure.two_camps or measure.agreement_words in ("views differ", "views are spread")
    )


def _rank(figure: CapabilityFigure, sort: str) -> tuple[float, ...]:
    measure = figure.measure
    if isinstance(measure, Withheld):
        return (2.0, 0.0, 0.0)
    if sort == "gap":
        return (1.0, 0.0, 0.0) if figure.gap is None else (0.0, -figure.gap, 0.0)
    if sort == "agreement":
        return (0.0, float(not measure.two_camps), measure.agreement)
    return (0.0, float(measure.step), measure.mean)


def _few(figures: Sequence[Figure]) -> list[tuple[int, tuple[Figure, ...]]]:
    return [
        (start, tuple(figures[start : start + A_CHART]))
        for start in range(0, len(figures), A_CHART)
    ]


def _part(title: str, start: int, figures: Sequence[CapabilityFigure]) -> str:
    if len(figures) <= A_CHART:
        return title
    return say(
        "%(title)s: %(first)s to %(last)s of %(all)s",
        title=title,
        first=start + 1,
        last=min(start + A_CHART, len(figures)),
        all=len(figures),
    )
