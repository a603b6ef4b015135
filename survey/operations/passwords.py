"""Whether a password would be among the first that somebody tries: a common one, however it is
dressed up, or one made of what everybody knows about its owner.

No list that is downloaded and grows old: what is common is taken away, and what is left counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

ENOUGH: Final = 6
"""Signs that must be left: a letter counts one, a digit a half, since most are years and counts."""

SHORTEST_NAME: Final = 4
"""Letters of a name that is taken away: shorter ones are parts of too many words."""

DRESSED_UP: Final = str.maketrans("@4831!05$7", "aabeiiosst")
ROWS: Final = (
    "01234567890",
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "qazwsxedcrfvtgbyhnujm",
    "1q2w3e4r5t6y7u8i9o0p",
    "1qaz2wsx3edc4rfv5tgb",
)
"""Signs in the order in which fingers find them."""

IN_A_ROW: Final = frozenset(
    row[place : place + 3]
    for one in ROWS
    for row in (one, one[::-1])
    for place in range(len(row) - 2)
)
"""Any three of a row, forwards or backwards."""

COMMON: Final = (
    *("password", "passphrase", "passwort", "passw", "secret", "letmein", "welcome", "login"),
    *("admin", "administrator", "root", "user", "guest", "default", "changeme", "change"),
    *("master", "super", "test", "temp", "access", "hello", "please", "trustno", "whatever"),
    *("iloveyou", "love", "loveme", "sunshine", "princess", "prince", "angel", "baby", "family"),
    *("monkey", "dragon", "shadow", "tiger", "lion", "eagle", "dog", "cat", "cookie", "cheese"),
    *("football", "baseball", "basketball", "soccer", "hockey", "arsenal", "chelsea", "liverpool"),
    *("everton", "rangers", "celtic", "united", "manchester", "superman", "batman", "spiderman"),
    *("starwars", "pokemon", "naruto", "minecraft", "michael", "jordan", "charlie", "thomas"),
    *("jessica", "ashley", "daniel", "andrew", "matthew", "george", "summer", "winter", "spring"),
    *("autumn", "january", "february", "march", "april", "june", "july", "august", "september"),
    *("october", "november", "december", "monday", "tuesday", "wednesday", "thursday", "friday"),
    *("flower", "freedom", "money", "google", "facebook", "computer", "internet", "samsung"),
    *("apple", "london", "england", "britain", "wales", "cymru", "scotland", "council", "borough"),
    *("county", "city", "government", "service", "digital", "office", "survey", "maturity"),
)
"""Words that lists of stolen passwords are full of, and those of our trade."""


def is_guessable(password: str, known: Iterable[str] = ()) -> bool:
    """Whether little is left of a password without what is common. known: names that whoever
    attacks this account knows, such as its e-mail address and its organisation."""
    text = password.lower()
    words = sorted({*COMMON, *_names(known)}, key=len, reverse=True)
    return min(_left(text, words), _left(text.translate(DRESSED_UP), words)) < ENOUGH


def _names(known: Iterable[str]) -> Iterable[str]:
    for text in known:
        for name in re.split(r"[\W_]+", text.lower()):
            if len(name) >= SHORTEST_NAME:
                yield name


def _left(text: str, words: list[str]) -> float:
    for word in words:
        text = text.replace(word, " ")
    text = re.sub(r"(.+?)\1+", r"\1", text)
    threes = [place for place in range(len(text) - 2) if text[place : place + 3] in IN_A_ROW]
    gone = {place + step for place in threes for step in range(3)}
    rest = [one for place, one in enumerate(text) if place not in gone and not one.isspace()]
    return sum(0.5 if one.isdigit() else 1.0 for one in rest)
