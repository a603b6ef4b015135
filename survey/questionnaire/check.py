"""All that is wrong with a questionnaire file, at once; or the questionnaire, if nothing is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from survey.questionnaire.asked import Asking
from survey.questionnaire.check_conditions import check_conditions
from survey.questionnaire.check_extent import check_extent
from survey.questionnaire.check_ids import check_ids
from survey.questionnaire.check_ratings import check_ratings
from survey.questionnaire.check_references import check_references
from survey.questionnaire.check_shape import load
from survey.questionnaire.check_translations import check_translations, text_keys
from survey.questionnaire.derive import expand_document
from survey.questionnaire.faults import Fault
from survey.questionnaire.model import Library, Questionnaire
from survey.questionnaire.never_shown import never_shown
from survey.questionnaire.problems import InvalidFile, Problem
from survey.questionnaire.schemas import QuestionnaireSchema
from survey.questionnaire.source import SourceFile, read, tell

CHECKS: Final[tuple[Callable[[Asking], Iterator[Fault]], ...]] = (
    check_ids,
    check_references,
    check_ratings,
    check_conditions,
    check_extent,
    lambda asking: check_translations(asking.document, text_keys(asking)),
)


@dataclass(frozen=True, slots=True)
class Checked:
    """A questionnaire file checked: the questionnaire expanded, or else its problems."""

    questionnaire: Questionnaire | None
    problems: tuple[Problem, ...]
    source: SourceFile


def check(file: bytes | str, library: Library) -> Checked:
    """Check a questionnaire file against the capabilities, maps and roles that it may name.

    Never raises for what is in the file: its problems come back, all of them, in file order.
    """
    source = read(file)
    problems = check_source(source, library)
    if problems:
        return Checked(None, problems, source)
    return Checked(expand_document(source.value, library), (), source)


def expand(file: bytes | str, library: Library) -> Questionnaire:
    """A valid file's questionnaire, with nothing left to look up. Raises InvalidFile."""
    checked = check(file, library)
    if checked.questionnaire is None:
        raise InvalidFile(list(checked.problems))
    return checked.questionnaire


def check_source(source: SourceFile, library: Library) -> tuple[Problem, ...]:
    """The problems of a questionnaire file that was read."""
    if not source.is_read:
        return source.problems
    faults = load(QuestionnaireSchema, source.value)[1]
    if isinstance(source.value, dict):
        asking = Asking(source.value, library, _pointers(faults))
        for one in CHECKS:
            faults += one(asking)
        faults += never_shown(Asking(source.value, library, _pointers(faults)))
    return tell(faults, source)


def _pointers(faults: Iterable[Fault]) -> list[str]:
    return sorted({fault.pointer for fault in faults})
