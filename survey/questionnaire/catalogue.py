"""The texts of a questionnaire with their translations into one language, as rows of a table.

Of each translation it is known of which original it was made. When the original changes and the
translation does not, it has to be checked again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final, Literal

from survey.questionnaire.asked import Asking
from survey.questionnaire.check_translations import text_keys
from survey.questionnaire.lenient import Entry, table, text
from survey.questionnaire.model import NOTHING, Library, Questionnaire
from survey.questionnaire.translate import in_language, missing, texts

Status = Literal["missing", "translated", "library", "check"]

WHOLE: Final = "The whole questionnaire"
ABOUT_YOU: Final = "About you"
SHARED: Final = "Answers that several questions share"
CAPABILITIES: Final = "Capabilities"
HEADINGS: Final = (WHOLE, ABOUT_YOU, SHARED, CAPABILITIES)
"""Headings of ours; all others are titles of sections."""

Basis = Mapping[str, Sequence[str]]
"""Text key to the original of which its translation was made (empty where that is not known),
and the digest of that translation."""


@dataclass(frozen=True, slots=True)
class Row:
    """A text by its key, and its translation, empty where there is none.

    is_library: the translation comes with the library, and is not written in the file.
    made_of: the original of which the translation was made, where that is not the present one;
        empty where it is not known.
    """

    key: str
    section: str
    original: str
    translation: str = ""
    is_library: bool = False
    made_of: str | None = None

    @property
    def status(self) -> Status:
        """Whether there is a translation, and whether it has to be checked again."""
        if not self.translation:
            return "missing"
        if self.is_library:
            return "library"
        return "translated" if self.made_of is None else "check"

    @property
    def is_own(self) -> bool:
        """Whether its translation is written in the file."""
        return bool(self.translation) and not self.is_library

    @property
    def stamp(self) -> str:
        """The digests of the translation and of the original, with a hyphen between them."""
        return f"{digest(self.translation)}-{digest(self.original)}"


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Every text with its translation into a language, section by section.

    `covered` are the answers that a question shares with others, by the key that each question
    has for them: the rows have them once, by the key of the answer set.
    """

    language: str
    rows: tuple[Row, ...]
    covered: Mapping[str, Row] = field(default_factory=lambda: NOTHING)

    def by_key(self) -> dict[str, Row]:
        """Every row by its key, the covered ones too."""
        return {**self.covered, **{row.key: row for row in self.rows}}

    def only(self, status: str) -> tuple[Row, ...]:
        """The rows that are missing, or to check; all of them for any other word."""
        if status not in ("missing", "check"):
            return self.rows
        return tuple(row for row in self.rows if row.status == status)

    @property
    def done(self) -> int:
        """How many texts have a translation."""
        return sum(bool(row.translation) for row in self.rows)


def digest(translation: str) -> str:
    """By what a translation is known, whatever its line ends."""
    return sha256(one_line_end(translation).encode(errors="surrogatepass")).hexdigest()[:16]


def one_line_end(said: str) -> str:
    """A text with the line ends that files here have; forms and spreadsheets send others."""
    return said.replace("\r\n", "\n").replace("\r", "\n")


def catalogue_of_version(questionnaire: Questionnaire, language: str) -> Catalogue:
    """The texts of a version, where nothing tells the library's translations from others."""
    own = questionnaire.translations.get(language, NOTHING)
    rows = _Rows(questionnaire, language, own, NOTHING)
    keys = sorted(rows.originals, key=rows.place)
    return Catalogue(language, tuple(rows.row(key) for key in keys))


