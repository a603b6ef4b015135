"""What is asked: capabilities, capability maps, questionnaires and frozen versions, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final, Literal

Json = Any
"""A value that JSON can hold: dict, list, str, int, float, bool or None."""

Translations = Mapping[str, Mapping[str, str]]
"""Language to (text key to text)."""

NOTHING: Final[Mapping[str, Any]] = MappingProxyType({})

STEPS: Final = (1, 2, 3, 4, 5)
STEP_NAMES: Final = ("Explorer", "Enabler", "Embedded", "Expert", "Exemplar")

DONT_KNOW: Final = "dont-know"
NOT_APPLICABLE: Final = "not-applicable"

Kind = Literal["maturity", "agreement", "choice", "checklist", "number", "importance", "text"]
KINDS: Final[tuple[Kind, ...]] = (
    "maturity",
    "agreement",
    "choice",
    "checklist",
    "number",
    "importance",
    "text",
)
Depth = Literal["step", "practices", "full"]
DEPTHS: Final[tuple[Depth, ...]] = ("step", "practices", "full")

Answer = int | float | str | list[str]
"""1-5 (maturity, agreement, importance), an option's id, a list of them, a number, a text,
or DONT_KNOW or NOT_APPLICABLE."""

Answers = Mapping[str, Answer]
"""Question id to its answer. A question that is not there was not answered."""


@dataclass(frozen=True, slots=True)
class Practice:
    """Something colleagues do that shows a capability at work."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where a capability comes from: a framework, and its name there."""

    framework: str
    name: str


@dataclass(frozen=True, slots=True)
class Capability:
    """Something an organisation must be able to do, described at five steps, lowest first."""

    id: str
    name: str
    summary: str
    steps: tuple[str, str, str, str, str]
    practices: tuple[Practice, ...] = ()
    roles: tuple[str, ...] = ()
    enables: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    related: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    translations: Translations = field(default_factory=lambda: NOTHING)

    @property
    def domain(self) -> str:
        """The part of the id before the slash: digital, data, innovation, learning."""
        return self.id.partition("/")[0]


@dataclass(frozen=True, slots=True)
class CapabilityGroup:
    """Capabilities that a map shows together."""

    id: str
    title: str
    capabilities: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Framework:
    """A capability map: groups of capabilities, with who published it."""

    id: str
    title: str
    publisher: str
    about: str
    groups: tuple[CapabilityGroup, ...]
    year: int | None = None
    url: str | None = None
    translations: Translations = field(default_factory=lambda: NOTHING)


@dataclass(frozen=True, slots=True)
class Role:
    """A job that carries capabilities."""

    id: str
    name: str
    summary: str = ""


@dataclass(frozen=True, slots=True)
class Publication:
    """Where a case study can be read in full."""

    title: str
    publisher: str
    year: int | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class CaseStudy:
    """What an organisation gained by some capabilities. `figures` are amounts, each in words."""

    id: str
    title: str
    organisation: str
    text: str
    source: Publication
    capabilities: tuple[str, ...]
    figures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Library:
    """Everything that a questionnaire file may name, and what illustrates it, by id."""

    capabilities: Mapping[str, Capability]
    frameworks: Mapping[str, Framework]
    roles: Mapping[str, Role]
    case_studies: Mapping[str, CaseStudy] = field(default_factory=lambda: NOTHING)


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose; `step` is what choosing it says about maturity, if anything."""

    id: str
    text: str
    step: int | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """One thing that is asked. Its kind says how it is answered.

    `options` are a choice's or checklist's; `steps` are the five descriptors of a maturity
    question, lowest first. `condition` is the JSON of `show_if` (see `conditions`).
    """

    id: str
    kind: Kind
    text: str
    hint: str = ""
    capability: str | None = None
    steps: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    cut_points: tuple[float, ...] = ()
    reverse: bool = False
    weight: int = 1
    not_applicable: bool = False
    condition: Json = None
    comparable_with: tuple[str, ...] = ()

    @property
    def is_rated(self) -> bool:
        """Whether an answer gives a step: a maturity rating."""
        if self.kind in ("maturity", "agreement", "checklist"):
            return True
        if self.kind == "choice":
            return any(option.step is not None for option in self.options)
        return self.kind == "number" and bool(self.cut_points)

    @property
    def is_counted(self) -> bool:
        """Whether answers are packed and tallied: rated questions, and importance."""
        return self.is_rated or self.kind == "importance"


@dataclass(frozen=True, slots=True)
class Section:
    """Questions that belong together. A module is asked of some people only."""

    id: str
    title: str
    questions: tuple[Question, ...]
    introduction: str = ""
    one_page: bool = False
    module: bool = False


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """A questionnaire fully expanded: nothing is left to look up elsewhere.

    `capabilities` are those its questions measure, by id, as they read when it was expanded;
    `groups` say how a profile shows them together (a map's groups, else the sections).
    `modules_per_person` is None where no section is a module.
    """

    id: str
    title: str
    language: str
    sections: tuple[Section, ...]
    about_you: tuple[Question, ...] = ()
    introduction: str = ""
    licence: str = ""
    scale: tuple[str, ...] = STEP_NAMES
    modules_per_person: int | None = None
    capabilities: Mapping[str, Capability] = field(default_factory=lambda: NOTHING)
    groups: tuple[CapabilityGroup, ...] = ()
    translations: Translations = field(default_factory=lambda: NOTHING)
    extensions: Mapping[str, Json] = field(default_factory=lambda: NOTHING)

    @property
    def questions(self) -> tuple[Question, ...]:
        """All questions in the order they are asked, those about the person first."""
        return self.about_you + tuple(q for s in self.sections for q in s.questions)

    @property
    def counted_questions(self) -> tuple[Question, ...]:
        """The questions whose answers are packed, one byte each, in this order."""
        return tuple(q for s in self.sections for q in s.questions if q.is_counted)

    @property
    def breakdowns(self) -> tuple[Question, ...]:
        """The questions about oneself by which a profile can be split: one option is chosen."""
        return tuple(q for q in self.about_you if q.kind == "choice")

    @property
    def modules(self) -> tuple[Section, ...]:
        """The sections that are shared out."""
        return tuple(s for s in self.sections if s.module)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that a person can choose, the main one first."""
        return (self.language, *(code for code in self.translations if code != self.language))
