"""Remarks on what is chosen from: five descriptors, or a list of options."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise
from typing import Final

from survey.questionnaire.model import Kind, Option, Question
from survey.questionnaire.reading import words
from survey.questionnaire.wording_ladders import Ladder, extent, ladder
from survey.questionnaire.wording_phrases import (
    NONE_OF_THESE,
    NOT_FOR_ME,
    NUMBER,
    ONLY_SOME,
    OPTING_OUT,
)
from survey.questionnaire.wording_remarks import Remark
from survey.questionnaire.wording_rules import RULES

ALIKE: Final = 0.85
WORDS_TO_COMPARE: Final = 4
"""Shorter texts, such as “Here” and “There”, are told apart by a letter."""
LONGEST_TO_SHORTEST: Final = 2
FEWEST, MOST = 4, 7

MOST_TO_COMPARE: Final = 12
"""Of a longer list only neighbours are compared: every pair of it would take too long."""


def remarks(question: Question, *, is_english: bool) -> tuple[Remark, ...]:
    """What the rules say about a question's descriptors or options."""
    return (
        *_on_steps(question.steps, is_english),
        *_on_options(question.options, question.kind, is_english),
    )


def way_out(question: Question) -> Iterator[Remark]:
    """Whether an English question that is not for everybody lets those go whom it is not for."""
    found = ONLY_SOME.search(question.text) if question.kind != "text" else None
    if found is None or question.not_applicable or question.condition is not None:
        return
    if not any(NOT_FOR_ME.search(option.text) for option in question.options):
        yield RULES["no-way-out"].remark(found=found.group().lower())


@lru_cache(maxsize=2048)
def _on_steps(steps: tuple[str, ...], is_english: bool) -> tuple[Remark, ...]:
    ladder = _reaching(steps) if is_english else ()
    return (*_lengths(steps), *_alike(steps), *ladder) if steps else ()


@lru_cache(maxsize=2048)
def _on_options(options: tuple[Option, ...], kind: Kind, is_english: bool) -> tuple[Remark, ...]:
    alike = _alike([option.text for option in options])
    twice = _offered_twice(options, kind) if is_english else ()
    found = ladder(options, kind, is_english=is_english)
    return (*alike, *twice, *(_on_ladder(found) if found else ()))


def _lengths(descriptors: Sequence[str]) -> Iterator[Remark]:
    counts = [len(words(text)) for text in descriptors]
    longest, shortest = max(counts), min(counts)
    if longest > LONGEST_TO_SHORTEST * shortest:
        yield RULES["uneven-lengths"].remark(longest=longest, shortest=shortest)


def _alike(texts: Sequence[str]) -> Iterator[Remark]:
    """Each text that is like one before it, with the first that it is like."""
    longer = [text for text in texts if len(words(text)) >= WORDS_TO_COMPARE]
    for place, other in enumerate(longer):
        earliest = 0 if len(longer) <= MOST_TO_COMPARE else max(0, place - 1)
        for one in longer[earliest:place]:
            if _are_alike(one.lower(), other.lower()):
                yield RULES["alike"].remark(one=one, other=other)
                break


def _are_alike(one: str, other: str) -> bool:
    """Whether the ratio is above the limit; its two upper bounds cost less. Other numbers tell
    texts apart: “two years” is not “ten years”."""
    if NUMBER.findall(one) != NUMBER.findall(other):
        return False
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return (
        matcher.real_quick_ratio() > ALIKE
        and matcher.quick_ratio() > ALIKE
        and matcher.ratio() > ALIKE
    )


def _reaching(descriptors: Sequence[str]) -> Iterator[Remark]:
    """Where a step reaches less far than one below it; the first says what there is instead."""
    said = [
        (number, *reaches)
        for number, text in enumerate(descriptors[1:], start=2)
        if (reaches := extent(text)) is not None
    ]
    for (lower, far, before), (higher, less_far, found) in pairwise(said):
        if less_far < far:
            yield RULES["unclear-ladder"].remark(
                higher=higher, found=found, lower=lower, before=before
            )


def _offered_twice(options: Sequence[Option], kind: Kind) -> Iterator[Remark]:
    for option in options:
        is_none = kind == "checklist" and NONE_OF_THESE.search(option.text)
        if is_none or OPTING_OUT.search(option.text):
            yield RULES["offered-twice"].remark(found=option.text)


def _on_ladder(found: Ladder) -> Iterator[Remark]:
    count, ranks = len(found.ranks), found.ranks
    if found.middle is not None and not FEWEST <= count <= MOST:
        yield RULES["few-or-many-options"].remark(count=count, fewest=FEWEST, most=MOST)
    below, above = found.sides
    if below != above:
        yield RULES["uneven-options"].remark(below=below, above=above)
    if list(ranks) not in (sorted(ranks), sorted(ranks, reverse=True)):
        yield RULES["out-of-order"].remark(found=found.misplaced)


def rises(question: Question, *, is_english: bool) -> bool | None:
    """Whether the lowest option of a choice stands first; None where they are on no scale."""
    found = ladder(question.options, question.kind, is_english=is_english)
    return found.rises if found and found.middle is not None else None
