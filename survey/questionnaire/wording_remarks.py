"""What a rule of wording is, and a remark made by one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Level = Literal["note", "advice", "strong"]

StandsAs = Literal[
    "question",
    "statements",
    "step",
    "steps",
    "options",
    "introduction",
    "section",
    "questions",
    "plan",
]
"""What an example is an example of: a question; statements to agree with, one a line; a step, or
all five; what is chosen from; an introduction; a section; whole questions, each with its kind; how
many there are of what."""

APPRAISAL: Final = "Willis & Lessler (1999), Question Appraisal System"
DESIGN: Final = "Krosnick & Presser (2010), Question and questionnaire design"
MODES: Final = "Dillman, Smyth & Christian (2014), Internet, phone, mail and mixed-mode surveys"
QUAID: Final = "Graesser et al. (2006), Question Understanding Aid (QUAID)"
DISCLOSURE: Final = "Hundepool et al. (2012), Statistical disclosure control"
GRADE: Final = "Kincaid et al. (1975), a grade above 9 asks for more than nine years of school"
READING_SPEED: Final = "Reading at 238 words a minute: Brysbaert (2019)"
GOV_UK: Final = "GOV.UK style guide"


@dataclass(frozen=True, slots=True)
class Example:
    """Wording that draws a remark, and wording that asks the same better."""

    before: str
    after: str
    stands_as: StandsAs


@dataclass(frozen=True, slots=True)
class Remark:
    """What a rule, known by its name, found."""

    rule: str
    message: str


@dataclass(frozen=True, slots=True)
class Rule:
    """Why a rule is there, what it says, and what to do about it.

    name: unlike any other rule's. code: what rules on the same fault share, as methods §9 has it.
    message: a sentence in which `{name}` stands for what was found.
    level: a strong remark is about wording that spoils the answers, a note about taste.
    """

    name: str
    code: str
    message: str
    mend: str
    source: str
    example: Example
    level: Level = "advice"

    def remark(self, **found: object) -> Remark:
        """The remark on what was found."""
        return Remark(self.name, self.message.format_map(found))
