"""Answers drawn by chance, for a demonstration that looks like a council and describes none.

What a person thinks of a capability is a number on the scale from 1 to 5, a sum of normal
effects (standard deviations in steps):

    capability   mean 2.8, sd 0.65: what the organisation is good at
    wave         +0.06 a wave; +0.40 for every third capability: where work was done
    directorate  sd 0.30     service  sd 0.22
    person       sd 0.45: who sees things brighter or darker, the same in every wave
    role         +0.20 a rung: whoever leads sees things brighter than the front line
    answer       sd 0.60: what is left

The step is that number rounded, from 1 to 5 (thresholds 1.5, 2.5, 3.5, 4.5). One answer in
twenty is “I don't know”. Each effect has a generator of its own, seeded with what it belongs to,
so that the same seed gives the same answers in any order.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from random import Random
from typing import Final

from survey.questionnaire.model import DONT_KNOW, STEPS, Answer, Question

SHARE_OF_DONT_KNOW: Final = 0.05
SHARE_OF_COMMENTS: Final = 0.10
ROLES: Final = (0.48, 0.27, 0.18, 0.07)
"""Shares of those at the front line, who support them, who manage, who lead; a question about it
has these four options in this order."""

RESPONSE_RATE: Final = 0.65
SPREAD_OF_RESPONSE_RATES: Final = 0.10

USUAL_REACH: Final = 10
"""Of numbers, where a question says no highest."""

KEPT: Final = 50_000
"""Effects in memory at most: a process that simulates for months does not grow."""

COMMENTS: Final = (
    "We know what to do, but nobody has the time.",
    "The new form halved the number of calls we get.",
    "Other teams have data that we could use if we knew about it.",
    "Things got better since we started to sit with the people who use the service.",
    "Our system is old and changing it takes months.",
    "It depends on who you ask: some teams are far ahead.",
)


@dataclass(frozen=True, slots=True)
class Respondent:
    """Who answers: what they are known by; the units above them, the topmost first."""

    person: str
    units: tuple[str, ...]


class Simulation:
    """Draws the answers of a wave. `wave` counts from 0, the earliest."""

    def __init__(self, seed: int, wave: int) -> None:
        self.seed = seed
        self.wave = wave

    def answers_by(self, respondent: Respondent) -> bool:
        """Whether this person takes part in the wave."""
        top = respondent.units[0] if respondent.units else ""
        rate = RESPONSE_RATE + self._effect("response", top, sd=SPREAD_OF_RESPONSE_RATES)
        return self._random("takes-part", self.wave, respondent.person).random() < rate

    def answer(self, question: Question, respondent: Respondent) -> Answer | None:
        """What this person answers; None leaves the question empty."""
        random = self._random("answer", self.wave, respondent.person, question.id)
        if question.kind == "text":
            return random.choice(COMMENTS) if random.random() < SHARE_OF_COMMENTS else None
        if random.random() < SHARE_OF_DONT_KNOW:
            return DONT_KNOW
        if question.kind == "importance":
            return _step(random.gauss(4.0, 0.8))
        if question.kind == "choice" and not question.is_rated:
            return self._about(question, respondent)
        step = _step(self._opinion(question.capability or question.id, respondent, random))
        return _answer_at(question, step, random)

    def _about(self, question: Question, respondent: Respondent) -> str:
        if question.id == "grade" and len(question.options) == len(ROLES):
            return question.options[_rung(self.seed, respondent.person)].id
        chosen = self._random("about", question.id, respondent.person)
        return chosen.choice(question.options).id

    def _opinion(self, capability: str, respondent: Respondent, random: Random) -> float:
        directorate, service = (*respondent.units, "", "")[:2]
        return (
            2.8
            + self._effect("capability", capability, sd=0.65)
            + _growth(self.seed, capability) * self.wave
            + self._effect("directorate", directorate, sd=0.30)
            + self._effect("service", service, sd=0.22)
            + self._effect("person", respondent.person, sd=0.45)
            + 0.20 * _rung(self.seed, respondent.person)
            + random.gauss(0, 0.60)
        )

    def _effect(self, kind: str, whose: str, *, sd: float) -> float:
        return _standard_effect(self.seed, kind, whose) * sd if whose else 0.0

    def _random(self, *parts: object) -> Random:
        return _random_of(self.seed, *parts)


def _random_of(seed: int, *parts: object) -> Random:
    return Random(":".join(map(str, (seed, *parts))))  # noqa: S311 -- a simulation


@lru_cache(KEPT)
def _standard_effect(seed: int, kind: str, whose: str) -> float:
    return _random_of(seed, kind, whose).gauss(0, 1)


@lru_cache(KEPT)
def _growth(seed: int, capability: str) -> float:
    """Steps a wave."""
    return 0.40 if _random_of(seed, "growth", capability).randrange(3) == 0 else 0.06


@lru_cache(KEPT)
def _rung(seed: int, person: str) -> int:
    """Which of `ROLES` a person has, from 0."""
    return _random_of(seed, "role", person).choices(range(len(ROLES)), ROLES)[0]


def _step(opinion: float) -> int:
    return min(max(round(opinion), STEPS[0]), STEPS[-1])


def _answer_at(question: Question, step: int, random: Random) -> Answer:
    """The answer of this question that says this step, or comes nearest."""
    if question.kind == "choice":
        rated = [option for option in question.options if option.step is not None]
        return min(rated, key=lambda option: abs((option.step or 0) - step)).id
    if question.kind == "checklist":
        return [option.id for option in question.options if (option.step or 0) <= step]
    if question.kind == "number":
        return _number_at(question, step, random)
    return 6 - step if question.reverse else step


def _number_at(question: Question, step: int, random: Random) -> float:
    lowest, highest = _range_of(question)
    cuts = question.cut_points
    if not cuts:
        return min(max(random.randint(round(lowest), round(highest)), lowest), highest)
    if step > 1:
        return cuts[step - 2]
    if cuts[0] > cuts[-1]:  # less is better
        return cuts[0] + 1 if question.maximum is None else highest
    return lowest if lowest < cuts[0] or question.minimum is not None else cuts[0] - 1


def _range_of(question: Question) -> tuple[float, float]:
    """Between which numbers people answer: those that it allows, else from 0 up, and so far."""
    if question.minimum is None:
        lowest = 0 if question.maximum is None else min(0, question.maximum)
    else:
        lowest = question.minimum
    return lowest, lowest + USUAL_REACH if question.maximum is None else question.maximum


def answers_to(
    questions: tuple[Question, ...], simulation: Simulation, respondent: Respondent
) -> Mapping[str, Answer | None]:
    """What this person answers on a page."""
    return {question.id: simulation.answer(question, respondent) for question in questions}
