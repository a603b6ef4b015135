"""What a rehearsal found, as plain values: they are kept as JSON until somebody looks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from survey.questionnaire.model import Json


@dataclass(frozen=True, slots=True)
class Assumed:
    """What it rests on: people on the staff list (0: none, so all are made up), people invited,
    those who answer, and those of them who went through the draft."""

    staff: int
    invited: int
    answers: int
    rehearsed: int


@dataclass(frozen=True, slots=True)
class Spread:
    """Minutes that a quarter, a half, three quarters of the people do not exceed; and how many
    people take longer than is good, and longer than many bear."""

    shortest: float
    quarter: float
    median: float
    three_quarters: float
    longest: float
    over_long: int
    over_too_long: int


@dataclass(frozen=True, slots=True)
class ModulesDealt:
    """A set of modules, by their titles; how many people were dealt it, and their minutes."""

    modules: tuple[str, ...]
    people: int
    shortest: float
    median: float
    longest: float


@dataclass(frozen=True, slots=True)
class ConditionMet:
    """A condition, how many questions wait for it, how many people were asked one of them, and
    the minutes that these gave to them, on average."""

    condition: Json
    questions: int
    people: int
    minutes: float


@dataclass(frozen=True, slots=True)
class Reached:
    """A question, and how many came to it."""

    id: str
    text: str
    people: int


@dataclass(frozen=True, slots=True)
class CapabilityCounted:
    """A capability over everybody: its row of the tally and what may be shown of it, as a profile
    has them; how many rated it; in how many units below the organisation it could be seen."""

    id: str
    name: str
    row: tuple[int, ...]
    status: int
    rated: int
    units: int


@dataclass(frozen=True, slots=True)
class Group:
    """Capabilities that a profile shows together."""

    id: str
    title: str
    capabilities: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UnitSeen:
    """A unit with all below it: people invited, who answer; of how many capabilities figures
    could be shown, have too few answers, or would reveal another's.

    half_width, change: medians over those that could be shown, None where there are none: how
    far the mean is sure, in steps either way (95 %); the smallest change between two waves like
    this that can be told from chance.
    """

    name: str
    depth: int
    invited: int
    answers: int
    shown: int
    too_few: int
    protects_another: int
    half_width: float | None
    change: float | None


@dataclass(frozen=True, slots=True)
class Combinations:
    """What people can say about themselves, taken together: how many ways there are, how many of
    them nobody chose, how many too few did, and how many people those are."""

    possible: int
    empty: int
    small: int
    people: int


@dataclass(frozen=True, slots=True)
class Figures:
    """All that a rehearsal found. `units`: the organisation first, then as a tree is read.
    `module_sets`: how many sets of modules are dealt; `modules_dealt` has the longest of them."""

    assumed: Assumed
    scale: tuple[str, ...]
    minutes: Spread
    module_sets: int
    modules_dealt: tuple[ModulesDealt, ...]
    conditions: int
    conditions_met: tuple[ConditionMet, ...]
    questions: tuple[Reached, ...]
    groups: tuple[Group, ...]
    capabilities: tuple[CapabilityCounted, ...]
    units: tuple[UnitSeen, ...]
    combinations: Combinations | None

    def to_json(self) -> dict[str, Any]:
        """As it is stored."""
        return asdict(self)


def figures_of(stored: Mapping[str, Any]) -> Figures:
    """What `to_json` gave."""
    combinations = stored["combinations"]
    return Figures(
        assumed=Assumed(**stored["assumed"]),
        scale=tuple(stored["scale"]),
        minutes=Spread(**stored["minutes"]),
        module_sets=stored["module_sets"],
        modules_dealt=_rows(ModulesDealt, stored["modules_dealt"]),
        conditions=stored["conditions"],
        conditions_met=_rows(ConditionMet, stored["conditions_met"]),
        questions=_rows(Reached, stored["questions"]),
        groups=_rows(Group, stored["groups"]),
        capabilities=_rows(CapabilityCounted, stored["capabilities"]),
        units=_rows(UnitSeen, stored["units"]),
        combinations=Combinations(**combinations) if combinations else None,
    )


def _rows(kind: Any, stored: list[dict[str, Any]]) -> tuple[Any, ...]:
    return tuple(
        kind(**{k: tuple(v) if isinstance(v, list) else v for k, v in row.items()})
        for row in stored
    )
