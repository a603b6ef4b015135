"""What a profile is: the values that pages, files and commands make of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from survey.maturity.change import Difference
from survey.maturity.profile import GroupShown, Measure, Shown, Withheld
from survey.maturity.response_rate import ResponseRate
from survey.maturity.weighting import Weighted
from survey.operations.unit_tree import UnitNode
from survey.questionnaire.model import Capability, Option, Question
from survey.storage.organisations import Organisation
from survey.storage.plans import Action, AgreedStep
from survey.storage.waves import Wave


@dataclass(frozen=True, slots=True)
class UnitReport:
    """A unit with all below it: who was asked, who answered (None: withheld)."""

    slug: str
    name: str
    depth: int
    path: str
    invited: int
    responded: int | None
    rate_before: float | None = None

    @classmethod
    def of(
        cls, unit: UnitNode, responded: int | None = None, rate_before: float | None = None
    ) -> UnitReport:
        """That of a unit in its tree."""
        return cls(
            unit.slug, unit.name, unit.depth, unit.path, unit.invited, responded, rate_before
        )


@dataclass(frozen=True, slots=True)
class CapabilityFigure:
    """A capability as a profile shows it. gap: target less mean, where there are both."""

    id: str
    name: str
    measure: Measure
    target: int | None

    @property
    def gap(self) -> float | None:
        """How far the mean is below the target; negative where it is above."""
        if self.target is None or not isinstance(self.measure, Shown):
            return None
        return self.target - self.measure.mean


@dataclass(frozen=True, slots=True)
class QuestionFigure:
    """One counted question."""

    id: str
    text: str
    capability: str | None
    measure: Measure


@dataclass(frozen=True, slots=True)
class GroupReport:
    """Capabilities that are shown together, and what can be said of all of them."""

    id: str
    title: str
    figure: GroupShown | Withheld
    capabilities: tuple[CapabilityFigure, ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """What an organisation, or a unit of it, can say about its maturity.

    `unit` is None for the organisation as a whole. Before the wave has closed there is
    participation only: `groups` is empty. `overall` counts the capabilities at each step.
    `response` says how evenly the units below answered, None where their rates are not known.
    `breakdowns`: the questions by which it is split.
    """

    wave: Wave
    organisation: Organisation
    unit: UnitReport | None
    invited: int
    responded: int | None
    response: ResponseRate | None
    scale: tuple[str, ...]
    groups: tuple[GroupReport, ...]
    overall: tuple[int, ...]
    units: tuple[UnitReport, ...]
    waves: tuple[Wave, ...]
    breakdowns: tuple[Question, ...]
    questions: tuple[QuestionFigure, ...] = ()

    @property
    def state(self) -> str:
        """Of the wave: prepared, open, closed."""
        return self.wave.state

    @property
    def has_past(self) -> bool:
        """Whether a closed wave lies before this one."""
        mine = self.wave.opened_at
        return any(
            wave.state == "closed" and wave.opened_at < mine
            for wave in self.waves
            if wave.opened_at is not None and mine is not None
        )

    @property
    def threshold(self) -> int:
        """The fewest people behind any figure."""
        return self.wave.minimum_group

    @property
    def capabilities(self) -> tuple[CapabilityFigure, ...]:
        """The capabilities of all groups."""
        return tuple(figure for group in self.groups for figure in group.capabilities)


@dataclass(frozen=True, slots=True)
class UnitFigure:
    """One unit's figures of a capability. `differs`: how from everybody outside it, None where
    that may not be seen."""

    slug: str
    name: str
    depth: int
    measure: Measure
    differs: Difference | None = None


@dataclass(frozen=True, slots=True)
class GroupFigure:
    """Those who chose an option of a question about themselves. `differs`: how from all others,
    None where either may not be seen."""

    option: Option
    measure: Measure
    differs: Difference | None


@dataclass(frozen=True, slots=True)
class CapabilityByGroup:
    """One capability as the groups see it. `others` chose no option that is shown: None where
    that is nobody, or may not be seen."""

    id: str
    name: str
    measure: Measure
    groups: tuple[GroupFigure, ...]
    others: Measure | None

    @property
    def gap(self) -> float | None:
        """The highest mean less the lowest; None below two groups that are shown."""
        means = [one.measure.mean for one in self.groups if isinstance(one.measure, Shown)]
        return max(means) - min(means) if len(means) > 1 else None


@dataclass(frozen=True, slots=True)
class BreakdownReport:
    """A profile split by what people say about themselves: by one question of `questions`."""

    wave: Wave
    organisation: Organisation
    scale: tuple[str, ...]
    question: Question
    questions: tuple[Question, ...]
    capabilities: tuple[CapabilityByGroup, ...]
    waves: tuple[Wave, ...]


@dataclass(frozen=True, slots=True)
class Moment:
    """One wave in the course of a capability.

    `measure`: None where it was not asked, or the unit was not there. `broken`: why it cannot be
    compared with the wave that the course leads to; nothing where it can. `change`: since the wave
    before that can be compared; `at_former_mix`: the mean had as large shares of it come from each
    unit directly below as then, where that makes a difference.
    """

    wave: Wave
    measure: Measure | None
    broken: str = ""
    change: Difference | None = None
    at_former_mix: float | None = None


@dataclass(frozen=True, slots=True)
class CapabilityOverTime:
    """A capability in every closed wave up to one, the earliest first."""

    id: str
    name: str
    moments: tuple[Moment, ...]

    @property
    def last(self) -> Difference | None:
        """What changed up to the last wave."""
        return self.moments[-1].change


@dataclass(frozen=True, slots=True)
class GroupOverTime:
    """Capabilities that are shown together, then and now: the unweighted means of the means of
    those `compared` with the wave before, of all `members`, None where these are fewer than half;
    and how many of them are higher and lower."""

    title: str
    then: float | None
    now: float | None
    higher: int
    lower: int
    compared: int
    members: int


@dataclass(frozen=True, slots=True)
class ChangeReport:
    """What became of the capabilities of a wave: of the whole (`unit` is None) or of a unit.

    `waves`: the closed ones, the earliest first, the last of them the report's own.
    """

    wave: Wave
    organisation: Organisation
    unit: UnitReport | None
    scale: tuple[str, ...]
    waves: tuple[Wave, ...]
    capabilities: tuple[CapabilityOverTime, ...]
    groups: tuple[GroupOverTime, ...]


@dataclass(frozen=True, slots=True)
class Planned:
    """An action of a plan.

    `unit`: whom it is for now, which carries on the unit that it was planned for. `since`: the
    wave it was planned from; `before` and `now`: its capability in that wave and in the one that
    is looked at, None where that is the same wave. `differs`: between the two, None where they
    cannot be compared.
    """

    action: Action
    name: str
    unit: UnitNode
    since: Wave
    target: int | None
    before: Moment | None = None
    now: Moment | None = None
    differs: Difference | None = None

    def is_overdue(self, today: date) -> bool:
        """Whether it is still to be done, and should have been."""
        return self.action.is_open and self.action.due < today


@dataclass(frozen=True, slots=True)
class PlanReport:
    """What is to be done in an organisation (`unit` is None) or a unit with all below it: the
    earliest due first; then what has been done, and what was dropped."""

    wave: Wave
    organisation: Organisation
    unit: UnitNode | None
    scale: tuple[str, ...]
    to_do: tuple[Planned, ...]
    done: tuple[Planned, ...]
    dropped: tuple[Planned, ...]


@dataclass(frozen=True, slots=True)
class CapabilityReport:
    """One capability: the whole, its units side by side, its questions.

    `others` is everybody who is in no unit that is shown, None where that is nobody.
    `between_units`: ICC(1) of the units directly below that are shown.
    `as_if_even`: the mean had those answered alike. `rated_by`: how many questions rate it.
    `practices` are those beside its own five steps.
    `breakdowns`: each question about oneself, with the groups it makes; only of the whole
    organisation. `course`: how it stood in each closed wave up to this one. `agreed`: the step on
    which a workshop agreed; `actions`: what is planned about it.
    """

    wave: Wave
    organisation: Organisation
    unit: UnitReport | None
    scale: tuple[str, ...]
    capability: Capability
    figure: CapabilityFigure
    target_reason: str
    units: tuple[UnitFigure, ...]
    others: Measure | None
    between_units: float | None
    as_if_even: Weighted | None
    rated_by: int
    practices: tuple[QuestionFigure, ...]
    importance: Measure | None
    breakdowns: tuple[tuple[Question, CapabilityByGroup], ...]
    course: CapabilityOverTime
    agreed: AgreedStep | None
    actions: tuple[Planned, ...]
