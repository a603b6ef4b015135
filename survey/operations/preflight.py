"""What to look at before a wave opens: whether it would work, and what it would show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil, inf
from random import Random
from typing import Any, Literal

from sqlalchemy.orm import Session

from survey.maturity.sample_size import expected_half_width
from survey.operations import answering, audience
from survey.operations.errors import SurveyError
from survey.operations.inviting import Places
from survey.operations.languages import language_name
from survey.operations.simulating import Respondent, Simulation, answers_to
from survey.operations.starting import AskedWave
from survey.operations.unit_tree import UnitTree, tree_from
from survey.operations.versions import questionnaire_of
from survey.questionnaire.minutes import estimated_minutes
from survey.questionnaire.model import DONT_KNOW, Questionnaire
from survey.questionnaire.translate import missing
from survey.storage.organisations import live_units
from survey.storage.waves import Wave, WaveTree

LONG, TOO_LONG = 10, 15
"""Minutes: above the first people begin to give up, above the second many do."""

Level = Literal["good", "look", "stop"]


@dataclass(frozen=True, slots=True)
class Check:
    """Something that was looked at. `stop` keeps the wave from opening; `look` does not."""

    about: str
    level: Level
    finding: str
    mend: str = ""


@dataclass(frozen=True, slots=True)
class Expected:
    """What answers are expected, if as many answer as the goal says: `half_width` of the
    organisation's mean (steps, 95 %), `small` the units with too few people to be shown."""

    asked: int
    answers: int
    half_width: float
    small: tuple[str, ...]


def preflight(session: Session, wave: Wave, *, random: Random) -> tuple[list[Check], Expected]:
    """Look at a wave that is prepared. Nothing is changed."""
    questionnaire = questionnaire_of(session, wave.version_digest)
    tree = _tree_of_those_asked(session, wave)
    expected = _expected(wave, questionnaire, tree)
    checks = [
        _people(wave, expected),
        _minutes(questionnaire),
        _languages(questionnaire, wave.languages),
        _dates(wave),
        _test_answer(session, wave, questionnaire, random),
        _small_units(wave, expected),
        _precision(expected),
    ]
    return checks, expected


def _tree_of_those_asked(session: Session, wave: Wave) -> UnitTree:
    units = [unit | {"invited": 0} for unit in live_units(session, wave.organisation_id)]
    places = Places(units)
    people = audience.asked(session, wave, random=audience.random_for_sizes())
    return tree_from(places.with_more_people([places.of(one.path) for one in people]))


def _expected(wave: Wave, questionnaire: Questionnaire, tree: UnitTree) -> Expected:
    asked = tree.root.invited
    answers = asked * wave.goal / 100
    modules = len(questionnaire.modules)
    share = (questionnaire.modules_per_person or modules) / modules if modules else 1
    small = tuple(unit.name for unit in tree.units[1:] if 0 < unit.invited < wave.minimum_group)
    return Expected(asked, round(answers), expected_half_width(answers * share), small)


def _people(wave: Wave, expected: Expected) -> Check:
    if expected.asked:
        return Check("People", "good", f"{expected.asked:,} people are asked.")
    if wave.open_link:
        return Check("People", "look", "Nobody is invited; whoever has the address may answer.")
    return Check("People", "stop", "There is nobody to ask.", "Load people, or choose other units.")


def _minutes(questionnaire: Questionnaire) -> Check:
    minutes = ceil(estimated_minutes(questionnaire))
    found = f"It takes about {minutes} minutes."
    if minutes <= LONG:
        return Check("Length", "good", found)
    mend = "Ask fewer capabilities, or deal them out in modules."
    return Check("Length", "look", found + (" Many will not finish." * (minutes > TOO_LONG)), mend)


def _languages(questionnaire: Questionnaire, languages: list[Any]) -> Check:
    numbers = {language: len(missing(questionnaire, language)) for language in languages}
    gaps = ", ".join(
        f"{number} in {language_name(language)}" for language, number in numbers.items() if number
    )
    if gaps:
        return Check(
            "Languages",
            "look",
            f"Texts without translation, shown in the main language: {gaps}.",
            "Translate them in the questionnaire, or offer fewer languages.",
        )
    return Check(
        "Languages",
        "good",
        f"Everything is there in {' and '.join(map(language_name, languages))}.",
    )


def _dates(wave: Wave) -> Check:
    if wave.closes_at is None:
        return Check("Last day", "look", "None is set: it stays open until you close it.")
    return Check("Last day", "good", f"{wave.closes_at:%-d %B %Y}.")


def _test_answer(
    session: Session, wave: Wave, questionnaire: Questionnaire, random: Random
) -> Check:
    """Answer as somebody would, from the first page to the last, and undo it."""
    attempt = session.begin_nested()
    try:
        _answer_once(session, wave, questionnaire, random)
    except SurveyError as fault:
        return Check("Test answer", "stop", fault.message, fault.what_to_do)
    finally:
        attempt.rollback()
    return Check("Test answer", "good", "A made-up answer went through, and was removed.")


def _answer_once(
    session: Session, wave: Wave, questionnaire: Questionnaire, random: Random
) -> None:
    wave.state = "open"
    units = [unit | {"invited": 0} for unit in live_units(session, wave.organisation_id)]
    session.add(WaveTree(wave_id=wave.id, units=units))
    session.flush()
    key = answering.new_key()
    asked = AskedWave(wave.id, wave.slug, wave.name, wave.state, wave.simulated)
    draft = answering.begin(session, wave=asked, invitation=None, key=key, random=random)
    respondent, simulation = Respondent("test", ()), Simulation(0, 0)
    page_id = answering.first_unanswered(draft)
    while page_id is not None:
        shown = answering.open_page(draft, page_id)
        answers = answers_to(shown.questions, simulation, respondent)
        page_id = answering.save_page(session, draft, shown, _complete(shown.questions, answers))
        draft = answering.open_draft(session, wave.slug, key)
    answering.submit(session, draft)


def _complete(questions: Any, answers: Mapping[str, Any]) -> dict[str, Any]:
    return {
        question.id: answers.get(question.id)
        if answers.get(question.id) is not None or question.kind == "text"
        else DONT_KNOW
        for question in questions
    }


def _small_units(wave: Wave, expected: Expected) -> Check:
    if not expected.small:
        return Check("Small units", "good", "Every unit has enough people to be shown.")
    some = ", ".join(expected.small[:10])
    more = f" and {len(expected.small) - 10} more" if len(expected.small) > 10 else ""
    return Check(
        "Small units",
        "look",
        f"With fewer than {wave.minimum_group} people, these are never shown by themselves: "
        f"{some}{more}.",
        "They count in the units above them. Join small units if you want to see them.",
    )


def _precision(expected: Expected) -> Check:
    if expected.half_width == inf:
        return Check("Precision", "look", "How many will answer is not known.")
    return Check(
        "Precision",
        "good" if expected.half_width <= 0.5 else "look",
        f"If {expected.answers:,} answer, the organisation’s mean is sure to about "
        f"{expected.half_width:.1f} of a step either way.",
    )