def catalogue_of_file(
    document: Entry,
    questionnaire: Questionnaire,
    library: Library,
    language: str,
    basis: Basis = NOTHING,
) -> Catalogue:
    """The texts of a valid file, whose expansion the questionnaire is."""
    asking = Asking(document, library)
    own = table(table(document, "translations"), language)
    rows = _Rows(questionnaire, language, own, basis)
    shared = _shared(asking)
    covered = {key for keys in shared.values() for key in keys if key not in own}
    for key, places in shared.items():
        if covered & set(places):
            rows.share(key, places[0])
    writable = text_keys(asking)
    keys = sorted((key for key in rows.originals if key in writable), key=rows.place)
    return Catalogue(
        language,
        tuple(rows.row(key) for key in keys if key not in covered),
        {key: rows.row(key) for key in keys if key in covered},
    )


def noted(catalogue: Catalogue, basis: Basis) -> dict[str, list[str]]:
    """The basis as it is now: what it said of texts that are gone stays, in case they return.

    A translation that is new or has changed was made of the present original; one that has not
    changed, of the one it was made of before.
    """
    present = {
        row.key: [row.original if row.made_of is None else row.made_of, digest(row.translation)]
        for row in catalogue.rows
        if row.is_own
    }
    return {key: list(known) for key, known in basis.items()} | present


def _shared(asking: Asking) -> dict[str, list[str]]:
    """Key of an answer in a set to the keys that questions have for it."""
    shared: dict[str, list[str]] = {}
    for question in asking.questions:
        name = text(question.entry, "options")
        for _, option in asking.options(question) if name is not None else ():
            id_ = text(option, "id")
            shared.setdefault(f"{name}.{id_}", []).append(f"{question.id}.{id_}")
    return shared


class _Rows:
    """Making rows of a questionnaire's texts."""

    def __init__(
        self, questionnaire: Questionnaire, language: str, own: Mapping[str, str], basis: Basis
    ) -> None:
        translated = in_language(questionnaire, language)
        self.originals = _group_titles(questionnaire) | texts(questionnaire)
        self.translations = _group_titles(translated) | texts(translated)
        self.own, self.basis = own, basis
        known = questionnaire.translations.get(language, NOTHING)
        untitled = _group_titles(questionnaire).keys() - known.keys()
        self.missing = {*missing(questionnaire, language), *untitled}
        self.places = _places(questionnaire)
        self.last = len(questionnaire.sections) + 2

    def share(self, key: str, place: str) -> None:
        """One row more, for an answer of a set that questions have at places such as this."""
        self.originals[key] = self.originals[place]
        self.missing.add(key)
        self.places[key] = (self.last, SHARED)

    def place(self, key: str) -> tuple[int, str]:
        """Under which heading a text stands, after how many others."""
        if key in self.places:
            return self.places[key]
        id_, dot, _ = key.partition(".")
        if dot and id_ in self.places:
            return self.places[id_]
        in_file = not dot or id_ == "scale"
        return (0, WHOLE) if in_file else (self.last + 1, CAPABILITIES)

    def row(self, key: str) -> Row:
        """The row of a text."""
        section, original = self.place(key)[1], self.originals[key]
        if key in self.own:
            translation = self.own[key]
            return Row(key, section, original, translation, False, self._made_of(key))
        if key in self.missing:
            return Row(key, section, original)
        return Row(key, section, original, self.translations[key], is_library=True)

    def _made_of(self, key: str) -> str | None:
        if key not in self.basis:
            return None
        original, known = self.basis[key]
        is_new = digest(self.own[key]) != known
        return None if is_new or original == self.originals[key] else original


def _group_titles(questionnaire: Questionnaire) -> dict[str, str]:
    """The titles of groups of capabilities, which need not be sections."""
    return {f"{group.id}.title": group.title for group in questionnaire.groups}


def _places(questionnaire: Questionnaire) -> dict[str, tuple[int, str]]:
    """Id of a question or section to the heading under which its texts stand, and its number."""
    places = {question.id: (1, ABOUT_YOU) for question in questionnaire.about_you}
    for number, section in enumerate(questionnaire.sections, start=2):
        for id_ in (section.id, *(question.id for question in section.questions)):
            places[id_] = (number, section.title)
    return places
