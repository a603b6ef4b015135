"""What an editor can offer where a questionnaire file names something of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from survey.questionnaire.asked import Asked, Asking
from survey.questionnaire.check_conditions import opt_outs_of
from survey.questionnaire.check_translations import text_keys
from survey.questionnaire.lenient import table, text
from survey.questionnaire.model import DONT_KNOW, NOT_APPLICABLE, STEP_NAMES, Library, Questionnaire
from survey.questionnaire.source import SourceFile
from survey.questionnaire.translate import texts

Names = Mapping[str, str]
"""Id to what people read for it."""

SCALES: Final[Mapping[str, tuple[str, ...]]] = {
    "maturity": STEP_NAMES,
    "agreement": (
        "Strongly disagree",
        "Disagree",
        "Neither agree nor disagree",
        "Agree",
        "Strongly agree",
    ),
    "importance": (
        "Not important",
        "Slightly important",
        "Fairly important",
        "Important",
        "Very important",
    ),
}

OPTED_OUT: Final = {DONT_KNOW: "I don’t know", NOT_APPLICABLE: "Doesn’t apply here"}


@dataclass(frozen=True, slots=True)
class Offers:
    """`answers` are those that a condition can name, by question; steps are numbers there.
    `texts` are what can be translated, by key; empty where the file cannot be read so far."""

    questions: Names
    answers: Mapping[str, Names]
    answer_sets: tuple[str, ...]
    texts: Names


def offers(source: SourceFile, library: Library, questionnaire: Questionnaire | None) -> Offers:
    """What a file has, as far as it can be read. `questionnaire` is what is made of it once it has
    no problems."""
    document = source.value if isinstance(source.value, dict) else {}
    asking = Asking(document, library)
    said = texts(questionnaire) if questionnaire else dict.fromkeys(sorted(text_keys(asking)), "")
    return Offers(
        questions={one.id: _name(one, library) for one in asking.questions},
        answers={one.id: dict(_answers(one, asking)) for one in asking.questions},
        answer_sets=tuple(table(document, "answer_sets")),
        texts=said,
    )


def _name(question: Asked, library: Library) -> str:
    if not question.is_derived:
        return text(question.entry, "text") or ""
    id_, _, part = question.id.partition(":")
    capability = library.capabilities.get(id_)
    name = capability.name if capability else id_
    return f"{name}: {part}" if part else name


def _answers(question: Asked, asking: Asking) -> Iterator[tuple[str, str]]:
    for step, name in enumerate(SCALES.get(question.kind or "", ()), start=1):
        yield str(step), name
    for _, option in asking.options(question):
        id_ = text(option, "id")
        if id_ is not None:
            yield id_, text(option, "text") or ""
    for opt_out in opt_outs_of(question):
        yield opt_out, OPTED_OUT[opt_out]
