"""How answers become steps, in words: for a codebook, so in English."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from survey.exchange.offered import plain
from survey.questionnaire.model import Question

NO_STEP: Final = "It gives no step."


def rating_text(question: Question) -> str:
    """The rating rule of a question, in sentences. Source: `survey.questionnaire.rating`."""
    if question.kind == "importance":
        return f"{NO_STEP} It is read as the step that is wanted."
    if not question.is_rated:
        return NO_STEP
    return _RULES[question.kind](question)


def _agreement(question: Question) -> str:
    if question.reverse:
        return "The step is 6 minus the answer: to agree speaks for a low step."
    return "The step is the answer."


def _choice(question: Question) -> str:
    rated = [f"{o.id} is step {o.step}" for o in question.options if o.step is not None]
    unrated = [o.id for o in question.options if o.step is None]
    rest = [f"{', '.join(unrated)}: no step"] if unrated else []
    return "The step of the option: " + "; ".join(rated + rest) + "."


def _checklist(question: Question) -> str:
    by_step: dict[int, list[str]] = {}
    for option in question.options:
        by_step.setdefault(option.step or 0, []).append(option.id)
    evidence = [f"for step {step} {', '.join(by_step[step])}" for step in sorted(by_step)]
    return (
        "The highest step for which all that is listed is ticked, and all for the steps below it; "
        "step 1 where there is none. Evidence: " + "; ".join(evidence) + "."
    )


def _number(question: Question) -> str:
    points = question.cut_points
    is_falling = points[0] > points[-1]
    first = f"{'Above' if is_falling else 'Below'} {plain(points[0])} is step 1"
    rest = [
        f"{plain(point)} or {'less' if is_falling else 'more'} is step {step}"
        for step, point in enumerate(points, start=2)
    ]
    return "; ".join([first, *rest]) + "."


_RULES: Final[Mapping[str, Callable[[Question], str]]] = {
    "maturity": lambda _: "The step is the answer.",
    "agreement": _agreement,
    "choice": _choice,
    "checklist": _checklist,
    "number": _number,
}
