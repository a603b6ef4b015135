"""The texts of a questionnaire that is being made: the main language’s, and the others by key."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from survey.exchange.foreign import Texts
from survey.exchange.left_out import Report
from survey.questionnaire.model import Json
from survey.questionnaire.schema_fields import LONGEST_TITLE, MOST_LANGUAGES
from survey.questionnaire.shapes import LONGEST_ID

_PLACE_HOLDER: Final = re.compile(r"\$?\{[A-Za-z_#][^{}\n]{0,80}\}")


class Catalogue:
    """Texts as they are said here, none too long.

    languages: our codes, the main one first.
    """

    def __init__(self, languages: Sequence[str], report: Report) -> None:
        self.language, *others = languages
        self.report = report
        self._others: dict[str, dict[str, str]] = {
            code: {} for code in others[:MOST_LANGUAGES] if code != self.language
        }
        for code in others[MOST_LANGUAGES:]:
            became = f"A questionnaire has at most {MOST_LANGUAGES} translations: it is left out."
            report.tell("the whole file", f"the language “{code}”", became)

    def main(self, texts: Texts) -> str:
        """A text in the main language; where it has none, in another."""
        return texts.get(self.language) or next(filter(None, texts.values()), "")

    def say(self, key: str, texts: Texts, longest: int, where: str) -> str:
        """The main text, for the file; the others are noted under the key.

        longest: in characters; titles are put on one line.
        """
        main = self._fitting(self.main(texts), longest, where)
        for code, noted in self._others.items():
            text = self._fitting(texts.get(code, ""), longest, where)
            if text and text != main:
                self._note(noted, key, text, where)
        if _PLACE_HOLDER.search(main):
            became = "The place holder stands in the text as it is: reword it here."
            self.report.tell_together(where, "an earlier answer put into a text", became)
        return main

    def _note(self, noted: dict[str, str], key: str, text: str, where: str) -> None:
        if len(key) <= LONGEST_ID:
            noted[key] = text
        else:
            became = "Its id and its option’s are too long together: shorten them here."
            self.report.tell_together(where, "translations", became)

    def _fitting(self, text: str, longest: int, where: str) -> str:
        said = " ".join(text.split()) if longest <= LONGEST_TITLE else text.strip()
        if len(said) <= longest:
            return said
        became = f"It was cut after {longest:,} characters, as many as there may be."
        self.report.tell(where, f"a text of {len(said):,} characters", became)
        return f"{said[: longest - 1].rstrip()}…"

    def translations(self) -> dict[str, Json]:
        """The file’s translations: those of each language that it has."""
        return dict(self._others)


def joined(parts: Iterable[Texts], separator: str, language: str) -> Texts:
    """Texts one after the other, in every language that has any; else in the main one."""
    some = [part for part in parts if part]
    codes = dict.fromkeys(code for part in some for code in part)
    return {
        code: separator.join(said for part in some if (said := _said(part, code, language)))
        for code in codes
    }


def _said(part: Mapping[str, str], code: str, language: str) -> str:
    return part.get(code) or part.get(language) or next(iter(part.values()), "")
