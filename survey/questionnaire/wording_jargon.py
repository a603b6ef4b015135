"""Remarks on words that not everybody knows: short forms in capitals, and words that are rare.

What the questionnaire itself explains is known, and so is what the organisation's glossary holds.
Names, numbers, what stands in brackets and what is no plain English are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, MutableSet
from functools import lru_cache
from typing import Final

from survey.questionnaire.everyday import is_everyday
from survey.questionnaire.wording_remarks import Remark
from survey.questionnaire.wording_rules import RULES

_SHORT: Final = r"(?:[A-Z]{2,}s?|[A-Z]+[a-z]{1,2}[A-Z]+s?)"
ABBREVIATION: Final = re.compile(rf"(?<![\w@.]){_SHORT}(?![\w@])")
"""Capitals, also with a few small letters between them, such as “SaaS”."""

_EXPLAINED: Final = (
    re.compile(r"(?<![\w’'-])([\w’'-]+)[”\"’]? ?\("),
    re.compile(rf"\((?:an? |the |or |or the )?[“\"‘]?({_SHORT})[”\"’]?\)"),
    re.compile(
        r"(?<![\w-])([\w-]+)[”\"’]?,? (?:means?|meaning|stands? for|(?:is )?short for|is when)\b"
    ),
    re.compile(r"[Bb]y [“\"‘]?([\w-]+)[”\"’]?,? (?:we|I) mean\b"),
    re.compile(rf"({_SHORT})[”\"’]?(?: ?[:=]| [–—]) "),
)
"""What holds an explanation; the group is the word that is explained."""
_HEAD: Final = re.compile(r"\s[–—-]\s|[:=(\t]")
"""Where the explanation begins in a line of a glossary."""
_LINK: Final = re.compile(r"(?<!\S)\S*(?:://|@)\S*|\]\([^)]*\)|`[^`]*`")
_BRACKETS: Final = re.compile(r"\([^()]*\)")
_TOKEN: Final = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*")
_PLAIN: Final = re.compile(r"[a-z]+")
_BEGINS: Final = re.compile(r"(?:^|[.?!:;\n])[\s“”\"‘*#>-]*$")
"""What stands before the first word of a sentence."""
LONGEST_BEGINNING: Final = 12
"""So many characters are looked at for it."""


def key(word: str) -> str:
    """What the forms of a word share: small letters, no possessive, no plural s."""
    plain = word.casefold().replace("’", "'").removesuffix("'s").strip("'“”\"")
    if plain.endswith("ies"):
        return f"{plain[:-3]}y"
    if plain.endswith(("sses", "ches", "shes", "xes")):
        return plain[:-2]
    return plain if plain.endswith("ss") else plain.removesuffix("s")


def _keys(words: str) -> frozenset[str]:
    return frozenset(map(key, words.split()))


KNOWN_ABBREVIATIONS: Final = _keys(
    "am bbc cd covid cv diy dvd eu faq gp hr id it mp nhs ok pc pdf phd pin pm qr tv uk us usa usb "
    "vat"
)
"""Capitals that everybody in a British council reads as a word."""
EMPHASISED: Final = _keys(
    "all also and any are before but do does each every for if in is just more most must never new "
    "no not now of on once one only or our please the these this those to two use we when with you "
    "your"
)
"""Words that are sometimes written in capitals so that nobody overlooks them."""


@lru_cache(maxsize=64)
def glossary_words(lines: tuple[str, ...]) -> frozenset[str]:
    """The keys of the words that an organisation has in its glossary.

    lines: a word or a phrase each, and, if somebody wrote it beside it, what it means.
    """
    return frozenset(key(word) for line in lines for word in re.split(r"[\s/-]+", head(line)))


def head(line: str) -> str:
    """The word or phrase that a line of a glossary begins with."""
    return _HEAD.split(line.strip(), maxsplit=1)[0].strip()


def explained(texts: Iterable[str]) -> frozenset[str]:
    """The keys of the words that these texts explain, in brackets or in a sentence."""
    return frozenset(known_as for text in texts for known_as in _explained_in(text))


@lru_cache(maxsize=8192)
def _explained_in(text: str) -> tuple[str, ...]:
    return tuple(key(word) for one in _EXPLAINED for word in one.findall(text))


def jargon(text: str, known: MutableSet[str], *, has_names: bool = False) -> Iterator[Remark]:
    """Remarks on an English text's short forms, then on its rare words.

    known: keys of the words that need no explanation; what is remarked on once is added.
    has_names: whether a capital at the start may be that of a name, as in a list of teams.
    """
    for rule, word in _uncommon(text, has_names):
        if (known_as := key(word)) not in known:
            known.add(known_as)
            yield RULES[rule].remark(found=word)


@lru_cache(maxsize=8192)
def _uncommon(text: str, has_names: bool) -> tuple[tuple[str, str], ...]:
    """The name of a rule and a word, for each word that not everybody knows."""
    if text.isupper():
        return ()
    said = _LINK.sub(" ", text)
    let_through = KNOWN_ABBREVIATIONS | EMPHASISED
    short = (word for word in ABBREVIATION.findall(said) if key(word) not in let_through)
    plain = _plain_words(_BRACKETS.sub(" ", said), has_names)
    rare = (word for word in plain if not is_everyday(word))
    return (
        *(("abbreviation", word) for word in _once(short)),
        *(("uncommon-word", word) for word in _once(rare)),
    )


def _once(words: Iterable[str]) -> Iterable[str]:
    """Each word in the form in which it comes first."""
    first: dict[str, str] = {}
    for word in words:
        first.setdefault(key(word), word)
    return first.values()


def _plain_words(text: str, has_names: bool) -> Iterator[str]:
    """The words that are no names, in small letters, without a possessive ending."""
    for match in _TOKEN.finditer(text):
        word = match.group().replace("’", "'").removesuffix("'s")
        if word[0].isupper() and not has_names and _begins_sentence(text, match.start()):
            word = word[0].lower() + word[1:]
        if _PLAIN.fullmatch(word):
            yield word


def _begins_sentence(text: str, at: int) -> bool:
    return _BEGINS.search(text, max(0, at - LONGEST_BEGINNING), at) is not None
