"""Whether an English word is one that people meet every day.

A word is, if it is in `words/english.txt` (a Zipf frequency of 3.0 or more), bends such a word, or
is made of two of them. In doubt it is: a remark on a plain word costs more trust than one missed.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

FILE: Final = Path(__file__).parent / "words" / "english.txt"

SHORTEST, LONGEST = 4, 40
"""Shorter and longer words are let through, and shorter parts of words are not looked at."""

PLAIN: Final = """
afresh annualised appraisee appraiser bereavement chatbot crematorium flexitime flytipping hotdesk
impostor inductee intranet kerbside laminator lanyard mentee minibus nought outbox outran paralegal
photocopier pothole printout recyclable rehearse rota secondee secondment teleconference wheelie
"""
"""Rarer than that in books, films and on the web, and plain to everybody who works in a council."""

ENDINGS: Final = {
    "": (
        *("s", "es", "d", "ed", "ing", "er", "ers", "or", "ors", "est", "ist", "ists", "ly"),
        *("ness", "able"),
    ),
    "e": ("ing", "er", "ers", "or", "ors", "est", "able"),
    "le": ("ly",),
    "y": ("ies", "ied", "ier", "iers", "iest", "ily", "iness"),
}
"""What stood at a word's end, and what can stand there instead without hiding the word."""
BEGINNINGS: Final = (
    "un",
    "re",
    "non",
    "over",
    "under",
    "mis",
    "pre",
    "out",
    "up",
    "down",
    "co",
    "on",
)
SHORT_PARTS: Final = """
add air arm bag bed bin box bus buy car cut day end eye fly gas ice job key law lay log low map net
new off oil old one out own pay pen pop run sea set sit sun tax tea top two way web
"""
"""Words of three letters that others are made with, such as “payslip”."""
LEARNED_PARTS: Final = """
auto cross crypto cyber hyper inter intra macro mega meta micro mono multi nano omni para poly proto
pseudo semi tele trans ultra
"""
"""Parts of terms of art: “microservice” is no everyday word, though “micro” and “service” are."""


def is_everyday(word: str) -> bool:
    """Whether an English word, in small letters a to z, is an everyday one or made of them."""
    return not SHORTEST <= len(word) <= LONGEST or any(
        _is_listed(form) or _is_joined(form) for form in _forms(word)
    )


@cache
def _listed() -> frozenset[str]:
    lines = FILE.read_text(encoding="ascii").splitlines()
    return _words(PLAIN).union(line for line in lines if not line.startswith("#"))


def _is_listed(form: str) -> bool:
    return form in _listed()


def _forms(word: str) -> Iterator[str]:
    """A word, its plural, and what it may be a form of: “planning” may be of “plan”."""
    yield from (word, f"{word}s")
    if word.endswith("y"):
        yield f"{word[:-1]}ies"
    for before, endings in ENDINGS.items():
        for ending in endings:
            stem = word.removesuffix(ending)
            if len(stem) < len(word) and len(stem) + len(before) >= SHORTEST - 1:
                yield stem + before
                if stem[-1:] == stem[-2:-1]:
                    yield stem[:-1]


def _is_joined(form: str) -> bool:
    """Whether it is an everyday word with a beginning, or two such words in one."""
    beginnings = (form.removeprefix(one) for one in BEGINNINGS if form.startswith(one))
    if any(len(rest) >= SHORTEST and _is_listed(rest) for rest in beginnings):
        return True
    return any(
        _is_part(form[:at]) and _is_listed(form[:at]) and _is_listed(form[at:])
        for at in range(SHORTEST - 1, len(form) - SHORTEST + 1)
    )


def _is_part(part: str) -> bool:
    return part in _words(SHORT_PARTS) or (
        len(part) >= SHORTEST and part not in _words(LEARNED_PARTS)
    )


@cache
def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())
