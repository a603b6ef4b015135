"""An element of a SurveyJS survey as the questions that it asks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields, replace
from typing import Final

from survey.exchange.foreign import ForeignQuestion, Texts
from survey.exchange.left_out import Report
from survey.exchange.marks import Marks, as_number, read_marks
from survey.exchange.surveyjs_choices import Element, choices, rates, true_and_false, with_added
from survey.exchange.surveyjs_features import tell_of_question
from survey.exchange.surveyjs_texts import SurveyjsTexts, name_of
from survey.questionnaire.lenient import members

MARKED: Final = "maturity"
"""What the properties of our own exports begin with."""

_MARKS: Final[Mapping[str, str]] = {
    one.name: MARKED + "".join(word.capitalize() for word in one.name.split("_"))
    for one in fields(Marks)
}
_IN_WORDS: Final = ("date", "datetime", "datetime-local", "time", "month", "week", "color")
_IN_NUMBERS: Final = ("number", "range")
_LEFT_OUT: Final[Mapping[str, str]] = {
    "matrixdropdown": "a table with questions in its cells",
    "matrixdynamic": "a table that people lengthen",
    "paneldynamic": "questions that are repeated",
    "file": "a file",
    "signaturepad": "a signature",
    "image": "a picture",
    "expression": "a calculated value",
    "ranking": "a ranking",
    "sortablelist": "a ranking",
}
_TYPE: Final = re.compile(r"[\w-]{1,40}")


class SurveyjsQuestions:
    """The questions of one survey, as they are read."""

    def __init__(self, texts: SurveyjsTexts, report: Report) -> None:
        self.texts, self.report = texts, report

    def asked(self, element: Element, where: str) -> tuple[ForeignQuestion, ...]:
        """What an element asks; nothing where it is of a type that is not asked here."""
        kind = name_of(element.get("type"))
        if kind not in _READ:
            said = kind if _TYPE.fullmatch(kind) else "unknown"
            became = "It is left out: people choose, write, or enter a number here."
            what = _LEFT_OUT.get(kind, f"an element of type “{said}”")
            self.report.tell_together(where, what, became)
            return ()
        noted = {name: element.get(key) for name, key in _MARKS.items()}
        marks = read_marks(noted, where, self.report)
        if marks.kind is None:
            tell_of_question(element, where, self.report)
        begun = ForeignQuestion(
            where=where,
            name=name_of(element.get("name")),
            answering="text",
            texts=self.texts.of(element.get("title")) or self.texts.of(element.get("name")),
            hint=self.texts.of(element.get("description")),
            also_called=_also_called(element),
            marks=marks,
        )
        asked = tuple(_READ[kind](self, element, begun))
        return (*asked, *self._comment(element, begun))

    def _comment(self, element: Element, begun: ForeignQuestion) -> Iterator[ForeignQuestion]:
        if any(element.get(key) is True for key in ("showCommentArea", "hasComment")):
            said = self.texts.of(element.get("commentText"))
            yield replace(
                begun,
                name=f"{begun.name}-Comment",
                lead=begun.texts,
                texts=said or {"en": "Is there anything you want to add?"},
                hint={},
                also_called=(),
                marks=Marks(),
            )

    def one(self, element: Element, begun: ForeignQuestion) -> Iterable[ForeignQuestion]:
        """A choice."""
        options, other = with_added(element, begun.name, self.texts)
        yield replace(begun, answering="one", options=options, other=other)

    def many(self, element: Element, begun: ForeignQuestion) -> Iterable[ForeignQuestion]:
        """Options to tick."""
        options, other = with_added(element, begun.name, self.texts)
        yield replace(begun, answering="many", options=options, other=other)

    def picture(self, element: Element, begun: ForeignQuestion) -> Iterable[ForeignQuestion]:
        """A choice between pictures, of which only the words are kept."""
        became = "Only what its choices are called is offered here."
        self.report.tell_together(begun.where, "a choice between pictures", became)
        several = element.get("multiSelect") is True
        return self.many(element, begun) if several else self.one(element, begun)

    def yes_or_no(self, element: Element, begun: ForeignQuestion) -> Iterable[ForeignQuestion]:
        """A switch."""
        options = true_and_false(element, self.texts)
        yield replace(begun, answering="one", options=options)

    def rating(self, element: Element, begun: ForeignQuestion) -> Iterable[ForeignQuestion]:
        """A point on a scale."""
        yield replace(begun, answering="one", options=rates(element, self.texts))

    def words(self, element: Element, begun: ForeignQuestion) -> Iterable[ForeignQuestion]:
        """What people write: a text, or a number."""
        kind = name_of(element.get("inputType"))
        is_masked = element.get("maskType") in ("numeric", "currency")
        if kind in _IN_NUMBERS or is_masked or begun.marks.kind == "number":
            return self.number(element, begun)
        if kind in _IN_WORDS:
            became = "It is asked for in people’s own words."
            self.report.tell_together(begun.where, f"a {kind.replace('-local', '')}", became)
        return (begun,)

    def number(self, element: Element, begun: ForeignQuestion) -> Iterable[ForeignQuestion]:
        """A number, within bounds if there are any."""
        low, high = _bounds(element)
        yield replace(begun, answering="number", minimum=low, maximum=high)

    def table(self, element: Element, begun: ForeignQuestion) -> Iterable[ForeignQuestion]:
        """A question for each row of a table."""
        columns = choices(element, "columns", self.texts)
        for row in choices(element, "rows", self.texts):
            asked = self._row(begun, row.name, row.texts)
            yield replace(asked, answering="one", options=columns, option_list=begun.name)

    def texts_in_a_table(
        self, element: Element, begun: ForeignQuestion
    ) -> Iterable[ForeignQuestion]:
        """A question for each of several texts."""
        for _, item in members(element, "items", ""):
            if isinstance(item, dict):
                name = name_of(item.get("name"))
                said = self.texts.of(item.get("title")) or self.texts.of(name)
                yield from self.words(item, self._row(begun, name, said))

    def _row(self, begun: ForeignQuestion, name: str, texts: Texts) -> ForeignQuestion:
        named = (begun.name, *begun.also_called)
        first, *others = (f"{one}.{name}" for one in named)
        return replace(begun, name=first, also_called=tuple(others), lead=begun.texts, texts=texts)


def _also_called(element: Element) -> tuple[str, ...]:
    stored = name_of(element.get("valueName"))
    return (stored,) if stored and stored != name_of(element.get("name")) else ()


def _bounds(element: Element) -> tuple[float | None, float | None]:
    """The smallest and the largest number, wherever the element says them."""
    masked = element.get("maskSettings")
    places = [element, masked] if isinstance(masked, dict) else [element]
    lows = [as_number(place.get("min")) for place in places]
    highs = [as_number(place.get("max")) for place in places]
    for _, one in members(element, "validators", ""):
        if isinstance(one, dict) and one.get("type", one.get("class")) == "numeric":
            lows.append(as_number(one.get("minValue")))
            highs.append(as_number(one.get("maxValue")))
    low = max((one for one in lows if one is not None), default=None)
    return low, min((one for one in highs if one is not None), default=None)


_Reading = Callable[[SurveyjsQuestions, Element, ForeignQuestion], Iterable[ForeignQuestion]]

_READ: Final[Mapping[str, _Reading]] = {
    **dict.fromkeys(("radiogroup", "dropdown", "buttongroup"), SurveyjsQuestions.one),
    **dict.fromkeys(("checkbox", "tagbox"), SurveyjsQuestions.many),
    **dict.fromkeys(("slider", "nouislider", "bootstrapslider"), SurveyjsQuestions.number),
    "imagepicker": SurveyjsQuestions.picture,
    "boolean": SurveyjsQuestions.yes_or_no,
    "rating": SurveyjsQuestions.rating,
    "text": SurveyjsQuestions.words,
    "comment": SurveyjsQuestions.words,
    "matrix": SurveyjsQuestions.table,
    "multipletext": SurveyjsQuestions.texts_in_a_table,
}
"""Type of an element to what it asks."""
