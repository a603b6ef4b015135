"""In which languages an XLSForm speaks, and what a row says in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from survey.exchange.foreign import Texts
from survey.exchange.languages import language_code
from survey.exchange.left_out import Report
from survey.exchange.plain_text import plain_text
from survey.exchange.xlsform_sheets import Row, Sheet

TRANSLATED: Final = ("label", "hint", "guidance_hint")
FALLBACK: Final = "en"


class XlsformTexts:
    """The texts of one form. `languages` are our codes, the main one first."""

    def __init__(self, sheets: Mapping[str, Sheet], default_language: str, report: Report) -> None:
        columns = [one for sheet in sheets.values() for one in sheet.columns]
        named = dict.fromkeys(_language(one) for one in columns if _is_translated(one))
        codes = {name: language_code(name) for name in named if name}
        known = [code for code in codes.values() if code]
        default = language_code(default_language)
        unmarked = "" in named
        main = default if default in known or unmarked else next(iter(known), None)
        self.languages = tuple(dict.fromkeys([main or FALLBACK, *known]))
        self._codes: dict[str, str] = {name: code for name, code in codes.items() if code}
        self._codes[""] = self.languages[0]
        self._tell_unknown([name for name in codes if name not in self._codes], report)

    def _tell_unknown(self, names: Iterable[str], report: Report) -> None:
        for name in names:
            if len(self._codes) == 1:  # nothing else tells which language it is
                self._codes[name] = self.languages[0]
                became = f"Its texts were taken for the main language, “{self.languages[0]}”."
            else:
                became = "Its texts are left out: write its code in brackets, as in “Welsh (cy)”."
            report.tell("the columns of labels", f"the language “{name}”", became)

    def of(self, row: Row, column: str) -> Texts:
        """What a row says in a column, without markup."""
        texts: dict[str, str] = {}
        for name, code in self._codes.items():
            cell = plain_text(row.cell(f"{column}::{name}" if name else column))
            if cell:
                texts.setdefault(code, cell)
        return texts


def _is_translated(column: str) -> bool:
    return column.partition("::")[0] in TRANSLATED


def _language(column: str) -> str:
    return column.partition("::")[2]
