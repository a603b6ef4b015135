"""Remarks on one English text, by what it is: a question, an item to agree with, a descriptor."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final, Literal

from survey.questionnaire.reading import sentences, words
from survey.questionnaire.wording_rules import Remark

Part = Literal["question", "item", "descriptor", "option", "prose"]

LONGEST_QUESTION: Final = 20
LONGEST_SENTENCE: Final = 25
LONGEST_DESCRIPTOR: Final = 25


def _any_of(*phrases: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(phrases)})(?!\w)", re.IGNORECASE)


JOINING: Final = re.compile(r"(?<!\w)(?:and|or|as well as)(?!\w)|(?<=[a-z])/(?=[a-z])", re.I)
FIXED_PHRASES: Final = _any_of(
    "and so on",
    "black and white",
    "checks and balances",
    "health and safety",
    "more or less",
    "(?:one|two|three|four|five) or (?:more|fewer|less)",
    "policies and procedures",
    "pros and cons",
    "research and development",
    "roles and responsibilities",
    "rules and regulations",
    "terms and conditions",
    "trial and error",
    "ups and downs",
    "whether or not",
    r"https?://\S+",
)
"""What holds a joining word and yet says one thing."""

NEGATIVE: Final = _any_of(
    "not",
    "no",
    "never",
    r"\w+n[’']t",
    "cannot",
    "without",
    "fail(?:s|ed|ing|ure)?",
    "lack(?:s|ing)?",
)
LEADING: Final = _any_of(
    "surely",
    "obviously",
    "clearly",
    "of course",
    "don[’']t you",
    "do you agree that",
    "as you know",
)
ABSOLUTE: Final = _any_of("always", "never", "all", "every", "none", "only", "completely")
VAGUE: Final = _any_of("(?<!how )(?:often|many|good)", "regularly", "usually")
ABBREVIATION: Final = re.compile(r"\b[A-Z]{2,}s?\b")
KNOWN_ABBREVIATIONS: Final = frozenset({"UK", "OK", "TV", "IT", "HR", "NHS"})
"""Capitals that everybody in a British council reads as a word."""


def remarks(text: str, part: Part) -> Iterator[Remark]:
    """What each rule says about a text, the rules in their order."""
    for rule in _RULES_OF[part]:
        yield from rule(text)


def _quoted(pattern: re.Pattern[str], text: str) -> list[str]:
    found = dict.fromkeys(match.group().lower() for match in pattern.finditer(text))
    return [f"“{one}”" for one in found]


def _joined(text: str) -> list[str]:
    return JOINING.findall(FIXED_PHRASES.sub(" ", text))


def _double_barrelled(text: str) -> Iterator[Remark]:
    if joined := _joined(text):
        yield Remark("double-barrelled", f"It may ask two things at once: “{joined[0].lower()}”.")


def _double_barrelled_descriptor(text: str) -> Iterator[Remark]:
    if ";" in text:
        yield Remark("double-barrelled", "A semicolon joins two descriptions.")
    elif sum(word.lower() == "and" for word in _joined(text)) > 1:
        yield Remark("double-barrelled", "It says “and” more than once: some of it may be untrue.")


def _negative(text: str) -> Iterator[Remark]:
    found = NEGATIVE.findall(text)
    if len(found) > 1:
        yield Remark(
            "negative", "It says “no” more than once, so “disagree” is hard to read.", "strong"
        )
    elif found:
        yield Remark("negative", f"It says what is not so: “{found[0].lower()}”.")


def _leading(text: str) -> Iterator[Remark]:
    if found := _quoted(LEADING, text):
        yield Remark("leading", f"It leads to an answer: {', '.join(found)}.")


def _absolute(text: str) -> Iterator[Remark]:
    if found := _quoted(ABSOLUTE, text):
        yield Remark("absolute", f"It leaves no exception: {', '.join(found)}.")


def _absolute_descriptor(text: str) -> Iterator[Remark]:
    if len(ABSOLUTE.findall(text)) > 2:
        found = ", ".join(_quoted(ABSOLUTE, text))
        yield Remark("absolute", f"It leaves no exception, more than twice: {found}.")


def _vague(text: str) -> Iterator[Remark]:
    if found := _quoted(VAGUE, text):
        yield Remark("vague", f"People read this differently: {', '.join(found)}.")


def _long_question(text: str) -> Iterator[Remark]:
    count = len(words(text))
    if count > LONGEST_QUESTION:
        yield Remark("long", f"It has {count} words; {LONGEST_QUESTION} are enough for a question.")


def _long_descriptor(text: str) -> Iterator[Remark]:
    count = len(words(text))
    if count > LONGEST_DESCRIPTOR:
        yield Remark("long", f"It has {count} words; keep a step to {LONGEST_DESCRIPTOR}.")


def _long_sentence(text: str) -> Iterator[Remark]:
    longest = max((len(words(sentence)) for sentence in sentences(text)), default=0)
    if longest > LONGEST_SENTENCE:
        yield Remark("long", f"A sentence has {longest} words; keep it to {LONGEST_SENTENCE}.")


_RULES_OF: Final[Mapping[Part, tuple[Callable[[str], Iterator[Remark]], ...]]] = {
    "question": (_double_barrelled, _leading, _vague, _long_question),
    "item": (_double_barrelled, _negative, _leading, _absolute, _vague, _long_question),
    "descriptor": (_double_barrelled_descriptor, _absolute_descriptor, _vague, _long_descriptor),
    "option": (_long_descriptor,),
    "prose": (_long_sentence,),
}


def jargon(text: str, everything: str) -> Iterator[Remark]:
    """Abbreviations that stand nowhere beside their words in brackets.

    everything: all texts of the questionnaire.
    """
    for short in dict.fromkeys(ABBREVIATION.findall(text)):
        explained = f"({short})" in everything or f"{short} (" in everything
        if not explained and short.rstrip("s") not in KNOWN_ABBREVIATIONS:
            yield Remark("jargon", f"“{short}” is explained nowhere.")
