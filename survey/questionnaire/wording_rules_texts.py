"""The rules on one text: a question, a statement to agree with, a step, an option, a sentence."""

from __future__ import annotations

from typing import Final

from survey.questionnaire.wording_remarks import (
    APPRAISAL,
    DESIGN,
    GOV_UK,
    QUAID,
    Example,
    Rule,
)

_SPLIT: Final = "Keep the part that matters most, or make two of it."
_AFFIRM: Final = "Say what people do, so that agreeing means more of it."
_TEMPER: Final = "Leave the word out, or say how much is meant: people shy away from extremes."
_SHORTEN: Final = "Cut what can be left out, or make two sentences of it."

TEXT_RULES: Final[tuple[Rule, ...]] = (
    Rule(
        name="double-barrelled",
        code="double-barrelled",
        message="It may ask two things at once: “{found}”.",
        mend=_SPLIT,
        source=APPRAISAL,
        example=Example(
            "My manager is fair and easy to reach.", "My manager is easy to reach.", "statements"
        ),
    ),
    Rule(
        name="double-barrelled-semicolon",
        code="double-barrelled",
        message="A semicolon joins two descriptions.",
        mend=_SPLIT,
        source=APPRAISAL,
        example=Example(
            "Plans are written each spring; few teams look at them again.",
            "Plans are written each spring, though few teams use them.",
            "step",
        ),
    ),
    Rule(
        name="double-barrelled-step",
        code="double-barrelled",
        message="It says “and” more than once: some of it may be untrue.",
        mend=_SPLIT,
        source=APPRAISAL,
        example=Example(
            "Staff are told and trained and tested before a system starts.",
            "Staff are trained before a new system starts.",
            "step",
        ),
    ),
    Rule(
        name="negative",
        code="negative",
        message="It says what is not so: “{found}”.",
        mend=_AFFIRM,
        source=DESIGN,
        example=Example(
            "Our team does not keep its list of risks up to date.",
            "Our team keeps its list of risks up to date.",
            "statements",
        ),
    ),
    Rule(
        name="negatives",
        code="negative",
        message="It says “no” more than once, so “disagree” is hard to read: {found}.",
        mend=_AFFIRM,
        source=DESIGN,
        level="strong",
        example=Example(
            "Our team never starts a project without a plan.",
            "Our team begins each project with a plan.",
            "statements",
        ),
    ),
    Rule(
        name="leading",
        code="leading",
        message="It leads to an answer: {found}.",
        mend="Ask without saying which answer you expect.",
        source=APPRAISAL,
        level="strong",
        example=Example(
            "Surely the new telephone system saves your team time?",
            "How much time does the new telephone system save your team in a week?",
            "question",
        ),
    ),
    Rule(
        name="absolute",
        code="absolute",
        message="It leaves no exception: {found}.",
        mend=_TEMPER,
        source=DESIGN,
        example=Example(
            "All staff of our directorate are always told about changes.",
            "Staff of our directorate are told about changes before they happen.",
            "statements",
        ),
    ),
    Rule(
        name="absolute-step",
        code="absolute",
        message="It leaves no exception, more than twice: {found}.",
        mend=_TEMPER,
        source=DESIGN,
        example=Example(
            "Every team always checks all its figures.",
            "Each team checks its figures before they are published.",
            "step",
        ),
    ),
    Rule(
        name="vague",
        code="vague",
        message="People read this differently: {found}.",
        mend="Say how often or how many, such as “each month” or “five”, or what you mean by it "
        "in brackets.",
        source=QUAID,
        level="note",
        example=Example(
            "Our team often asks residents what they need.",
            "Our team asks residents what they need at least once a year.",
            "statements",
        ),
    ),
    Rule(
        name="abbreviation",
        code="jargon",
        message="“{found}” is explained nowhere.",
        mend="Write the words in full at least once, with the short form in brackets; or have it "
        "put in your organisation’s glossary.",
        source=QUAID,
        example=Example(
            "Does your team log its calls in the CRM?",
            "Does your team log its calls in the customer relationship management system (CRM)?",
            "question",
        ),
    ),
    Rule(
        name="uncommon-word",
        code="jargon",
        message="“{found}” is a word that few people use.",
        mend="Say it in everyday words, explain it in brackets, or have it put in your "
        "organisation’s glossary.",
        source=QUAID,
        level="note",
        example=Example(
            "Does your team check the interoperability of new systems?",
            "Does your team check that new systems work with the old ones?",
            "question",
        ),
    ),
    Rule(
        name="long-question",
        code="long",
        message="It has {count} words; {limit} are enough for a question.",
        mend=_SHORTEN,
        source=GOV_UK,
        example=Example(
            "Thinking about the last twelve months, how would you describe the way in which your "
            "team has been using digital tools to plan its work?",
            "How did your team plan its work last year?",
            "question",
        ),
    ),
    Rule(
        name="long-step",
        code="long",
        message="It has {count} words; keep a step to {limit}.",
        mend=_SHORTEN,
        source=GOV_UK,
        example=Example(
            "Teams write down what they want to learn before a project starts, look at it together "
            "once the project has ended, then share the notes with others.",
            "Teams write down what a project taught them, then share the notes.",
            "step",
        ),
    ),
    Rule(
        name="long-option",
        code="long",
        message="It has {count} words; keep an option to {limit}.",
        mend=_SHORTEN,
        source=GOV_UK,
        example=Example(
            "I lead a team or a small service, which means that I plan the work of other people, "
            "hold their reviews, approve their leave and answer for what they do\nI lead nobody",
            "I lead a team or a service\nI lead nobody",
            "options",
        ),
    ),
    Rule(
        name="long-sentence",
        code="long",
        message="A sentence has {count} words; keep it to {limit}.",
        mend=_SHORTEN,
        source=GOV_UK,
        example=Example(
            "We would like to hear from you about how your team works today so that we can see "
            "together where we as a council should put our money next year.",
            "Tell us how your team works today. Your answers help us decide where money goes.",
            "introduction",
        ),
    ),
)
"""In the order of methods §9."""
