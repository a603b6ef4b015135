"""In which languages a SurveyJS survey speaks, and what a value of it says in them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from survey.exchange.conditions_said import as_text
from survey.exchange.foreign import NO_TEXT, Texts
from survey.exchange.languages import language_code
from survey.exchange.left_out import Report
from survey.exchange.plain_text import plain_text, readable
from survey.questionnaire.lenient import is_number
from survey.questionnaire.model import Json

DEFAULT: Final = "default"
"""The language of a text that says none: English, unless a survey says otherwise."""

ENGLISH: Final = "en"
_LOCALISED: Final = frozenset(
    {"title", "description", "text", "html", "labelTrue", "labelFalse", "otherText", "commentText"}
    | {"minRateDescription", "maxRateDescription", "noneText", "refuseText", "dontKnowText"}
)


class SurveyjsTexts:
    """The texts of one survey. `languages` are our codes, the main one first."""

    def __init__(self, survey: Mapping[str, Json], report: Report) -> None:
        locale = survey.get("locale")
        main = language_code(locale) if isinstance(locale, str) else None
        named = _locales(survey)
        self._codes = {name: code for name in named if (code := language_code(name))}
        self.languages = tuple(dict.fromkeys([main or ENGLISH, *self._codes.values()]))
        for name in named:
            if name not in self._codes:
                became = "Its texts are left out: languages here have codes such as “cy”."
                report.tell("the whole survey", f"the language “{readable(name)}”", became)

    def of(self, value: Json) -> Texts:
        """What a value says: a text, a text by language, or a number."""
        main = self.languages[0]
        if not isinstance(value, dict):
            said = plain_text(name_of(value))
            return {main: said} if said else NO_TEXT
        texts = {
            code: said
            for name, code in self._codes.items()
            if isinstance(text := value.get(name), str) and (said := plain_text(text))
        }
        default = value.get(DEFAULT)
        if isinstance(default, str) and (said := plain_text(default)):
            texts.setdefault(main, said)
            if texts[main] != said and ENGLISH in self.languages:
                texts.setdefault(ENGLISH, said)
        return texts


def name_of(value: Json) -> str:
    """What a name or a stored value reads like in an expression."""
    if isinstance(value, str):
        return readable(value).strip()
    return as_text(value) if isinstance(value, bool) or is_number(value) else ""


def _locales(survey: Mapping[str, Json]) -> list[str]:
    """The languages that any text of the survey is in, as they are written there."""
    found: dict[str, None] = {}
    waiting: list[Json] = [survey]
    while waiting:
        value = waiting.pop()
        if isinstance(value, list):
            waiting += reversed(value)
        elif isinstance(value, dict):
            waiting += reversed(value.values())
            texts = [one for key, one in value.items() if key in _LOCALISED]
            found |= {name: None for one in texts if isinstance(one, dict) for name in one}
    return [name for name in found if name != DEFAULT]
