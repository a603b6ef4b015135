"""How high what is chosen from stands: options by their steps or their words, descriptors by whom
they say it is true of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from survey.questionnaire.model import Kind, Option
from survey.questionnaire.wording_phrases import OPTING_OUT

MIDDLE: Final = 3
"""Of five steps."""
FEWEST_BY_WORDS: Final = 3
"""Two options such as “Never” and “Always” are a question of yes or no."""


def _opening(*phrases: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(phrases)})\b", re.IGNORECASE)


_WHOLE_ANSWERS: Final = tuple(
    tuple(re.compile(rf"(?:{rung})[.!]?", re.IGNORECASE) for rung in rungs)
    for rungs in (
        (
            "never|not at all",
            "rarely|seldom|hardly ever|almost never",
            "sometimes|occasionally|now and (?:then|again)|about half the time",
            "often|frequently|usually|regularly|mostly|most of the time",
            "always|all the time|nearly always|almost always",
        ),
        (
            "strongly disagree|disagree strongly",
            "disagree|tend to disagree|slightly disagree",
            "neither(?: agree nor disagree)?|neutral",
            "agree|tend to agree|slightly agree",
            "strongly agree|agree strongly",
        ),
        (
            "very dissatisfied",
            "dissatisfied|(?:fairly|quite) dissatisfied",
            "neither(?: satisfied nor dissatisfied)?|neutral",
            "satisfied|(?:fairly|quite) satisfied",
            "very satisfied",
        ),
        ("very (?:poor|bad)", "poor|bad", "fair|average|middling", "good", "very good|excellent"),
    )
)
"""Answers that are whole scales, each from its lowest rung."""

_NUMBER: Final = re.compile(
    r"(?P<below>under|below|up to|less than|fewer than)? ?(?:over|above|more than|at least)? ?"
    r"(?P<number>\d[\d,]*)(?!\d|st|nd|rd|th|[:.]\d)",
    re.IGNORECASE,
)

_LETTERS: Final = re.compile(r"[^\W\d_]+")
_AROUND_NUMBERS: Final = frozenset(
    {"and", "or", "to", "than", "at", "between", "above", "below", "over", "under", "up"}
    | {"least", "less", "fewer", "more"}
)

_EXTENTS: Final = (
    _opening("nobody", "no one", "none", "nothing", "never", "no (?:team|service|department|unit)"),
    _opening(
        "some",
        "someone",
        "somebody",
        "sometimes",
        "(?:a )?few",
        "at times",
        "here and there",
        "one (?:or two|team|service|department|person)",
        "now and (?:then|again)",
        r"an? \w+ or two",
    ),
    _opening("each", "every", "everyone", "everybody", "all", "whoever"),
)
"""First words that say of whom something is true, from nobody to everybody."""


@dataclass(frozen=True, slots=True)
class Ladder:
    """Options that have an order, as they are listed.

    ranks: how high each stands. middle: the rank of what is neither high nor low; None where
        ranks have no middle, as numbers have none.
    """

    texts: tuple[str, ...]
    ranks: tuple[float, ...]
    middle: float | None

    @property
    def sides(self) -> tuple[int, int]:
        """How many options stand below and above the middle."""
        if self.middle is None:
            return 0, 0
        middle = self.middle
        return sum(one < middle for one in self.ranks), sum(one > middle for one in self.ranks)

    @property
    def rises(self) -> bool | None:
        """Whether the lowest stands first; None where it is neither that nor the highest."""
        if len(set(self.ranks)) < 2:
            return None
        ordered = sorted(self.ranks)
        if list(self.ranks) == ordered:
            return True
        return False if list(self.ranks) == ordered[::-1] else None

    @property
    def misplaced(self) -> str:
        """The first option that turns back from the way in which the first two lead."""
        falling = self.ranks[0] > next(one for one in self.ranks if one != self.ranks[0])
        signed = [-one if falling else one for one in self.ranks]
        place = next(at for at in range(1, len(signed)) if signed[at] < signed[at - 1])
        return self.texts[place]


@lru_cache(maxsize=2048)
def ladder(options: tuple[Option, ...], kind: Kind, *, is_english: bool) -> Ladder | None:
    """The order of a choice's options: by their steps, else by their words or numbers.

    None where they have none, as names of teams have none.
    """
    if kind != "choice":
        return None
    rated = [option for option in options if option.step is not None]
    if rated:
        ranks = tuple(float(option.step) for option in rated if option.step is not None)
        return Ladder(tuple(option.text for option in rated), ranks, MIDDLE)
    said = (option.text.strip() for option in options)
    texts = tuple(text for text in said if not OPTING_OUT.match(text))
    if len(texts) < FEWEST_BY_WORDS:
        return None
    return (_by_words(texts) if is_english else None) or _by_numbers(texts)


def _by_words(texts: tuple[str, ...]) -> Ladder | None:
    for rungs in _WHOLE_ANSWERS:
        ranks = [_rank(text, rungs) for text in texts]
        if None not in ranks:
            return Ladder(texts, tuple(one for one in ranks if one is not None), MIDDLE)
    return None


def _rank(text: str, rungs: Sequence[re.Pattern[str]]) -> float | None:
    return next((at for at, rung in enumerate(rungs, start=1) if rung.fullmatch(text)), None)


def _by_numbers(texts: tuple[str, ...]) -> Ladder | None:
    found = [_NUMBER.match(text) for text in texts]
    units = {word for text in texts for word in _LETTERS.findall(text.lower())}
    if len(units - _AROUND_NUMBERS) > 1:  # “30 minutes” is less than “2 hours”
        return None
    ranks = [
        int(one["number"].replace(",", "")) - (0.5 if one["below"] else 0) for one in found if one
    ]
    return Ladder(texts, tuple(ranks), None) if len(ranks) == len(texts) else None


def extent(descriptor: str) -> tuple[int, str] | None:
    """How far a descriptor's first words say that it reaches, and the words; None where they do
    not say."""
    for rank, opening in enumerate(_EXTENTS):
        if found := opening.match(descriptor):
            return rank, found.group()
    return None
