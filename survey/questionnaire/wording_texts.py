"""Remarks on one text, by what it is: a question, an item to agree with, a descriptor."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Final, Literal

from survey.questionnaire import wording_phrases as phrases
from survey.questionnaire.reading import sentences, words
from survey.questionnaire.wording_remarks import Remark
from survey.questionnaire.wording_rules import RULES

Part = Literal["question", "item", "descriptor", "option", "prose"]

LONGEST_QUESTION: Final = 20
LONGEST_SENTENCE: Final = 25
LONGEST_DESCRIPTOR: Final = 25

_CONTENT: Final = re.compile(r"[a-z’'-]{4,}")


@lru_cache(maxsize=8192)
def remarks(
    text: str, part: Part, beside: str = "", *, is_english: bool = True
) -> tuple[Remark, ...]:
    """What each rule says about a text, the rules in their order.

    beside: the hint and the options that stand with it. What they define is not vague, and
        what they offer as alternatives is one question.
    """
    found = [*_ENGLISH[part](text, beside)] if is_english else []
    return (*found, *_LONG[part](text))


def _quoted(pattern: re.Pattern[str], text: str) -> str:
    found = dict.fromkeys(match.group().lower().strip(" ,.") for match in pattern.finditer(text))
    return ", ".join(f"“{one}”" for one in found)


def _question(text: str, beside: str) -> Iterator[Remark]:
    yield from _double_barrelled(text, beside)
    yield from _leading(text)
    yield from _vague(text, beside)


def _item(text: str, beside: str) -> Iterator[Remark]:
    yield from _double_barrelled(text, beside)
    yield from _negative(text)
    yield from _leading(text)
    yield from _absolute(text)
    yield from _vague(text, beside)


def _descriptor(text: str, beside: str) -> Iterator[Remark]:
    yield from _double_barrelled_descriptor(text)
    yield from _absolute_descriptor(text)
    yield from _vague(text, beside, phrases.VAGUE_OF_STEPS)


def _nothing(_text: str, _beside: str) -> Iterator[Remark]:
    return iter(())


def _joined(text: str) -> list[re.Match[str]]:
    """The joining words of a text but for those within what says one thing."""
    for one_thing in (phrases.ASIDE, phrases.ONE_THING, phrases.NAME):
        text = one_thing.sub(" ", text)
    return list(phrases.JOINING.finditer(text))


def _double_barrelled(text: str, beside: str) -> Iterator[Remark]:
    joining = [one for one in _joined(text) if not _is_offered(one, beside)]
    if joining:
        yield RULES["double-barrelled"].remark(found=joining[0].group().lower())


def _is_offered(joining: re.Match[str], beside: str) -> bool:
    """Whether “or” stands before something that can be chosen."""
    following = _CONTENT.search(joining.string[joining.end() :].lower())
    return joining.group().lower() == "or" and following is not None and following.group() in beside


def _double_barrelled_descriptor(text: str) -> Iterator[Remark]:
    if ";" in text:
        yield RULES["double-barrelled-semicolon"].remark()
    elif sum(one.group().lower() == "and" for one in _joined(text)) > 1:
        yield RULES["double-barrelled-step"].remark()


def _negative(text: str) -> Iterator[Remark]:
    said = phrases.NOT_NEGATIVE.sub(" ", text)
    found = phrases.NEGATIVE.findall(said)
    if len(found) > 1:
        yield RULES["negatives"].remark(found=_quoted(phrases.NEGATIVE, said))
    elif found:
        yield RULES["negative"].remark(found=found[0].lower())


def _leading(text: str) -> Iterator[Remark]:
    found = _quoted(phrases.LEADING, text) or _quoted(phrases.CLEARLY, text)
    if found:
        yield RULES["leading"].remark(found=found)


def _absolute(text: str) -> Iterator[Remark]:
    found = _quoted(phrases.ABSOLUTE, phrases.NOT_ABSOLUTE.sub(" ", text))
    if found:
        yield RULES["absolute"].remark(found=found)


def _absolute_descriptor(text: str) -> Iterator[Remark]:
    said = phrases.NOT_ABSOLUTE.sub(" ", text)
    if len(phrases.ABSOLUTE.findall(said)) > 2:
        yield RULES["absolute-step"].remark(found=_quoted(phrases.ABSOLUTE, said))


def _vague(text: str, beside: str, vague: re.Pattern[str] = phrases.VAGUE) -> Iterator[Remark]:
    found = vague.findall(phrases.NOT_VAGUE.sub(" ", text))
    undefined = dict.fromkeys(
        word.lower() for word in found if f"{word} (" not in text and word.lower() not in beside
    )
    if undefined:
        yield RULES["vague"].remark(found=", ".join(f"“{word}”" for word in undefined))


def _long_words(rule: str, limit: int) -> Callable[[str], Iterator[Remark]]:
    def long(text: str) -> Iterator[Remark]:
        count = len(words(text))
        if count > limit:
            yield RULES[rule].remark(count=count, limit=limit)

    return long


def _long_sentence(text: str) -> Iterator[Remark]:
    longest = max((len(words(sentence)) for sentence in sentences(text)), default=0)
    if longest > LONGEST_SENTENCE:
        yield RULES["long-sentence"].remark(count=longest, limit=LONGEST_SENTENCE)


_ENGLISH: Final[Mapping[Part, Callable[[str, str], Iterator[Remark]]]] = {
    "question": _question,
    "item": _item,
    "descriptor": _descriptor,
    "option": _nothing,
    "prose": _nothing,
}
_LONG: Final[Mapping[Part, Callable[[str], Iterator[Remark]]]] = {
    "question": _long_words("long-question", LONGEST_QUESTION),
    "item": _long_words("long-question", LONGEST_QUESTION),
    "descriptor": _long_words("long-step", LONGEST_DESCRIPTOR),
    "option": _long_words("long-option", LONGEST_DESCRIPTOR),
    "prose": _long_sentence,
}
