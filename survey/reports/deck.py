"""Slides for a management team: a deck (.pptx) whose charts and tables can be edited."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Any, Final

from survey.findings import sentences
from survey.questionnaire.speaking import spoken
from survey.reports import deck_findings as findings
from survey.reports import deck_steps as steps
from survey.reports import deck_texts as texts
from survey.reports.deck_page import Page, with_titles_of_their_own
from survey.reports.office_logo import usable_logo
from survey.reports.office_words import LOCALES, facts, properties, title_of

if TYPE_CHECKING:
    from pptx.presentation import Presentation

    from survey.reports.contents import Brand, Contents

_A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_LETTERS: Final = ("rPr", "endParaRPr", "defRPr")


def make(told: Contents, brand: Brand, progress: Callable[[int, int], None]) -> bytes:
    """The deck, in the language spoken. progress: told how many slides are done, of how many."""
    from survey.reports.deck_master import empty_deck  # slides take memory: only when asked for
    from survey.reports.deck_slide import add_cover, add_page, set_logo

    planned = pages(told)
    deck, logo = empty_deck(), usable_logo(brand)
    if logo is not None:
        set_logo(deck, logo, brand.name)
    title = sentences.headline(told.profile)
    about = (brand.name, title_of(told)) if brand.name not in title else (title_of(told),)
    add_cover(deck, title, (*about, *facts(told)), logo, brand.name)
    for number, page in enumerate(planned, start=1):
        progress(number, len(planned) + 1)
        add_page(deck, page)
    _describe(deck, told, brand)
    file = io.BytesIO()
    deck.save(file)
    progress(len(planned) + 1, len(planned) + 1)
    return file.getvalue()


def pages(told: Contents) -> tuple[Page, ...]:
    """What the slides after the first say, in order; each has a title of its own."""
    return with_titles_of_their_own(_in_order(told))


def _in_order(told: Contents) -> Iterator[Page]:
    for part in (
        texts.in_one_page,
        findings.response,
        findings.at_each_step,
        findings.groups_at_a_glance,
        findings.each_group,
        texts.standing_out,
        findings.targets,
        steps.heat,
        steps.changes,
        steps.priorities,
        texts.next_steps,
        texts.roles,
        texts.plan,
        texts.how_to_read,
    ):
        yield from part(told)


def _describe(deck: Presentation, told: Contents, brand: Brand) -> None:
    """Properties of the file, and the language of every text in it."""
    language = LOCALES[spoken()]
    about, day = properties(told, brand), datetime.combine(told.made_on, time(12), UTC)
    known: Any = deck.core_properties
    known.title, known.author, known.subject = about["title"], about["author"], about["subject"]
    known.last_modified_by, known.language = about["author"], language
    known.created = known.modified = day.replace(tzinfo=None)
    known.keywords = known.comments = known.category = ""
    known.revision = 1
    for part in deck.part.package.iter_parts():
        element: Any = getattr(part, "_element", None)
        if element is not None:
            _speak(element, language)


def _speak(element: Any, language: str) -> None:
    for run in element.iter(f"{_A}r"):
        run.get_or_add_rPr()
    for name in _LETTERS:
        for letters in element.iter(f"{_A}{name}"):
            letters.set("lang", language)
