"""Which language is meant: other tools name them, or write their codes in other ways."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from survey.questionnaire.shapes import LANGUAGE

_NAMES: Final[Mapping[str, str]] = {
    name: code
    for code, names in {
        "ar": "arabic العربية",
        "bg": "bulgarian български",
        "bn": "bengali bangla বাংলা",
        "cs": "czech čeština",
        "cy": "welsh cymraeg",
        "da": "danish dansk",
        "de": "german deutsch",
        "el": "greek ελληνικά",
        "en": "english",
        "es": "spanish español castellano",
        "et": "estonian eesti",
        "fa": "persian farsi فارسی",
        "fi": "finnish suomi",
        "fr": "french français francais",
        "ga": "irish gaeilge",
        "gd": "gaelic gàidhlig",
        "gu": "gujarati ગુજરાતી",
        "hi": "hindi हिन्दी",
        "hr": "croatian hrvatski",
        "hu": "hungarian magyar",
        "it": "italian italiano",
        "ja": "japanese 日本語",
        "ko": "korean 한국어",
        "lt": "lithuanian lietuvių",
        "lv": "latvian latviešu",
        "mt": "maltese malti",
        "nl": "dutch nederlands",
        "no": "norwegian norsk",
        "pa": "punjabi panjabi ਪੰਜਾਬੀ",
        "pl": "polish polski",
        "pt": "portuguese português portugues",
        "ro": "romanian română",
        "ru": "russian русский",
        "sk": "slovak slovenčina",
        "sl": "slovenian slovenščina",
        "so": "somali soomaali",
        "sv": "swedish svenska",
        "sw": "swahili kiswahili",
        "tr": "turkish türkçe",
        "uk": "ukrainian українська",
        "ur": "urdu اردو",
        "vi": "vietnamese",
        "zh": "chinese mandarin 中文",
    }.items()
    for name in names.split()
}
_IN_BRACKETS: Final = re.compile(r"\(([A-Za-z_-]{2,11})\)\s*$")


def language_code(named: str) -> str | None:
    """Our code for a language: of “en”, “pt_br”, “Welsh (cy)” or “Français”; None of any other."""
    inside = _IN_BRACKETS.search(named)
    return _code(inside[1] if inside else named.strip()) or _named(named)


def _code(written: str) -> str | None:
    first, *others = re.split(r"[-_]", written)
    parts = [first.lower(), *map(_subtag, others)]
    for length in (len(parts), 1):
        code = "-".join(parts[:length])
        if LANGUAGE.pattern.fullmatch(code):
            return code
    return None


def _subtag(part: str) -> str:
    return part.title() if len(part) == 4 else part.upper()


def _named(named: str) -> str | None:
    first = re.split(r"[\s(,/]", named.strip().lower(), maxsplit=1)[0]
    return _NAMES.get(first)
