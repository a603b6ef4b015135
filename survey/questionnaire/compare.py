"""What changed between two versions, question by question, and whether results stay comparable."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from survey.questionnaire.canonical import canonical, digest
from survey.questionnaire.model import NOTHING, Question, Questionnaire

Kind = Literal["same", "reworded", "rescored", "moved", "added", "removed"]


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one question.

    comparable: whether its results before and after may stand in one trend. The same and the
    moved may; a reworded one where its author says so (`comparable_with`); others never.
    details: what changed, a sentence each.
    """

    question: str
    kind: Kind
    comparable: bool
    details: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Version:
    """A questionnaire with what comparing asks of it again and again."""

    questionnaire: Questionnaire
    questions: Mapping[str, Question]
    sections: Mapping[str, tuple[str, str]]  # question id to its section's id and title


def compare(old: Questionnaire, new: Questionnaire) -> tuple[Change, ...]:
    """Every question of both: those of the new version in its order, then those removed."""
    before, after = _version(old), _version(new)
    stayed = _in_order([*before.questions], [*after.questions])
    name = digest(canonical(old))
    changes = [
        _change(before, after, question, question in stayed, name)
        if question in before.questions
        else Change(question, "added", comparable=False)
        for question in after.questions
    ]
    gone = [id_ for id_ in before.questions if id_ not in after.questions]
    return (*changes, *(Change(id_, "removed", comparable=False) for id_ in gone))


def _version(questionnaire: Questionnaire) -> _Version:
    sections = {q.id: ("", "About you") for q in questionnaire.about_you}
    for section in questionnaire.sections:
        sections |= {q.id: (section.id, section.title) for q in section.questions}
    return _Version(questionnaire, {q.id: q for q in questionnaire.questions}, sections)


def _change(before: _Version, after: _Version, id_: str, stayed: bool, name: str) -> Change:
    old, new = before.questions[id_], after.questions[id_]
    rescored = tuple(_rescored(old, new))
    reworded = (*_reworded(old, new), *_reworded_around(before, after, new))
    moved = tuple(_moved(before, after, id_, stayed))
    details = (*rescored, *reworded, *moved)
    if rescored:
        return Change(id_, "rescored", False, details)
    if reworded:
        vouched = any(prefix and name.startswith(prefix) for prefix in new.comparable_with)
        return Change(id_, "reworded", vouched, details)
    return Change(id_, "moved" if moved else "same", True, details)


def _in_order(old: Sequence[str], new: Sequence[str]) -> set[str]:
    """The most questions that stand in the same order in both: the others were moved.

    The longest increasing subsequence of old places in the new order, by patience sorting.
    """
    place = {id_: number for number, id_ in enumerate(old)}
    common = [id_ for id_ in new if id_ in place]
    ends: list[int] = []  # the lowest last place of an ordered run of each length
    lengths: list[int] = []
    for id_ in common:
        length = bisect_left(ends, place[id_])
        ends[length : length + 1] = [place[id_]]
        lengths.append(length)
    kept: list[str] = []  # from the last to the first
    for id_, length in zip(reversed(common), reversed(lengths), strict=True):
        is_next = length == len(ends) - 1 - len(kept)
        if is_next and (not kept or place[id_] < place[kept[-1]]):
            kept.append(id_)
    return set(kept)


def _listed(points: Sequence[float]) -> str:
    return ", ".join(f"{point:g}" for point in points) or "none"


_RULES: Final[Mapping[str, tuple[str, Callable[[Any], str]]]] = {
    "kind": ("kind", str),
    "capability": ("capability", lambda id_: id_ or "none"),
    "weight": ("weight", str),
    "cut_points": ("list of cut points", _listed),
    "reverse": ("direction", lambda turned: "turned round" if turned else "straight"),
}
"""The fields on which a rating depends: what each is called, and how it is told."""


def _rescored(old: Question, new: Question) -> Iterator[str]:
    for field, (called, told) in _RULES.items():
        one, other = getattr(old, field), getattr(new, field)
        if one != other:
            yield f"Its {called} was {told(one)} and is now {told(other)}."
    if old.is_rated or new.is_rated:
        yield from _options_changed(old, new)
        steps = {option.id: option.step for option in old.options}
        for option in new.options:
            if option.id in steps and steps[option.id] != option.step:
                before, after = (step or "none" for step in (steps[option.id], option.step))
                yield f"The step of “{option.id}” was {before} and is now {after}."


def _options_changed(old: Question, new: Question) -> Iterator[str]:
    before, after = ([option.id for option in q.options] for q in (old, new))
    yield from (f"The option “{id_}” is new." for id_ in after if id_ not in before)
    yield from (f"The option “{id_}” is gone." for id_ in before if id_ not in after)


def _reworded(old: Question, new: Question) -> Iterator[str]:
    if old.text != new.text:
        yield f"“{old.text}” now reads “{new.text}”."
    if old.hint != new.hint:
        yield "Its hint reads differently."
    yield from _steps_reworded(old, new)
    if not (old.is_rated or new.is_rated):
        yield from _options_changed(old, new)
    yield from _options_reworded(old, new)
    yield from _asked_differently(old, new)


def _steps_reworded(old: Question, new: Question) -> Iterator[str]:
    for number, (before, after) in enumerate(zip(old.steps, new.steps, strict=False), start=1):
        if before != after:
            yield f"Step {number} was “{before}” and is now “{after}”."


def _asked_differently(old: Question, new: Question) -> Iterator[str]:
    if (old.minimum, old.maximum) != (new.minimum, new.maximum):
        yield "Other numbers are accepted."
    if old.not_applicable != new.not_applicable:
        yield f"“Doesn’t apply here” is {'now' if new.not_applicable else 'no longer'} offered."
    if old.condition != new.condition:
        yield "It is asked on another condition, so perhaps of other people."


def _options_reworded(old: Question, new: Question) -> Iterator[str]:
    texts = {option.id: option.text for option in old.options}
    for option in new.options:
        if texts.get(option.id, option.text) != option.text:
            yield f"The option “{texts[option.id]}” now reads “{option.text}”."
    before = [option.id for option in old.options if option.id in {o.id for o in new.options}]
    if before != [option.id for option in new.options if option.id in texts]:
        yield "Its options stand in another order."


def _reworded_around(before: _Version, after: _Version, new: Question) -> Iterator[str]:
    """What people read with the question: names of the steps, translations."""
    old_version, new_version = before.questionnaire, after.questionnaire
    if new.kind == "maturity" and old_version.scale != new_version.scale:
        yield "The steps have other names."
    for language, catalogue in new_version.translations.items():
        was = old_version.translations.get(language, NOTHING)
        if any(
            was[key] != text
            for key, text in catalogue.items()
            if key in was and key.startswith(f"{new.id}.")
        ):
            yield f"Its translation ({language}) reads differently."


def _moved(before: _Version, after: _Version, id_: str, stayed: bool) -> Iterator[str]:
    (old_id, old_title), (new_id, new_title) = before.sections[id_], after.sections[id_]
    if old_id != new_id:
        yield f"It moved from “{old_title}” to “{new_title}”."
    elif not stayed:
        yield "It stands in another place."
