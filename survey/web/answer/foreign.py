"""Texts that are not in the language of their page, marked as what they are: a screen reader then
says them as they are meant (WCAG 3.1.2)."""

from __future__ import annotations

from dataclasses import replace

from markupsafe import Markup

from survey.questionnaire.model import Questionnaire
from survey.questionnaire.translate import in_language, missing, texts

_MARKED = Markup('<span lang="{}">{}</span>')


class Foreign(str):
    """A text in another language than the page. Templates put it into a span that says so;
    where no element may stand, as in a title, the filter `plain` leaves the text alone."""

    __slots__ = ("language",)
    language: str

    def __html__(self) -> Markup:
        """As templates write it."""
        return _MARKED.format(self.language, str(self))


def foreign(text: str, language: str) -> Foreign:
    """The text, which is in this language."""
    made = Foreign(text)
    made.language = language
    return made


def in_language_marked(questionnaire: Questionnaire, language: str) -> Questionnaire:
    """The questionnaire in a language; what is not translated into it is `Foreign`."""
    said, own = texts(questionnaire), questionnaire.translations.get(language)
    if own is None:
        return questionnaire
    gaps = {
        key: foreign(said[key], questionnaire.language) for key in missing(questionnaire, language)
    }
    whole = dict(questionnaire.translations) | {language: {**own, **gaps}}
    return in_language(replace(questionnaire, translations=whole), language)
