"""A questionnaire as other tools have it, whichever they are: what `building` makes ours of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from survey.exchange.foreign_conditions import Node
from survey.exchange.marks import NO_MARKS, Marks
from survey.questionnaire.model import NOTHING

Texts = Mapping[str, str]
"""Language, by our codes, to a text without markup."""

NO_TEXT: Final[Texts] = NOTHING

Answering = Literal["one", "many", "number", "text"]


@dataclass(frozen=True, slots=True)
class Condition:
    """When something is asked. source: as the other tool writes it."""

    where: str
    source: str
    node: Node


@dataclass(frozen=True, slots=True)
class ForeignOption:
    """One thing to choose. name: what the other tool stores for it."""

    name: str
    texts: Texts
    step: int | None = None


@dataclass(frozen=True, slots=True)
class Other:
    """The option beside which people write what they mean.

    option: its name among the options. name: what conditions call what is written.
    """

    option: str
    name: str


@dataclass(frozen=True, slots=True)
class ForeignQuestion:
    """One thing that is asked: a row of a table is one too.

    where: how the other file names it, for the report.
    name: as its conditions name it; `also_called` are other such names.
    lead: what stands above the rows of a table of which this is one.
    option_list: a name that questions with the very same options share.
    tick_name: of several options, what conditions call a single one, with room for {option}.
    conditions: all of them must hold.
    """

    where: str
    name: str
    answering: Answering
    texts: Texts
    hint: Texts = field(default_factory=lambda: NO_TEXT)
    lead: Texts = field(default_factory=lambda: NO_TEXT)
    options: tuple[ForeignOption, ...] = ()
    option_list: str = ""
    other: Other | None = None
    minimum: float | None = None
    maximum: float | None = None
    also_called: tuple[str, ...] = ()
    tick_name: str = ""
    conditions: tuple[Condition, ...] = ()
    marks: Marks = NO_MARKS


@dataclass(frozen=True, slots=True)
class ForeignSection:
    """Questions that belong together. notes: what is said before them.

    marked_id: its id here, where one of our exports notes it.
    """

    where: str
    name: str
    title: Texts
    questions: tuple[ForeignQuestion, ...]
    notes: tuple[Texts, ...] = ()
    marked_id: str = ""
    one_page: bool = False
    module: bool = False


@dataclass(frozen=True, slots=True)
class ForeignQuestionnaire:
    """A whole questionnaire. name: its id in the other tool, if it has one.

    languages: our codes, the main one first.
    """

    name: str
    title: Texts
    languages: tuple[str, ...]
    sections: tuple[ForeignSection, ...]
    introduction: tuple[Texts, ...] = ()
