"""The rules on what is chosen from, and on what several questions make together."""

from __future__ import annotations

from typing import Final

from survey.questionnaire.wording_remarks import (
    APPRAISAL,
    DESIGN,
    DISCLOSURE,
    GRADE,
    MODES,
    READING_SPEED,
    Example,
    Rule,
)

_SAY_WHO: Final = (
    "Say who is meant, “my team” or “our organisation”, the same throughout a section."
)
_SHARE_OUT: Final = "Ask less, or share sections out as modules."
_ORDER: Final = f"{DESIGN}, on the order of questions"

WHOLE_RULES: Final[tuple[Rule, ...]] = (
    Rule(
        name="grade",
        code="grade",
        message="Its reading grade is {grade:.1f}; aim at {limit}.",
        mend="Use shorter words and shorter sentences.",
        source=GRADE,
        example=Example(
            "Organisational transformation necessitates collaborative prioritisation.",
            "How well do teams work together on what matters most?",
            "section",
        ),
    ),
    Rule(
        name="we-and-you",
        code="referent",
        message="It speaks of “we” in one place and of “you” in another.",
        mend=_SAY_WHO,
        source=APPRAISAL,
        level="note",
        example=Example(
            "In our team we share what we learn.\nYou can find the notes of other teams.",
            "My team shares what it learns.\nMy team can find the notes of other teams.",
            "statements",
        ),
    ),
    Rule(
        name="who",
        code="referent",
        message="It does not say who “{found}” is: a team, or all of us.",
        mend=_SAY_WHO,
        source=APPRAISAL,
        level="note",
        example=Example(
            "We share what we learn.", "In my team we share what we learn.", "statements"
        ),
    ),
    Rule(
        name="uneven-options",
        code="scale",
        message="Of its options {below} stand below the middle and {above} above it.",
        mend="Offer as many options below the middle as above it.",
        source=DESIGN,
        example=Example(
            "Poor\nFair\nGood\nVery good\nExcellent",
            "Very poor\nPoor\nFair\nGood\nVery good",
            "options",
        ),
    ),
    Rule(
        name="out-of-order",
        code="scale",
        message="Its options are not in order: “{found}” stands in the wrong place.",
        mend="Put the options in order, the lowest first.",
        source=DESIGN,
        level="strong",
        example=Example("Never\nOften\nRarely\nAlways", "Never\nRarely\nOften\nAlways", "options"),
    ),
    Rule(
        name="few-or-many-options",
        code="scale",
        message="It has {count} options on a scale; {fewest} to {most} work best.",
        mend="Offer four to seven, each clearly different from the next.",
        source=DESIGN,
        level="note",
        example=Example(
            "Never\nSometimes\nAlways", "Never\nRarely\nSometimes\nOften\nAlways", "options"
        ),
    ),
    Rule(
        name="uneven-lengths",
        code="scale",
        message="The longest step has {longest} words and the shortest {shortest}: the longest "
        "draws the eye.",
        mend="Describe each step in about as many words.",
        source=DESIGN,
        example=Example(
            "Nothing is planned.\n"
            "Some teams plan their year with their manager, then keep short notes of it.\n"
            "Each team plans its year.\n"
            "Plans are looked at each month.\n"
            "Plans decide where money goes.",
            "Teams work from day to day.\n"
            "Some teams plan their year.\n"
            "Each team plans its year.\n"
            "Plans are looked at each month.\n"
            "Plans decide where money goes.",
            "steps",
        ),
    ),
    Rule(
        name="alike",
        code="scale",
        message="“{one}” and “{other}” are hard to tell apart.",
        mend="Say what is different on the higher one, or keep one of the two.",
        source=DESIGN,
        example=Example(
            "Teams work from day to day.\n"
            "Some teams review their plans.\n"
            "Each team reviews its plans in spring.\n"
            "Each team reviews its plan each spring.\n"
            "Plans decide where money goes.",
            "Teams work from day to day.\n"
            "Some teams review their plans.\n"
            "Each team reviews its plans in spring.\n"
            "Reviews change what teams do next.\n"
            "Plans decide where money goes.",
            "steps",
        ),
    ),
    Rule(
        name="unclear-ladder",
        code="order",
        message="Step {higher} (“{found}”) reaches less far than step {lower} (“{before}”), so it "
        "is unclear which is the higher.",
        mend="Let each step reach further than the one before it, or change their order.",
        source=DESIGN,
        example=Example(
            "Teams work from day to day.\n"
            "Each team plans its year.\n"
            "Some teams review their plans.\n"
            "Reviews change what teams do.\n"
            "Plans decide where money goes.",
            "Teams work from day to day.\n"
            "Some teams plan their year.\n"
            "Each team plans its year.\n"
            "Reviews change what teams do.\n"
            "Plans decide where money goes.",
            "steps",
        ),
    ),
    Rule(
        name="highest-first",
        code="order",
        message="Its highest option stands first.",
        mend="Put the lowest first, as everywhere else.",
        source=DESIGN,
        example=Example(
            "Always\nOften\nSometimes\nRarely\nNever",
            "Never\nRarely\nSometimes\nOften\nAlways",
            "options",
        ),
    ),
    Rule(
        name="mixed-directions",
        code="order",
        message="Its highest option stands first, elsewhere the lowest.",
        mend="Put the lowest first, as everywhere else.",
        source=DESIGN,
        level="strong",
        example=Example(
            "choice: Does your team plan its week? Never · Rarely · Sometimes · Often · Always\n"
            "choice: Does your team keep to it? Always · Often · Sometimes · Rarely · Never",
            "choice: Does your team plan its week? Never · Rarely · Sometimes · Often · Always\n"
            "choice: Does your team keep to it? Never · Rarely · Sometimes · Often · Always",
            "questions",
        ),
    ),
    Rule(
        name="offered-twice",
        code="opt-out",
        message="“{found}” is offered twice.",
        mend="Leave the option out: beside every question people are offered a way out, which is "
        "never counted as a step.",
        source=DESIGN,
        example=Example("Yes\nNo\nI don’t know", "Yes\nNo", "options"),
    ),
    Rule(
        name="no-way-out",
        code="opt-out",
        message="It is meant for some people only (“{found}”), and the others have no answer to "
        "give.",
        mend="Let people say “Doesn’t apply here” (not_applicable), or show it only to those it "
        "is meant for (show_if).",
        source=APPRAISAL,
        example=Example(
            "number: If you manage staff, how many did you meet last week?",
            "number, not_applicable: If you manage staff, how many did you meet last week?",
            "questions",
        ),
    ),
    Rule(
        name="monotony",
        code="monotony",
        message="Here begin {count} questions in a row with the same answers.",
        mend="Put a question of another kind between them: long runs are answered without reading.",
        source=DESIGN,
        example=Example("20 × agreement", "10 × agreement, 1 × number, 10 × agreement", "plan"),
    ),
    Rule(
        name="minutes",
        code="minutes",
        message="It takes about {minutes:.0f} minutes; more than {limit} tire people.",
        mend=_SHARE_OUT,
        source=READING_SPEED,
        example=Example("30 × maturity", "30 × maturity in 6 modules, 4 for each person", "plan"),
    ),
    Rule(
        name="too-many-minutes",
        code="minutes",
        message="It takes about {minutes:.0f} minutes; after {limit} many people give up.",
        mend=_SHARE_OUT,
        source=READING_SPEED,
        level="strong",
        example=Example("60 × maturity", "60 × maturity in 6 modules, 2 for each person", "plan"),
    ),
    Rule(
        name="identifying",
        code="identifying",
        message="Its options can be put together in {kinds:,} ways, for {invited:,} people: on "
        "average fewer than {limit} give the same answers, so people may be recognised.",
        mend="Ask fewer questions about people, or offer fewer and wider options.",
        source=DISCLOSURE,
        example=Example(
            "240 people: 12 teams × 6 grades × 5 lengths of service",
            "240 people: 4 grades × 5 lengths of service",
            "plan",
        ),
    ),
    Rule(
        name="importance-first",
        code="order-effect",
        message="How important it is, is asked before how things are: the first answer colours "
        "the second.",
        mend="Ask how things are first, then how important they are.",
        source=_ORDER,
        example=Example(
            "importance: How important is planning for your team?\n"
            "maturity: Planning: which of these is most like your team?",
            "maturity: Planning: which of these is most like your team?\n"
            "importance: How important is planning for your team?",
            "questions",
        ),
    ),
    Rule(
        name="overall-first",
        code="order-effect",
        message="A verdict on the whole (“{found}”) stands before the questions on its parts: "
        "people then answer those to match it.",
        mend="Put it after the other questions of its section.",
        source=_ORDER,
        example=Example(
            "agreement: Overall, our council works well online.\n"
            "agreement: Our council tests forms with residents.\n"
            "agreement: Our council answers letters within a week.",
            "agreement: Our council tests forms with residents.\n"
            "agreement: Our council answers letters within a week.\n"
            "agreement: Overall, our council works well online.",
            "questions",
        ),
    ),
    Rule(
        name="comment-first",
        code="order-effect",
        message="Words of one’s own are asked for before the questions to choose from: they cost "
        "effort, and colour the answers that follow.",
        mend="Put it after the other questions on the same subject.",
        source=MODES,
        example=Example(
            "text: What gets in the way of planning?\n"
            "agreement: Our team plans its week.\n"
            "agreement: Our team keeps to its plan.",
            "agreement: Our team plans its week.\n"
            "agreement: Our team keeps to its plan.\n"
            "text: What gets in the way of planning?",
            "questions",
        ),
    ),
)
"""In the order of methods §9, then what an earlier question does to a later one."""
