"""What is chosen from: the options of another tool’s question as they stand in a file of ours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from survey.exchange.catalogue import Catalogue
from survey.exchange.foreign import ForeignOption, ForeignQuestion
from survey.exchange.left_out import Report
from survey.exchange.naming import option_ids
from survey.exchange.recognising import agreement, is_none_of_these, opt_out
from survey.questionnaire.answers import NONE_OF_THESE
from survey.questionnaire.model import DONT_KNOW, NOT_APPLICABLE, NOTHING, Json
from survey.questionnaire.schema_fields import LONGEST_TEXT

FEWEST, MOST = 2, 100
"""Options that a question may have."""

_MOST_READ: Final = 2 * MOST
"""Of longer lists nothing is left out: they are too long all the same."""

_OURS: Final = (DONT_KNOW, NOT_APPLICABLE)
_OPTING_OUT: Final = (
    "It is left out: the survey itself offers “I don’t know”, and “Doesn’t apply here” where "
    "“not_applicable” is true."
)


@dataclass(frozen=True, slots=True)
class Offered:
    """The options that are kept.

    opted_out: the names of options left out, to our ways not to answer.
    """

    kept: tuple[ForeignOption, ...]
    opted_out: Mapping[str, str]

    @property
    def not_applicable(self) -> bool:
        """Whether one of those left out said that the question does not apply."""
        return NOT_APPLICABLE in self.opted_out.values()


def offered(question: ForeignQuestion, report: Report) -> Offered:
    """A question’s options without the ways not to answer, which the survey offers by itself."""
    ours = {one.name: one.name for one in question.options if one.name in _OURS}
    options = [one for one in question.options if one.name not in ours and _says_something(one)]
    if len(options) > _MOST_READ:
        return Offered(tuple(options), ours)
    if question.answering == "many":
        options = _without_none(question, options, report)
    if agreement([one.texts.values() for one in options]) is not None:
        return Offered(tuple(options), ours)
    found = {one.name: meant for one in options if (meant := opt_out(one.texts.values()))}
    kept = tuple(one for one in options if one.name not in found)
    if len(kept) < FEWEST:
        return Offered(tuple(options), ours)
    for one in options:
        if one.name in found:
            said = next(filter(None, one.texts.values()), one.name)
            report.tell_together(question.where, f"the option “{said}”", _OPTING_OUT)
    return Offered(kept, found | ours)


def _says_something(option: ForeignOption) -> bool:
    return any(option.texts.values()) or bool(option.name.strip())


def _without_none(
    question: ForeignQuestion, options: Sequence[ForeignOption], report: Report
) -> list[ForeignOption]:
    """Options to tick without the one that says that none is true."""
    if question.marks.kind == "checklist":
        return [one for one in options if one.name != NONE_OF_THESE]
    kept = [one for one in options if not is_none_of_these(one.texts.values())]
    if len(kept) < len(options):
        became = "It is left out: people leave the others unticked, or answer each with no."
        report.tell_together(question.where, "the option that none is true", became)
    return kept


def option_entries(
    options: Sequence[ForeignOption], start: str, where: str, catalogue: Catalogue
) -> tuple[list[dict[str, Json]], Mapping[str, str]]:
    """Options as a file has them, and the id of each by its name in the other tool.

    start: what the keys of their texts begin with, without the full stop.
    """
    ids = option_ids()
    entries: list[dict[str, Json]] = []
    named: dict[str, str] = {}
    for place, option in enumerate(told_apart(options, where, catalogue), start=1):
        id_ = ids.take(option.name, catalogue.main(option.texts), f"option-{place}")
        text = catalogue.say(f"{start}.{id_}", option.texts, LONGEST_TEXT, where)
        step = {"step": option.step} if option.step is not None else NOTHING
        original = {"x-original": option.name} if option.name != id_ else NOTHING
        entries.append({"id": id_, "text": text, **step, **original})
        named.setdefault(option.name, id_)
    return entries, named


def told_apart(
    options: Sequence[ForeignOption], where: str, catalogue: Catalogue, longest: int = LONGEST_TEXT
) -> list[ForeignOption]:
    """Options that all say something, of which no two read alike: later ones are numbered.

    longest: characters that are kept of each.
    """
    seen: set[str] = set()
    apart = []
    for option in options:
        main = catalogue.main(option.texts) or option.name
        said, number = main, 1
        while (plain := " ".join(said[: longest - 1].casefold().split())) in seen:
            number += 1
            said = f"{main[: longest - 8]} ({number})"
        seen.add(plain)
        apart.append(replace(option, texts={**option.texts, catalogue.language: said}))
        if number > 1:
            became = "It was told apart by a number: say what is different about it."
            catalogue.report.tell_together(where, "an option that reads like another", became)
    return apart
