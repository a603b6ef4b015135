"""What an option says: that somebody does not answer, or how far they agree."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from survey.exchange.answer_words import WELSH
from survey.questionnaire.model import DONT_KNOW, NOT_APPLICABLE, STEPS

LONGEST_OPT_OUT: Final = 45
"""Characters: longer options describe something, however they begin."""

_DONT_KNOW: Final = re.compile(
    r"^(?:i )?(?:do not|don'?t|can'?t|cannot|can not|could not) (?:know|say|tell|remember|judge)\b"
    r"|^(?:not|un) ?(?:sure|certain)\b|^no (?:answer|opinion|response|idea|comment)\b"
    r"|^(?:i )?prefer not\b|^i(?:'d| would) (?:rather|prefer) not\b|^rather not\b"
    r"|^(?:refused?|declined?)\b(?: to (?:answer|say))?$|^(?:dk|dk/?na|na/?dk|no ?answer)$"
    r"|^wei(?:ß|ss) (?:ich )?nicht\b|^keine (?:angabe|antwort)\b|^k\. ?a\.$"
    r"|^(?:je )?ne (?:sais|se prononce) pas\b|^sans (?:opinion|réponse)\b|^no (?:sé|sabe)\b"
    r"|^non (?:so|risponde)\b|^weet (?:ik )?niet\b|^(?:vet ej|vet inte|ved ikke|vet ikke)\b"
    r"|^(?:dydw i )?ddim yn (?:gwybod|siŵr)\b|^mae'n well gen i beidio\b|^gwell gen i beidio\b"
)
_NOT_APPLICABLE: Final = re.compile(
    r"^(?:not applicable|not relevant)\b|^n\.?/?a\.?$"
    r"|^does(?: not|n'?t) apply(?: here| to (?:me|us|my \w+|our \w+))?$"
    r"|^(?:nicht zutreffend|entfällt|sans objet|non concerné|no aplica|niet van toepassing)\b"
    r"|^ddim yn (?:berthnasol|gymwys)\b"
)
_NONE_OF_THESE: Final = re.compile(
    r"^none(?: of (?:the above|these|them|the following))?$|^nothing$|^no other$"
    r"|^keine(?:s)? davon$"
    r"|^aucun(?:e)?(?: de (?:ces|celles-ci|ceux-ci).*)?$|^dim un o'r rhain$"
)
_MUCH: Final = "(?:very )?(?:strongly|completely|totally|fully|definitely|entirely)"
_LITTLE: Final = (
    "(?:somewhat|tend to|mostly|slightly|moderately|rather|generally|partly|partially|a little)"
)
_AGREEMENT: Final = tuple(
    re.compile(f"^(?:{pattern})$")
    for pattern in (
        f"{_MUCH} disagree|disagree {_MUCH}",
        f"(?:{_LITTLE} )?disagree|disagree {_LITTLE}",
        r"neither\b.*|neutral\b.*|undecided|unsure|not sure|uncertain|neutral",
        f"(?:{_LITTLE} )?agree|agree {_LITTLE}",
        f"{_MUCH} agree|agree {_MUCH}",
    )
)
_NUMBERED: Final = re.compile(r"^\(?\d{1,2}\)?(?:\s*[-–—.:)=]+)?\s*|\s*\(\d{1,2}\)$")


def opt_out(texts: Iterable[str]) -> str | None:
    """Which of our ways not to answer an option is, by its text in any language; or None."""
    for text in map(_plain, texts):
        if len(text) <= LONGEST_OPT_OUT:
            if _NOT_APPLICABLE.search(text):
                return NOT_APPLICABLE
            if _DONT_KNOW.search(text):
                return DONT_KNOW
    return None


def is_none_of_these(texts: Iterable[str]) -> bool:
    """Whether an option says that no other is true."""
    return any(_NONE_OF_THESE.search(_plain(text)) for text in texts)


def agreement(options: Sequence[Iterable[str]]) -> tuple[int, ...] | None:
    """The step, 1 to 5, of each of five options from strongly disagree to strongly agree.

    options: each by its texts in all languages. Those between may be bare numbers. None where
    they are anything else; the scale may run either way.
    """
    if len(options) != 5:
        return None
    steps = [_agreement_step(one) for one in options]
    if steps[0] in (1, 5) and steps[1:4] == [0, 0, 0]:
        steps[1:4] = (2, 3, 4) if steps[0] == 1 else (4, 3, 2)
    return next((scale for scale in (STEPS, STEPS[::-1]) if steps == list(scale)), None)


def _agreement_step(texts: Iterable[str]) -> int | None:
    """0 where nothing but a number is said."""
    plain = [_plain(text) for text in texts]
    for text in plain:
        for step, pattern in enumerate(_AGREEMENT, start=1):
            if pattern.search(text) or text == _plain(WELSH.agreement[step - 1]):
                return step
    return None if any(plain) else 0


def _plain(text: str) -> str:
    """Small letters, straight apostrophes, no number before or behind, no full stop."""
    small = " ".join(text.lower().replace("’", "'").split())
    return _NUMBERED.sub("", small).strip(" .!;,*")
