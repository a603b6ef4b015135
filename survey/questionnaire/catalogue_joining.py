"""What a translator's file brings, joined with the texts that there are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, Final

from marshmallow import ValidationError

from survey.questionnaire.catalogue import Catalogue, Row, one_line_end
from survey.questionnaire.faults import quoted, sentences
from survey.questionnaire.nearest import nearest
from survey.questionnaire.schema_fields import LONGEST_INTRODUCTION, MOST_LANGUAGES
from survey.questionnaire.shapes import LANGUAGE, Text

MOST_GUESSES: Final = 20
"""Unknown keys for which it is told what may have been meant: guessing takes time."""

_TRANSLATION: Final = Text("The translation.", longest=LONGEST_INTRODUCTION, required=True)


@dataclass(frozen=True, slots=True)
class Brought:
    """A translation in a file, and the line that it begins on.

    original: the one it was made of; None where the file does not say.
    is_sure: whether its translator says that it is right; None where the file does not say.
    """

    line: int
    key: str
    original: str | None
    translation: str
    is_sure: bool | None = None


@dataclass(frozen=True, slots=True)
class Remark:
    """Why something in a line was not taken, and how to mend it."""

    line: int
    message: str
    mend: str

    def __str__(self) -> str:
        return f"Line {self.line}: {self.message} {self.mend}"


@dataclass(slots=True)
class Joined:
    """What of a file is taken: `texts` are to be written, `made_of` are the originals of which
    they, or those that were confirmed, were made (empty where that is not known)."""

    texts: dict[str, str] = field(default_factory=dict)
    made_of: dict[str, str] = field(default_factory=dict)
    to_check: int = 0
    unchanged: int = 0
    unknown: int = 0
    remarks: list[Remark] = field(default_factory=list)

    @property
    def taken(self) -> int:
        """How many translations are new, changed or confirmed."""
        return len(self.made_of)


def fault_of(text: str) -> tuple[str, str] | None:
    """What is wrong with a translation by the rules of the format, and how to mend it."""
    try:
        _TRANSLATION.deserialize(text)
    except ValidationError as error:
        refused: Any = error.messages[0]
        return sentences(refused.code, refused.values)
    return None


def language_fault(code: str, languages: Iterable[str]) -> tuple[str, str] | None:
    """Why a language cannot be added to a questionnaire that has these, the main one first."""
    there = tuple(languages)
    if LANGUAGE.pattern.fullmatch(code) is None:
        return sentences("unknown-language", {"name": code})
    if code in there:
        return f"The questionnaire has {quoted(code)} already.", "Choose another language."
    if len(there) > MOST_LANGUAGES:
        values = {"count": len(there), "limit": MOST_LANGUAGES}
        return sentences("too-many-languages", values)
    return None


def join(catalogue: Catalogue, brought: Iterable[Brought]) -> Joined:
    """Join by key what a file brings. What is wrong is told, and the rest is taken."""
    joined, rows, first = Joined(), catalogue.by_key(), dict[str, int]()
    empty: list[int] = []
    for one in brought:
        row = rows.get(one.key)
        if row is None:
            joined.unknown += 1
            joined.remarks.append(_unknown(one, rows if joined.unknown <= MOST_GUESSES else {}))
        elif remark := _remark(one, row, first.setdefault(one.key, one.line)):
            joined.remarks.append(remark)
        elif one.translation.strip():
            _take(joined, one, row)
        else:
            empty.append(one.line)
    if empty:
        joined.remarks.append(_still_empty(empty))
    joined.remarks.sort(key=lambda remark: remark.line)
    return joined


def _unknown(one: Brought, known: Iterable[str]) -> Remark:
    meant = nearest(one.key, known)
    mend = f"Did you mean {quoted(meant)}?" if meant else "Export the file again for today’s keys."
    return Remark(one.line, f"The key {quoted(one.key)} names no text of this questionnaire.", mend)


def _remark(one: Brought, row: Row, first: int) -> Remark | None:
    """Why a row is not taken. first: the line where its key stood first."""
    if first != one.line:
        message = f"The key {quoted(one.key)} stands in line {first} too."
        return Remark(one.line, message, "Keep one of the two rows; the first was looked at.")
    if not one.translation.strip():
        if not row.is_own:
            return None
        message = f"There is no translation of {quoted(one.key)}, so the present one stays."
        return Remark(one.line, message, "To take it out, empty its field on this page.")
    fault = fault_of(one_line_end(one.translation))
    return Remark(one.line, *fault) if fault is not None else None


def _take(joined: Joined, one: Brought, row: Row) -> None:
    text = one_line_end(one.translation)
    is_current = one.original is None or _words(one.original) == _words(row.original)
    if text == one_line_end(row.translation):
        if row.status == "check" and one.is_sure and is_current:
            joined.made_of[row.key] = row.original
        else:
            joined.unchanged += 1
        return
    joined.texts[row.key] = text
    joined.made_of[row.key] = row.original
    if not is_current:
        joined.made_of[row.key] = one_line_end(one.original or "")
    elif one.is_sure is False:
        joined.made_of[row.key] = ""
    joined.to_check += joined.made_of[row.key] != row.original


def _words(text: str) -> list[str]:
    """What counts of an original: programs change the space between words."""
    return text.split()


def _still_empty(lines: list[int]) -> Remark:
    runs = groupby(enumerate(lines), key=lambda place: place[1] - place[0])
    spans = [[line for _, line in run] for _, run in runs]
    said = [f"{span[0]} to {span[-1]}" if len(span) > 1 else str(span[0]) for span in spans]
    message = f"{len(lines)} texts have no translation yet: lines {', '.join(said)}."
    if len(lines) == 1:
        message = "There is no translation yet."
    return Remark(lines[0], message, "Fill it in, then import the file again.")
