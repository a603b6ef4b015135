"""Several options to tick: a checklist where each is evidence for a step, else a question each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from survey.exchange.common_options import yes_and_no
from survey.exchange.conditions_said import Meaning, Tick, Ticked
from survey.exchange.foreign import ForeignOption, ForeignQuestion
from survey.exchange.option_entries import FEWEST, MOST, Offered, offered
from survey.exchange.question_entries import Entry, Made, Making, in_own_words, with_other
from survey.questionnaire.mending import slug
from survey.questionnaire.model import DONT_KNOW, Json

YES_OR_NO: Final = "yes-no"
"""The name of the answer set."""


def any_of_several(making: Making, question: ForeignQuestion, id_: str) -> Made:
    """A question of which any options are ticked."""
    given = offered(question, making.report)
    if not given.kept or len(given.kept) > MOST:
        many = f"{len(given.kept):,} options" if given.kept else "no options in the file"
        became = "It is asked for in people’s own words: write it anew with options."
        making.report.tell(question.where, f"options to tick, with {many}", became)
        return in_own_words(making, question, id_)
    if _is_evidence(given.kept):
        return _checklist(making, question, id_, given)
    return _one_by_one(making, question, id_, given)


def _is_evidence(options: Sequence[ForeignOption]) -> bool:
    """Whether options stand for steps from 2 up, with no step left out."""
    steps = {option.step for option in options}
    highest = max((step for step in steps if step is not None), default=0)
    return len(options) >= FEWEST and steps == set(range(2, highest + 1))


def _checklist(making: Making, question: ForeignQuestion, id_: str, given: Offered) -> Made:
    entry = making.begun(question, id_, "checklist")
    entry["options"], named = making.sets.options(
        question.option_list, given.kept, id_, question.where
    )
    making.ended(entry, question, not_applicable=given.not_applicable)
    tests: dict[str, Json] = {
        name: {"question": id_, "includes": option} for name, option in named.items()
    }
    opted = {DONT_KNOW: DONT_KNOW, **given.opted_out}
    outs: dict[str, Json] = {name: {"question": id_, "is": ours} for name, ours in opted.items()}
    answered = {"question": id_, "answered": True}
    made = Made((entry,), _meanings(question, {**outs, **tests}, answered))
    if question.other is None or question.other.option not in tests:
        return made
    return with_other(making, question, made, tests[question.other.option])


def _one_by_one(making: Making, question: ForeignQuestion, id_: str, given: Offered) -> Made:
    became = (
        "Each option became a question of yes or no. For a checklist, put the options together "
        "and give each the “step”, from 2 to 5, for which it is evidence."
    )
    making.report.tell_together(question.where, "several options to tick", became)
    languages = (making.catalogue.language, *making.catalogue.translations())
    set_name, _ = making.sets.shared(YES_OR_NO, yes_and_no(languages), question.where)
    entries: list[Entry] = []
    tests: dict[str, Json] = {}
    for place, option in enumerate(given.kept, start=1):
        asked = _about(question, option)
        own_id = making.ids.take(_id_of(id_, option, place))
        entry = making.begun(asked, own_id, "choice") | {"options": set_name}
        entries.append(making.ended(entry, asked, not_applicable=given.not_applicable))
        tests.setdefault(option.name, {"question": own_id, "is": "yes"})
    answered = tests[given.kept[0].name] if len(tests) == 1 else {"any": [*tests.values()]}
    made = Made(tuple(entries), _meanings(question, tests, answered))
    if question.other is None or question.other.option not in tests:
        return made
    return with_other(making, question, made, tests[question.other.option])


def _about(question: ForeignQuestion, option: ForeignOption) -> ForeignQuestion:
    """The question whether one option is true."""
    name = f"{question.name}.{option.name}"
    texts = (
        option.texts if any(option.texts.values()) else dict.fromkeys(question.texts, option.name)
    )
    return replace(
        question,
        name=name,
        lead=question.texts or question.lead,
        texts=texts,
        marks=replace(question.marks, id=""),
    )


def _id_of(start: str, option: ForeignOption, place: int) -> str:
    texts = next(filter(None, option.texts.values()), "")
    return f"{start}-{slug(option.name, 30) or slug(texts, 30) or place}"


def _meanings(
    question: ForeignQuestion, tests: dict[str, Json], answered: Json
) -> dict[str, Meaning]:
    meanings: dict[str, Meaning] = dict.fromkeys(
        (question.name, *question.also_called), Ticked(tests, answered)
    )
    if question.tick_name:
        for name, test in tests.items():
            meanings[question.tick_name.replace("{option}", name)] = Tick(test)
    return meanings
