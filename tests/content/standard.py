"""How texts are compared: what is alike, what is carried over, what is not British."""

import re

WORD = re.compile(r"[a-z0-9']+")
RUN = 8
"""So many words in a row that stand elsewhere are carried over."""

AMERICAN = re.compile(
    r"\b(?:\w{3,}(?:iz(?:e|es|ed|er|ers|ing|ation|ations)|yz(?:e|es|ed|ing))"
    r"|(?:behavi|col|fav|hon|lab|neighb)or(?:s|ed|ing|al|able|ite|ites)?"
    r"|cent(?:er|ers|ered)|programs|catalogs?|dialogs?|fulfill?s?|enrolls?|skillful|gray|defense"
    r"|(?:travel|model|label|cancel)(?:ed|ing|er)|judgment|toward)\b",
    re.IGNORECASE,
)
BRITISH_ALL_THE_SAME = re.compile(r"\b(?:size|prize|seize|resize|capsize)\w*\b", re.IGNORECASE)


def words(text):
    return WORD.findall(text.lower().replace("’", "'"))


def runs(text, length=RUN):
    found = words(text)
    return {" ".join(found[at : at + length]) for at in range(len(found) - length + 1)}


def trigrams(text):
    plain = " ".join(words(text))
    return {plain[at : at + 3] for at in range(len(plain) - 2)}


def likeness(one, other):
    """Of the trigrams of either, the share that both have: 0 to 1 (Jaccard)."""
    return len(one & other) / len(one | other)


def american(text):
    return [found for found in AMERICAN.findall(text) if not BRITISH_ALL_THE_SAME.match(found)]


NOBODY, PART, WHOLE = range(3)
EXTENTS = (
    (NOBODY, re.compile(r"^(?:nobody|no one|none|nothing|never)\b", re.IGNORECASE)),
    (
        PART,
        re.compile(
            r"^(?:some|someone|somebody|sometimes|a few|few|at times|here and there"
            r"|one (?:or two|team|service|department|person)|now and (?:then|again)"
            r"|an? \w+ or two)\b",
            re.IGNORECASE,
        ),
    ),
    (WHOLE, re.compile(r"^(?:each|every|everyone|everybody|all|whoever)\b", re.IGNORECASE)),
)


def extent(step):
    """How far a descriptor's first words say that it reaches; None where they do not say."""
    return next((rank for rank, opening in EXTENTS if opening.match(step)), None)


def falls(steps):
    """Whether a ladder reaches less far on a higher step; the first says what there is instead."""
    ranks = [rank for step in steps[1:] if (rank := extent(step)) is not None]
    return ranks != sorted(ranks)


NAMES = ("$schema", "id", "name", "title", "publisher", "url", "organisation")
REFERENCES = ("capability", "capabilities", "framework", "related", "roles", "themes")
"""Keys of what things are called, by us and by others alike; and of ids."""


def sentences_in(value):
    """Every text in a JSON value but names and ids."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        yield from (text for inner in value for text in sentences_in(inner))
    elif isinstance(value, dict):
        yield from sentences_in(
            [inner for key, inner in value.items() if key not in NAMES + REFERENCES]
        )
