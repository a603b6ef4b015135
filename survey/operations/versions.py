"""Frozen questionnaires, thawed once and kept: a version never changes, so never goes stale."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import wraps
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from survey.maturity.tally import CapabilityItem, TallyPlan
from survey.operations.errors import NotFound
from survey.questionnaire.canonical import thaw
from survey.questionnaire.compare import Change, compare
from survey.questionnaire.likeness import fingerprints
from survey.questionnaire.model import Answers, CapabilityGroup, Question, Questionnaire
from survey.questionnaire.path import Page, pages
from survey.questionnaire.rating import capability_columns
from survey.questionnaire.speaking import chosen
from survey.questionnaire.step_names import are_usual, usual_names
from survey.questionnaire.translate import in_language
from survey.storage import versions

KEPT = 64
"""Questionnaires in memory at most; the one not asked for longest leaves first."""

Made = TypeVar("Made")

_thawed: dict[str, Questionnaire] = {}
_spoken: dict[tuple[str, str], Questionnaire] = {}
_compared: dict[tuple[str, str], Mapping[str, Change]] = {}


def questionnaire_of(session: Session, digest: str) -> Questionnaire:
    """The questionnaire whose canonical JSON has this SHA-256; a query only when first asked for.

    Raises NotFound where no such version was published.
    """
    known = _thawed.pop(digest, None)
    if known is None:
        content = versions.content_of(session, digest)
        if content is None:
            raise NotFound("There is no such version of a questionnaire.")
        known = thaw(content)
    _thawed[digest] = known  # last in the dict: most recently asked for
    _shrink(_thawed)
    return known


def spoken_questionnaire_of(session: Session, digest: str) -> Questionnaire:
    """The same in the language chosen, as far as it is translated. Raises NotFound."""
    language, known = chosen(), questionnaire_of(session, digest)
    if language is None or language == known.language:
        return known
    found = _spoken.get((digest, language))
    if found is None:
        found = in_language(known, language)
        names = usual_names(language) if are_usual(found.scale) else ()
        found = _spoken[digest, language] = replace(found, scale=tuple(names) or found.scale)
        _shrink(_spoken)
    return found


def compared(session: Session, old: str, new: str) -> Mapping[str, Change]:
    """What became of each question between two versions, given by their digests."""
    found = _compared.get((old, new))
    if found is None:
        changes = compare(questionnaire_of(session, old), questionnaire_of(session, new))
        found = _compared[old, new] = {change.question: change for change in changes}
        _shrink(_compared)
    return found


def kept(make: Callable[[Questionnaire], Made]) -> Callable[[Questionnaire], Made]:
    """Remember what `make` made of the last questionnaires, each known by its identity."""
    made: dict[int, tuple[Questionnaire, Made]] = {}

    @wraps(make)
    def remembered(questionnaire: Questionnaire) -> Made:
        found = made.get(id(questionnaire))
        if found is None:
            # The questionnaire is kept with it, so that its identity is not given to another.
            found = made[id(questionnaire)] = (questionnaire, make(questionnaire))
            _shrink(made)
        return found[1]

    return remembered


def _shrink(values: dict[Any, Any]) -> None:
    while len(values) > KEPT:
        values.pop(next(iter(values)), None)


@kept
def plan_of(questionnaire: Questionnaire) -> TallyPlan:
    """What is counted: each counted question, then each capability, in the version's order."""
    return TallyPlan(
        questions=len(questionnaire.counted_questions),
        capabilities=tuple(
            CapabilityItem(questions=columns, weights=weights)
            for columns, weights in capability_columns(questionnaire).values()
        ),
    )


@kept
def measured(questionnaire: Questionnaire) -> tuple[str, ...]:
    """The ids of the capabilities that the plan counts, in its order."""
    return tuple(capability_columns(questionnaire))


@kept
def groups_of(questionnaire: Questionnaire) -> tuple[CapabilityGroup, ...]:
    """The questionnaire's groups of capabilities, and last what is in none of them."""
    grouped = {id_ for group in questionnaire.groups for id_ in group.capabilities}
    rest = tuple(id_ for id_ in questionnaire.capabilities if id_ not in grouped)
    more = (CapabilityGroup("others", "Others", rest),) if rest else ()
    return questionnaire.groups + more


@kept
def questions_by_id(questionnaire: Questionnaire) -> dict[str, Question]:
    """Every question by its id."""
    return {question.id: question for question in questionnaire.questions}


def way_through(
    questionnaire: Questionnaire, answers: Answers, modules: tuple[str, ...]
) -> tuple[Page, ...]:
    """The pages of whoever gave these answers and was dealt these modules. Where no question
    depends on another they are the same whatever was answered: worked out once."""
    ways = _ways(questionnaire)
    if ways is None:
        return pages(questionnaire, answers, modules)
    way = ways.get(modules)
    if way is None:
        way = ways[modules] = pages(questionnaire, {}, modules)
    return way


@kept
def _ways(questionnaire: Questionnaire) -> dict[tuple[str, ...], tuple[Page, ...]] | None:
    """The pages by modules, of which there are few; None where they depend on answers."""
    return {} if all(question.condition is None for question in questionnaire.questions) else None


asked_alike = kept(fingerprints)
"""How each capability of a questionnaire is asked, as a fingerprint by its id."""
