"""What stands for the names in a message."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import ceil
from typing import TypeVar

from babel import Locale
from babel.dates import format_date
from sqlalchemy.orm import Session

from survey.operations.usual_texts import CONTACT, LAST_DAY, MINUTES
from survey.operations.versions import questionnaire_of
from survey.questionnaire.minutes import estimated_minutes
from survey.questionnaire.translate import in_language
from survey.storage.organisations import Organisation
from survey.storage.waves import Wave

T = TypeVar("T")


def with_link(
    values: Mapping[str, Mapping[str, str]], link: str, main: str = ""
) -> dict[str, dict[str, str]]:
    """The values of one person's message: the link is all that differs.

    Whoever follows it from the part in another language than the wave's `main` one has chosen
    that language. The first of the values is in the main one where it is not named.
    """
    main = main or next(iter(values), "")
    return {
        language: {**named, "link": link if language == main else f"{link}?language={language}"}
        for language, named in values.items()
    }


def values_of(
    session: Session, wave: Wave, organisation: Organisation, languages: Iterable[str]
) -> dict[str, dict[str, str]]:
    """For each language, what stands for each placeholder but the link."""
    questionnaire = questionnaire_of(session, wave.version_digest)
    minutes = max(1, ceil(estimated_minutes(questionnaire)))
    return {
        language: {
            "organisation": organisation.name,
            "survey": in_language(questionnaire, language).title,
            "minutes": _how_long(minutes, language),
            "smallest group": str(wave.minimum_group),
            "last day": last_day(wave, language),
            "contact": _in(CONTACT, language).format(contact=wave.contact) if wave.contact else "",
        }
        for language in languages
    }


def last_day(wave: Wave, language: str) -> str:
    """A sentence with the last day; empty where none is set."""
    if wave.closes_at is None:
        return ""
    known = language if language in LAST_DAY else "en"
    return LAST_DAY[known].format(date=format_date(wave.closes_at, "d MMMM y", known))


def _how_long(minutes: int, language: str) -> str:
    """By the rule of plurals of the language, which the texts have their forms for."""
    known = language if language in MINUTES else "en"
    form = Locale.parse(known).plural_form(minutes)
    return MINUTES[known].get(form, MINUTES[known]["other"]).format(minutes=minutes)


def _in(texts: Mapping[str, T], language: str) -> T:
    return texts.get(language, texts["en"])
