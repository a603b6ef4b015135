"""Whether answers can become steps: ladders, cut points, evidence."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from survey.questionnaire.asked import Asked, Asking
from survey.questionnaire.faults import At, Fault
from survey.questionnaire.lenient import (
    Entry,
    is_number,
    members,
    number,
    objects,
    table,
    text,
    texts,
)
from survey.questionnaire.model import KINDS


def check_ratings(asking: Asking) -> Iterator[Fault]:
    """Steps, options and cut points of a questionnaire."""
    yield from check_different(texts(asking.document, "scale", ""))
    sets = table(asking.document, "answer_sets")
    for name in sets:
        yield from check_different(_option_texts(sets, name, "/answer_sets"))
    for pointer, entry in asking.entries():
        yield from check_different(texts(entry, "steps", pointer))
        yield from check_different(_option_texts(entry, "options", pointer))
        yield from _cut_points(entry, pointer)
    for question in asking.questions:
        if question.kind == "checklist":
            yield from _evidence(question, asking)
    for pointer, entry in objects(asking.document, "about_you", ""):
        kind = text(entry, "kind")
        if kind in KINDS and kind != "choice":
            yield Fault("about-you-kind", f"{pointer}/kind", {"name": kind})


def check_different(steps: Iterator[tuple[str, str]]) -> Iterator[Fault]:
    """A fault for each text, given with its pointer, that reads like one before it."""
    first: dict[str, str] = {}
    for pointer, step in steps:
        plain = " ".join(step.casefold().split())
        if plain and plain in first:
            yield Fault("same-text", pointer, {"first": At(first[plain])})
        first.setdefault(plain, pointer)


def _option_texts(entry: Entry, key: str, pointer: str) -> Iterator[tuple[str, str]]:
    for place, option in objects(entry, key, pointer):
        shown = text(option, "text")
        if shown is not None:
            yield f"{place}/text", shown


def _cut_points(entry: Entry, pointer: str) -> Iterator[Fault]:
    low, high = number(entry, "minimum"), number(entry, "maximum")
    if low is not None and high is not None and low >= high:
        values = {"minimum": low, "maximum": high}
        yield Fault("minimum-above-maximum", f"{pointer}/minimum", values)
        low = high = None
    points = [(place, one) for place, one in members(entry, "cut_points", pointer)]
    if not all(is_number(one) for _, one in points):
        return
    numbers = [one for _, one in points]
    if not (_rises(numbers) or _rises(numbers[::-1])):
        yield Fault("cut-points-not-monotone", f"{pointer}/cut_points")
    for place, one in points:
        if (low is not None and one < low) or (high is not None and one > high):
            yield Fault("cut-point-outside", place, {"name": one})


def _rises(numbers: list[float]) -> bool:
    return all(one < other for one, other in pairwise(numbers))


def _evidence(question: Asked, asking: Asking) -> Iterator[Fault]:
    """A checklist's options are evidence for steps 2, 3 and so on, none left out."""
    steps: dict[int, str] = {}
    for place, option in asking.options(question):
        step = number(option, "step")
        if "step" not in option:
            name = text(option, "id") or ""
            yield Fault("evidence-without-step", place, {"name": name})
        elif step == 1:
            yield Fault("evidence-below-two", f"{place}/step")
        elif isinstance(step, int):
            steps.setdefault(step, f"{place}/step")
    lacking = [step for step in range(2, max(steps, default=2)) if step not in steps]
    for step in lacking:
        above = min(other for other in steps if other > step)
        yield Fault("evidence-gap", f"{question.pointer}/options", {"step": step, "above": above})
