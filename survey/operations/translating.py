"""Authors and translators translate a questionnaire that is being written: on its page, or with a
file that comes back from a spreadsheet or a translation program."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from survey.exchange.po import read_translations
from survey.exchange.translation_csv import read_csv
from survey.exchange.translation_file import is_po, text_of
from survey.operations import writing
from survey.operations.errors import Conflict, NotFound, Refused
from survey.operations.translation_basis import Draft, bases, set_basis
from survey.questionnaire.catalogue import Catalogue, Row, digest
from survey.questionnaire.catalogue_joining import Joined, fault_of, join, language_fault
from survey.questionnaire.catalogue_text import with_translations, without_language
from survey.questionnaire.model import NOTHING


@dataclass(frozen=True, slots=True)
class Rendering:
    """What a translator typed for a text. stamp: of the row as it was then (`Row.stamp`).

    still_right: that the translation fits the present original.
    """

    text: str
    stamp: str
    still_right: bool = False

    @property
    def is_change(self) -> bool:
        """Whether it is another text than the translator found there."""
        return not self.stamp.startswith(f"{digest(self.text)}-")

    @property
    def original_digest(self) -> str:
        """The digest of the original as it was then."""
        return self.stamp.partition("-")[2]


class Clash(Conflict):
    """Somebody changed the same texts meanwhile: those with these keys. Nothing was written."""

    def __init__(self, keys: frozenset[str]) -> None:
        number = "A text was" if len(keys) == 1 else f"{len(keys)} texts were"
        super().__init__(
            f"{number} changed by somebody else while you translated.",
            "Nothing you typed is lost. Look at what is marked, then save again.",
        )
        self.keys = keys


class FaultyTexts(Refused):
    """Translations that the format does not allow: why, by text key. Nothing was written."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__("Some translations cannot be saved.", "Mend what is marked.")
        self.faults = faults


def catalogue(session: Session, draft: Draft, language: str) -> Catalogue:
    """The texts with their translations and marks. Raises NotFound where the questionnaire has no
    such language besides its own."""
    if language not in draft.languages:
        raise NotFound("The questionnaire has no such language.", "Choose one from the list.")
    return draft.catalogue(language, bases(session, draft.manuscript).get(language, NOTHING))


def add_language(session: Session, draft: Draft, language: str, *, by: int, now: datetime) -> None:
    """Add a language in which nothing is translated yet. Raises Refused, Conflict."""
    fault = language_fault(language, draft.questionnaire.languages)
    if fault is not None:
        raise Refused(*fault)
    _write(session, draft, with_translations(draft.source, language, {}), by, now)


def remove_language(
    session: Session, draft: Draft, language: str, *, by: int, now: datetime
) -> None:
    """Take out a language in which nothing is translated. Raises NotFound, Refused, Conflict."""
    if any(row.is_own for row in catalogue(session, draft, language).rows):
        raise Refused(
            "Texts are translated into this language.",
            "To take it out all the same, delete it under “translations” in the editor.",
        )
    _write(session, draft, without_language(draft.source, language), by, now)


def save(
    session: Session,
    draft: Draft,
    language: str,
    typed: Mapping[str, Rendering],
    *,
    alike: bool = False,
    by: int,
    now: datetime,
) -> int:
    """Write what was typed, by text key, and clear the marks of what is still right.

    alike: also into texts without a translation whose original reads the same.
    Returns how many texts have another translation now. What others did to other texts stays.
    Raises Clash where they did something to the same ones, FaultyTexts, Conflict, Refused,
    NotFound; then nothing is written.
    """
    rows = catalogue(session, draft, language).by_key()
    clashing = frozenset(key for key, one in typed.items() if _clashes(one, rows.get(key)))
    if clashing:
        raise Clash(clashing)
    changes = {
        key: one.text.strip() and one.text
        for key, one in typed.items()
        if one.is_change and (one.text.strip() or rows[key].is_own)
    }
    _check(changes)
    if alike:
        changes |= _alike(rows, changes)
    confirmed = {key: rows[key].translation for key, one in typed.items() if one.still_right}
    made_of = {
        key: (rows[key].original, text)
        for key, text in (confirmed | changes).items()
        if text and (key in changes or rows[key].is_own)
    }
    _take(session, draft, language, changes, made_of, by=by, now=now)
    return len(changes)


def take_file(
    session: Session, draft: Draft, language: str, file: bytes, *, by: int, now: datetime
) -> Joined:
    """Take what fits of a .po or CSV file; what does not is told in the result, by line.

    Raises NotImportable where the file cannot be read, Conflict, Refused, NotFound; then nothing
    is written.
    """
    known = catalogue(session, draft, language)
    text = text_of(file)
    brought, remarks = read_translations(text, language) if is_po(text) else read_csv(text)
    joined, rows = join(known, brought), known.by_key()
    joined.remarks = sorted([*joined.remarks, *remarks], key=lambda remark: remark.line)
    made_of = {
        key: (original, joined.texts.get(key, rows[key].translation))
        for key, original in joined.made_of.items()
    }
    _take(session, draft, language, joined.texts, made_of, by=by, now=now)
    return joined


def _clashes(typed: Rendering, row: Row | None) -> bool:
    """Whether somebody else changed what this is about."""
    if not typed.is_change and not typed.still_right:
        return False
    if row is None:
        return True
    is_there = typed.is_change and digest(row.translation) == digest(typed.text)
    return row.stamp != typed.stamp and not is_there


def _check(texts: Mapping[str, str]) -> None:
    faults = {key: fault_of(text) for key, text in texts.items() if text}
    told = {key: " ".join(fault) for key, fault in faults.items() if fault is not None}
    if told:
        raise FaultyTexts(told)


def _alike(rows: Mapping[str, Row], changes: Mapping[str, str]) -> dict[str, str]:
    """Translations of texts that have none, and read as one that is translated now."""
    by_original = {rows[key].original: text for key, text in changes.items() if text}
    return {
        key: by_original[row.original]
        for key, row in rows.items()
        if row.status == "missing" and key not in changes and row.original in by_original
    }


def _take(
    session: Session,
    draft: Draft,
    language: str,
    texts: Mapping[str, str],
    made_of: Mapping[str, tuple[str, str]],
    *,
    by: int,
    now: datetime,
) -> None:
    """Write translations; then note of which original each of some was made."""
    if texts:
        _write(session, draft, with_translations(draft.source, language, texts), by, now)
    if made_of:
        set_basis(session, draft.manuscript, language, made_of)


def _write(session: Session, draft: Draft, source: str, by: int, now: datetime) -> None:
    found = draft.manuscript
    typed = writing.Typed(source, found.revision, by, now)
    writing.save(session, found.organisation_id, found.id, typed)
