"""Questionnaires that are looked at before anybody is asked them: what a text stands for, read
once and kept for as long as neither the text nor the library that it draws on changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final, TypeVar

from sqlalchemy.orm import Session

from survey.operations.versions import questionnaire_of
from survey.questionnaire.canonical import canonical
from survey.questionnaire.canonical import digest as digest_of
from survey.questionnaire.check import check
from survey.questionnaire.model import Library, Questionnaire
from survey.questionnaire.modules import number_of_shifts
from survey.questionnaire.problems import InvalidFile
from survey.questionnaire.source import SourceFile
from survey.questionnaire.whereabouts import question_at

LONGEST_OFFSET: Final = 9
"""Digits."""

KEPT: Final = 16
"""Editions in memory at most; the one not asked for longest leaves first."""


@dataclass(frozen=True, eq=False)
class Edition:
    """A questionnaire as a version or a text has it. `digest` is the SHA-256 under which it is
    published or would be."""

    digest: str
    questionnaire: Questionnaire

    @property
    def persons(self) -> int:
        """How many people it takes for every way of dealing the modules; 1 without modules."""
        return number_of_shifts(self.questionnaire)

    def question_at(self, _place: str) -> str | None:
        """The id of the question that a place in its text is about; None where there is no text."""
        return None


@dataclass(frozen=True, eq=False)
class TextEdition(Edition):
    """That of a text, as it was read, with the library that it draws on."""

    source: SourceFile
    library: Library

    def question_at(self, place: str) -> str | None:
        """The id of the question that a place in the text is about, if any.

        place: how many characters of the text stand before it, or a JSON pointer.
        """
        if place.startswith("/"):
            line, column = self.source.locate(place)
            offset = self.source.line_starts[line - 1] + column - 1
        elif place.isdecimal():
            offset = int(place[:LONGEST_OFFSET])
        else:
            return None
        return question_at(self.source, offset, self.library)


Kept = TypeVar("Kept", bound=Edition)

_kept: dict[Any, Any] = {}


def edition_of_text(text: str, library: Library) -> TextEdition:
    """The questionnaire that a text stands for. Raises InvalidFile with every problem."""

    def make() -> TextEdition:
        checked = check(text, library)
        if checked.questionnaire is None:
            raise InvalidFile(list(checked.problems))
        digest = digest_of(canonical(checked.questionnaire))
        return TextEdition(digest, checked.questionnaire, checked.source, library)

    # The library is kept with the edition, so its identity is not given to another.
    return _recent((sha256(text.encode()).digest(), id(library)), make)


def edition_of_version(session: Session, digest: str) -> Edition:
    """The questionnaire of a published version. Raises NotFound."""
    return _recent(digest, lambda: Edition(digest, questionnaire_of(session, digest)))


def _recent(key: Any, make: Callable[[], Kept]) -> Kept:
    edition: Kept = _kept.pop(key, None) or make()
    _kept[key] = edition  # last in the dict: most recently asked for
    while len(_kept) > KEPT:
        _kept.pop(next(iter(_kept)), None)
    return edition
