"""What a rehearsal found, in sentences. All of it is about made-up people."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

from survey.findings.words import fixed, how_many, people
from survey.operations.preflight import LONG, TOO_LONG

if TYPE_CHECKING:
    from survey.operations.rehearsal_figures import Assumed, Combinations, Figures, UnitSeen
    from survey.operations.rehearsing import Report

CAPABILITIES = ("capability", "capabilities")


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding in a sentence, and the part of the page that has its numbers, if any has."""

    sentence: str
    place: str = ""
    title: str = ""


def assumed(report: Report) -> list[str]:
    """Who answers, and why these."""
    if report.figures is None:
        return []
    found, share = report.figures.assumed, report.rehearsal.share
    said = [_who(found, report.rehearsal.spread, share)]
    if found.rehearsed < found.answers:
        each = fixed(found.answers / found.rehearsed, 1)
        said.append(
            f"{found.rehearsed:,} made-up people went through the draft; each stands for about "
            f"{each} of the same unit who are asked the same modules."
        )
    else:
        said.append(f"As many made-up people, {found.answers:,}, went through the draft.")
    k = report.rehearsal.minimum_group
    said.append(f"Figures of fewer than {people(k)} are withheld, as the installation is set.")
    return said


def _who(found: Assumed, spread: str, share: int) -> str:
    if not found.staff:
        return (
            "There is nobody on the staff list, so a thousand people answer for the organisation "
            "as a whole. Load units and people to see what units would see."
        )
    if spread == "thousand":
        return (
            f"A thousand people answer, spread over the units as the {found.staff:,} on the staff "
            f"list are. If {share} in 100 answer, {found.invited:,} were invited."
        )
    of = f"{found.answers:,} of the {people(found.staff)} on the staff list"
    return f"If {share} in 100 answer, that is {of}."


def findings(report: Report) -> list[Finding]:
    """The findings, the most urgent kind first."""
    figures, k = report.figures, report.rehearsal.minimum_group
    if figures is None:
        return []
    found = (
        Finding(minutes(figures), "minutes", "Minutes by path"),
        Finding(questions(figures), "reached", "Questions that not everybody comes to"),
        _of_capabilities(figures, k),
        Finding(units(figures), "withheld", "Unit by unit"),
        Finding(precision(figures), "precision", "How sure, unit by unit"),
        Finding(combinations(figures, k)),
    )
    return [one for one in found if one.sentence]


def _of_capabilities(figures: Figures, k: int) -> Finding:
    said = capabilities(figures, k)
    if not figures.capabilities:
        return Finding(said)
    if any(one.rated < 2 * k for one in figures.capabilities):
        return Finding(said, "few", "Which these are")
    return Finding(said, "profile", "The made-up profile")


def minutes(figures: Figures) -> str:
    """How long it takes: "Half of the people need 8 minutes or less; …"."""
    found, of = figures.minutes, figures.assumed.rehearsed
    if found.over_too_long:
        more = f"{in_100(found.over_too_long, of)} need more than {TOO_LONG}"
    elif found.over_long:
        more = f"{in_100(found.over_long, of)} need more than {LONG}, nobody more than {TOO_LONG}"
    else:
        more = f"nobody needs more than {LONG}"
    return f"Half of the people need {how_many(ceil(found.median), 'minute')} or less; {more}."


def in_100(some: int, everybody: int) -> str:
    """A share in words: "12 in 100"; never so rounded that somebody seems to be nobody."""
    if some == everybody:
        return "all"
    share = fixed(100 * some / everybody, 0)
    return {"0": "fewer than 1 in 100", "100": "more than 99 in 100"}.get(share, f"{share} in 100")


def questions(figures: Figures) -> str:
    """Whether somebody came to every question."""
    unreached = sum(not one.people for one in figures.questions)
    if unreached:
        return (
            f"Nobody came to {unreached:,} of the {how_many(len(figures.questions), 'question')}."
        )
    fewest = min(figures.questions, key=lambda one: one.people)
    if fewest.people == figures.assumed.rehearsed:
        return "Everybody came to every question."
    came = f"{fewest.people:,} of {people(figures.assumed.rehearsed)}"
    return f"Somebody came to every question; the fewest, {came}, to “{fewest.text}”"


def capabilities(figures: Figures, k: int) -> str:
    """How many capabilities have too few ratings to be shown, or hardly enough."""
    rated = [one.rated for one in figures.capabilities]
    if not rated:
        return "The draft measures no capability, so there is no profile."
    too_few, few = sum(n < k for n in rated), sum(k <= n < 2 * k for n in rated)
    of = f"of the {how_many(len(rated), *CAPABILITIES)}"
    if too_few:
        said = f"{too_few:,} {of} would have fewer than {k} ratings, too few to be shown"
        return f"{said}; {few:,} more fewer than {2 * k}." if few else f"{said}."
    if few:
        return f"{few:,} {of} would have fewer than {2 * k} ratings, hardly enough to be shown."
    return f"Every capability would have {2 * k} ratings or more."


def units(figures: Figures) -> str:
    """How many units would see everything, and how many nothing."""
    below = figures.units[1:]
    if not below or not figures.capabilities:
        return ""
    whole = sum(one.shown == len(figures.capabilities) for one in below)
    none = sum(not one.shown for one in below)
    return (
        f"Of {how_many(len(below), 'unit')} with people, {whole:,} would see every capability "
        f"and {none:,} none."
    )


def precision(figures: Figures) -> str:
    """How sure the organisation's means would be."""
    whole = figures.units[0]
    if whole.half_width is None or whole.change is None:
        return ""
    return (
        f"The organisation’s means would be sure to about {fixed(whole.half_width)} of a step "
        f"either way; from one wave to the next, a change of {fixed(whole.change)} of a step or "
        "more could be told from chance."
    )


def combinations(figures: Figures, k: int) -> str:
    """How few people share all that they say about themselves."""
    found = figures.combinations
    if found is None:
        return ""
    few = found.small + found.empty
    if not few:
        return (
            f"Each of the {found.possible:,} combinations of what people say about themselves "
            f"would be shared by {k} people or more."
        )
    return (
        f"{few:,} of the {how_many(found.possible, 'combination')} of what people say about "
        f"themselves would be shared by fewer than {k} people: {_shared(found)}. Fewer questions "
        "about the person, or fewer options, make larger groups."
    )


def _shared(found: Combinations) -> str:
    parts = (
        (found.small, f"{found.small:,} by {people(found.people)} altogether"),
        (found.empty, f"{found.empty:,} by nobody"),
    )
    return ", ".join(said for number, said in parts if number)


def why_withheld(unit: UnitSeen) -> str:
    """Why a unit does not see some capabilities; empty where it sees all."""
    reasons = (
        (unit.too_few, "too few people"),
        (unit.protects_another, "it would reveal others"),
    )
    return "; ".join(f"{number:,}: {reason}" for number, reason in reasons if number)
