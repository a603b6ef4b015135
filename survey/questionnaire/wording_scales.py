"""Remarks on what is chosen from: five descriptors, or a list of options."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import combinations
from typing import Final

from survey.questionnaire.model import Option, Question
from survey.questionnaire.reading import words
from survey.questionnaire.wording_rules import Remark

ALIKE: Final = 0.85
WORDS_TO_COMPARE: Final = 4
"""Shorter texts, such as “Here” and “There”, are told apart by a letter."""
LONGEST_TO_SHORTEST: Final = 2
FEWEST, MOST = 4, 7
MIDDLE: Final = 3

OPTING_OUT: Final = re.compile(
    r"^(?:i )?(?:do not|don[’']t|can[’']t|cannot) (?:know|say)\b|^(?:not|un)\s?sure\b"
    r"|^prefer not\b|^(?:not applicable|n/?a|does(?:n[’']t| not) apply)\b",
    re.IGNORECASE,
)


def remarks(question: Question) -> Iterator[Remark]:
    """What the rules say about a question's descriptors or options."""
    if question.steps:
        yield from _lengths(question.steps)
        yield from _alike(question.steps)
    yield from _alike([option.text for option in question.options])
    yield from _opting_out(question.options)
    if question.kind == "choice" and question.is_rated:
        yield from _ladder([option.step for option in question.options if option.step])


def _lengths(descriptors: Sequence[str]) -> Iterator[Remark]:
    counts = [len(words(text)) for text in descriptors]
    if max(counts) > LONGEST_TO_SHORTEST * min(counts):
        yield Remark(
            "scale",
            f"The longest step has {max(counts)} words and the shortest {min(counts)}: "
            "the longest draws the eye.",
        )


def _alike(texts: Sequence[str]) -> Iterator[Remark]:
    longer = [text for text in texts if len(words(text)) >= WORDS_TO_COMPARE]
    for one, other in combinations(longer, 2):
        if SequenceMatcher(None, one.lower(), other.lower(), autojunk=False).ratio() > ALIKE:
            yield Remark("scale", f"“{one}” and “{other}” are hard to tell apart.")


def _opting_out(options: Sequence[Option]) -> Iterator[Remark]:
    for option in options:
        if OPTING_OUT.search(option.text):
            yield Remark("opt-out", f"“{option.text}” is offered twice.")


def _ladder(steps: Sequence[int]) -> Iterator[Remark]:
    if not FEWEST <= len(steps) <= MOST:
        counts = f"{FEWEST} to {MOST}"
        yield Remark(
            "scale", f"It has {len(steps)} options with a step; {counts} work best.", "note"
        )
    below, above = sum(s < MIDDLE for s in steps), sum(s > MIDDLE for s in steps)
    if below != above:
        yield Remark(
            "scale", f"Of its options {below} stand below the middle and {above} above it."
        )
    if list(steps) not in (sorted(steps), sorted(steps, reverse=True)):
        yield Remark("scale", "Its options are not in the order of their steps.", "strong")


def rises(question: Question) -> bool | None:
    """Whether a choice's lowest step stands first; None where it has no order."""
    steps = [option.step for option in question.options if option.step]
    if question.kind != "choice" or len(set(steps)) < 2:
        return None
    ordered = {True: sorted(steps), False: sorted(steps, reverse=True)}
    return next((rising for rising, order in ordered.items() if steps == order), None)
