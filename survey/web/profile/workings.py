"""How a figure was worked out: the formula in words, with the numbers that went in. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from survey.findings import words
from survey.maturity.profile import Shown, at_or_above
from survey.maturity.weighting import LARGEST_WEIGHT, WORTH_SAYING, Weighted
from survey.operations.profile import CapabilityOverTime
from survey.questionnaire.model import STEPS

TINY = 1e-6


@dataclass(frozen=True, slots=True)
class Working:
    """One figure: what it is called, what it is, and how it came about, a sentence each. `method`:
    its place on the page of methods."""

    name: str
    figure: str
    sentences: tuple[str, ...]
    method: str


def workings(
    shown: Shown, scale: Sequence[str], target: int | None = None, questions: int = 1
) -> tuple[Working, ...]:
    """Every figure of a measure. questions: how many rate the capability."""
    found = [
        _people(shown, questions),
        _step(shown, scale),
        _step_range(shown, scale),
        _mean(shown, questions),
        _interval(shown),
        _median(shown),
        _agreement(shown),
    ]
    if target is not None:
        found.append(_gap(shown, scale, target))
    return tuple(found)


def since_before(course: CapabilityOverTime) -> Working | None:
    """How the change since the wave before was worked out; None where nothing can be compared."""
    comparable = [one for one in course.moments if not one.broken]
    found = [(one.wave.name, one.measure) for one in comparable if isinstance(one.measure, Shown)]
    if course.last is None or len(found) < 2:
        return None
    (then, before), (_, now) = found[-2:]
    higher = sum(people * sum(now.counts[step + 1 :]) for step, people in enumerate(before.counts))
    lower = sum(people * sum(now.counts[:step]) for step, people in enumerate(before.counts))
    pairs, change = before.n * now.n, course.last.change
    return Working(
        f"What changed since {then}",
        f"delta {words.fixed(change.delta)}, {course.last.words}",
        (
            f"Of {before.n:,} × {now.n:,} = {pairs:,} pairs of somebody then and somebody now, "
            f"whoever is of now chose a higher step in {higher:,} and a lower one in {lower:,}: "
            f"({higher:,} − {lower:,}) ÷ {pairs:,} = {words.fixed(change.delta, 4)}.",
            f"It very likely lies from {words.fixed(change.low)} to {words.fixed(change.high)}. By "
            f"chance alone a delta so far from 0 comes with {words.p(change.p)}; since as "
            f"many capabilities are tested at once as the wave has, {words.q(course.last.q)}.",
        ),
        "change",
    )


def if_even(weighted: Weighted) -> Working:
    """What the mean would be had all units answered alike."""
    least, most, cap = min(weighted.weights), max(weighted.weights), LARGEST_WEIGHT
    return Working(
        "The mean, had all units answered alike",
        words.fixed(weighted.weighted_mean),
        (
            "Each unit directly below, and everybody in none that is shown, is given the weight "
            "that makes it as large among those who answered as among those invited: here from "
            f"{words.fixed(least)} to {words.fixed(most)}, never above {words.fixed(cap, 0)}.",
            "With such weights the answers say as much as those of "
            f"{words.people(round(weighted.effective_n))} would without.",
            f"In all other figures each person counts once. The mean differs by "
            f"{words.fixed(abs(weighted.weighted_mean - weighted.mean))}; from "
            f"{words.fixed(WORTH_SAYING)} on, the capability’s page says so.",
        ),
        "weights",
    )


def _people(shown: Shown, questions: int) -> Working:
    silent = shown.dont_know + shown.not_applicable
    left_out = (
        f"{words.sentence(words.people(shown.dont_know))} did not know and "
        f"{words.people(shown.not_applicable)} said that it does not apply. They are counted "
        "beside the steps and stand in no figure below."
        if silent
        else "Nobody who was asked said that they did not know, or that it does not apply."
    )
    several = (
        (
            f"{questions} questions rate it: each person counts once, with the mean of their "
            "ratings, weighted as the questionnaire says, where they rated at least half.",
        )
        if questions > 1
        else ()
    )
    counts = " + ".join(f"{count:,}" for count in shown.counts)
    return Working(
        "People",
        f"{shown.n:,}",
        (f"People at steps 1 to 5: {counts} = {shown.n:,}.", *several, left_out),
        "people",
    )


def _step(shown: Shown, scale: Sequence[str]) -> Working:
    at_least = at_or_above(shown.counts)
    shares = ", ".join(
        f"step {step}: {count:,} ({words.percent(count / shown.n)})"
        for step, count in zip(STEPS, at_least, strict=True)
    )
    return Working(
        "Step",
        words.step_name(shown.step, scale),
        (
            f"People who rate it at a step or higher: {shares}.",
            f"The highest step that more than half of {shown.n:,} reach is {shown.step}. "
            "Exactly half is not enough.",
        ),
        "step",
    )


def _step_range(shown: Shown, scale: Sequence[str]) -> Working:
    lowest, highest = shown.step_range
    return Working(
        "Where the step very likely lies",
        words.position(shown, scale),
        (
            "The share at each step or higher has limits (Wilson, 90 %) within which it would "
            "nearly always lie, had other colleagues answered in the same way.",
            f"Step {lowest} is the highest whose lower limit is above a half, step {highest} the "
            "highest whose upper limit is.",
        ),
        "step-range",
    )


def _mean(shown: Shown, questions: int) -> Working:
    ratings = "ratings" if questions == 1 else "people’s means"
    return Working(
        "Mean",
        words.fixed(shown.mean),
        (
            f"The sum of all {ratings}, divided by the people: {_sum(shown)} ÷ "
            f"{shown.n:,} = {words.fixed(shown.mean, 4)}.",
        ),
        "mean",
    )


def _sum(shown: Shown) -> str:
    total = shown.mean * shown.n
    return words.fixed(total, 0 if abs(total - round(total)) < TINY else 2)


def _interval(shown: Shown) -> Working:
    centre = (shown.mean * shown.n + 7.5) / (shown.n + 2.5)
    return Working(
        "Where the mean very likely lies",
        words.interval(shown),
        (
            "Half a person is added to each step, so that few people never look certain: "
            f"({_sum(shown)} + 7.5) ÷ ({shown.n:,} + 2.5) = "
            f"{words.fixed(centre, 4)}.",
            "Around that, 1.96 standard deviations of such a mean to each side, cut at 1 and 5.",
        ),
        "interval",
    )


def _median(shown: Shown) -> Working:
    return Working(
        "Median",
        words.fixed(shown.median),
        (
            f"Half of the people are {words.fixed(shown.n / 2, 1)}. The median is the place within "
            "the step in which the people, counted from step 1, pass that number.",
        ),
        "median",
    )


def _agreement(shown: Shown) -> Working:
    said = words.agreement(shown)
    camps = (
        ("People gather around two different steps, with few between: that is said instead.",)
        if shown.two_camps
        else ()
    )
    figure = words.fixed(shown.agreement)
    return Working(
        "Agreement",
        f"{figure}, {said}" if said else figure,
        (
            "Van der Eijk’s A of the five counts: 1 where all choose one step, 0 where every step "
            "is chosen equally often, −1 where people are split between both ends.",
            *camps,
            *(() if said else ("Below 20 people chance rules it too much for a word.",)),
        ),
        "agreement",
    )


def _gap(shown: Shown, scale: Sequence[str], target: int) -> Working:
    return Working(
        "Gap",
        words.fixed(target - shown.mean),
        (
            f"The target, {words.step_name(target, scale)}, less the mean: {target} − "
            f"{words.fixed(shown.mean)}.",
        ),
        "gap",
    )
