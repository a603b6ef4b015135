"""All that an author is told of the text in their editor: problems, advice, an outline."""

from __future__ import annotations

from dataclasses import dataclass

from survey.questionnaire.asked import Asking
from survey.questionnaire.check import check
from survey.questionnaire.mending import Mend, mend_of
from survey.questionnaire.minutes import estimated_minutes
from survey.questionnaire.model import Library, Questionnaire
from survey.questionnaire.outline import Outline, outline
from survey.questionnaire.problems import Problem
from survey.questionnaire.source import SourceFile
from survey.questionnaire.whereabouts import Whereabouts
from survey.questionnaire.wording import Advice, advise


@dataclass(frozen=True, slots=True)
class Found:
    """A problem or a remark, where it stands in the text, and what one press does about it.

    start, end: characters of `source.text` from and before which to underline.
    """

    problem: Problem
    start: int
    end: int
    mend: Mend | None = None


@dataclass(frozen=True, slots=True)
class Remark:
    """Advice on the wording of what stands at a pointer, on a line, at some characters."""

    advice: Advice
    pointer: str
    line: int
    column: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Review:
    """`questionnaire` is None while there are problems; then there is no advice either."""

    source: SourceFile
    questionnaire: Questionnaire | None
    problems: tuple[Found, ...]
    advice: tuple[Remark, ...]
    outline: Outline
    minutes: float | None


def review(text: str, library: Library) -> Review:
    """Check a questionnaire's text, and say what else can be said of it. Never raises."""
    checked = check(text, library)
    source, questionnaire = checked.source, checked.questionnaire
    return Review(
        source=source,
        questionnaire=questionnaire,
        problems=tuple(found(problem, source) for problem in checked.problems),
        advice=_advice(source, library, questionnaire) if questionnaire else (),
        outline=outline(source, library, questionnaire),
        minutes=estimated_minutes(questionnaire) if questionnaire else None,
    )


def found(problem: Problem, source: SourceFile) -> Found:
    """A problem with its place and its mend."""
    start = min(source.offset(problem), len(source.text))
    return Found(problem, start, _end(source.text, start), mend_of(problem, source))


def _end(text: str, start: int) -> int:
    """The end of the token at an offset, or of its line."""
    line = text.find("\n", start)
    stop = len(text) if line < 0 else line
    if text[start : start + 1] == '"':
        closing = start + 1
        while closing < stop and text[closing] != '"':
            closing += 2 if text[closing] == "\\" else 1
        return min(closing + 1, stop)
    end = start
    while end < stop and text[end] not in ' ,:[]{}"\t':
        end += 1
    return max(end, min(start + 1, len(text)))


def _advice(
    source: SourceFile, library: Library, questionnaire: Questionnaire
) -> tuple[Remark, ...]:
    whereabouts = Whereabouts(Asking(source.value, library))
    made = []
    for advice in advise(questionnaire):
        pointer = whereabouts.pointer(advice.place)
        line, column = source.locate(pointer)
        start = source.line_starts[line - 1] + column - 1
        made.append(Remark(advice, pointer, line, column, start, _end(source.text, start)))
    return tuple(made)
