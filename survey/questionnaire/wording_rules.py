"""The rules of wording: how to mend what each finds, and where survey method says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

Level = Literal["note", "advice", "strong"]


@dataclass(frozen=True, slots=True)
class Rule:
    """Why a rule is there and what to do about what it finds."""

    mend: str
    source: str
    level: Level = "advice"


@dataclass(frozen=True, slots=True)
class Remark:
    """What a rule found. Its level is the rule's where it is not said here."""

    code: str
    message: str
    level: Level | None = None


APPRAISAL: Final = "Willis & Lessler (1999), Question Appraisal System"
DESIGN: Final = "Krosnick & Presser (2010), Question and questionnaire design"
MODES: Final = "Dillman, Smyth & Christian (2014), Internet, phone, mail and mixed-mode surveys"
QUAID: Final = "Graesser et al. (2006), Question Understanding Aid (QUAID)"
GOV_UK: Final = "GOV.UK style guide"

RULES: Final[Mapping[str, Rule]] = {
    "double-barrelled": Rule("Keep the part that matters most, or make two of it.", APPRAISAL),
    "negative": Rule("Say what people do, so that agreeing means more of it.", DESIGN),
    "leading": Rule("Ask without saying which answer you expect.", APPRAISAL, "strong"),
    "absolute": Rule(
        "Leave the word out, or say how much is meant: people shy away from extremes.", DESIGN
    ),
    "vague": Rule("Say how often or how many, such as “each month” or “five”.", QUAID, "note"),
    "jargon": Rule("Write the words in full, at least the first time.", QUAID),
    "long": Rule("Cut what can be left out, or make two sentences of it.", GOV_UK),
    "grade": Rule(
        "Use shorter words and shorter sentences.",
        "Kincaid et al. (1975), a grade above 9 asks for more than nine years of school",
    ),
    "referent": Rule(
        "Say who is meant, “my team” or “our organisation”, the same throughout a section.",
        APPRAISAL,
        "note",
    ),
    "scale": Rule(
        "Give as many options below the middle as above it, in order, each clearly different.",
        DESIGN,
    ),
    "order": Rule("Put the lowest first, as everywhere else.", DESIGN),
    "opt-out": Rule(
        "Leave the option out: people are offered “I don’t know” beside every question, and it is "
        "never counted as a step.",
        DESIGN,
    ),
    "monotony": Rule(
        "Put a question of another kind between them: long runs are answered without reading.",
        DESIGN,
    ),
    "minutes": Rule(
        "Ask less, or share sections out as modules.",
        "Reading at 238 words a minute: Brysbaert (2019)",
    ),
}
"""Code to rule, in the order in which methods §9 lists them."""
