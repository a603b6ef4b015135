"""Translations written into a file's text, the rest of which stays as its author wrote it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Final

from survey.questionnaire.editing import Edit, Editing, edited, written
from survey.questionnaire.faults import below
from survey.questionnaire.source import SourceFile

_DECODER: Final = json.JSONDecoder(strict=False)


def with_translations(source: SourceFile, language: str, texts: Mapping[str, str]) -> str:
    """The text of a valid file with these translations, by text key; an empty one is taken out.

    A language that the file does not have yet is added, also where there is no translation.
    """
    file, new = Editing(source), {key: text for key, text in texts.items() if text}
    catalogues = source.value.get("translations")
    if catalogues is None:
        edits = [file.insert("", "translations", {language: new})]
    elif language not in catalogues:
        edits = [file.insert("/translations", language, new)]
    else:
        edits = list(_changes(file, below("/translations", language), texts))
    return edited(source.text, edits)


def without_language(source: SourceFile, language: str) -> str:
    """The text of a file without a language that it has."""
    return edited(source.text, [Editing(source).delete(below("/translations", language))])


def _changes(file: Editing, pointer: str, texts: Mapping[str, str]) -> Iterator[Edit]:
    """The edits that make an object of texts hold these too."""
    old = file.value(pointer)
    added = {key: text for key, text in texts.items() if text and key not in old}
    gone = {key for key, text in texts.items() if not text and key in old}
    if len(gone) == len(old):
        yield file.replace(pointer, added)
        return
    places = file.source.places[id(old)]
    ends = {key: _DECODER.raw_decode(file.text, value)[1] for key, (_, value) in places.items()}
    for key, text in texts.items():
        if text and key in old and old[key] != text:
            yield Edit(places[key][1], ends[key], written(text))
    yield from _deletions([(places[key][0], ends[key], key in gone) for key in places])
    if added:
        yield _insertion(file, pointer, added)


def _deletions(members: list[tuple[int, int, bool]]) -> Iterator[Edit]:
    """Nothing in the place of members: each is start, end, whether it goes; not all of them do."""
    members = sorted(members)
    last_kept = max(place for place, (_, _, goes) in enumerate(members) if not goes)
    for (start, _, goes), (following, _, _) in pairwise(members[: last_kept + 1]):
        if goes:
            yield Edit(start, following, "")
    if last_kept + 1 < len(members):
        yield Edit(members[last_kept][1], members[-1][1], "")


def _insertion(file: Editing, pointer: str, added: Mapping[str, str]) -> Edit:
    """Members more, last, each set off as the one before it."""
    members = [f"{written(key)}: {written(text)}" for key, text in added.items()]
    key, text = next(iter(added.items()))
    first = file.insert(pointer, key, text)
    gap = first.text.removesuffix(members[0])
    return Edit(first.start, first.end, "".join(f"{gap}{member}" for member in members))
