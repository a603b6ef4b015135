"""A questionnaire in all its languages at once, and what the languages are called."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache

from babel import Locale, UnknownLocaleError

from survey.questionnaire.model import Question, Questionnaire, Section
from survey.questionnaire.translate import in_language

Texts = tuple[str, ...]
"""One text in each language, the main one first."""

InEach = tuple[Question, ...]
"""One question in each language, the main one first."""


@cache
def language_name(code: str) -> str:
    """What a language calls itself, such as Cymraeg; its code where that is not known."""
    try:
        name = Locale.parse(code, sep="-").get_language_name()
    except (UnknownLocaleError, ValueError):
        return code
    return name[:1].upper() + name[1:] if name else code


def is_right_to_left(code: str) -> bool:
    """Whether a language is written from right to left."""
    try:
        return Locale.parse(code, sep="-").text_direction == "rtl"
    except (UnknownLocaleError, ValueError):
        return False


class Spoken:
    """The same questionnaire in each of its languages, a missing text in the main one."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self.languages = questionnaire.languages
        self.each = tuple(in_language(questionnaire, code) for code in self.languages)

    def texts(self, said: Callable[[Questionnaire], str]) -> Texts:
        """A text of the questionnaire itself."""
        return tuple(said(one) for one in self.each)

    def about_you(self) -> Iterator[InEach]:
        """The questions about the person."""
        return zip(*(one.about_you for one in self.each), strict=True)

    def sections(self) -> Iterator[tuple[Section, ...]]:
        """Each section, in each language."""
        return zip(*(one.sections for one in self.each), strict=True)


def questions_of(sections: tuple[Section, ...]) -> Iterator[InEach]:
    """The questions of a section, in each language."""
    return zip(*(section.questions for section in sections), strict=True)
