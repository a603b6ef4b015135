"""A question of another tool as it is asked here: one entry of a file, or several."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from survey.exchange.answer_sets import AnswerSets
from survey.exchange.catalogue import Catalogue, joined
from survey.exchange.conditions_said import Asked, Meaning
from survey.exchange.foreign import Answering, ForeignOption, ForeignQuestion, Texts
from survey.exchange.left_out import Report
from survey.exchange.naming import Ids
from survey.exchange.option_entries import FEWEST, MOST, Offered, offered, told_apart
from survey.exchange.recognising import agreement
from survey.questionnaire.check_conditions import SCALES
from survey.questionnaire.model import DONT_KNOW, NOTHING, STEPS, Json, Kind
from survey.questionnaire.question_schemas import kinds_with
from survey.questionnaire.schema_fields import LONGEST_DESCRIPTOR, LONGEST_TEXT

Entry = dict[str, Json]

KINDS: Final[Mapping[Answering, tuple[Kind, ...]]] = {
    "one": ("maturity", "agreement", "importance", "choice"),
    "many": ("checklist",),
    "number": ("number",),
    "text": ("text",),
}
"""How a question is answered elsewhere, to the kinds that it can be here."""

_WEIGHED: Final = kinds_with("weight")
_ENDS_A_SENTENCE: Final = ("?", ":", ".", "!", "…", ",", ";")
_STEP_OF: Final = {str(step): step for step in STEPS}


@dataclass(frozen=True, slots=True)
class Made:
    """What came of a question: entries of a file, and what conditions may call their answers."""

    entries: tuple[Entry, ...]
    meanings: Mapping[str, Meaning] = field(default_factory=lambda: NOTHING)


@dataclass(frozen=True, slots=True)
class Making:
    """What is needed to make entries of one file."""

    catalogue: Catalogue
    ids: Ids
    sets: AnswerSets
    report: Report

    def begun(self, question: ForeignQuestion, id_: str, kind: Kind) -> Entry:
        """An entry with what every kind has: its texts, and what is noted beside it."""
        texts, hint = _asked(question, kind, self.catalogue)
        where, marks = question.where, question.marks
        entry: Entry = {"id": id_, "kind": kind}
        if marks.capability:
            entry["capability"] = marks.capability
        fallback: Texts = texts if any(texts.values()) else {self.catalogue.language: question.name}
        entry["text"] = self.catalogue.say(f"{id_}.text", fallback, LONGEST_TEXT, where) or id_
        if any(hint.values()):
            entry["hint"] = self.catalogue.say(f"{id_}.hint", hint, LONGEST_TEXT, where)
        return entry

    def ended(self, entry: Entry, question: ForeignQuestion, *, not_applicable: bool) -> Entry:
        """The entry with what stands last: weight, opting out, and its name elsewhere."""
        marks, kind = question.marks, entry["kind"]
        if marks.weight not in (None, 1) and kind in _WEIGHED:
            entry["weight"] = marks.weight
        if kind != "text" and (marks.not_applicable or not_applicable):
            entry["not_applicable"] = True
        if not marks.id and question.name not in ("", entry["id"]):
            entry["x-original"] = question.name
        return entry


def _asked(question: ForeignQuestion, kind: Kind, catalogue: Catalogue) -> tuple[Texts, Texts]:
    """What is asked, and the hint, of a question or of a table's row.

    People agree with a row as it stands; other rows say nothing without what is above them.
    """
    if not question.lead:
        return question.texts, question.hint
    if kind == "agreement":
        return question.texts, question.hint or question.lead
    whole = catalogue.main(question.lead).rstrip().endswith(_ENDS_A_SENTENCE)
    separator = " " if whole else ": "
    return joined([question.lead, question.texts], separator, catalogue.language), question.hint


def fitting_kind(question: ForeignQuestion, report: Report) -> ForeignQuestion:
    """The question without a kind noted beside it that it cannot be."""
    kind = question.marks.kind
    if kind is None or kind in KINDS[question.answering]:
        return question
    became = "It was passed over: the question is not answered in that way."
    report.tell(question.where, f"kind “{kind}”", became)
    return replace(question, marks=replace(question.marks, kind=None))


def one_of_several(making: Making, question: ForeignQuestion, id_: str) -> Made | None:
    """A question of which one option is chosen; None where it is left out."""
    given = offered(question, making.report)
    kind, steps = _scale(question, given.kept)
    if kind is not None:
        return _on_a_scale(making, question, id_, given, kind, steps)
    if FEWEST <= len(given.kept) <= MOST:
        return _choice(making, question, id_, given)
    if len(given.kept) == 1:
        became = "It is left out: a choice here has at least two options."
        making.report.tell(question.where, "a question with one option", became)
        return None
    many = f"{len(given.kept):,} options" if given.kept else "no options in the file"
    became = "It is asked for in people’s own words: give it up to 100 options to make it a choice."
    making.report.tell(question.where, f"a choice with {many}", became)
    return in_own_words(making, question, id_)


def _scale(
    question: ForeignQuestion, options: tuple[ForeignOption, ...]
) -> tuple[Kind | None, tuple[int, ...]]:
    """The kind of scale that five options are, and the step of each; or None."""
    kind = question.marks.kind
    if kind is None and not any(option.step for option in options):
        found = agreement([option.texts.values() for option in options])
        return ("agreement", found) if found else (None, ())
    if kind not in SCALES or len(options) != len(STEPS):
        return None, ()
    if {option.name for option in options} == set(_STEP_OF):
        return kind, tuple(_STEP_OF[option.name] for option in options)
    return kind, STEPS


def _on_a_scale(
    making: Making,
    question: ForeignQuestion,
    id_: str,
    given: Offered,
    kind: Kind,
    steps: tuple[int, ...],
) -> Made:
    entry = making.begun(question, id_, kind)
    if kind == "maturity":
        entry["steps"] = _descriptors(making, question, id_, given.kept, steps)
    elif question.marks.kind is None:
        became = "It is a question of agreement here: the survey has its own words for the five."
        making.report.tell_together(question.where, "five answers from disagree to agree", became)
    if kind == "agreement" and question.marks.reverse:
        entry["reverse"] = True
    values = {option.name: step for step, option in zip(steps, given.kept, strict=True)}
    making.ended(entry, question, not_applicable=given.not_applicable)
    return _made(question, entry, Asked(id_, kind, {**values, **given.opted_out}))


def _descriptors(
    making: Making,
    question: ForeignQuestion,
    id_: str,
    options: Sequence[ForeignOption],
    steps: tuple[int, ...],
) -> list[str]:
    """What the five steps say, lowest first."""
    apart = told_apart(options, question.where, making.catalogue, LONGEST_DESCRIPTOR)
    in_order = sorted(zip(steps, apart, strict=True), key=lambda pair: pair[0])
    say = making.catalogue.say
    return [
        say(f"{id_}.steps.{step}", option.texts, LONGEST_DESCRIPTOR, question.where)
        for step, option in in_order
    ]


def _choice(making: Making, question: ForeignQuestion, id_: str, given: Offered) -> Made:
    entry = making.begun(question, id_, "choice")
    entry["options"], named = making.sets.options(
        question.option_list, given.kept, id_, question.where
    )
    making.ended(entry, question, not_applicable=given.not_applicable)
    asked = Asked(id_, "choice", {DONT_KNOW: DONT_KNOW, **named, **given.opted_out})
    made = _made(question, entry, asked)
    if question.other is None or question.other.option not in named:
        return made
    test = {"question": id_, "is": named[question.other.option]}
    return with_other(making, question, made, test)


def with_other(making: Making, question: ForeignQuestion, made: Made, test: Json) -> Made:
    """What came of a question, with one more that asks what “other” is where that is chosen."""
    other = question.other
    if other is None:
        return made
    about = test["question"]
    id_ = making.ids.take(f"{about}-text" if about.endswith("-other") else f"{about}-other")
    option = next(one for one in question.options if one.name == other.option)
    asked = replace(
        question,
        name=other.name,
        lead=question.lead or question.texts,
        texts=option.texts,
        hint=NOTHING,
        marks=replace(question.marks, id="", capability="", kind=None),
    )
    entry = making.begun(asked, id_, "text") | {"show_if": test}
    making.ended(entry, asked, not_applicable=False)
    meanings = {**made.meanings, other.name: Asked(id_, "text")}
    return Made((*made.entries, entry), meanings)


def in_own_words(making: Making, question: ForeignQuestion, id_: str) -> Made:
    """A question that is answered by writing."""
    entry = making.begun(question, id_, "text")
    making.ended(entry, question, not_applicable=False)
    return _made(question, entry, Asked(id_, "text"))


def in_numbers(making: Making, question: ForeignQuestion, id_: str) -> Made:
    """A question that is answered with a number."""
    entry = making.begun(question, id_, "number")
    low, high, points = question.minimum, question.maximum, question.marks.cut_points
    if low is not None and high is not None and low >= high:
        became = "They are left out: the smallest number has to be below the largest."
        making.report.tell(question.where, f"the bounds {low} and {high}", became)
        low = high = None
    if any(not _is_between(low, one, high) for one in points):
        became = "They are left out: each has to be a number that can be answered."
        making.report.tell(question.where, "cut points", became)
        points = ()
    entry |= {"minimum": low} if low is not None else {}
    entry |= {"maximum": high} if high is not None else {}
    entry |= {"cut_points": list(points)} if points else {}
    making.ended(entry, question, not_applicable=False)
    asked = Asked(id_, "number", {DONT_KNOW: DONT_KNOW}, lowest=low, highest=high)
    return _made(question, entry, asked)


def _is_between(low: float | None, number: float, high: float | None) -> bool:
    return (low is None or low <= number) and (high is None or number <= high)


def derived(making: Making, question: ForeignQuestion) -> Made:
    """The questions of a capability, to be derived here: what is said beside it overrides."""
    marks = question.marks
    entry: Entry = {"capability": marks.capability, "depth": marks.depth}
    if any(question.texts.values()):
        key = f"{marks.capability}.text"
        entry["text"] = making.catalogue.say(key, question.texts, LONGEST_TEXT, question.where)
    entry |= {"weight": marks.weight} if marks.weight is not None else {}
    entry |= {"not_applicable": True} if marks.not_applicable else {}
    return _made(question, entry, Asked(marks.capability, "maturity", _STEP_OF))


def _made(question: ForeignQuestion, entry: Entry, meaning: Meaning) -> Made:
    names = (question.name, *question.also_called)
    return Made((entry,), dict.fromkeys(names, meaning))


MAKERS: Final[Mapping[str, Callable[[Making, ForeignQuestion, str], Made | None]]] = {
    "one": one_of_several,
    "number": in_numbers,
    "text": in_own_words,
}
"""How a question is answered to what makes entries of it; of several options, see `ticking`."""
