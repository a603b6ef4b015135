"""Whether a password would be among the first that somebody tries: one of those that were stolen, a
word or two however they are dressed up, keys in a row, or what everybody knows about its owner.

Judged by how many guesses it takes (`guesses`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from survey.operations import guesses

ENOUGH: Final = 10**9
"""Guesses that a password must withstand. With the stored hash in hand, and the twentieth of a
second that Argon2id takes for one, that is a year and a half of a processor; at the sign-in page,
which takes sixty tries a minute, 30 years."""

LONGEST_JUDGED: Final = 32
"""Signs that are judged, from the first on: a good password is known by them, and the time that it
takes grows faster than they do."""

FOR_LETTERS: Final = frozenset("@({[<!|$+%")
MOST_FOR_LETTERS: Final = 3
"""Different signs that may stand for letters: every way to read them is tried."""

UNSHIFTED: Final = str.maketrans("!@#$%^&*()_+{}|<>", "1234567890-=[]\\,.")
"""The same keys of a keyboard, pressed alone."""

OF_OUR_TRADE: Final = (
    *("council", "borough", "county", "city", "government", "service", "digital", "office"),
    *("survey", "maturity", "maturitysurvey", "britain", "wales", "cymru", "scotland"),
    *(str(year) for year in range(2020, 2040)),  # those before are known to zxcvbn
)


def is_guessable(password: str, known: Iterable[str] = ()) -> bool:
    """Whether a password takes too few guesses. known: names that whoever attacks this account
    knows, such as its e-mail address and its organisation."""
    if not password:
        return True
    words = [*dict.fromkeys(_names(known)), *OF_OUR_TRADE]
    return guesses.in_a_process(_soon_judged(password), words) < ENOUGH


def _names(known: Iterable[str]) -> Iterable[str]:
    """Each known text as it is, in one word, and each of its words; of an address, also what stands
    before the @."""
    for text in known:
        for written in (text.lower(), text.lower().partition("@")[0]):
            parts = re.split(r"[\W_]+", written)
            yield from (written, "".join(parts), *parts)


def _soon_judged(password: str) -> str:
    """What takes less than a tenth of a second to judge, however it was chosen."""
    text = password[:LONGEST_JUDGED]
    if len(FOR_LETTERS.intersection(text)) > MOST_FOR_LETTERS:
        return text.translate(UNSHIFTED)
    return text
