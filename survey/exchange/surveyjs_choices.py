"""What SurveyJS offers to choose from, in whatever way it is written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from survey.exchange.catalogue import joined
from survey.exchange.common_options import something_else, yes_and_no
from survey.exchange.foreign import ForeignOption, Other, Texts
from survey.exchange.marks import as_number
from survey.exchange.surveyjs_texts import SurveyjsTexts, name_of
from survey.questionnaire.model import Json

Element = Mapping[str, Json]

OTHER: Final = "other"
MOST_RATES: Final = 100
_ITEMS: Final = (
    ("none", ("showNoneItem", "hasNone"), "noneText", "None"),
    ("refused", ("showRefuseItem",), "refuseText", "Prefer not to say"),
    ("dontknow", ("showDontKnowItem",), "dontKnowText", "Don’t know"),
)
"""Options that SurveyJS adds: the value, what switches it on, its text, and what that is else."""


def choices(element: Element, key: str, texts: SurveyjsTexts) -> tuple[ForeignOption, ...]:
    """The options in the list under a key."""
    written = element.get(key)
    return tuple(_option(one, texts) for one in written) if isinstance(written, list) else ()


def _option(written: Json, texts: SurveyjsTexts) -> ForeignOption:
    if not isinstance(written, dict):
        return ForeignOption(name_of(written), texts.of(written))
    name = name_of(written.get("value"))
    step = as_number(written.get("maturityStep"))
    said = texts.of(written.get("text")) or texts.of(name)
    return ForeignOption(name, said, int(step) if step in (1, 2, 3, 4, 5) else None)


def with_added(
    element: Element, name: str, texts: SurveyjsTexts
) -> tuple[tuple[ForeignOption, ...], Other | None]:
    """A question’s options with those that SurveyJS adds, and what is written beside “other”."""
    options = list(choices(element, "choices", texts))
    for value, switches, key, said in _ITEMS:
        if any(element.get(switch) is True for switch in switches):
            options.append(ForeignOption(value, texts.of(element.get(key)) or {"en": said}))
    if not any(element.get(switch) is True for switch in ("showOtherItem", "hasOther")):
        return tuple(options), None
    usual = something_else(texts.languages, OTHER)
    own = texts.of(element.get("otherText"))
    other = ForeignOption(OTHER, own or usual.texts)
    return (*options, other), Other(OTHER, f"{name}-Comment")


def rates(element: Element, texts: SurveyjsTexts) -> tuple[ForeignOption, ...]:
    """The values of a rating, what the ends mean said with them."""
    options = choices(element, "rateValues", texts) or _numbers(element, texts)
    ends = {0: "minRateDescription", len(options) - 1: "maxRateDescription"}
    return tuple(
        ForeignOption(
            one.name, _with(one.texts, texts.of(element.get(ends.get(place, ""))), texts), one.step
        )
        for place, one in enumerate(options)
    )


def _numbers(element: Element, texts: SurveyjsTexts) -> tuple[ForeignOption, ...]:
    low = as_number(element.get("rateMin", 1))
    step = as_number(element.get("rateStep", 1))
    count = as_number(element.get("rateCount"))
    high = as_number(element.get("rateMax", 5 if count is None else (low or 0) + count - 1))
    if low is None or high is None or step is None or step <= 0:
        return ()
    steps = min(int((high - low) / step), MOST_RATES) + 1
    values = [low + place * step for place in range(steps)]
    return tuple(ForeignOption(name_of(value), texts.of(value)) for value in values)


def _with(number: Texts, meaning: Texts, texts: SurveyjsTexts) -> Texts:
    return joined([number, meaning], " – ", texts.languages[0]) if meaning else number


def true_and_false(element: Element, texts: SurveyjsTexts) -> tuple[ForeignOption, ForeignOption]:
    """The two answers to a question of yes or no."""
    names = (name_of(element.get("valueTrue", True)), name_of(element.get("valueFalse", False)))
    yes, no = yes_and_no(texts.languages, names)
    said = [texts.of(element.get(key)) for key in ("labelTrue", "labelFalse")]
    return (
        ForeignOption(yes.name, said[0] or yes.texts),
        ForeignOption(no.name, said[1] or no.texts),
    )
