"""What the pages of translators show: how far each language is, and texts with their fields."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from math import ceil
from typing import TYPE_CHECKING, Final

from babel import Locale, UnknownLocaleError
from werkzeug.datastructures import MultiDict

from survey.operations.errors import NotFound
from survey.operations.translating import Clash, FaultyTexts, Rendering
from survey.questionnaire.catalogue import (
    Row,
    catalogue_of_file,
    catalogue_of_version,
    digest,
    one_line_end,
)
from survey.web.languages import named

if TYPE_CHECKING:
    from survey.operations.errors import SurveyError
    from survey.questionnaire.catalogue import Catalogue
    from survey.questionnaire.lenient import Entry
    from survey.questionnaire.model import Library, Questionnaire

ON_A_PAGE: Final = 50
"""Texts."""

CHARACTERS_A_LINE: Final = 55
"""Of a field, about: it is as high as the original is long."""


@dataclass(frozen=True, slots=True)
class Translation:
    """A language with its own name: of how many texts how many are translated, and how many of
    these are to be checked again."""

    code: str
    name: str
    done: int
    total: int
    to_check: int


@dataclass(frozen=True, slots=True)
class Field:
    """A text and what stands in the field of its translation.

    error: why that cannot be saved. is_gone: the text is no longer there.
    meanwhile: the translation that somebody else saved since, or whose original changed since.
    """

    row: Row
    typed: str
    stamp: str
    still_right: bool = False
    error: str = ""
    meanwhile: str | None = None
    is_reworded: bool = False
    is_gone: bool = False

    @property
    def is_marked(self) -> bool:
        """Whether there is something to look at before it is saved again."""
        return bool(self.error) or self.meanwhile is not None or self.is_gone

    @property
    def lines(self) -> int:
        """How high the field is."""
        texts = (self.row.original, self.typed)
        return min(12, max(2, *(_lines(text) for text in texts)))


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the rows; `number` counts from 1."""

    number: int
    pages: int
    rows: Sequence[Row]


def translations(
    questionnaire: Questionnaire, document: Entry | None = None, library: Library | None = None
) -> list[Translation]:
    """Every language of a questionnaire but its own.

    document: the value of the valid file that it was expanded from, with the library that it was
    expanded with. Then answers that questions share count once, as translators have them.
    """
    codes = questionnaire.languages[1:]
    if document is None or library is None:
        return [translation(catalogue_of_version(questionnaire, code)) for code in codes]
    return [
        translation(catalogue_of_file(document, questionnaire, library, code)) for code in codes
    ]


def version_catalogue(questionnaire: Questionnaire, language: str) -> Catalogue:
    """The texts of a version in a language. Raises NotFound where it has no such language."""
    if language not in questionnaire.languages[1:]:
        raise NotFound("The questionnaire has no such language.", "Choose one from the list.")
    return catalogue_of_version(questionnaire, language)


def translation(catalogue: Catalogue) -> Translation:
    """How far a language is."""
    ((code, name),) = named([catalogue.language])
    to_check = len(catalogue.only("check"))
    return Translation(code, name, catalogue.done, len(catalogue.rows), to_check)


def page_of(rows: Sequence[Row], wanted: int | None) -> Page:
    """The page that is wanted of these rows, or the nearest one there is."""
    pages = max(1, ceil(len(rows) / ON_A_PAGE))
    number = min(max(wanted or 1, 1), pages)
    return Page(number, pages, rows[(number - 1) * ON_A_PAGE : number * ON_A_PAGE])


def fields_of(rows: Iterable[Row]) -> list[Field]:
    """Each row with a field that holds its translation."""
    return [Field(row, row.translation, row.stamp) for row in rows]


def sent_fields(
    sent: Mapping[str, Rendering], rows: Mapping[str, Row] | None, fault: SurveyError
) -> list[Field]:
    """What was sent, to be looked at and sent again, beside the rows as they are now.

    rows: None while they are not known: the questionnaire has problems, or not this language.
    """
    if rows is None:
        blank = {key: Row(key, "", "") for key in sent}
        return [
            Field(blank[key], one.text, one.stamp, one.still_right) for key, one in sent.items()
        ]
    return [
        field
        for key, one in sent.items()
        if (field := _sent_field(one, key, rows.get(key), fault)) is not None
    ]


def _sent_field(sent: Rendering, key: str, row: Row | None, fault: SurveyError) -> Field | None:
    if row is None:
        gone = Row(key, "", "")
        return Field(gone, sent.text, sent.stamp, is_gone=True) if sent.is_change else None
    if not sent.is_change and not sent.still_right:
        return Field(row, row.translation, row.stamp)
    clashes = isinstance(fault, Clash) and key in fault.keys
    error = fault.faults.get(key, "") if isinstance(fault, FaultyTexts) else ""
    meanwhile = row.translation if clashes else None
    is_reworded = clashes and sent.original_digest != digest(row.original)
    return Field(row, sent.text, row.stamp, sent.still_right, error, meanwhile, is_reworded)


def sent_in(form: MultiDict[str, str]) -> dict[str, Rendering]:
    """What a translator sent, by text key."""
    return {
        name.removeprefix("text-"): Rendering(
            one_line_end(text),
            form.get(name.replace("text-", "stamp-", 1), ""),
            name.replace("text-", "right-", 1) in form,
        )
        for name, text in form.items()
        if name.startswith("text-")
    }


def by_section(fields: Iterable[Field]) -> list[tuple[str, list[Field]]]:
    """The fields under the heading that each stands under."""
    return [(name, list(some)) for name, some in groupby(fields, key=lambda one: one.row.section)]


@cache
def direction(code: str) -> str:
    """In which direction a language is written: ltr or rtl."""
    try:
        return Locale.parse(code, sep="-").text_direction
    except (UnknownLocaleError, ValueError):
        return "ltr"


def _lines(text: str) -> int:
    return sum(max(1, ceil(len(line) / CHARACTERS_A_LINE)) for line in text.split("\n"))
