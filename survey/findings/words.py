"""Figures in words: each number rounded once, ties down, and each finding in a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_DOWN, Decimal

from survey.findings.speech import noted, say, say_many
from survey.maturity.benchmark import FEWEST_ORGANISATIONS, NoQuartiles
from survey.maturity.change import ChangeWords
from survey.maturity.profile import Shown, Withheld
from survey.operations.benchmark_reporting import Standing

WITHHELD = {
    "too-few": noted("Withheld: too few people answered"),
    "protects-another": noted("Withheld: showing this would reveal another group’s answers"),
}
ACTION_STATES = {
    "planned": noted("Planned"),
    "under-way": noted("Under way"),
    "done": noted("Done"),
    "dropped": noted("Dropped"),
}
QUARTERS = {
    1: noted("lower than about three quarters of them"),
    2: noted("in the middle half, below the median"),
    3: noted("in the middle half, above the median"),
    4: noted("higher than about three quarters of them"),
}
AGREEMENT = (
    noted("people agree"),
    noted("broadly agree"),
    noted("views differ"),
    noted("views are spread"),
    noted("two camps"),
)
CHANGES = (
    noted("higher"),
    noted("slightly higher"),
    noted("no clear change"),
    noted("no clear difference"),
    noted("slightly lower"),
    noted("lower"),
)
MINUS = "−"
LEAST_Q = 0.001
LEAST_P = 0.0001


def fixed(number: float, places: int = 2) -> str:
    """A number with so many places, ties down: 2.9522 is "2.95"."""
    rounded = Decimal(repr(float(number))).quantize(Decimal(1).scaleb(-places), ROUND_HALF_DOWN)
    rounded += 0  # what is rounded to nothing has no sign
    return f"{rounded:f}".replace("-", MINUS)


def percent(share: float) -> str:
    """A share from 0 to 1 as a whole percentage."""
    return f"{fixed(share * 100, 0)}%"


def how_many(number: int, one: str, more: str = "") -> str:
    """A count with its noun: "1 person", "2 people", "1,200 people"."""
    return say_many(f"%(number)s {one}", f"%(number)s {more or one + 's'}", number)


def people(number: int) -> str:
    """So many people."""
    return say_many("%(number)s person", "%(number)s people", number)


def capabilities(number: int) -> str:
    """So many capabilities."""
    return say_many("%(number)s capability", "%(number)s capabilities", number)


def step_name(step: int, scale: Sequence[str]) -> str:
    """A step by its number and name: "3 Embedded"."""
    return f"{step} {scale[step - 1]}"


def position(shown: Shown, scale: Sequence[str]) -> str:
    """Where the step lies, with its uncertainty: "clearly Embedded", "Enabler to Embedded"."""
    lowest, highest = shown.step_range
    if lowest == highest:
        return say("clearly %(step)s", step=scale[lowest - 1])
    return up_to(scale[lowest - 1], scale[highest - 1])


def up_to(lowest: str, highest: str) -> str:
    """A range: "2.84 to 3.07"."""
    return say("%(lowest)s to %(highest)s", lowest=lowest, highest=highest)


def agreement(shown: Shown) -> str:
    """How far people agree; nothing where too few answered for a word."""
    said = "two camps" if shown.two_camps else shown.agreement_words
    return say(said) if said else ""


def compared(difference: ChangeWords) -> str:
    """How a group stands beside the others: "higher", "no clear difference"."""
    return say(difference.replace("change", "difference"))


def changed(difference: ChangeWords) -> str:
    """How something stands beside what it was before."""
    return say(difference)


def steps(difference: float) -> str:
    """A difference of means: "0.80 of a step", "1.20 steps"."""
    number = fixed(abs(difference))
    if abs(difference) < 1:
        return say("%(number)s of a step", number=number)
    return say("%(number)s steps", number=number)


def q(number: float) -> str:
    """A q value: "q 0.012", "q below 0.001"."""
    return say("q below 0.001") if number < LEAST_Q else f"q {fixed(number, 3)}"


def p(number: float) -> str:
    """A p value: "p 0.0089", "p below 0.0001"."""
    return say("p below 0.0001") if number < LEAST_P else f"p {fixed(number, 4)}"


def interval(shown: Shown) -> str:
    """The range in which the mean very likely lies: "2.84 to 3.07"."""
    lowest, highest = shown.interval
    return up_to(fixed(lowest), fixed(highest))


def withheld(measure: Withheld) -> str:
    """That a figure may not be seen, and why."""
    return say(WITHHELD[measure.reason])


def standing(row: Standing) -> str:
    """Where an organisation stands among others, or why that is not said."""
    if row.quarter is not None:
        return say(QUARTERS[row.quarter])
    if isinstance(row.others, NoQuartiles) and row.others.reason == "one-gives-too-many":
        return say("withheld, since one of them has over a quarter of the people")
    return say(
        "%(number)s of %(needed)s organisations are in",
        number=row.others.organisations,
        needed=FEWEST_ORGANISATIONS,
    )


def sentence(text: str) -> str:
    """The text with a capital first."""
    return text[:1].upper() + text[1:]


def where_most_are(counts: Sequence[int], scale: Sequence[str]) -> str:
    """Where most capabilities lie: counts of capabilities at each step, lowest first.

    The shortest run of steps that holds more than half; of two as short, the fuller, then the
    lower.
    """
    total = sum(counts)
    if not total:
        return say("no capability can be shown")
    lowest, highest = min(
        ((a, b) for a in range(5) for b in range(a, 5) if 2 * sum(counts[a : b + 1]) > total),
        key=lambda run: (run[1] - run[0], -sum(counts[run[0] : run[1] + 1]), run[0]),
    )
    held = sum(counts[lowest : highest + 1])
    share = part_of(held, total)
    if lowest == highest:
        return say("mostly %(step)s: %(share)s", step=scale[lowest], share=share)
    steps = up_to(scale[lowest], scale[highest])
    return say("mostly %(step)s: %(share)s", step=steps, share=share)


def part_of(part: int, whole: int) -> str:
    """So many of all capabilities: "7 of 12 capabilities"."""
    return say("%(part)s of %(whole)s", part=f"{part:,}", whole=capabilities(whole))
