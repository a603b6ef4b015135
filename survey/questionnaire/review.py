"""All that an author is told of the text in their editor: problems, advice, an outline."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from survey.questionnaire.asked import Asking
from survey.questionnaire.check import check
from survey.questionnaire.library import CAPABILITY, capability_in, check_file, kind_of
from survey.questionnaire.mending import Mend, Mending
from survey.questionnaire.minutes import estimated_minutes
from survey.questionnaire.model import Capability, Library, Questionnaire
from survey.questionnaire.outline import Outline, outline
from survey.questionnaire.problems import Problem
from survey.questionnaire.source import SourceFile, read
from survey.questionnaire.whereabouts import Whereabouts
from survey.questionnaire.wording import MINIMUM_GROUP, Advice, advise


@dataclass(frozen=True, slots=True)
class Staff:
    """Whom a questionnaire is for: the words that they know, one a line; how many they are, None
    where nobody knows; the fewest who may be alike in what they say about themselves."""

    glossary: Collection[str] = ()
    people: int | None = None
    minimum_group: int = MINIMUM_GROUP


UNKNOWN: Final = Staff()


@dataclass(frozen=True, slots=True)
class Found:
    """A problem, where it stands in the text, and what one press does about it.

    start, end: characters of `source.text` from and before which to underline.
    """

    problem: Problem
    start: int
    end: int
    mend: Mend | None = None

    @property
    def name(self) -> str:
        """What it is known by among the problems of a text."""
        return f"{self.problem.code}@{self.start}"


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
    """What was found of a text, checked against a library. `questionnaire` is None while there are
    problems, and of any other file; then there is neither advice nor a number of minutes. `outline`
    is None of any other file."""

    source: SourceFile
    library: Library
    questionnaire: Questionnaire | None
    problems: tuple[Found, ...]
    advice: tuple[Remark, ...] = ()
    outline: Outline | None = None
    minutes: float | None = None

    def found(self, name: str) -> Found | None:
        """The problem known by this name."""
        return next((one for one in self.problems if one.name == name), None)


def review(text: str, library: Library, staff: Staff = UNKNOWN) -> Review:
    """Check a questionnaire's text, and say what else can be said of it. Never raises."""
    checked = check(text, library)
    source, questionnaire = checked.source, checked.questionnaire
    return Review(
        source=source,
        library=library,
        questionnaire=questionnaire,
        problems=_found(checked.problems, source),
        advice=_advice(source, library, questionnaire, staff) if questionnaire else (),
        outline=outline(source, library, questionnaire),
        minutes=estimated_minutes(questionnaire) if questionnaire else None,
    )


def review_part(path: str, text: str, library: Library, staff: Staff = UNKNOWN) -> Review:
    """Check the text of a capability or a map, whose place in the library this is. Never raises."""
    source = read(text)
    problems = _found(check_file(path, text, library), source)
    is_capability = not problems and kind_of(path, source.value) == CAPABILITY
    advice: tuple[Remark, ...] = ()
    if is_capability:
        advice = _of_capability(source, capability_in(path, text, library), staff)
    return Review(source, library, None, problems, advice)


def _found(problems: Iterable[Problem], source: SourceFile) -> tuple[Found, ...]:
    """Problems with their places and their mends."""
    mending = Mending(source)
    places = ((one, min(source.offset(one), len(source.text))) for one in problems)
    return tuple(
        Found(problem, start, _end(source.text, start), mending.mend(problem))
        for problem, start in places
    )


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
    source: SourceFile, library: Library, questionnaire: Questionnaire, staff: Staff
) -> tuple[Remark, ...]:
    whereabouts = Whereabouts(Asking(source.value, library))
    found = advise(
        questionnaire,
        glossary=staff.glossary,
        invited=staff.people,
        minimum_group=staff.minimum_group,
    )
    return tuple(_remark(source, advice, whereabouts.pointer(advice.place)) for advice in found)


def _of_capability(source: SourceFile, capability: Capability, staff: Staff) -> tuple[Remark, ...]:
    practices = {practice.id: place for place, practice in enumerate(capability.practices)}

    def pointer(place: str) -> str:
        practice = place.partition(":")[2].partition(".")[0]
        step = place.rpartition(".steps.")[2]
        if practice in practices:
            return f"/practices/{practices[practice]}/text"
        return f"/steps/{int(step) - 1}" if step.isdecimal() else "/name"

    found = advise(capability, glossary=staff.glossary)
    return tuple(_remark(source, one, pointer(one.place)) for one in found)


def _remark(source: SourceFile, advice: Advice, pointer: str) -> Remark:
    line, column = source.locate(pointer)
    start = source.line_starts[line - 1] + column - 1
    return Remark(advice, pointer, line, column, start, _end(source.text, start))
